from __future__ import annotations

from django.utils import timezone

from core import zones
from pages.models import Identity

WITHOUT = ("/static/", "/media/", "/pictures/", "/healthz")


class SiteTimeZone:
    """Times are shown in the site's own zone, those of call-outs in its second one too.

    Its identity is read once for each page.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith(WITHOUT):
            return self.get_response(request)
        request.identity = identity = Identity.current()
        second = identity.second_time_zone
        both = (identity.default_time_zone, second) if second else ()
        with timezone.override(zones.zone(identity.default_time_zone)), zones.shown(*both):
            return self.get_response(request)
