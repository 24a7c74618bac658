"""Canonical HTML as a list of segments, and two versions of a text compared word by word."""

from __future__ import annotations

import difflib
import hashlib
import re
from collections import Counter, defaultdict, deque
from collections.abc import Hashable, Iterator, Sequence
from typing import Literal, NamedTuple

from core.markup import PICTURE, RULE
from core.pieces import Piece, pieces, words_of

# Half the words in common: below that, readers take it for another paragraph, not a changed one.
ALIKE = 0.5
# SequenceMatcher compares everything with everything in the worst case (one word repeated); above
# this many pairs two texts are called different rather than holding up a page for seconds.
_MOST_PAIRS = 4_000_000

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")

Words = list[tuple[str, str]]


class Segment(NamedTuple):
    """One leaf block: its path ("ul/li/p"), inner HTML, text, and digest of path and inner HTML.

    A picture is a segment without words: its path is "img", its `html` is its reference.
    """

    path: str
    html: str
    text: str
    digest: str

    @property
    def is_picture(self) -> bool:
        return self.path == PICTURE


class Change(NamedTuple):
    """What became of one segment. `words` is filled where `kind` is "changed".

    A segment that only moved is "removed" where it stood and "added" where it stands, as a reader
    would see it; both are marked as `moved`. `moves` says which belong together.
    """

    kind: Literal["same", "changed", "added", "removed"]
    old: Segment | None
    new: Segment | None
    words: Words
    moved: bool = False

    @property
    def only_form(self) -> bool:
        """The same words, otherwise marked, linked, or in another kind of block."""
        return self.kind == "changed" and self.old.text == self.new.text


def segments(html: str) -> list[Segment]:
    """The leaf blocks and pictures of canonical HTML in reading order.

    A rule (hr) says nothing and is none.
    """
    return [segment("/".join(piece.path), piece.inner) for piece in segment_pieces(html)]


def segment_pieces(html: str) -> Iterator[Piece]:
    """The pieces of canonical HTML that are segments."""
    return (piece for piece in pieces(html) if piece.path[-1] != RULE)


def segment(path: str, inner: str) -> Segment:
    """One segment from its path and its inner HTML."""
    digest = hashlib.blake2b(f"{path}\0{inner}".encode(), digest_size=16).hexdigest()
    return Segment(path, inner, words_of(path, inner), digest)


def compare(old_html: str, new_html: str) -> list[Change]:
    """Every segment of two versions of canonical HTML in reading order, with what became of it."""
    return compare_segments(segments(old_html), segments(new_html))


def compare_segments(old: Sequence[Segment], new: Sequence[Segment]) -> list[Change]:
    """Every segment of both, each once and in its order, with what became of it."""
    stretches = list(_stretches([s.digest for s in old], [s.digest for s in new]))
    replaced = [(before, after) for equal, before, after in stretches if not equal]
    moved_old = Counter(s.digest for before, _after in replaced for s in old[before])
    moved_old &= Counter(s.digest for _before, after in replaced for s in new[after])
    moved_new = moved_old.copy()
    changes: list[Change] = []
    for equal, before, after in stretches:
        if equal:
            pairs = zip(old[before], new[after], strict=True)
            changes += [Change("same", was, now, []) for was, now in pairs]
        else:
            changes += _replaced(_flagged(old[before], moved_old), _flagged(new[after], moved_new))
    return changes


def moves(changes: Sequence[Change]) -> dict[int, int]:
    """For each "added" segment that moved, by its place in `changes`: where it is "removed"."""
    removed: dict[str, deque[int]] = defaultdict(deque)
    for place, change in enumerate(changes):
        if change.moved and change.old:
            removed[change.old.digest].append(place)
    return {
        place: removed[change.new.digest].popleft()
        for place, change in enumerate(changes)
        if change.moved and change.new
    }


