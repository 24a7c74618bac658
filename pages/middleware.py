from __future__ import annotations

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
        request.identity = Identity.current()
        with request.identity.clocks():
            return self.get_response(request)
