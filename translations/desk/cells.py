"""The translator's cells: a column's canonical HTML cut into texts, and glued again byte for byte.

A cell holds any number of blocks as canonical HTML of its own. Two things that such a text cannot
say are kept beside it: `within`, the elements around all of it that were taken off because
canonical HTML cannot begin inside them (an item's inner list), and `continues`, how many elements
its first block shares with the block before it (see `core.pieces.Piece.shared`).

A picture has a cell of its own, with the rules around it: nobody writes in that one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from core.html import canonical
from core.markup import PICTURE, RULE
from core.pieces import Piece, assemble, pieces

_LISTS = ("ul", "ol")
_BLOCK = re.compile(r"<(p|h[1-6]|ul|ol|li|blockquote|hr|div|table|pre)\b", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n(?:[ \t\f]*\n)+")
_SPACES = " \t\f"


class Cell(NamedTuple):
    """A text and how it is glued to what stands before it."""

    text: str = ""
    within: tuple[str, ...] = ()
    continues: int = 0

    @property
    def pieces(self) -> list[Piece]:
        """Its blocks and rules, as they stand in the column."""
        depth = len(self.within)
        return [
            Piece((*self.within, *path), shared + depth if number else self.continues, inner)
            for number, (path, shared, inner) in enumerate(pieces(self.text))
        ]

    @property
    def picture(self) -> str:
        """The reference of the picture that it holds; "" for words, and for nothing."""
        if "<img " not in self.text:
            return ""
        found = [piece for piece in pieces(self.text) if piece.path[-1] != RULE]
        return found[0].inner if [piece.path for piece in found] == [(PICTURE,)] else ""


def of_picture(reference: str) -> Cell:
    """The cell of a picture."""
    return Cell(assemble([Piece((PICTURE,), 0, reference)]))


def of_rules(count: int) -> Cell:
    """So many rules."""
    return Cell(assemble([Piece((RULE,), 0, "")] * count))


def fits(found: Sequence[Piece]) -> bool:
    """Whether these consecutive pieces can be one cell: whether what has to be taken off the first
    stands around all of them."""
    depth = _depth(found[0].path) if found else 0
    return all(piece.shared >= depth for piece in found[1:])


def cut(found: Sequence[Piece]) -> Cell:
    """One cell of consecutive pieces of canonical HTML. Raises ValueError where they do not `fit`.

    `glue` of all cells of a text gives its bytes back.
    """
    if not found:
        return Cell()
    if not fits(found):
        raise ValueError("These blocks stand at too different depths to be one cell.")
    first = found[0]
    depth = _depth(first.path)
    own = (Piece(path[depth:], max(shared - depth, 0), inner) for path, shared, inner in found)
    return Cell(assemble(own), first.path[:depth], first.shared)


def cut_all(found: Sequence[Piece]) -> list[Cell]:
    """As few cells as can hold these consecutive pieces: one, but for lists torn apart and for
    pictures."""
    cells = []
    start = 0
    for end in range(1, len(found) + 1):
        if end == len(found) or not fits(found[start : end + 1]) or _is_torn(found, start, end):
            cells.append(cut(found[start:end]))
            start = end
    return cells


def _is_torn(found: Sequence[Piece], start: int, end: int) -> bool:
    """Whether a picture and words would share a cell if it went on to `end`."""
    leaf = found[end].path[-1]
    before = {piece.path[-1] for piece in found[start:end]} - {RULE}
    return leaf != RULE and bool(before) and (leaf == PICTURE or PICTURE in before)


def without_pictures(text: str) -> str:
    """The text of a cell of words, in which nobody puts pictures."""
    if "<img " not in text:
        return text
    return canonical(assemble(p for p in pieces(text) if p.path[-1] != PICTURE))


def together(cells: Iterable[Cell]) -> list[Piece]:
    """The pieces of consecutive cells, each sharing what it can with the one before it."""
    return pieces(assemble(piece for cell in cells for piece in cell.pieces))


def one(found: Sequence[Piece]) -> Cell:
    """One cell in any case: where the pieces do not fit, inner lists lose their depth, and no word
    is lost."""
    if fits(found):
        return cut(found)
    return Cell(canonical(assemble(found)), (), found[0].shared)


def glue(cells: Iterable[Cell]) -> str:
    """The column's text."""
    # A cell that was emptied or rewritten may leave its neighbours in a list without an item above
    # them; canonical text passes as it is.
    return canonical(assemble(piece for cell in cells for piece in cell.pieces))


def units(found: Iterable[Piece]) -> list[list[Piece]]:
    """Each block with the rules after it; rules at the beginning stand with the first block."""
    groups: list[list[Piece]] = []
    for piece in found:
        is_rule = piece.path[-1] == RULE
        begins_with_rules = groups and all(p.path[-1] == RULE for p in groups[-1])
        if groups and (is_rule or begins_with_rules):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return groups


# What a person types ----------------------------------------------------------------------------


def blank(path: str) -> str:
    """What the editor begins with in an empty cell: "<h2></h2>" beside a heading."""
    return _wrapped([""], path)


def as_typed(cell: Cell, path: str) -> str:
    """What a text area shows: the words and marks of each block, blank lines between them, where
    every block is of the kind that `path` names; else the whole HTML.

    `from_typed` gives the cell's text back.
    """
    *around, leaf = own_path(path)
    found = pieces(cell.text)
    shared = len(around) - ("li" in around)
    plain = all(
        piece.path == (*around, leaf) and (not number or piece.shared == shared)
        for number, piece in enumerate(found)
    )
    if not plain:
        return cell.text
    return "\n\n".join(piece.inner.replace("<br>", "\n") for piece in found)


def from_typed(text: str, path: str, *, resolve_link: Callable[[str], str] | None = None) -> str:
    """The canonical text of a cell, from a text area or from the editor.

    HTML with blocks is taken as it is; words alone become blocks of the kind that `path` names, a
    blank line between two of them.
    """
    if not _BLOCK.search(text):
        lines = text.replace("\r\n", "\n").replace("\r", "\n").strip(_SPACES + "\n")
        text = _wrapped(["<br>".join(part.split("\n")) for part in _BLANK_LINES.split(lines)], path)
    return canonical(text, resolve_link=resolve_link)


def own_path(path: str) -> tuple[str, ...]:
    """The path that a block of the segment path `path` has in a cell of its own; words beside a
    picture are a paragraph."""
    found = tuple(path.split("/")) if path != PICTURE else ("p",)
    return found[_depth(found) :]


def _wrapped(inner: Iterable[str], path: str) -> str:
    *around, leaf = own_path(path)
    if around[-1:] == ["li"]:
        around.pop()
        blocks = "".join(f"<li><{leaf}>{each}</{leaf}></li>" for each in inner)
    else:
        blocks = "".join(f"<{leaf}>{each}</{leaf}>" for each in inner)
    return f"{''.join(f'<{name}>' for name in around)}{blocks}" + "".join(
        f"</{name}>" for name in reversed(around)
    )


def _depth(path: Sequence[str]) -> int:
    """How many elements to take off, so that canonical HTML can begin with this block: an item has
    to begin with a paragraph, so it cannot begin with a list."""
    lists = [place for place, name in enumerate(path) if name in _LISTS]
    return lists[-1] if len(lists) > 1 else 0
