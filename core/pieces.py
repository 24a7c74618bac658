"""Canonical HTML taken to pieces, and put together again byte for byte."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from core.markup import (
    LEAVES,
    MARKS,
    PICTURE,
    RULE,
    TAG,
    opening_tag,
    read_attributes,
    words,
)


class Piece(NamedTuple):
    """One leaf block (p, h2, h3), rule or picture: the elements around it and itself, and what it
    holds: of a picture its reference, of a rule nothing.

    `shared` says how many of the elements around it are the very same as around the piece before
    it: a second paragraph of one list item shares its list and the item, the next item the list
    alone, the first item of another list nothing.
    """

    path: tuple[str, ...]
    shared: int
    inner: str

    @property
    def text(self) -> str:
        return words_of(self.path[-1], self.inner)


def words_of(leaf: str, inner: str) -> str:
    """The plain text of a piece that ends in `leaf`."""
    return "" if leaf == PICTURE else words(inner)


def pieces(html: str) -> list[Piece]:
    """Everything that canonical HTML consists of, in reading order. Of other HTML: no error."""
    found: list[Piece] = []
    path: list[str] = []
    start = 0
    shared = 0  # how much of what was open around the last piece has stayed open since
    for match in TAG.finditer(html):
        closing, tag = match[1], match[2]
        if tag in MARKS or tag == "br":
            continue
        if tag in (RULE, PICTURE):
            inner = dict(read_attributes(match[3])).get("src", "")
            found.append(Piece((*path, tag), min(shared, len(path)), inner))
            shared = len(path)
        elif not closing:
            path.append(tag)
            start = match.end()
        elif path:
            around = len(path) - 1
            if tag in LEAVES:
                inner = html[start : match.start()]
                found.append(Piece(tuple(path), min(shared, around), inner))
                shared = around
            shared = min(shared, around)
            path.pop()
    return found


def assemble(pieces: Iterable[Piece]) -> str:
    """Well-formed HTML of any pieces; of those that `pieces` gave, the HTML they came from.

    A piece that says it shares more than it can, after another neighbour than it was read with,
    shares what it can. The result need not be canonical: a list that lost the item above it has
    to go through `core.html.canonical`, which loses no word of it.
    """
    out: list[str] = []
    around: tuple[str, ...] = ()
    for path, shared, inner in pieces:
        *wanted, leaf = path
        shared = max(0, min(shared, _in_common(around, wanted)))
        out += [f"</{name}>" for name in reversed(around[shared:])]
        out += [f"<{name}>" for name in wanted[shared:]]
        out.append(_written(leaf, inner))
        around = tuple(wanted)
    out += [f"</{name}>" for name in reversed(around)]
    return "".join(out)


def _written(leaf: str, inner: str) -> str:
    if leaf in (RULE, PICTURE):
        return opening_tag(leaf, {"src": inner})
    return f"<{leaf}>{inner}</{leaf}>"


def _in_common(before: Iterable[str], after: Iterable[str]) -> int:
    count = 0
    for old, new in zip(before, after, strict=False):
        if old != new:
            break
        count += 1
    return count
