"""The rows of a draft laid over the source as it stands now."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.markup import PICTURE
from core.segments import Segment, compare_segments
from translations import parts
from translations.desk.rows import Original, Row, new_key, picture_of
from translations.parts import Base


@dataclass(frozen=True)
class Shown:
    """A row as it is shown: what became of its source.

    same     the source still says what the row was confirmed against
    changed  it says something else (`now`)
    moved    it says the same elsewhere
    unsure   nobody has confirmed that the two belong together
    added    new in the source; not in the draft yet (`is_stored` is False)
    removed  gone from the source
    own      a text that never had a source

    Of a part that `is_neutral`, readers get the source's words where it has none of its own.
    """

    row: Row
    kind: str
    now: tuple[Segment, ...] = ()
    is_moved: bool = False
    is_stored: bool = True
    is_neutral: bool = False

    @property
    def key(self) -> str:
        return self.row.key

    @property
    def picture(self) -> str:
        """The reference of the picture that the row is there for; "" for a row of words."""
        return picture_of(self.now) or self.row.picture

    @property
    def goes_along(self) -> bool:
        """Whether there is nothing in it for a translator to do, nor to be counted: a picture. Only
        where the source has lost it, somebody has to say so of the target."""
        return bool(self.picture) and self.kind != "removed"

    @property
    def falls_back(self) -> bool:
        """Whether it is empty and says what the source says all the same, whatever that is."""
        return self.is_neutral and bool(self.now) and self.row.is_bare

    @property
    def seen(self) -> Base:
        """What a page that shows this row shows of the source."""
        return parts.kept(self.now)

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do in it."""
        if self.goes_along or self.falls_back:
            return True
        if self.row.others:
            return False
        return self.kind == "own" or (self.kind == "same" and self.row.is_settled)

    @property
    def path(self) -> str:
        """The kind of block that belongs into its cell."""
        source = self.now or self.row.source
        if source:
            return source[0].path
        if self.picture:
            return PICTURE
        found = self.row.cell.pieces
        return "/".join(found[0].path) if found and found[0].inner else "p"

    def confirmed(self, seen: Sequence[Segment] | None = None) -> Row:
        """Its row, confirmed to say what the source says, as it is now or as it was `seen`."""
        if self.kind in ("removed", "own"):
            return self.row
        return replace(self.row, source=tuple(self.now if seen is None else seen), unsure=False)


def merge(part: str, rows: Sequence[Row], current: Sequence[Original]) -> list[Shown]:
    """All rows in the order in which they are read.

    Every current segment stands in exactly one of them, and so does every stored text. What has no
    source any more stands after the row that it was stored behind.
    """
    runs, moved = _runs(rows, current)
    followers: dict[int | None, list[Shown]] = {}
    placed: list[tuple[int, int | None, Shown]] = []
    last = None
    for index, row in enumerate(rows):
        if index in runs:
            last = index
            shown = _over(row, [current[i] for i in runs[index]], is_moved=index in moved)
            placed.append((runs[index].start, index, shown))
        elif not row.is_bare:
            kind = "removed" if row.source else "own"
            followers.setdefault(last, []).append(Shown(row, kind))
    taken = {row.key for row in rows}
    covered = {i for run in runs.values() for i in run}
    for place, original in enumerate(current):
        if place not in covered:
            shown = _added(part, original, taken)
            taken.add(shown.key)
            placed.append((place, None, shown))
    placed.sort(key=lambda each: each[0])
    found = followers.pop(None, [])
    for _place, index, shown in placed:
        found += [shown, *(followers.get(index, []) if index is not None else [])]
    return found


def _over(row: Row, now: list[Original], *, is_moved: bool) -> Shown:
    if not row.text:
        row = replace(row, cell=now[0].empty_cell)
    current = tuple(original.segment for original in now)
    if row.unsure:
        kind = "unsure"
    elif [s.digest for s in current] != [s.digest for s in row.source]:
        kind = "changed"
    else:
        kind = "moved" if is_moved else "same"
    return Shown(row, kind, current, is_moved)


def _added(part: str, original: Original, taken: set[str]) -> Shown:
    now = (original.segment,)
    key = new_key(part, Row("", now), taken)
    return Shown(Row(key, cell=original.empty_cell), "added", now, is_stored=False)


