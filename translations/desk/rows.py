"""A part of a side as rows: source segments, and the cell that says them.

Rows stand in the order of the target. Joined, their cells are the column; their sources are what
the side is based on. All functions give new rows and leave those they were given alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from core import html
from core.alignment import align
from core.markup import RULE
from core.pieces import Piece
from core.segments import Segment, segment, segments
from translations import parts
from translations.desk import cells
from translations.desk.cells import Cell
from translations.parts import Base

EMPTY = Cell()


class Original(NamedTuple):
    """A source segment as it stands now, how a cell beside it is glued, and how many rules stand
    before it."""

    segment: Segment
    within: tuple[str, ...] = ()
    continues: int = 0
    rules: int = 0

    @property
    def empty_cell(self) -> Cell:
        return Cell("", self.within, self.continues)


class Other(NamedTuple):
    """A text that somebody wrote into the same cell at the same time.

    `was` is the mark of the text that they had before them.
    """

    by: str
    at: str
    text: str
    was: str = ""


@dataclass(frozen=True)
class Row:
    """`source` is what the cell is confirmed to say, () where it has no source.

    `omitted` says that the source is left out on purpose, `unsure` that source and cell were put
    side by side by likeness alone and nobody has confirmed them. So many `rules` stand before the
    cell, without belonging to it: those that the source has there.
    """

    key: str
    source: tuple[Segment, ...] = ()
    cell: Cell = EMPTY
    omitted: bool = False
    others: tuple[Other, ...] = ()
    unsure: bool = False
    rules: int = 0

    @property
    def text(self) -> str:
        return self.cell.text

    @property
    def picture(self) -> str:
        """The reference of the picture that the row is there for; "" for a row of words."""
        if self.source:
            return picture_of(self.source)
        return self.cell.picture

    @property
    def is_settled(self) -> bool:
        """Whether it says what its source says, be it by leaving it out."""
        return bool(self.text or self.omitted) and not self.unsure

    @property
    def is_bare(self) -> bool:
        """Whether nobody has written anything in it."""
        return not self.text and not self.others

    @property
    def mark(self) -> str:
        """A short digest of what stands in the cell: what a page knows of it."""
        told = f"{self.omitted:d}\0{self.text}"
        return hashlib.blake2b(told.encode("utf-8", "replace"), digest_size=6).hexdigest()

    def with_text(self, text: str) -> Row:
        return replace(self, cell=self.cell._replace(text=text))


def picture_of(found: Sequence[Segment]) -> str:
    """The reference of the picture that these segments are; "" for words."""
    return found[0].html if len(found) == 1 and found[0].is_picture else ""


def originals(text: str, *, is_rich: bool) -> list[Original]:
    """The segments of a source text."""
    if not is_rich:
        return [Original(found) for found in parts.split(text, is_rich=False)]
    found = []
    rules = 0
    for piece in html.pieces(text):
        if piece.path[-1] == RULE:
            rules += 1
        else:
            own = segment("/".join(piece.path), piece.inner)
            found.append(Original(own, *cells.cut([piece])[1:], rules))
            rules = 0
    return found


# From public columns ----------------------------------------------------------------------------


def open_rows(
    part: str,
    said: Sequence[Segment],
    text: str,
    *,
    is_rich: bool,
    alignment: dict | None = None,
    left_out: bool = False,
    unsure: bool = False,
) -> list[Row]:
    """The rows of a public text that is based on the source segments `said`.

    Which blocks stand beside which segments is taken from the stored `alignment`
    ({"of", "beads"}), where it is of this text, else found by `core.alignment`. Segments without a
    block are `left_out` on purpose, or still to be translated. Where nobody knows what the text
    says, its rows are `unsure`, but for pictures, of which everybody sees that they are the same.
    """
    if not is_rich:
        groups = [(said, [Cell(text)])] if said or text else []
    else:
        beads = _beads(said, text, alignment)
        groups = [(sources, cells.cut_all(found) or [EMPTY]) for sources, found in beads]
    rows: list[Row] = []
    for sources, found in groups:
        for number, cell in enumerate(found):
            own = tuple(sources) if number == 0 else ()
            omitted = left_out and not cell.text
            doubtful = unsure and own and cell.text and not cell.picture
            row = Row("", own, cell, omitted, unsure=bool(doubtful))
            rows.append(replace(row, key=new_key(part, row, {r.key for r in rows})))
    return rows


def _beads(said, text, alignment) -> list[tuple[Sequence[Segment], list[Piece]]]:
    found = html.pieces(text)
    blocks = segments(text)
    if alignment and alignment["of"] == parts.digest(blocks):
        sizes = alignment["beads"]
        if [sum(n) for n in zip(*sizes, strict=True)] == [len(said), len(found)]:
            return _portions(said, found, sizes)
    if not blocks:
        return [([each], []) for each in said]
    units = cells.units(found)
    return [
        ([said[i] for i in bead.source], [piece for i in bead.target for piece in units[i]])
        for bead in align(said, blocks)
    ]


def _portions(said, found, sizes):
    portions, i, j = [], 0, 0
    for sources, blocks in sizes:
        portions.append((said[i : i + sources], found[j : j + blocks]))
        i, j = i + sources, j + blocks
    return portions


def new_key(part: str, row: Row, taken: set[str]) -> str:
    """A key for `row` that is not `taken`: of what it says and not of its place, so that a page
    and the first save that comes from it find the same."""
    told = [each.digest for each in row.source] or ["", row.text]
    return key_of(part, told, taken)


def key_of(part: str, told: Iterable[str], taken: set[str]) -> str:
    content = "\0".join([part, *told])
    number = 0
    while True:
        key = hashlib.blake2b(f"{number}\0{content}".encode(), digest_size=6).hexdigest()
        if key not in taken:
            return key
        number += 1


# To public columns ------------------------------------------------------------------------------


def join(rows: Iterable[Row], *, is_rich: bool) -> str:
    """The column's text."""
    if is_rich:
        return cells.glue(each for rules, cell in _laid_out(rows) for each in (rules, cell))
    return "\n\n".join(row.text for row in rows if row.text)


