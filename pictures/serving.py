"""How the bytes of a picture are sent."""

from __future__ import annotations

from django.http import HttpResponse


def sent(
    data: bytes, media_type: str, caching: str, *, etag: str = "", others_may_show: bool = False
) -> HttpResponse:
    """A picture as an answer: `caching` is its Cache-Control, `etag` names these very bytes.

    Only where `others_may_show` it do browsers let another site's page have it.
    """
    headers = {
        "Cache-Control": caching,
        # As nothing but itself: no script of it may ever run.
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "cross-origin" if others_may_show else "same-origin",
    }
    if etag:
        headers["ETag"] = f'"{etag}"'
    return HttpResponse(data, content_type=media_type, headers=headers)
