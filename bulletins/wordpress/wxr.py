"""WordPress exports (WXR 1.0 to 1.2) as plain records.

Only what may be published is taken. Names, logins, mail addresses and comments are counted at
most; records of plugins (contact form entries among them) are named by their kind and number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from lxml import etree

from bulletins.wordpress.fields import (
    fields_of,
    meta_of,
    moment,
    name_of,
    number,
    plain,
    slug,
    text_of,
    web_address,
)
from bulletins.wordpress.source import NotAnExport, Source

__all__ = ["Export", "NotAnExport", "Post", "Term", "Unreadable", "parse"]

VERSIONS = ("1.0", "1.1", "1.2")
# A bulletin site has thousands; far beyond that the file is made to hurt.
MAX_RECORDS = 200_000
CONTENT_KINDS = ("post", "page", "attachment")

# Other taxonomies are not taken: one of a plugin may hold people's names and addresses.
_TAXONOMIES = {"category", "post_tag", "language", "post_translations"}
_META = ("_wp_old_slug", "_wp_attached_file", "_wp_attachment_image_alt", "_thumbnail_id")
_SILENT_TAXONOMIES = {"nav_menu", "post_format", "term_language", "term_translations", "wp_theme"}


@dataclass(frozen=True, slots=True)
class Term:
    """A category, tag, language or translation group; slug is "" where WXR 1.0 gave none."""

    domain: str
    slug: str
    name: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """One item of the export. Texts are as WordPress stored them; title is plain text.

    Items of other kinds than post, page and attachment carry nothing but kind, id and status.
    `published` and `modified` are aware, in UTC. `slug` and `old_slugs` have WordPress's
    percent-encoding undone and are not checked otherwise. `file` and `alt` are an attachment's: the
    address of its file, not checked either, and its description. `thumbnail` is the number of the
    attachment that stands above a post.
    """

    id: int
    kind: str
    status: str
    title: str = ""
    slug: str = ""
    link: str = ""
    guid: str = ""
    published: datetime | None = None
    modified: datetime | None = None
    body: str = ""
    excerpt: str = ""
    parent: int | None = None
    password: bool = False
    sticky: bool = False
    categories: tuple[Term, ...] = ()
    tags: tuple[Term, ...] = ()
    old_slugs: tuple[str, ...] = ()
    comments: int = 0
    language: str | None = None
    translations: str | None = None
    file: str = ""
    alt: str = ""
    thumbnail: int | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An item that could not be read: its place in the file (1 is the first), title, reason."""

    position: int
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class Export:
    """One export file. `other_taxonomies` names what posts were sorted by and was not taken."""

    site: str
    base_url: str
    version: str
    language: str
    posts: tuple[Post, ...]
    terms: tuple[Term, ...]
    unreadable: tuple[Unreadable, ...] = ()
    other_taxonomies: tuple[str, ...] = ()
    control_characters: int = 0


class _ItemError(ValueError):
    """Why one item cannot be read, in plain words."""


def parse(
    path_or_bytes: str | Path | bytes,
    *,
    zone: tzinfo = UTC,
    max_bytes: int | None = None,
) -> Export:
    """Read an export from a path or from its bytes.

    `zone` is the site's own time zone, used for dates that have no UTC value.
    Raises NotAnExport, with a message for people, when the file as a whole cannot be read; an
    item that cannot be read is listed in `Export.unreadable` and stops nothing.
    """
    source = Source(path_or_bytes, **({} if max_bytes is None else {"max_bytes": max_bytes}))
    reader = _Reader(zone)
    for element in source:
        reader.take(element)
    return reader.export(source.control_characters)


