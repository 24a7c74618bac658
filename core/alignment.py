"""Which segments of a text belong to which of its translation, where nobody has noted it.

Not to be confused with `core.segments.compare`, which takes two versions of one text in one
language. The costs are those of `core.beads`, the search is dynamic programming along a band.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from core.anchors import anchors, evidence
from core.beads import ALONE, ALONE_TOO, PICTURE_ALONE, Costs
from core.segments import Segment

# How far beside the anchors the search goes, in segments; and about how many pairs of segments it
# looks at in all, so that a text of 2,000 paragraphs takes a second and not a minute.
_BAND, _MOST_PAIRS = 16, 150_000
# Gale and Church hold that a character gives a character. Texts that share something firm tell
# better; this many characters stand for the old belief.
_DOUBT = 500
_MOST_WORDY = 3.0

Pair = tuple[int, int]


class Bead(NamedTuple):
    """Indices of source and target segments that say the same; () for one that stands alone."""

    source: tuple[int, ...]
    target: tuple[int, ...]


def align(source: Sequence[Segment], target: Sequence[Segment]) -> list[Bead]:
    """Every segment of both, each once and in order, as beads 1–1, 1–2, 2–1, 1–0 and 0–1.

    A picture belongs to the same picture or stands alone, and never to words.
    """
    found = evidence(source, target)
    firm = anchors(found)
    band = _band(len(source), len(target), firm)
    ways = [
        _cheapest(Costs(source, target, found, ratio), band)
        for ratio in _ratios(source, target, firm)
    ]
    return min(ways)[1]


def _ratios(source: Sequence[Segment], target: Sequence[Segment], firm: list[Pair]) -> list[float]:
    """How many characters of the target one of the source may give, to be tried."""
    lengths = [(len(source[i].text), len(target[j].text)) for i, j in firm if source[i].text]
    if lengths:
        return [_ratio(_DOUBT, _DOUBT, lengths)]
    # Of the whole texts, it is right only if nothing was left out. The better fit tells.
    lengths = [(sum(len(s.text) for s in source), sum(len(s.text) for s in target))]
    return [1.0, _ratio(1, 1, lengths)]


def _ratio(a: int, b: int, lengths: list[Pair]) -> float:
    ratio = (b + sum(b for _a, b in lengths)) / (a + sum(a for a, _b in lengths))
    return min(_MOST_WORDY, max(1 / _MOST_WORDY, ratio))


def _band(rows: int, columns: int, firm: list[Pair]) -> list[range]:
    """For each number of source segments done, the numbers of target segments to look at.

    Between two anchors: from where everything left out comes last to where it comes first.
    """
    limit = _MOST_PAIRS // (rows + 1) // 2
    low, high = [columns] * (rows + 1), [0] * (rows + 1)
    for (i, j), (i_end, j_end) in pairwise([(0, 0), *firm, (rows, columns)]):
        for row in range(i, i_end + 1):
            step = (j_end - j) / (i_end - i or 1)
            middle = j + int(step * (row - i))
            fewest, most = sorted((j + row - i, j_end - (i_end - row)))
            # The next row must be reached, however steep the way.
            low[row] = min(low[row], middle, max(fewest, middle - limit))
            high[row] = max(high[row], middle + math.ceil(step), min(most, middle + limit))
    return [
        range(max(0, lo - _BAND), min(columns, hi + _BAND) + 1)
        for lo, hi in zip(low, high, strict=True)
    ]


# The steps of the search: how many segments of each text a bead takes, and whether the bead before
# it stands alone (None: whichever is cheaper).
_STEPS = (
    None,
    *((1, 1, None), (1, 2, None), (2, 1, None)),
    *((1, 0, False), (1, 0, True), (0, 1, False), (0, 1, True)),
)


class _Row(NamedTuple):
    """The least costs of having done so many source segments, by how many of the target.

    Ways whose last bead stands alone are kept apart: another one alone is cheaper after it.
    """

    together: list[float]
    alone: list[float]
    best: list[float]


class _Leaving(NamedTuple):
    """What it costs that a segment stands alone: after a bead of words that stands alone too, as
    the first one that does, and without saying anything of words (`past`)."""

    too: float
    first: float
    past: float


WORDS = _Leaving(ALONE_TOO, ALONE, math.inf)
PICTURE = _Leaving(PICTURE_ALONE, math.inf, PICTURE_ALONE)


def _cheapest(costs: Costs, band: list[range]) -> tuple[float, list[Bead]]:
    """What the cheapest alignment costs, and its beads."""
    nothing = [math.inf] * band[-1].stop
    above = before = _Row(nothing, nothing, nothing)
    up, left = (
        [WORDS, *(PICTURE if picture else WORDS for picture in side.picture)]
        for side in (costs.source, costs.target)
    )
    taken = []
    for i, columns in enumerate(band):
        row = _Row(nothing[:], nothing[:], nothing[:])
        if i == 0:
            row.together[0] = row.best[0] = 0.0
        together, alone, is_alone = (bytearray(len(columns)) for _ in range(3))
        for place, j in enumerate(columns):
            if i or j:
                found = _together(costs, i, j, above, before)
                if up[i] is PICTURE or left[j] is PICTURE:
                    found = min(found, _past_a_picture(j, row, above, up[i], left[j]))
                row.together[j], together[place] = found
                row.alone[j], alone[place] = _alone(j, row, above, up[i], left[j])
                row.best[j] = min(row.together[j], row.alone[j])
                is_alone[place] = row.alone[j] < row.together[j]
        taken.append((together, alone, is_alone))
        above, before = row, above
    return above.best[-1], _beads(taken, band)


def _together(costs: Costs, i: int, j: int, above: _Row, before: _Row) -> tuple[float, int]:
    """The cheapest way to (i, j) by a bead of both texts, as cost and step."""
    cost, step = math.inf, 0
    if i and j:
        if (start := above.best[j - 1]) < cost:
            cost, step = start + costs.single(i - 1, j - 1), 1
        if j > 1 and (start := above.best[j - 2]) < math.inf:
            cost, step = min((cost, step), (start + costs.joined(i - 1, i - 1, j - 2, j - 1), 2))
        if i > 1 and (start := before.best[j - 1]) < math.inf:
            cost, step = min((cost, step), (start + costs.joined(i - 2, i - 1, j - 1, j - 1), 3))
    return cost, step


def _past_a_picture(
    j: int, row: _Row, above: _Row, up: _Leaving, left: _Leaving
) -> tuple[float, int]:
    """The cheapest way by a picture that stands alone, after words that do not."""
    ways = [(above.together[j] + up.past, 4)]
    if j:  # first: see _alone
        ways[:0] = [(row.together[j - 1] + left.past, 6)]
    return min(ways, key=itemgetter(0))


def _alone(j: int, row: _Row, above: _Row, up: _Leaving, left: _Leaving) -> tuple[float, int]:
    """The cheapest way by a bead of one text. Source before target, where it is the same."""
    ways = [(above.together[j] + up.first, 4), (above.alone[j] + up.too, 5)]
    if j:  # first, because the last step of a way is its last bead
        ways[:0] = [(row.together[j - 1] + left.first, 6), (row.alone[j - 1] + left.too, 7)]
    return min(ways, key=itemgetter(0))


def _beads(taken: list[tuple[bytearray, ...]], band: list[range]) -> list[Bead]:
    """The steps of the cheapest way, from its end."""
    beads = []
    i, j = len(band) - 1, band[-1].stop - 1
    stands_alone = None
    while i or j:
        together, alone, is_alone = taken[i]
        place = j - band[i].start
        if stands_alone is None:
            stands_alone = is_alone[place]
        step = (alone if stands_alone else together)[place]
        rows, columns, stands_alone = _STEPS[step]
        beads.append(Bead(tuple(range(i - rows, i)), tuple(range(j - columns, j))))
        i, j = i - rows, j - columns
    return beads[::-1]
