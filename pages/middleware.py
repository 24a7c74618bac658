from __future__ import annotations

from django.utils import timezone

from core import zones
from pages.models import Identity

WITHOUT = ("/static/", "/media/", "/pictures/", "/healthz")


class SiteTimeZone:
    """Times are shown in the site's own zone; its identity is read once for each page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith(WITHOUT):
            return self.get_response(request)
        request.identity = Identity.current()
        with timezone.override(zones.zone(request.identity.default_time_zone)):
            return self.get_response(request)
