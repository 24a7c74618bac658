"""“Tomorrow” in a call-out: true for a day, and read for a week."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from translations.checks.base import Check, Pair, Problem, base, once, quoted

_EN_DAYS = "mon|tues|wednes|thurs|fri|satur|sun"
_FR_DAYS = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
# A weekday alone is fine: it mostly stands beside its date. So is "the world of tomorrow".
_RELATIVE = {
    "en": re.compile(
        rf"""\b(?=[tynl])(?:
            (?<!\bof\ )(?:today|tomorrow|yesterday|tonight)\b(?!['’]s\b)
          | this\ (?:morning|afternoon|evening|week|weekend|month)\b
          | (?:next|last)\ (?:week|weekend|week-end|month|(?:{_EN_DAYS})day)\b
        )""",
        re.VERBOSE | re.IGNORECASE,
    ),
    "fr": re.compile(
        rf"""\b(?=[adhclmjvs])(?:
            (?<!\bde\ )(?<!\bd['’])(?:après-demain|avant-hier|aujourd['’]hui|demain|hier)\b
          | ce\ (?:soir|matin|midi|week-end|weekend|mois)\b | cette\ (?:nuit|semaine)\b
          | cet\ après-midi\b
          | (?:la\ semaine|le\ mois|le\ week-?end|{_FR_DAYS})\ (?:prochaine?|derni[eè]re?)\b
        )""",
        re.VERBOSE | re.IGNORECASE,
    ),
}


class RelativeDates(Check):
    id = "relative"
    title = gettext_lazy("“tomorrow” and the like")

    def problems(self, pair: Pair) -> Iterator[Problem]:
        if not pair.is_dated:
            return
        if here := found(pair.target, pair.target_language):
            message = _("%(words)s will soon be wrong in a call-out: write the date.")
            yield self.problem(message % {"words": quoted(here)}, _folded(here))
        elif original := found(pair.source, pair.source_language):
            message = _(
                "%(words)s in the original will soon be wrong: write the date here, and tell who "
                "wrote the original."
            )
            yield self.problem(message % {"words": quoted(original)}, _folded(original), note=True)


def found(text: str, language: str) -> list[str]:
    """The words of a text that are true only on the day of writing, each once."""
    pattern = _RELATIVE.get(base(language))
    return list(once(match[0] for match in pattern.finditer(text))) if pattern else []


def _folded(words: list[str]) -> list[str]:
    return [word.lower().replace("’", "'") for word in words]
