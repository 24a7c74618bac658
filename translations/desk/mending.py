"""What is done to one row among those that are shown: confirmed, written, moved, joined, split.

Each takes the rows as stored and as shown (`merging.merge`) and gives the rows to be stored.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.segments import Segment
from translations.desk import cells
from translations.desk.merging import Shown
from translations.desk.rows import EMPTY, Row, key_of, new_key

Rows = list[Row]


def confirm(rows: Rows, shown: list[Shown], key: str, seen: Sequence[Segment]) -> Rows:
    """“Still correct”: the row says what its reader has `seen` in the source."""
    found = _find(shown, key)
    return put(rows, shown, found, found.confirmed(seen or None))


def confirm_all(shown: list[Shown]) -> Rows:
    """“Still correct”, for every row that says something or is left out."""
    return [
        each.confirmed() if each.row.is_settled or each.row.unsure else each.row
        for each in shown
        if each.is_stored
    ]


def dismiss(rows: Rows, key: str) -> Rows:
    """Without the row: its source is gone, and so is its text."""
    return [row for row in rows if row.key != key]


def put(rows: Rows, shown: list[Shown], found: Shown, row: Row) -> Rows:
    """The rows with `row` in the place of `found`.

    What is new or moved in the source stands where the source has it: after the nearest row before
    it that has not moved itself.
    """
    if found.is_stored and not found.is_moved:
        return [row if each.key == row.key else each for each in rows]
    left = [each for each in rows if each.key != row.key]
    before = shown[: shown.index(found)]
    anchor = next((s.key for s in reversed(before) if s.is_stored and not s.is_moved), None)
    place = next((n for n, each in enumerate(left, 1) if each.key == anchor), 0)
    return [*left[:place], row, *left[place:]]


def up(rows: Rows, shown: list[Shown], key: str) -> Rows:
    """The first block of a cell goes to the end of the cell above; a picture goes past it.

    Raises ValueError where there is no such block or no such cell; so do the others.
    """
    place = _place(shown, key)
    if shown[place].picture:
        return _move_picture(rows, shown, shown[place], -1)
    return _shift(rows, shown, neighbour(shown, place, -1), place, first=1)


def down(rows: Rows, shown: list[Shown], key: str) -> Rows:
    """The last block of a cell goes to the beginning of the cell below; a picture goes past it."""
    place = _place(shown, key)
    if shown[place].picture:
        return _move_picture(rows, shown, shown[place], 1)
    return _shift(rows, shown, place, neighbour(shown, place, 1), last=1)


def neighbour(shown: list[Shown], place: int, step: int) -> int:
    """The place of the next row above (-1) or below (1) in whose cell there can be words.

    Raises ValueError where there is none.
    """
    place += step
    while 0 <= place < len(shown):
        if shown[place].kind != "removed" and not shown[place].picture:
            return place
        place += step
    raise ValueError("There is no row to move it to.")


def _shift(rows, shown, above: int, below: int, *, first: int = 0, last: int = 0) -> Rows:
    """Move `first` blocks from the lower cell up, or `last` blocks from the upper cell down."""
    upper, lower = shown[above].row.cell, shown[below].row.cell
    count = len(cells.units(upper.pieces)) + first - last
    units = cells.units(cells.together([upper, lower]))
    if not 0 <= count <= len(units) or not units:
        raise ValueError("There is nothing to move.")
    for place, cell, found in ((above, upper, units[:count]), (below, lower, units[count:])):
        pieces = [piece for unit in found for piece in unit]
        new = cells.one(pieces) if pieces else cell._replace(text="")
        row = replace(shown[place].row, cell=new, omitted=shown[place].row.omitted and not pieces)
        if not shown[place].is_stored:
            row = replace(row, source=shown[place].now)
        rows = put(rows, shown, shown[place], row)
    return rows


def merge_rows(rows: Rows, shown: list[Shown], key: str) -> Rows:
    """A row and the next one become one: their sources, their texts, all that others wrote."""
    place = _place(shown, key)
    below = neighbour(shown, place, 1)
    if any(each.goes_along for each in shown[place:below]):
        raise ValueError("A picture stands between them.")
    upper, lower = shown[place], shown[below]
    pieces = cells.together([upper.row.cell, lower.row.cell])
    kept = replace(
        upper.row,
        source=(*_source(upper), *_source(lower)),
        cell=cells.one(pieces) if pieces else upper.row.cell,
        omitted=upper.row.omitted and lower.row.omitted,
        others=(*upper.row.others, *lower.row.others),
        unsure=upper.row.unsure or lower.row.unsure,
    )
    return [row for row in put(rows, shown, upper, kept) if row.key != lower.key]


def split(rows: Rows, shown: list[Shown], key: str, part: str) -> Rows:
    """The first segment and the first block stay, the others become a row of their own."""
    found = _find(shown, key)
    row, units = found.row, cells.units(found.row.cell.pieces)
    if len(row.source) < 2 and len(units) < 2:
        raise ValueError("There is nothing to split.")
    rest = [piece for unit in units[1:] for piece in unit]
    first = replace(row, source=row.source[:1], cell=cells.one(units[0]) if units else row.cell)
    second = replace(
        row,
        source=row.source[1:],
        cell=cells.one(rest) if rest else cells.Cell(),
        others=(),
        unsure=row.unsure and bool(row.source[1:] and rest),
    )
    second = replace(second, key=new_key(part, second, {each.key for each in rows}))
    return [each for r in rows for each in ((first, second) if r.key == key else (r,))]


# Pictures ---------------------------------------------------------------------------------------


def _move_picture(rows: Rows, shown: list[Shown], found: Shown, step: int) -> Rows:
    """A picture stands one row further up or down in the target.

    The row that is there for it stays where the source has it, with nothing in it.
    """
    if not found.row.cell.picture:
        raise ValueError("There is nothing to move.")
    stands = {each.key for each in shown}
    place = next(n for n, row in enumerate(rows) if row.key == found.key)
    past = place + step
    while 0 <= past < len(rows) and rows[past].key not in stands:
        past += step
    if not 0 <= past < len(rows):
        raise ValueError("There is no row to move it to.")
    if found.row.source:
        key = key_of(found.key, [], {row.key for row in rows})
        picture = Row(key, cell=found.row.cell)
        left = [replace(found.row, cell=EMPTY, omitted=True)]
    else:
        picture, left = found.row, []
    if step < 0:
        moved = [*rows[:past], picture, *rows[past:place], *left, *rows[place + 1 :]]
    else:
        moved = [*rows[:place], *left, *rows[place + 1 : past + 1], picture, *rows[past + 1 :]]
    return reunite(moved)


def reunite(rows: Rows) -> Rows:
    """A picture that stands right beside the empty row that is there for it, in that row."""
    found: Rows = []
    for row in rows:
        if found and (one := _as_one(found[-1], row)):
            found[-1] = one
        else:
            found.append(row)
    return found


def _as_one(*both: Row) -> Row | None:
    for row, other in (both, both[::-1]):
        waits = row.source and row.picture and not row.text
        if waits and not other.source and row.picture == other.cell.picture:
            return replace(row, cell=other.cell, omitted=False)
    return None


def leave_out(rows: Rows, shown: list[Shown], key: str, omitted: bool) -> Rows:
    """A picture is left out on purpose, or comes back to where the source has it."""
    found = _find(shown, key)
    cell = EMPTY if omitted else cells.of_picture(found.picture)
    if not omitted:  # wherever else it stood
        rows = [row for row in rows if row.source or row.cell.picture != found.picture]
    return put(rows, shown, found, replace(found.row, cell=cell, omitted=omitted))


def _source(shown: Shown) -> tuple[Segment, ...]:
    return shown.row.source if shown.is_stored else shown.now


def _place(shown: list[Shown], key: str) -> int:
    return shown.index(_find(shown, key))


def _find(shown: list[Shown], key: str) -> Shown:
    """Raises ValueError where there is no such row."""
    found = next((each for each in shown if each.key == key), None)
    if found is None:
        raise ValueError("This row is no longer there.")
    return found
