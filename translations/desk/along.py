"""What goes along with a text without being translated: the pictures of its source, and its rules.

Whoever opens a side finds every picture of the source in its place, in a cell of its own; it is in
the draft as soon as anything else is. To leave it out, or to put it elsewhere, is the translator's.

A rule has no row: in a side that readers do not have yet, it stands where the source has it. Of any
other, the translator's rules are those of the text.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from dataclasses import replace

from translations.desk import cells, mending
from translations.desk.merging import Shown, merge
from translations.desk.rows import EMPTY, Original, Row

Rows = list[Row]
_RULE = "<hr>"


def bring(part: str, rows: Rows, current: Sequence[Original], *, has_side: bool) -> Rows:
    """The rows of a part with pictures and rules of the present source, where the source has them.

    A side that readers do not have (`has_side`) is not begun by pictures: they come with the first
    words. Pictures that the source has lost stay, as words would.
    """
    if any(original.segment.is_picture for original in current):
        rows = _filled(_placed(part, rows, current), may_stand_alone=has_side)
        rows = mending.reunite(rows)
    if not has_side and any(original.rules for original in current):
        rows = _parted(rows, current)
    return rows


def _placed(part: str, rows: Rows, current: Sequence[Original]) -> Rows:
    """With a row for each picture, in the order of the source."""
    stands = merge(part, rows, current)
    # From the last one: each is put behind the nearest row that stays, and so before the next one.
    for place, shown in reversed([*enumerate(stands)]):
        if shown.picture and shown.now and (shown.is_moved or not shown.is_stored):
            rows = _put(rows, stands[:place], shown.confirmed())
    return rows


def _put(rows: Rows, before: list[Shown], row: Row) -> Rows:
    """The rows with one where the source has it: behind the last one `before` it that has not
    moved, and what belongs to that in the target alone."""
    rows = [each for each in rows if each.key != row.key]
    steady = (each.key for each in reversed(before) if each.now and not each.is_moved)
    stored = {each.key: place for place, each in enumerate(rows, 1)}
    place = next((stored[key] for key in steady if key in stored), 0)
    alone = {each.key for each in before if not each.now}
    while place < len(rows) and rows[place].key in alone:
        place += 1
    return [*rows[:place], row, *rows[place:]]


def _filled(rows: Rows, *, may_stand_alone: bool) -> Rows:
    """With the picture in each row that is there for one, unless it was left out."""
    has_words = any(row.text and not row.cell.picture for row in rows)
    wants_words = any(row.source and not row.picture and not row.is_settled for row in rows)
    if not may_stand_alone and wants_words and not has_words:
        return [replace(row, cell=EMPTY) if row.source and row.picture else row for row in rows]
    elsewhere = Counter(row.picture for row in rows if not row.source and row.picture)
    filled = []
    for row in rows:
        if row.source and row.picture and not row.text and not row.omitted:
            stands_elsewhere = elsewhere[row.picture] > 0
            elsewhere[row.picture] -= stands_elsewhere
            cell = EMPTY if stands_elsewhere else cells.of_picture(row.picture)
            row = replace(row, cell=cell, omitted=stands_elsewhere)
        filled.append(row)
    return filled


def _parted(rows: Rows, current: Sequence[Original]) -> Rows:
    """With the rules of the source, but for those that somebody has written."""
    rules: dict[str, deque[int]] = defaultdict(deque)
    for original in current:
        rules[original.segment.digest].append(original.rules)
    parted = []
    before = ""
    for row in rows:
        found = rules[row.source[0].digest] if row.source else ()
        if found:
            count = found.popleft()
            is_written = before.endswith(_RULE) or row.text.startswith(_RULE)
            row = replace(row, rules=0 if is_written else count)
        parted.append(row)
        before = row.text or before
    return parted
