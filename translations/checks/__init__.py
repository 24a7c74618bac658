"""The quality checks of the translators' desk: what a second pair of eyes would stop at.

One small class each, pure: no database, no request. Only broken markup is a wall; everything else
can be dismissed with a reason. A check that knows nothing about a language says nothing: a false
alarm costs more than a missed one, since it teaches people to click alarms away.

To register another check, add it to `CHECKS`.
"""

from __future__ import annotations

from translations.checks.base import Check, Hit, Pair, Problem
from translations.checks.contacts import Contacts
from translations.checks.doubled import Doubled
from translations.checks.emphasis import Emphasis
from translations.checks.glossary import Glossary
from translations.checks.inclusive import Inclusive
from translations.checks.length import Length
from translations.checks.links import Links
from translations.checks.markup import Markup
from translations.checks.numbers import Numbers
from translations.checks.relative import RelativeDates
from translations.checks.spacing import FrenchSpacing
from translations.checks.untranslated import Untranslated

__all__ = ["CHECKS", "Check", "Hit", "Pair", "Problem", "check_row", "check_text"]

# In the order in which a row shows their problems.
CHECKS: list[Check] = [
    Markup(),
    Untranslated(),
    Numbers(),
    Links(),
    Contacts(),
    Glossary(),
    RelativeDates(),
    Doubled(),
    FrenchSpacing(),
    Inclusive(),
    Emphasis(),
    Length(),
]


def check_row(pair: Pair) -> list[Problem]:
    """What is wrong in one row, in the order of `CHECKS`. Nothing in a row that is left out."""
    if pair.omitted:
        return []
    return [problem for check in CHECKS for problem in check.problems(pair)]


def check_text(pairs: list[Pair]) -> dict[int, list[Problem]]:
    """What is wrong in a whole side: index of the row → its problems, rows without any left out.

    Besides what `check_row` finds in each row, this says what only the whole text can tell.
    """
    found = {index: check_row(pair) for index, pair in enumerate(pairs)}
    for check in CHECKS:
        for index, problem in check.over(pairs):
            found[index].append(problem)
    return {index: problems for index, problems in found.items() if problems}