def _laid_out(rows: Iterable[Row]) -> Iterator[tuple[Cell, Cell]]:
    """The rules before each cell, and the cell. A rule parts two texts; one text begins with it
    only where the source does."""
    has_text = False
    for number, row in enumerate(rows):
        parts_texts = bool(row.text) and (has_text or number == 0)
        yield cells.of_rules(row.rules if parts_texts else 0), row.cell
        has_text |= bool(row.text)


def base(rows: Iterable[Row]) -> Base | None:
    """What the text is based on, in order; None where nobody knows.

    A segment that was neither translated nor left out on purpose is not in it.
    """
    rows = list(rows)
    if any(row.unsure for row in rows):
        return None
    return [kept for row in rows if row.is_settled for kept in parts.kept(row.source)]


def beads(rows: Iterable[Row]) -> list[list[int]]:
    """[[source segments, blocks and rules], …]: the rows as `Side.alignment` keeps them."""
    rows = list(rows)
    all_count = any(row.unsure for row in rows)  # see `base`: they stand beside the present source
    sizes = []
    last = None  # the last one with a text, to which rules belong (see `cells.units`)
    for row, (rules, cell) in zip(rows, _laid_out(rows), strict=True):
        size = [len(row.source) if all_count or row.is_settled else 0, len(cell.pieces)]
        (last or size)[1] += len(rules.pieces)
        sizes.append(size)
        last = size if size[1] else last
    return [size for size in sizes if size != [0, 0]]


# As JSON ----------------------------------------------------------------------------------------


def to_json(row: Row) -> dict:
    """A row as a draft stores it."""
    stored = {
        "key": row.key,
        "source": parts.kept(row.source),
        "text": row.text,
        "within": list(row.cell.within),
        "continues": row.cell.continues,
        "omitted": row.omitted,
        "others": [other._asdict() for other in row.others],
    }
    if row.unsure:
        stored["unsure"] = True
    if row.rules:
        stored["rules"] = row.rules
    return stored


def from_json(stored: dict) -> Row:
    return Row(
        key=stored["key"],
        source=tuple(parts.given(stored["source"])),
        cell=Cell(stored["text"], tuple(stored["within"]), stored["continues"]),
        omitted=stored["omitted"],
        others=tuple(Other(**other) for other in stored["others"]),
        unsure=stored.get("unsure", False),
        rules=stored.get("rules", 0),
    )
