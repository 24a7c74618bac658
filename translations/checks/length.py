"""A target much longer or shorter than its source: something was left out, or stands twice."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from translations.checks.base import Check, Pair, Problem, base

# Characters that the same words take, English being 1.
_LENGTH = {
    "ar": 0.85,
    "de": 1.15,
    "en": 1.0,
    "es": 1.12,
    "fr": 1.15,
    "it": 1.12,
    "nl": 1.1,
    "pt": 1.1,
}
_FROM = 40  # a shorter row may well become three times as long: "Donate" → "Faire un don"
# How far off may be: longer texts even out.
_FACTOR, _MORE_WHEN_SHORT = 1.7, 20


class Length(Check):
    id = "length"
    title = gettext_lazy("length")

    def problems(self, pair: Pair) -> Iterator[Problem]:
        usual = [_LENGTH.get(base(c)) for c in (pair.source_language, pair.target_language)]
        if not pair.is_comparable or None in usual:
            return
        expected = len(pair.source) * usual[1] / usual[0]
        shorter, longer = sorted([expected, len(pair.target)])
        if longer <= _FROM or longer / shorter <= _FACTOR + _MORE_WHEN_SHORT / shorter:
            return
        # The source belongs to the print and the length does not: while somebody goes on writing,
        # it is the same complaint; once the original has changed, it is another one.
        if expected < len(pair.target):
            message = _("Much longer than the original. Does something stand here twice?")
            yield self.problem(message, ["longer", pair.source])
        else:
            message = _("Much shorter than the original. Has something been left out?")
            yield self.problem(message, ["shorter", pair.source])
