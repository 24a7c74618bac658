"""What it costs to believe that passages of two languages say the same.

Costs are negative logarithms of likelihoods, so that those of a whole alignment can be added up.
The core is W. A. Gale and K. W. Church, "A Program for Aligning Sentences in Bilingual Corpora",
Computational Linguistics 19(1), 1993. What follows it here was chosen on texts of our kind, where
paragraphs are few and short and a note or a dropped list is common.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import accumulate

from core.anchors import Evidence
from core.segments import Segment

# Gale and Church, table 5: how often translators join or split, and leave out or add a passage
# (0.089 and 0.0099), beside how often they do neither (0.89).
JOINED = -math.log(0.089 / 0.89)
ALONE = -math.log(0.0099 / 0.89)
# Who leaves out one paragraph often leaves out the next.
ALONE_TOO = 2.5
# A picture says nothing that could be left out: where it stands is the designer's choice, and the
# words decide what belongs together. Two that are the same still speak for what is around them.
PICTURE_ALONE = 1.0

# Gale and Church: the variance of the translation's length per character.
_VARIANCE = 6.8
# Theirs is for sentences. How wordily a person writes adds up over a long paragraph.
_SPREAD = 0.1
# The cost of a length by its squared deviation, in steps. Beyond the last, it gets no worse.
_STEPS, _FARTHEST = 16, 12
_COSTS = [-math.log(math.erfc(math.sqrt(n / _STEPS / 2))) for n in range(_STEPS * _FARTHEST)]

# A heading that became a paragraph, an item that left its list.
_OTHER_KIND = 3.0
# One ends as a sentence does, the other does not.
_OTHER_END = 1.0
# For each sentence that one has more, in a passage of one sentence.
_OTHER_COUNT = 1.0

_SENTENCE = re.compile(r"[.!?…:;。！？؟۔][\s\"'»”’)\]]*(?=\s|$)|\n")
_END = re.compile(r"[.!?…。！？؟۔][\s\"'»”’)\]]*\Z")


class _Side:
    """One text, measured: sums up to each segment, and what each segment is."""

    def __init__(self, segments: Sequence[Segment], ratio: float) -> None:
        texts = [segment.text for segment in segments]
        self.length = list(accumulate((len(text) * ratio + 1 for text in texts), initial=0.0))
        ends = [[end.end() for end in _SENTENCE.finditer(text)] for text in texts]
        self.sentences = list(accumulate((len(found) or 1 for found in ends), initial=0))
        self.cuts = [
            [end * ratio for end in found if end < len(text)]
            for text, found in zip(texts, ends, strict=True)
        ]
        self.kind = [_kind(segment.path) for segment in segments]
        self.picture = [segment.html if segment.is_picture else "" for segment in segments]
        self.ends = [bool(_END.search(text)) for text in texts]


class Costs:
    """The costs of beads of two texts. A character of the source is `ratio` of the target's."""

    def __init__(
        self,
        source: Sequence[Segment],
        target: Sequence[Segment],
        found: Evidence,
        ratio: float = 1.0,
    ) -> None:
        self.source, self.target = _Side(source, ratio), _Side(target, 1.0)
        self.found = found

    def single(self, i: int, j: int) -> float:
        """Of source segment i and target segment j."""
        source, target = self.source, self.target
        if source.picture[i] or target.picture[j]:
            is_same = source.picture[i] == target.picture[j]
            return -self.found[i].get(j, 0.0) if is_same else math.inf
        cost = _length_cost(
            source.length[i + 1] - source.length[i], target.length[j + 1] - target.length[j]
        )
        if source.kind[i] != target.kind[j]:
            cost += _OTHER_KIND
        return cost + self._form_cost(i, i, j, j) - self.found[i].get(j, 0.0)

    def joined(self, i: int, last_i: int, j: int, last_j: int) -> float:
        """Of one segment of one text and two of the other, each from its first to its last."""
        source, target = self.source, self.target
        pictures = source.picture[i] or source.picture[last_i]
        if pictures or target.picture[j] or target.picture[last_j]:
            return math.inf
        a = source.length[last_i + 1] - source.length[i]
        b = target.length[last_j + 1] - target.length[j]
        cost = _length_cost(a, b)
        if cost == _COSTS[-1]:
            return math.inf  # nobody joins paragraphs to say something else altogether
        # Where the two meet, a sentence should end in the one.
        if i == last_i:
            meet = (target.length[j + 1] - target.length[j]) * a / b
            cuts = source.cuts[i]
        else:
            meet = (source.length[i + 1] - source.length[i]) * b / a
            cuts = target.cuts[j]
        off = min((abs(cut - meet) for cut in cuts), default=math.inf)
        cost += JOINED + _cost(off * off / (_VARIANCE * (a + b) / 4))
        kind = source.kind[i]
        if not (kind == source.kind[last_i] == target.kind[j] == target.kind[last_j]):
            cost += _OTHER_KIND
        found = self.found[i].get(j, 0.0)
        found += self.found[last_i].get(last_j, 0.0)
        return cost + self._form_cost(i, last_i, j, last_j) - found

    def _form_cost(self, i: int, last_i: int, j: int, last_j: int) -> float:
        source, target = self.source, self.target
        cost = 0.0 if source.ends[last_i] == target.ends[last_j] else _OTHER_END
        a = source.sentences[last_i + 1] - source.sentences[i]
        b = target.sentences[last_j + 1] - target.sentences[j]
        return cost if a == b else cost + _OTHER_COUNT * abs(a - b) / math.sqrt((a + b) / 2)


def _length_cost(a: float, b: float) -> float:
    mean = (a + b) / 2
    return _cost((a - b) * (a - b) / (mean * (_VARIANCE + _SPREAD * _SPREAD * mean)))


def _cost(squared: float) -> float:
    """Of a squared deviation, which is how likely one at least as large is."""
    return _COSTS[int(squared * _STEPS)] if squared < _FARTHEST else _COSTS[-1]


def _kind(path: str) -> str:
    """Whether a heading, an item, a quotation or a paragraph: what a translator seldom changes."""
    *around, leaf = path.split("/")
    return around[-1] if around else leaf
