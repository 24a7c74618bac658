"""Canonical HTML as the plain text of a mail: nothing of it lost but the emphasis.

Lists keep their marks and depths, quotations a “>”, headings a line below them. Links are numbered,
and their addresses stand together at the end (`Notes`).
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field

from core.markup import PICTURE, RULE, tokens
from core.pieces import Piece, pieces

# RFC 5322, 2.1.1, recommends 78 at most; quoted once or twice in an answer, it still fits.
WIDTH = 72
RULE_TEXT = "* * *"
_SCHEMES = ("mailto:", "tel:")


@dataclass
class Notes:
    """The addresses that a mail links to, in the order in which they are met, each once."""

    addresses: list[str] = field(default_factory=list)

    def number(self, address: str) -> int:
        if address not in self.addresses:
            self.addresses.append(address)
        return self.addresses.index(address) + 1


@dataclass
class _Container:
    """An element around a block: its mark, whether it is written yet, its items so far."""

    name: str
    mark: str = ""
    is_marked: bool = False
    items: int = 0

    def margin(self) -> str:
        """What stands before the next line inside."""
        if self.name == "blockquote":
            return "> "
        if not self.mark or self.is_marked:
            return " " * len(self.mark)
        self.is_marked = True
        return self.mark


def plain(html: str, notes: Notes) -> str:
    """The text of canonical HTML, in lines of `WIDTH`. Pictures are left out."""
    out: list[str] = []
    around: list[_Container] = []
    was_in_list = False
    for piece in pieces(html):
        around = _opened(around, piece)
        block = _block(piece, around, notes)
        if not block:
            continue
        is_in_list = "li" in piece.path
        if out:
            is_next_item = bool(piece.shared) and is_in_list and was_in_list
            out.append("\n" if is_next_item else "\n\n")
        out.append(block)
        was_in_list = is_in_list
    return "".join(out)


def underlined(text: str, line: str = "=") -> str:
    """A heading with a line below it, as long as itself."""
    lines = wrapped(text).split("\n")
    return "\n".join([*lines, line * max(map(len, lines))])


def wrapped(text: str, first: str = "", others: str | None = None) -> str:
    """A paragraph in lines that fit, `first` before the first of them and `others` before the rest.
    Its own line breaks stay; an address is never broken."""
    others = first if others is None else others
    lines: list[str] = []
    for line in text.split("\n"):
        begin = others if lines else first
        # Neither no-break spaces nor hyphens: both hold addresses and figures together.
        lines += textwrap.wrap(
            line,
            WIDTH,
            initial_indent=begin,
            subsequent_indent=others,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [begin.rstrip()]
    return "\n".join(lines)


def _opened(around: list[_Container], piece: Piece) -> list[_Container]:
    """The elements around `piece`, given those around the one before it."""
    found = around[: piece.shared]
    for name in piece.path[len(found) : -1]:
        container = _Container(name)
        if name == "li" and found:
            found[-1].items += 1
            container.mark = f"{found[-1].items}. " if found[-1].name == "ol" else "* "
        found.append(container)
    return found


def _block(piece: Piece, around: list[_Container], notes: Notes) -> str:
    leaf = piece.path[-1]
    text = RULE_TEXT if leaf == RULE else "" if leaf == PICTURE else _line(piece.inner, notes)
    if not text.strip():
        return ""
    first = "".join(container.margin() for container in around)
    others = "".join(container.margin() for container in around)
    if leaf == "h2":
        return underlined(text, "-")
    return wrapped(text, first, others)


def _line(inner: str, notes: Notes) -> str:
    """The words of one block, each link with its number behind it."""
    out: list[str] = []
    href, begun = "", 0
    for closing, tag, attributes, text in tokens(inner):
        if tag == "br":
            out.append("\n")
        elif tag == "a" and not closing:
            href, begun = attributes.get("href", ""), len(out)
        elif tag == "a" and href:
            words = "".join(out[begun:]).rstrip()
            if not _says_itself(words, href):
                out[begun:] = [f"{words} [{notes.number(href)}]"]
            href = ""
        elif not tag:
            out.append(text)
    return "".join(out).strip()


def _says_itself(words: str, href: str) -> bool:
    bare = next((href.removeprefix(s) for s in _SCHEMES if href.startswith(s)), href)
    return words.strip() in (href, bare, href.removesuffix("/"))
