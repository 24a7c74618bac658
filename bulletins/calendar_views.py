from __future__ import annotations

from django.http import Http404


def calendar(request):
    raise Http404
