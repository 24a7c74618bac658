"""The site's second address, as an onion service: nobody is sent there, nobody is sent away."""

from __future__ import annotations

from django.conf import settings
from django.http.request import split_domain_port
from django.middleware.security import SecurityMiddleware

from accounts.middleware import INSIDE
from pages.rendering import absolute


def is_at_onion(request) -> bool:
    """Whether this was asked for at `ONION_HOST`."""
    host, _port = split_domain_port(request.META.get("HTTP_HOST", "").lower())
    return bool(settings.ONION_HOST) and host == settings.ONION_HOST


def here(request, path: str) -> str:
    """`path` as a whole address at the host that was asked: at the onion service, or as ever."""
    if is_at_onion(request):
        return f"http://{settings.ONION_HOST}{path}"
    return absolute(request, path)


class Security(SecurityMiddleware):
    """Django's, except that the onion service needs no TLS: Tor itself encrypts all the way, and
    its address proves whose it is. Elsewhere, readers who use Tor are told of it.
    """

    def process_request(self, request):
        # A redirect to https would be one to an address that does not exist.
        return None if is_at_onion(request) else super().process_request(request)

    def process_response(self, request, response):
        response = super().process_response(request, response)
        if is_at_onion(request):
            response.headers.pop("Strict-Transport-Security", None)
        elif settings.ONION_HOST and _is_readers_page(request, response):
            address = f"http://{settings.ONION_HOST}{request.get_full_path()}"
            response.headers["Onion-Location"] = address
        return response


def _is_readers_page(request, response) -> bool:
    # Tor Browser believes it of pages that came over HTTPS only.
    is_asked_for = request.method in ("GET", "HEAD") and request.is_secure()
    is_html = response.get("Content-Type", "").startswith("text/html")
    is_page = is_html and response.status_code == 200
    return is_asked_for and is_page and not request.path.startswith(INSIDE)
