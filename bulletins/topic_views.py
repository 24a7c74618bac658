from __future__ import annotations

from django.http import Http404


def topic(request, slug):
    raise Http404