class _Reader:
    def __init__(self, zone: tzinfo) -> None:
        self.zone = zone
        self.head: dict[str, str] = {}
        self.posts: dict[int, Post] = {}
        self.terms: list[Term] = []
        self.unreadable: list[Unreadable] = []
        self.other_taxonomies: set[str] = set()
        self.records = 0
        self.items = 0

    def take(self, element: etree._Element) -> None:
        self.records += 1
        if self.records > MAX_RECORDS:
            raise NotAnExport("This file holds too many records. Export the site in parts.")
        name = name_of(element)
        if name == "item":
            self._take_item(element)
        elif name in ("wp:category", "wp:tag", "wp:term"):
            self._take_term(name, fields_of(element))
        elif name in ("title", "link", "language", "wp:wxr_version", "wp:base_blog_url"):
            self.head.setdefault(name, text_of(element).strip())

    def export(self, control_characters: int) -> Export:
        version = self.head.get("wp:wxr_version", "")
        if not version:
            raise NotAnExport(
                "This is a news feed, not a WordPress export. In WordPress choose Tools, "
                "Export, All content."
            )
        if version not in VERSIONS:
            raise NotAnExport(
                f"This export is of version {version[:20]}. Versions 1.0, 1.1 and 1.2 can be read."
            )
        return Export(
            site=plain(self.head.get("title", "")),
            base_url=web_address(self.head.get("wp:base_blog_url") or self.head.get("link", "")),
            version=version,
            language=self.head.get("language", ""),
            posts=tuple(self.posts.values()),
            terms=tuple(self.terms),
            unreadable=tuple(self.unreadable),
            other_taxonomies=tuple(sorted(self.other_taxonomies)),
            control_characters=control_characters,
        )

    def _take_item(self, element: etree._Element) -> None:
        self.items += 1
        fields = fields_of(element)
        try:
            post = self._post(element, fields)
            if post.id in self.posts:
                raise _ItemError(f"An item before it has the same number ({post.id}).")
        except _ItemError as error:
            title = plain(fields.get("title", "")) if _kind(fields) in CONTENT_KINDS else ""
            self.unreadable.append(Unreadable(self.items, title[:200], str(error)))
        else:
            self.posts[post.id] = post

    def _post(self, element: etree._Element, fields: dict[str, str]) -> Post:
        post_id = number(fields.get("wp:post_id", ""))
        kind = _kind(fields)
        # A missing status must never put a text on line.
        status = fields.get("wp:status", "").strip() or "draft"
        if post_id is None:
            raise _ItemError("It has no number of its own (post_id).")
        if not kind:
            raise _ItemError("It does not say whether it is a post or a page (post_type).")
        if kind not in CONTENT_KINDS:
            return Post(id=post_id, kind=kind, status=status)
        terms = self._terms_of(element)
        meta = meta_of(element, _META)
        return Post(
            id=post_id,
            kind=kind,
            status=status,
            title=plain(fields.get("title", "")),
            slug=slug(fields.get("wp:post_name", "")),
            link=web_address(fields.get("link", "")),
            guid=fields.get("guid", "").strip(),
            published=self._date(fields, "wp:post_date"),
            modified=self._date(fields, "wp:post_modified"),
            body=fields.get("content:encoded", ""),
            excerpt=fields.get("excerpt:encoded", ""),
            parent=number(fields.get("wp:post_parent", "")),
            password=bool(fields.get("wp:post_password", "")),
            sticky=fields.get("wp:is_sticky", "").strip() == "1",
            categories=tuple(term for term in terms if term.domain == "category"),
            tags=tuple(term for term in terms if term.domain == "post_tag"),
            old_slugs=tuple(dict.fromkeys(filter(None, map(slug, meta["_wp_old_slug"])))),
            comments=sum(1 for child in element if name_of(child) == "wp:comment"),
            language=_first_slug(terms, "language"),
            translations=_first_slug(terms, "post_translations"),
            file=fields.get("wp:attachment_url", "").strip() or _first(meta["_wp_attached_file"]),
            alt=_first(meta["_wp_attachment_image_alt"]),
            thumbnail=number(_first(meta["_thumbnail_id"])),
        )

    def _date(self, fields: dict[str, str], name: str) -> datetime | None:
        return moment(fields.get(f"{name}_gmt", ""), UTC) or moment(fields.get(name, ""), self.zone)

    def _terms_of(self, item: etree._Element) -> list[Term]:
        """The item's terms, each once.

        WXR 1.0 wrote each term twice, first without its slug and categories without a domain.
        """
        terms: dict[tuple[str, str], Term] = {}
        bare: dict[tuple[str, str], Term] = {}
        for child in item:
            if name_of(child) != "category":
                continue
            domain = _domain(child.get("domain", "category"))
            if self._is_other(domain):
                continue
            term = Term(domain, slug(child.get("nicename", "")), plain(text_of(child)))
            if term.slug:
                terms.setdefault((domain, term.slug), term)
            elif term.name:
                bare.setdefault((domain, term.name), term)
        named = {(term.domain, term.name) for term in terms.values()}
        return [*terms.values(), *(term for key, term in bare.items() if key not in named)]

    def _take_term(self, name: str, fields: dict[str, str]) -> None:
        if name == "wp:category":
            domain, nicename, label = "category", "wp:category_nicename", "wp:cat_name"
        elif name == "wp:tag":
            domain, nicename, label = "post_tag", "wp:tag_slug", "wp:tag_name"
        else:
            domain = _domain(fields.get("wp:term_taxonomy", "").strip())
            nicename, label = "wp:term_slug", "wp:term_name"
        if self._is_other(domain):
            return
        description = fields.get("wp:term_description", "")
        self.terms.append(
            Term(
                domain,
                slug(fields.get(nicename, "")),
                plain(fields.get(label, "")),
                description if domain == "post_translations" else "",
            )
        )

    def _is_other(self, domain: str) -> bool:
        if domain in _TAXONOMIES:
            return False
        if domain and domain not in _SILENT_TAXONOMIES and len(self.other_taxonomies) < 100:
            self.other_taxonomies.add(domain[:60])
        return True


def _kind(fields: dict[str, str]) -> str:
    return fields.get("wp:post_type", "").strip()[:60]


def _domain(domain: str) -> str:
    return "post_tag" if domain == "tag" else domain


def _first(values: list[str]) -> str:
    return values[0].strip() if values else ""


def _first_slug(terms: list[Term], domain: str) -> str | None:
    return next((term.slug for term in terms if term.domain == domain and term.slug), None)