def word_diff(old: str, new: str) -> Words:
    """Two plain texts as ("same" | "removed" | "added", words) in reading order.

    "same" and "removed" together are the old text, "same" and "added" the new one. A space alone
    between two changed words counts as changed, so that a rewritten phrase reads as one.
    """
    was, now = _TOKEN.findall(old), _TOKEN.findall(new)
    result: Words = []
    removed = added = ""
    stretches = list(_stretches(was, now))
    for number, (equal, before, after) in enumerate(stretches):
        left, right = "".join(was[before]), "".join(now[after])
        if equal and not (left.isspace() and 0 < number < len(stretches) - 1):
            result += _changed(removed, added)
            removed = added = ""
            result.append(("same", left))
        else:
            removed, added = removed + left, added + right
    return result + _changed(removed, added)


def _changed(removed: str, added: str) -> Words:
    return [(kind, text) for kind, text in (("removed", removed), ("added", added)) if text]


def _flagged(found: Sequence[Segment], moved: Counter[str]) -> list[tuple[Segment, bool]]:
    """Segments with whether each only moved. Of several alike, the first ones did."""
    flagged = []
    for one in found:
        flagged.append((one, moved[one.digest] > 0))
        moved[one.digest] -= 1
    return flagged


def _replaced(old: list[tuple[Segment, bool]], new: list[tuple[Segment, bool]]) -> Iterator[Change]:
    """Pair the segments of a rewritten stretch by likeness; the rest is added or removed."""
    # What stands elsewhere unchanged is no changed form of what it resembles.
    rest_old, rest_new = ([i for i, (_s, moved) in enumerate(x) if not moved] for x in (old, new))
    alike = _alike([old[i][0] for i in rest_old], [new[j][0] for j in rest_new])
    pairs = [(rest_old[i], rest_new[j]) for i, j in alike]
    at_old = at_new = 0
    for i, j in [*pairs, (len(old), len(new))]:
        yield from (Change("removed", was, None, [], moved) for was, moved in old[at_old:i])
        yield from (Change("added", None, now, [], moved) for now, moved in new[at_new:j])
        if i < len(old):
            was, now = old[i][0], new[j][0]
            yield Change("changed", was, now, word_diff(was.text, now.text))
        at_old, at_new = i + 1, j + 1


def _alike(old: list[Segment], new: list[Segment]) -> list[tuple[int, int]]:
    """The pairs (i, j), in order and without crossing, whose likeness adds up to the most."""
    if len(old) * len(new) > _MOST_PAIRS // 100:  # a likeness costs more than a comparison
        return []
    old_words, new_words = ([Counter(_TOKEN.findall(s.text)) for s in side] for side in (old, new))
    likeness = [[_likeness(a, b) for b in new_words] for a in old_words]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            together = likeness[i][j] + best[i + 1][j + 1] if likeness[i][j] >= ALIKE else 0.0
            best[i][j] = max(together, best[i + 1][j], best[i][j + 1])
    pairs = []
    i = j = 0
    while i < len(old) and j < len(new):
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            pairs.append((i, j))
            i, j = i + 1, j + 1
    return pairs


def _likeness(a: Counter[str], b: Counter[str]) -> float:
    """Dice's coefficient of two bags of words: 1.0 for the same words, whatever their order."""
    return 2 * (a & b).total() / ((a.total() + b.total()) or 1)


def _stretches(
    old: Sequence[Hashable], new: Sequence[Hashable]
) -> Iterator[tuple[bool, slice, slice]]:
    """(equal, part of old, part of new), covering both from end to end."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    if head:
        yield True, slice(0, head), slice(0, head)
    old_end, new_end = len(old) - tail, len(new) - tail
    if (old_end - head) * (new_end - head) > _MOST_PAIRS:
        yield False, slice(head, old_end), slice(head, new_end)
    elif old_end > head or new_end > head:
        matcher = difflib.SequenceMatcher(
            None, old[head:old_end], new[head:new_end], autojunk=False
        )
        for op, i, i_end, j, j_end in matcher.get_opcodes():
            yield op == "equal", slice(head + i, head + i_end), slice(head + j, head + j_end)
    if tail:
        yield True, slice(old_end, len(old)), slice(new_end, len(new))
