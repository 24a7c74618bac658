"""The sitemap: which pages of all rooms are in it. What each says stands in `pages/sitemap.py`."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from bulletins.models import Bulletin
from config.onion import here
from pages import sitemap as entries
from pages.models import Topic

# The pages that are there whatever is written, of all rooms.
STANDING = (
    "home",
    "bulletins:list",
    "bulletins:calendar",
    "bulletins:archive",
    "bulletins:topics",
    "bulletins:faq",
    "links:links",
    "donations:donate",
    "feeds:index",
)


def sitemap(request):
    """Every page that stands for itself, or where the files are that tell of them, once there are
    too many for one (sitemaps.org)."""
    files = entries.files()
    if files == 1:
        return _urls(request, 1)
    urls = [reverse("sitemap_file", args=[number]) for number in range(1, files + 1)]
    return _xml("pages/sitemap_index.xml", [here(request, url) for url in urls])


def sitemap_file(request, number):
    """One of several files. Raises Http404 for one that there is not."""
    if not 1 <= number <= entries.files():
        raise Http404
    return _urls(request, number)


def _urls(request, number: int):
    # A topic of which nothing is live has a page all the same: nobody need find it.
    topics = Bulletin.objects.published().topics()
    found = entries.documents(number, {Topic: topics})
    if number == 1:
        found = entries.standing(STANDING, request.identity.source_language) + found
    return _xml("pages/sitemap.xml", [url for entry in found for url in _url(request, entry)])


def _url(request, entry: entries.Entry) -> list[dict]:
    """An address for each language, each with all of them."""
    addresses = {code: here(request, path) for code, path in entry.paths.items()}
    alternates = [{"lang": code, "url": url} for code, url in addresses.items()]
    alternates.append({"lang": "x-default", "url": addresses[entry.default]})
    return [
        {"loc": url, "changed": _moment(entry.changed.get(code)), "alternates": alternates}
        for code, url in addresses.items()
    ]


def _moment(moment: datetime | None) -> str:
    """In UTC, so that a feed, a head and a sitemap say the same (w3.org/TR/NOTE-datetime)."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if moment else ""


def _xml(template: str, urls: list) -> HttpResponse:
    # Without the request: no menu, no names.
    return HttpResponse(render_to_string(template, {"urls": urls}), content_type="application/xml")
