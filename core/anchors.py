"""What two texts in two languages write alike: where an alignment of them can hold on."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from unicodedata import combining, normalize

from core.html import links
from core.segments import Segment

# What it is worth, in the costs of `core.beads`, that one segment of each text holds a thing and
# no other does. A word that begins as in the other language may do so by chance.
FIRM, FAINT = 2.0, 0.6
_WORTH = {"picture": FIRM, "number": FIRM, "name": FIRM, "link": FIRM, "cognate": FAINT}
# However much two segments have in common, lengths that do not fit still count.
_MOST = 6.0
# A thing that stands in so many pairs of segments tells none of them from the others.
_MOST_PAIRS = 36
# M. Simard, G. F. Foster and P. Isabelle, "Using Cognates to Align Sentences in Bilingual
# Corpora", 1992: words are taken for cognates if their first four letters are the same.
_STEM = 4
_WORD = re.compile(r"[^\W\d_]{3,}")
_NUMBER = re.compile(r"\d+")

Evidence = list[dict[int, float]]


def evidence(source: Sequence[Segment], target: Sequence[Segment]) -> Evidence:
    """For each source segment: by index of target segment, what speaks for the two together.

    A thing counts the less the more often it stands in either text.
    """
    there = _places(target)
    found: Evidence = [defaultdict(float) for _ in source]
    for thing, rows in _places(source).items():
        columns = there.get(thing, ())
        pairs = len(rows) * len(columns)
        if 0 < pairs <= _MOST_PAIRS:
            for row in rows:
                for column in columns:
                    found[row][column] += _WORTH[thing[0]] / pairs
    return [{column: min(worth, _MOST) for column, worth in row.items()} for row in found]


def anchors(found: Evidence) -> list[tuple[int, int]]:
    """The most pairs (source, target) that are firm by themselves, in order, without crossing.

    The longest increasing subsequence of the best target of each source segment.
    """
    ends: list[int] = []  # of the best line of each length: the target that it ends with
    lines: list[tuple] = []  # the same lines, as (source, target, line before it)
    for row, likely in enumerate(found):
        column = max(likely, key=likely.__getitem__, default=None)
        if column is None or likely[column] < FIRM:
            continue
        place = bisect_left(ends, column)
        line = (row, column, lines[place - 1] if place else None)
        ends[place : place + 1] = [column]
        lines[place : place + 1] = [line]
    pairs = []
    rest = lines[-1] if lines else None
    while rest:
        pairs.append(rest[:2])
        rest = rest[2]
    return pairs[::-1]


def _places(segments: Sequence[Segment]) -> dict[tuple[str, str], list[int]]:
    """Everything that may stand in both languages, with the segments in which it stands."""
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, segment in enumerate(segments):
        for thing in set(_things(segment)):
            places[thing].append(index)
    return places


def _things(segment: Segment) -> Iterator[tuple[str, str]]:
    if segment.is_picture:
        yield "picture", segment.html
        return
    yield from (("link", address) for address in links(segment.html))
    yield from (("number", digits) for digits in _NUMBER.findall(segment.text))
    for word in _WORD.findall(segment.text):
        bare = _bare(word)
        # The first word of a sentence has a capital too, but seldom the same one in both texts.
        if word[0].isupper():
            yield "name", bare
        if len(bare) >= _STEM:
            yield "cognate", bare[:_STEM]


def _bare(word: str) -> str:
    """Without accents and capitals: “Évêché” is “eveche”."""
    if word.isascii():
        return word.lower()
    return "".join(c for c in normalize("NFKD", word) if not combining(c)).casefold()