def _runs(rows, current) -> tuple[dict[int, range], set[int]]:
    """Row index → the current segments that it stands beside, and the rows that moved.

    A row stands beside one stretch of the source. What is new in the middle of it belongs to it;
    of a row that was torn apart, also by a picture, the longest stretch stays with it and the rest
    is new.
    """
    flat = [(index, segment) for index, row in enumerate(rows) for segment in row.source]
    pairs, moved = pair([s for _index, s in flat], [original.segment for original in current])
    owner = {new: flat[old][0] for old, new in pairs.items()}
    stretches: dict[int, list[list[int]]] = {}
    before = None
    for new in sorted(owner):
        mine = stretches.setdefault(owner[new], [])
        goes_on = before is not None and owner[before] == owner[new]
        if goes_on and not any(o.segment.is_picture for o in current[before + 1 : new]):
            mine[-1].append(new)
        else:
            mine.append([new])
        before = new
    longest = {index: max(found, key=len) for index, found in stretches.items()}
    old_of = {new: old for old, new in pairs.items()}
    runs = {index: range(found[0], found[-1] + 1) for index, found in longest.items()}
    moved = {i for i, found in longest.items() if any(old_of[new] in moved for new in found)}
    return runs, moved | _moved_pictures(rows, runs, moved)


def _moved_pictures(rows, runs: dict[int, range], moved: set[int]) -> set[int]:
    """The rows of pictures that stand elsewhere among those that have not moved."""
    found = set()
    pictures = [index for index in sorted(runs) if rows[index].picture]
    steady = sorted(
        (i, run.start) for i, run in runs.items() if i not in moved and not rows[i].picture
    )
    for index in pictures:
        at = bisect(steady, (index, 0))
        start = runs[index].start
        is_before = at == len(steady) or start < steady[at][1]
        if is_before and (at == 0 or steady[at - 1][1] < start):
            steady.insert(at, (index, start))
        else:
            found.add(index)
    return found


def pair(old: list[Segment], new: list[Segment]) -> tuple[dict[int, int], set[int]]:
    """Which new segment each old one has become (by index), and which of the old ones moved.

    The same ones in their order first, then the same ones elsewhere, then those that are alike.
    Pictures come last: where one stands elsewhere among words, no words have moved.
    """
    if old and new and old[0].path == new[0].path == parts.PLAIN:
        return {0: 0}, set()  # one text, however little is left of it
    pairs, moved = _pair_words(old, new)
    return pairs | _pair_pictures(old, new, pairs, moved), moved


def _pair_pictures(old, new, words: dict[int, int], moved: set[int]) -> dict[int, int]:
    """Each picture with the same one, in order among the `words` where that is possible."""
    pairs: dict[int, int] = {}
    waiting: dict[str, list[int]] = {}
    for place, segment in enumerate(new):
        if segment.is_picture:
            waiting.setdefault(segment.digest, []).append(place)
    pictures = [n for n, segment in enumerate(old) if segment.is_picture] if waiting else []
    in_order = sorted((o, n) for o, n in words.items() if o not in moved)
    for place in pictures:
        at = bisect(in_order, (place, 0))
        least = in_order[at - 1][1] if at else -1
        most = in_order[at][1] if at < len(in_order) else len(new)
        same = waiting.get(old[place].digest, [])
        if fitting := [n for n in same if least < n < most]:
            pairs[place] = fitting[0]
            in_order.insert(at, (place, fitting[0]))
            same.remove(fitting[0])
    for place in pictures:
        if place not in pairs and (same := waiting.get(old[place].digest)):
            pairs[place] = same.pop(0)
    return pairs


def _pair_words(old, new) -> tuple[dict[int, int], set[int]]:
    words = ([n for n, s in enumerate(side) if not s.is_picture] for side in (old, new))
    pairs, old_left, new_left = _in_order(old, new, *words)
    moved = set()
    waiting: dict[str, list[int]] = {}
    for place in new_left:
        waiting.setdefault(new[place].digest, []).append(place)
    for place in list(old_left):
        if same := waiting.get(old[place].digest):
            pairs[place] = same.pop(0)
            moved.add(place)
            old_left.remove(place)
            new_left.remove(pairs[place])
    elsewhere, _old, _new = _in_order(old, new, old_left, new_left)
    return pairs | elsewhere, moved | elsewhere.keys()


def _in_order(old, new, old_places, new_places) -> tuple[dict[int, int], list[int], list[int]]:
    """The pairs of those at these places that are the same or alike, and the places left."""
    old_places, new_places = list(old_places), list(new_places)
    pairs: dict[int, int] = {}
    old_left, new_left = [], []
    i = j = 0
    for change in compare_segments([old[p] for p in old_places], [new[p] for p in new_places]):
        if change.old is not None and change.new is not None:
            pairs[old_places[i]] = new_places[j]
        elif change.old is not None:
            old_left.append(old_places[i])
        else:
            new_left.append(new_places[j])
        i += change.old is not None
        j += change.new is not None
    return pairs, old_left, new_left
