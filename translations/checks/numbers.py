"""Numbers, dates and times that differ: people would come at the wrong hour."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from translations.checks import contacts, relative
from translations.checks.base import Check, Pair, Problem, base, once
from translations.checks.numerals import Figure, figures
from translations.checks.spelled import in_words

_DIGIT = re.compile(r"\d")


class Numbers(Check):
    """Whether the same figures stand on both sides. How often does not matter, nor the order: a
    good sentence may say a number once more.
    """

    id = "numbers"
    title = gettext_lazy("numbers, dates, times")

    def problems(self, pair: Pair) -> Iterator[Problem]:
        # A copy is for another check: in the target language, its dates read as none.
        if not pair.is_comparable or pair.source == pair.target:
            return
        if not (_DIGIT.search(pair.source) or _DIGIT.search(pair.target)):
            return
        source, target = base(pair.source_language), base(pair.target_language)
        theirs = figures(contacts.without(pair.source), source)
        ours = figures(contacts.without(pair.target), target)
        lost = list(_unmatched(theirs, ours, pair.target, target))
        new = list(_unmatched(ours, theirs, pair.source, source))
        # Who writes the date for a “tomorrow” does what another check asks for.
        if pair.is_dated and relative.found(pair.source, source):
            new = []
        if lost or new:
            yield self.problem(_message(lost, new), [*lost, "", *new])


def _unmatched(
    mine: list[Figure], others: list[Figure], their_text: str, language: str
) -> Iterator[str]:
    """What is said here and nowhere in the other text, as it is written, each once.

    Two figures agree where the likely meaning of one is a possible meaning of the other.
    """
    likely = {other.readings[0] for other in others}
    possible = {reading for other in others for reading in other.readings}
    lonely = [
        one for one in mine if one.readings[0] not in possible and likely.isdisjoint(one.readings)
    ]
    if lonely:
        words = in_words(their_text, language)
        lonely = [one for one in lonely if words.isdisjoint(one.readings)]
    return once(one.said for one in lonely)


def _message(lost: list[str], new: list[str]) -> str:
    words = {"original": ", ".join(lost), "here": ", ".join(new)}
    if lost and new:
        return _("%(original)s in the original, %(here)s here.") % words
    if lost:
        return _("Only in the original: %(original)s.") % words
    return _("Only here: %(here)s.") % words
