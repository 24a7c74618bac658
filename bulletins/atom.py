"""Atom feeds as XML: RFC 4287, with the licence of RFC 4946 and the threads of RFC 4685.

Nothing here asks the database, or knows what a bulletin is. Addresses come absolute, texts as they
are read; whatever XML 1.0 has no place for is left out, so that no text can break a feed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID
from xml.etree import ElementTree

MEDIA_TYPE = "application/atom+xml"
_ATOM = "http://www.w3.org/2005/Atom"
_THREADS = "http://purl.org/syndication/thread/1.0"
# XML 1.0, production 2: not even a reference to any other character may stand in a document.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Said:
    """Words, and the language that they are in."""

    words: str
    lang: str


@dataclass(frozen=True)
class Earlier:
    """The entry that another goes on from, and its page."""

    id: UUID
    url: str


@dataclass(frozen=True)
class Entry:
    """One text. `content` is HTML; `others` are its pages in other languages: (language, URL);
    `categories` are (term, label)."""

    id: UUID
    title: str
    url: str
    published: datetime
    updated: datetime
    summary: str
    content: str
    others: list[tuple[str, str]] = field(default_factory=list)
    categories: list[tuple[str, Said]] = field(default_factory=list)
    earlier: Earlier | None = None


@dataclass(frozen=True)
class Feed:
    """A feed in the language `lang`. `home` is the author's page, `page` what the feed tells of;
    `licence`, `logo` and `rights` may be empty."""

    id: UUID
    lang: str
    title: Said
    subtitle: Said
    updated: datetime
    url: str
    page: str
    author: Said
    home: str
    icon: str
    logo: str
    rights: Said
    licence: str
    entries: list[Entry]


def write(feed: Feed) -> bytes:
    """The feed as a document. The same feed gives the same bytes."""
    root = ElementTree.Element("feed", {"xmlns": _ATOM, "xmlns:thr": _THREADS})
    root.set("xml:lang", feed.lang)
    root.set("xml:base", feed.home)
    _text(root, "id", feed.id.urn)
    _said(root, "title", feed.title, feed.lang)
    _said(root, "subtitle", feed.subtitle, feed.lang)
    _text(root, "updated", _moment(feed.updated))
    _link(root, "self", feed.url, MEDIA_TYPE, feed.lang)
    _link(root, "alternate", feed.page, "text/html", feed.lang)
    _licence(root, feed)
    # A name may not say its language; the person may.
    lang = {"xml:lang": feed.author.lang} if feed.author.lang != feed.lang else {}
    author = ElementTree.SubElement(root, "author", lang)
    _text(author, "name", feed.author.words)
    _text(author, "uri", feed.home)
    _text(root, "icon", feed.icon)
    _text(root, "logo", feed.logo)
    _said(root, "rights", feed.rights, feed.lang)
    for entry in feed.entries:
        _entry(ElementTree.SubElement(root, "entry"), entry, feed)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _entry(parent, entry: Entry, feed: Feed):
    _text(parent, "id", entry.id.urn)
    _text(parent, "title", entry.title)
    _text(parent, "published", _moment(entry.published))
    _text(parent, "updated", _moment(entry.updated))
    _link(parent, "alternate", entry.url, "text/html", feed.lang)
    for language, url in entry.others:
        # Some readers open the first alternate, some the last that is "text/html": this page must
        # be both.
        _link(parent, "alternate", url, "text/html; charset=utf-8", language)
    _licence(parent, feed)
    for term, label in entry.categories:
        category = _element(parent, "category", term=term, label=label.words)
        if label.lang != feed.lang:
            category.set("xml:lang", label.lang)
    if entry.earlier:
        _element(
            parent,
            "thr:in-reply-to",
            ref=entry.earlier.id.urn,
            href=entry.earlier.url,
            type="text/html",
        )
    _text(parent, "summary", entry.summary)
    content = _text(parent, "content", entry.content)
    if content is not None:
        content.set("type", "html")
        content.set("xml:lang", feed.lang)
        content.set("xml:base", _clean(entry.url))


def _licence(parent, feed: Feed):
    # By RFC 4946, 1.3, that of a feed says nothing of its entries: each has its own.
    if feed.licence:
        _link(parent, "license", feed.licence)


def _link(parent, rel: str, href: str, media_type: str = "", language: str = ""):
    link = _element(parent, "link", rel=rel, href=href)
    if media_type:
        link.set("type", media_type)
    if language:
        link.set("hreflang", language)


def _said(parent, name: str, said: Said, language: str):
    element = _text(parent, name, said.words)
    if element is not None and said.lang != language:
        element.set("xml:lang", said.lang)


def _text(parent, name: str, text: str):
    """An element with a text; none without."""
    if not text:
        return None
    element = ElementTree.SubElement(parent, name)
    element.text = _clean(text)
    return element


def _element(parent, name: str, **attributes: str):
    clean = {key: _clean(value) for key, value in attributes.items()}
    return ElementTree.SubElement(parent, name, clean)


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("", text)


def _moment(at: datetime) -> str:
    """RFC 3339, in UTC."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
