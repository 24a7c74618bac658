"""The elements of an export by their usual names, and their texts as values."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo
from html.entities import html5
from urllib.parse import unquote

from lxml import etree

_WP = re.compile(r"https?://wordpress\.org/export/\d+\.\d+/")
_EXCERPT = re.compile(r"https?://wordpress\.org/export/\d+\.\d+/excerpt/")
_CONTENT = re.compile(r"http://purl\.org/rss/1\.0/modules/content/")

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_SPACES = re.compile(r"[ \t\r\n]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def name_of(element: etree._Element) -> str:
    """The element's name with the usual prefix, "" for a namespace that is not WordPress's.

    Exports differ in version and scheme of the namespace; prefixes are free and prove nothing.
    """
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    if not tag.startswith("{"):
        return tag
    namespace, _, local = tag[1:].partition("}")
    for pattern, prefix in ((_WP, "wp"), (_CONTENT, "content"), (_EXCERPT, "excerpt")):
        if pattern.fullmatch(namespace):
            return f"{prefix}:{local}"
    return ""


def fields_of(element: etree._Element) -> dict[str, str]:
    """The texts of an element's children; of children with one name the first counts."""
    fields: dict[str, str] = {}
    for child in element:
        if name := name_of(child):
            fields.setdefault(name, text_of(child))
    return fields


def meta_of(item: etree._Element, keys: Iterable[str]) -> dict[str, list[str]]:
    """The values of an item's further fields, for each of `keys` and no other: the rest may be
    about people."""
    meta: dict[str, list[str]] = {key: [] for key in keys}
    for child in item:
        if name_of(child) == "wp:postmeta":
            fields = fields_of(child)
            key = fields.get("wp:meta_key", "").strip()
            if key in meta:
                meta[key].append(fields.get("wp:meta_value", ""))
    return meta


def text_of(element: etree._Element) -> str:
    return element.xpath("string()") if len(element) else element.text or ""


def number(text: str) -> int | None:
    """A positive number that any database can hold, or None."""
    text = text.strip()
    if not re.fullmatch(r"[0-9]{1,18}", text):
        return None
    return int(text) or None


def plain(text: str) -> str:
    """A title or name without markup and entities; no-break spaces stay."""
    text = _SPACES.sub(" ", _ENTITY.sub(_character, _TAG.sub("", text)))
    # An entity can write what the file may not hold.
    return _CONTROL.sub("", text).strip(" ")


def _character(entity: re.Match[str]) -> str:
    # html.unescape alone would make "©right;" of "&copyright;", as browsers do.
    is_known = entity[0].startswith("&#") or entity[0][1:] in html5
    return html.unescape(entity[0]) if is_known else entity[0]


def slug(text: str) -> str:
    """WordPress stores é as %c3%a9, cut off at 200 bytes: undone where that is clean."""
    text = text.strip()
    try:
        decoded = unquote(text, errors="strict")
    except UnicodeDecodeError:
        return text
    return decoded if "/" not in decoded and not _CONTROL.search(decoded) else text


def web_address(address: str) -> str:
    address = address.strip()
    return address if re.match(r"https?://", address, re.IGNORECASE) else ""


def moment(text: str, zone: tzinfo) -> datetime | None:
    """A WordPress date in UTC; None for 0000-00-00 00:00:00 and other impossible dates."""
    try:
        local = datetime.strptime(text.strip(), "%Y-%m-%d %H:%M:%S")
        return local.replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
