from __future__ import annotations

from django.utils.cache import patch_cache_control

from accounts.middleware import INSIDE

ADDRESSES = ("REMOTE_HOST", "HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")


class ForgetAddress:
    """Nobody's address gets further than this line: what is not known cannot be stored."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        for name in ADDRESSES:
            request.META.pop(name, None)
        request.META["REMOTE_ADDR"] = "0.0.0.0"
        return self.get_response(request)


class Headers:
    """What every answer says about itself."""

    PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", self.PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.path.startswith(INSIDE):
            response.headers.setdefault("Cache-Control", "no-store")
        elif "Cache-Control" not in response and response.status_code in (200, 404, 410):
            # Kept, but asked about each time: what was taken back is gone at once.
            patch_cache_control(response, public=True, no_cache=True)
        return response
