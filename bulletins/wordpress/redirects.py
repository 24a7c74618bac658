"""Where a post stood on the old site, and the links of its texts to one another."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, quote, unquote, urlsplit, urlunsplit

from django.contrib.contenttypes.models import ContentType

from bulletins.wordpress.ledger import Ledger
from bulletins.wordpress.wxr import Export, Post
from core import html
from translations.models import OldPath
from translations.references import reference

_MAX_PATH = OldPath._meta.get_field("path").max_length
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def site_key(export: Export) -> str:
    """The old site by its address, the same for http and https; "" where the export names none."""
    parts = _split(export.base_url)
    return parts.netloc.lower() + parts.path.rstrip("/") if parts else ""


def keep(document, post: Post, language: str, site: str, ledger: Ledger):
    """Let the post's old addresses lead to `document`. What leads elsewhere already is left."""
    content_type = ContentType.objects.get_for_model(document)
    wanted = _paths(post, site, ledger)
    spellings = [path for bare in map(_bare, wanted) for path in (bare, f"{bare}/")]
    rows = {_bare(row.path): row for row in OldPath.objects.filter(path__in=spellings)}
    for path in wanted:
        row = rows.get(_bare(path))
        if row is None:
            new = OldPath(path=path, document=document, language=language)
            new.save(force_insert=True)
            rows[_bare(path)] = new
            ledger.redirects += 1
        elif (row.content_type_id, row.object_id) != (content_type.pk, document.pk):
            ledger.note(post, f"Its old address {path} leads to another text already.")


class OldLinks:
    """Links to posts of the old site, turned into references to what they became here."""

    def __init__(self, site: str):
        self.site = site
        self.documents: dict[tuple[str, str], str] = {}

    def learn(self, post: Post, document):
        """From now on, links to `post` lead to `document`."""
        # WordPress gives a draft an address that several may share.
        own = _addresses(post, self.site) if post.status in ("publish", "future") else []
        for address in [*own, *_short(post, f"//{self.site}/")]:
            if key := self._key(address):
                self.documents.setdefault(key, reference(document))

    def resolve(self, body: str) -> tuple[str, int]:
        """`body` (canonical HTML) with references where they are known, and how many there are."""
        found = 0

        def resolved(href: str) -> str:
            nonlocal found
            to = self.documents.get(self._key(href))
            found += to is not None
            return to or href

        return html.rewrite_links(body, resolved), found

    def _key(self, address: str) -> tuple[str, str] | None:
        """What two spellings of one address share. Fragments are dropped: anchors do not come."""
        parts = _split(address)
        if parts is None or parts.scheme not in ("", "http", "https"):
            return None
        if not (parts.netloc or parts.path or parts.query):
            return None
        home = _host(_split(f"//{self.site}"))
        host = _host(parts) or home
        query = parse_qs(parts.query)
        for number in (*query.get("p", ()), *query.get("page_id", ())):
            # Numbers count for the whole site, whatever its languages are called.
            if re.fullmatch(r"[0-9]{1,18}", number) and belongs(host, home):
                return home, f"?{int(number)}"
        return host, unquote(parts.path).rstrip("/").lower()


def _paths(post: Post, site: str, ledger: Ledger) -> list[str]:
    paths: dict[str, None] = {}
    addresses = _addresses(post, site)
    if post.link and not addresses:
        ledger.note(post, "Its address was on another site, and so it cannot lead here.")
    for address in addresses:
        parts = _split(address)
        # Django, too, has undone the percent-encoding of the path that it looks up.
        path = unquote(parts.path)
        if _bare(path) and not parse_qs(parts.query).keys() & {"p", "page_id"}:
            paths[path] = None
    for path in [path for path in paths if len(path) > _MAX_PATH or _CONTROL.search(path)]:
        del paths[path]
        ledger.note(post, "One of its old addresses cannot be kept: it is too long or damaged.")
    return [*paths, *_short(post, "/")]


def _addresses(post: Post, site: str) -> list[str]:
    """The post's address and those of its old slugs, where they stood on the old site itself."""
    parts = _split(post.link)
    if parts is None or not belongs(_host(parts), _host(_split(f"//{site}"))):
        return []
    found = [post.link]
    folder, slash, last = parts.path.rstrip("/").rpartition("/")
    if post.slug and unquote(last).lower() == post.slug.lower():
        end = "/" if parts.path.endswith("/") else ""
        for old in post.old_slugs:
            found.append(urlunsplit(parts._replace(path=f"{folder}{slash}{quote(old)}{end}")))
    return found


def _short(post: Post, root: str) -> list[str]:
    """What WordPress's short links are; it accepts `p` for pages as well."""
    names = ("page_id", "p") if post.kind == "page" else ("p",)
    return [f"{root}?{name}={post.id}" for name in names]


def belongs(host: str, site: str) -> bool:
    """Whether `host` is the site or one of its languages (fr.example.org)."""
    return bool(host) and (host == site or host.endswith(f".{site}"))


def _host(parts) -> str:
    return (parts.hostname or "").removeprefix("www.") if parts else ""


def _split(address: str):
    try:
        parts = urlsplit(address)
        _ = parts.hostname
    except ValueError:
        return None
    return parts


def _bare(path: str) -> str:
    return path.rstrip("/")
