"""A walk through all of a site, by its links, as a search engine would take it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit, urlunsplit

from django.conf import settings
from django.http import HttpResponse
from django.test import Client

HOST = "http://testserver"
# Elements that lead on, and the attribute that says where.
LEADING = {"a": "href", "area": "href", "form": "action"}
# Links in a head that have to be whole addresses (RFC 6596; Google on hreflang), or lead elsewhere.
WHOLE = {"canonical", "license"}
SKIPPED = ("/admin/", "/desk/", "/accounts/", "/pictures/")


class Parsed(HTMLParser):
    """What a page says of other addresses, and the anchors that it has."""

    def __init__(self, html: str):
        super().__init__()
        self.language = ""
        self.links: list[str] = []
        self.files: list[str] = []
        self.anchors: list[str] = []
        self.alternates: dict[str, str] = {}
        self.canonical: str | None = None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "html":
            self.language = attributes.get("lang", "")
        if "id" in attributes:
            self.anchors.append(attributes["id"])
        if attributes.get(LEADING.get(tag, "")) is not None:
            self.links.append(attributes[LEADING[tag]])
        if tag == "link":
            self._link(attributes)
        for name in ("src", "srcset"):
            if name in attributes:
                candidates = attributes[name].split(",") if name == "srcset" else [attributes[name]]
                self.files += [candidate.split()[0] for candidate in candidates]

    def _link(self, attributes: dict):
        relation, address = attributes["rel"], attributes["href"]
        if relation == "canonical":
            self.canonical = address
        elif relation == "alternate" and "hreflang" in attributes and "type" not in attributes:
            self.alternates[attributes["hreflang"]] = address
        elif relation == "alternate":
            self.links.append(address)
        elif relation not in WHOLE:
            self.files.append(address)


@dataclass
class Page:
    """One address, and what answered there."""

    path: str
    status: int
    kind: str
    headers: dict[str, str]
    goal: str | None = None
    parsed: Parsed | None = None
    linked_from: list[str] = field(default_factory=list)


@dataclass
class Crawl:
    """A walk from some addresses through all that they lead to, at one host."""

    client: Client
    bound: int = 3000
    pages: dict[str, Page] = field(default_factory=dict)
    # (page, link): what was found that is not a path.
    outward: list[tuple[str, str]] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    # (page, path, anchor)
    fragments: list[tuple[str, str, str]] = field(default_factory=list)

    def walk(self, *starts: str) -> Crawl:
        waiting = deque((start, "") for start in starts)
        while waiting:
            path, source = waiting.popleft()
            if path in self.pages:
                self.pages[path].linked_from.append(source)
                continue
            assert len(self.pages) < self.bound, f"no end in sight: {path}, from {source}"
            page = self.pages[path] = self._visit(path)
            page.linked_from.append(source)
            waiting.extend((onward, path) for onward in self._onward(page))
        return self

    def _visit(self, path: str) -> Page:
        response: HttpResponse = self.client.get(path)
        kind = response.get("Content-Type", "").partition(";")[0]
        page = Page(
            path, response.status_code, kind, dict(response.items()), response.get("Location")
        )
        page.headers |= {"Set-Cookie": cookies} if (cookies := response.cookies.output()) else {}
        if kind == "text/html" and response.status_code == 200:
            page.parsed = Parsed(response.text)
        return page

    def _onward(self, page: Page) -> list[str]:
        """The paths to which a page leads."""
        found = [page.goal] if page.goal else []
        if page.parsed:
            self.files |= {urljoin(page.path, file): page.path for file in page.parsed.files}
            found += page.parsed.links
            named = [*page.parsed.alternates.values(), page.parsed.canonical or HOST]
            found += [address.removeprefix(HOST) or "/" for address in named]
        return [path for address in found if (path := self._path(page, address))]

    def _path(self, page: Page, address: str) -> str | None:
        # No calendar can be followed without a host: it is the one that was asked.
        parts = urlsplit(address.removeprefix(f"webcal://{urlsplit(HOST).netloc}"))
        if parts.scheme or parts.netloc:
            self.outward.append((page.path, address))
            return None
        path, anchor = urldefrag(urljoin(page.path, urlunsplit(parts)))
        if anchor:
            self.fragments.append((page.path, path, anchor))
        return None if path.startswith(SKIPPED) else path

    @property
    def read(self) -> list[Page]:
        """The pages that a reader reads."""
        return [page for page in self.pages.values() if page.parsed]


def is_at_home(address: str) -> bool:
    """Whether a whole address is one of our own hosts', and a path would have done.

    In another scheme, as for a calendar to follow, it has to be whole.
    """
    if address.startswith("webcal:"):
        return False
    names = {urlsplit(HOST).hostname, urlsplit(settings.SITE_URL).hostname, settings.ONION_HOST}
    return urlsplit(address).hostname in names - {None, ""}
