"""What a page costs the reader: bytes, requests, and nobody else told of it."""

from __future__ import annotations

import re
import urllib.request

import pytest

from .looking import EDITORS, LANGUAGES, READERS

pytestmark = pytest.mark.browser

# Without its pictures, of which `test_pictures_reading.py` tells.
BYTES = 30_000
REQUESTS = 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_front_page_is_light(site, new_context, language):
    context = new_context(base_url=site.url)
    asked = []
    context.on("request", lambda request: asked.append(request))
    page = context.new_page()
    page.goto(f"/{language}/", wait_until="networkidle")
    page.evaluate("document.fonts.ready")

    asked = [request for request in asked if "/media/" not in request.url]
    # The browser calls the icon of the tab "other".
    paid = [request for request in asked if not request.url.endswith((".ico", ".png"))]
    kinds = [request.resource_type for request in paid]
    sizes = {request.url: over_the_wire(request.url) for request in paid}
    assert sorted(kinds) == ["document", "font", "stylesheet"]
    assert len(asked) <= REQUESTS
    assert sum(sizes.values()) < BYTES, sizes


def test_nothing_on_the_readers_side_sets_a_cookie_or_asks_another_host(site, new_context, watch):
    context = watch.on(new_context(base_url=site.url))
    headers = []
    context.on("response", lambda response: headers.extend(response.headers_array()))
    page = context.new_page()
    for language in LANGUAGES:
        for kind in READERS:
            # The two doors for editors: their forms need a token.
            if kind not in ("login", "set-password"):
                page.goto(site.path(kind, language))

    assert [h for h in headers if h["name"].lower() == "set-cookie"] == []
    assert context.cookies() == []
    assert watch.foreign(site.url) == []
    # The browser itself reports a page that answers 404 or 410, as it should.
    assert [line for line in watch.errors if not re.search(r"status of 4(04|10)", line)] == []


def test_the_admin_asks_no_other_host_and_says_nothing_on_the_console(
    site, new_context, working, watch
):
    for language in LANGUAGES:
        context = new_context(base_url=site.url, storage_state=working[language])
        page = watch.on(context).new_page()
        for kind in EDITORS:
            page.goto(site.world["admin"][kind])

    assert len(watch.requests) > len(EDITORS)
    assert watch.foreign(site.url) == []
    assert watch.errors == []


def over_the_wire(url: str) -> int:
    """The bytes of an answer's body as they travel to a browser that takes brotli."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip, deflate, br"})
    with urllib.request.urlopen(request) as response:
        return len(response.read())
