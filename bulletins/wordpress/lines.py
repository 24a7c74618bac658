"""A line of text on its way to HTML: pieces of words, each with the inline elements around it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

# An open inline element as it will be written: opening and closing tag. Compared by identity.
Mark = list[str]
Line = list[tuple[str, tuple[Mark, ...]]]

ADDRESS = re.compile(r"https?://[^\s<>\"']+")
_MARKS = {"strong": "strong", "b": "strong", "em": "em", "i": "em"}


def mark_of(tag: str, attributes: Mapping[str, str]) -> Mark | None:
    """How an inline element is written; a block's own language moves to a span inside it."""
    language = "".join(
        f' {name}="{escape(attributes[name])}"' for name in ("lang", "dir") if attributes.get(name)
    )
    if tag == "a" and attributes.get("href"):
        href = escape(attributes["href"].strip())
        hreflang = attributes.get("hreflang")
        other = f' hreflang="{escape(hreflang)}"' if hreflang else ""
        return [f'<a href="{href}"{other}>', "</a>"]
    if tag in _MARKS:
        return [f"<{_MARKS[tag]}>", f"</{_MARKS[tag]}>"]
    return [f"<span{language}>", "</span>"] if language else None


def trimmed(pieces: Line) -> Line:
    """A line without spaces at its ends; no-break spaces are text."""
    while pieces and not pieces[0][0].lstrip(" \t"):
        pieces = pieces[1:]
    while pieces and not pieces[-1][0].rstrip(" \t"):
        pieces = pieces[:-1]
    if not pieces:
        return []
    pieces = [(pieces[0][0].lstrip(" \t"), pieces[0][1]), *pieces[1:]]
    return [*pieces[:-1], (pieces[-1][0].rstrip(" \t"), pieces[-1][1])]


def plain(pieces: Line) -> str:
    """A line without its marks."""
    return "".join(text for text, _ in pieces).strip()


def is_linked(pieces: Line) -> bool:
    """Whether words of a line lead somewhere."""
    return any(mark[1] == "</a>" for text, marks in pieces if text.strip() for mark in marks)


def written(pieces: Line) -> str:
    """A line as HTML, with each inline element closed at its end."""
    text = "".join(text for text, _ in pieces)
    linked = any(mark[1] == "</a>" for _, marks in pieces for mark in marks)
    if not linked and ADDRESS.fullmatch(text):
        return f'<a href="{escape(text)}">{escape(text)}</a>'
    out: list[str] = []
    current: tuple[Mark, ...] = ()
    for text, marks in [*pieces, ("", ())]:
        shared = 0
        while shared < min(len(current), len(marks)) and current[shared] is marks[shared]:
            shared += 1
        out.extend(mark[1] for mark in reversed(current[shared:]))
        out.extend(mark[0] for mark in marks[shared:])
        out.append(escape(text, quote=False))
        current = marks
    return "".join(out)
