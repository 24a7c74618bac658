from __future__ import annotations

from django.http import Http404


def archive(request):
    raise Http404
