from __future__ import annotations

import re

from django.utils.cache import patch_cache_control

from accounts.middleware import INSIDE

# Whatever a proxy or a network in front may call it: X-Forwarded-For, Forwarded, X-Real-IP,
# CF-Connecting-IP, True-Client-IP, Fly-Client-IP, X-Envoy-External-Address, … The scheme stays.
ADDRESSES = re.compile(
    r"REMOTE_.*|HTTP_(.*FORWARDED(?!_PROTO$).*|.*IP(V6)?|.*ADDR(ESS)?|.*CLIENT.*|VIA)"
)


class ForgetAddress:
    """Nobody's address gets further than this line: what is not known cannot be stored."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        for name in [name for name in request.META if ADDRESSES.fullmatch(name)]:
            del request.META[name]
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
        if request.path.startswith(INSIDE) or response.status_code >= 500:
            response.headers.setdefault("Cache-Control", "no-store")
        elif "Cache-Control" not in response:
            # Kept, but asked about each time: what was taken back is gone at once. Redirects too:
            # browsers would keep a permanent one for good, and a slug may come back.
            patch_cache_control(response, public=True, no_cache=True)
        return response


class ForgetCookies:
    """A reader is nobody in particular: outside, no cookie is looked at, whoever sends one.

    So everybody gets the same bytes, and a message meant for an editor waits for the admin instead
    of standing on a public page.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith(INSIDE):
            return self.get_response(request)
        request.META.pop("HTTP_COOKIE", None)
        response = self.get_response(request)
        # Django says so wherever a session was asked for; none could answer.
        names = [name.strip() for name in response.get("Vary", "").split(",")]
        if left := [name for name in names if name and name.lower() != "cookie"]:
            response.headers["Vary"] = ", ".join(left)
        else:
            response.headers.pop("Vary", None)
        return response
