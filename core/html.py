"""Any HTML → canonical block HTML, and what can be read off canonical HTML.

Canonical means: one spelling for one text. The top level holds p, h2, h3, ul, ol, blockquote, hr
and img; li and blockquote hold paragraphs and lists; words are marked by a, strong, em and
span[lang], nested in that order, as the rich-text editor nests them. An img is nothing but a
reference to a picture of ours. Two texts that read alike are then the same bytes, which is what
fingerprints of a text and word-by-word comparison need.

`canonical` and `losses` take foreign HTML. All others expect what `canonical` gives: of anything
else they make no sense, but no error either.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape, unescape

from core.addresses import safe_href
from core.canonical import canonical
from core.losses import losses
from core.markup import (
    ALLOWED,
    BREAK,
    HEADING_LEVELS,
    MARKS,
    PICTURE,
    RULE,
    TAG,
    opening_tag,
    read_attributes,
    words,
)
from core.pieces import Piece, assemble, pieces

__all__ = [
    "ALLOWED",
    "HEADING_LEVELS",
    "Piece",
    "anchors",
    "assemble",
    "blocks",
    "canonical",
    "excerpt",
    "from_plain",
    "links",
    "losses",
    "map_text",
    "pieces",
    "plain_text",
    "rewrite_links",
    "safe_href",
    "word_count",
]

_BLOCK = re.compile(r"<(p|h[1-6]|ul|ol|blockquote|hr|div|br|table|pre)\b", re.IGNORECASE)
_ANCHOR = re.compile(r"<a( [^>]*)>(.*?)</a>", re.DOTALL)


def from_plain(text: str) -> str:
    """Plain text as paragraphs, for a text area without the editor: blank lines part them.

    A text that holds a block already is HTML, and given back as it is.
    """
    if "\n" not in text or _BLOCK.search(text):
        return text
    lines = (part.strip().splitlines() for part in re.split(r"\n\s*\n", text))
    return "".join(f"<p>{'<br>'.join(part)}</p>" for part in lines if part)


def blocks(html: str) -> Iterator[Piece]:
    """The leaf blocks (p, h2, h3) of canonical HTML, in reading order: all that has words."""
    return (piece for piece in pieces(html) if piece.path[-1] not in (RULE, PICTURE))


def anchors(html: str) -> list[tuple[str, str]]:
    """(address, words) of every link in canonical HTML, in reading order."""
    found = ((dict(read_attributes(match[1])), match[2]) for match in _ANCHOR.finditer(html))
    return [(attributes.get("href", ""), words(inner)) for attributes, inner in found]


def links(html: str) -> list[str]:
    """Every link's address in canonical HTML, in reading order, repetitions included."""
    return [href for href, _words in anchors(html)]


def rewrite_links(html: str, href: Callable[[str], str | None]) -> str:
    """Replace every link's address in canonical HTML; a link whose address is None keeps its words.

    The result is for readers: what `href` returns is escaped but not checked.
    """

    def rewritten(match: re.Match[str]) -> str:
        attributes = dict(read_attributes(match[1]))
        address = href(attributes.get("href", ""))
        if address is None:
            return match[2]
        return f"{opening_tag('a', {**attributes, 'href': address})}{match[2]}</a>"

    return _ANCHOR.sub(rewritten, html) if "<a " in html else html


def map_text(
    html: str, change: Callable[[list[tuple[str, str]]], list[str]], *, language: str
) -> str:
    """Change the words of canonical HTML and nothing else.

    `change` is given one line after the other, as the (text, language) of each of its text nodes,
    and returns as many texts. A line ends with its block or at a br. The whole line is handed over
    at once because a rule may look across a tag: `<em>oui</em>!`.
    """
    parts = TAG.split(html)  # text, closing, tag, attributes, text, …
    out: list[str] = []
    line: list[tuple[int, str, str]] = []
    languages = [language]

    def flush() -> None:
        texts = change([(text, lang) for _place, text, lang in line]) if line else []
        for (place, _text, _lang), text in zip(line, texts, strict=True):
            out[place] = escape(text, quote=False)
        line.clear()

    for position in range(0, len(parts), 4):
        if parts[position]:
            line.append((len(out), unescape(parts[position]), languages[-1]))
            out.append("")
        if position + 1 == len(parts):
            break
        closing, tag, attributes = parts[position + 1 : position + 4]
        if tag not in MARKS:
            flush()
        elif tag == "span" and closing:
            languages = languages[:-1] or [language]
        elif tag == "span":
            languages.append(dict(read_attributes(attributes)).get("lang") or languages[-1])
        out.append(f"<{closing}{tag}{attributes}>")
    flush()
    return "".join(out)


def plain_text(html: str) -> str:
    """Canonical HTML as plain text: an empty line between blocks, one line for each list item."""
    out: list[str] = []
    before: Piece | None = None
    for block in blocks(html):
        if before:
            in_one_list = block.shared and "li" in before.path and "li" in block.path
            out.append("\n" if in_one_list else "\n\n")
        out.append(block.text)
        before = block
    return "".join(out)


def excerpt(html: str, length: int = 200) -> str:
    """The first words of canonical HTML, headings skipped, at most `length` characters.

    Ends in "…" (counted) where words were left out. Whole words, but for one that is too long.
    """
    gathered = ""
    for block in blocks(html):
        if block.path[-1] == "p":
            gathered = f"{gathered} {block.text.replace(BREAK, ' ')}".lstrip(" ")
        if len(gathered) > length:
            break
    if len(gathered) <= length:
        return gathered
    cut = gathered[:length]
    cut = cut[: cut.rfind(" ")] if " " in cut else cut[:-1]
    return cut.rstrip(" \u00a0\u202f,;:.…«–—-(") + "…"


def word_count(html: str) -> int:
    """How many words a reader reads. A number is a word; punctuation alone is none."""
    return sum(
        any(character.isalnum() for character in word)
        for block in blocks(html)
        for word in block.text.split()
    )
