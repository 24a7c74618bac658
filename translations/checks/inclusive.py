"""Inclusive writing in French: attaqué-e, attaqué·e, attaqué(e): one of them throughout a text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext_lazy, ngettext

from translations.checks import contacts
from translations.checks.base import Check, Pair, Problem, base, once, quoted

_FORM = re.compile(
    r"""(?<![\w@./:·•-]) (?P<stem>[^\W\d_]{2,})
        (?: (?P<mark>[-·•‧⋅./]) (?P<ending>[^\W\d_]{1,6}) (?:(?P=mark)s)?
          | (?P<bracket>\() (?P<inside>[^\W\d_]{1,6}) \) (?:s|\(s\))? )
        (?![\w@/:-]|\.\w)""",
    re.VERBOSE,
)
_CAPITAL = re.compile(
    r"\b(?P<stem>[^\W\d_A-ZÀ-Þ]{2,})(?P<ending>E|NE|LE|SE|VE|TE|RICE|EUSE)(?:s|S)?\b"
)
# What each feminine ending may follow; a form that is not listed is an ordinary hyphen, full stop
# or stroke: “est-ce”, “vas-y”, “dit-elle”, “prends-le”, “week-end”, “et/ou”.
_AFTER = {
    "enne": ("en",),
    "euse": ("eur", "eux"),
    "ière": ("er", "ier"),
    "le": ("el", "il", "ul"),
    "ne": ("n",),
    "rice": ("eur",),
    "se": ("s", "x", "eur"),
    "te": ("t", "ou", "us"),
    "trice": ("eur",),
    "ve": ("f",),
    "ère": ("er",),
}
_NEVER_BEFORE_E = ("a", "e", "o")


class Inclusive(Check):
    id = "inclusive"
    title = gettext_lazy("inclusive writing")

    def over(self, pairs: list[Pair]) -> Iterator[tuple[int, Problem]]:
        rows = [
            forms(pair.target) if base(pair.target_language) == "fr" and not pair.omitted else []
            for pair in pairs
        ]
        counts = Counter(mark for row in rows for mark, _word in row)
        if len(counts) < 2:
            return
        usual, times = counts.most_common(1)[0]  # of two as frequent ones, the first in the text
        example = next(word for row in rows for mark, word in row if mark == usual)
        for index, row in enumerate(rows):
            others = list(once(word for mark, word in row if mark != usual))
            if others:
                message = ngettext(
                    "%(here)s here, but %(usual)s elsewhere in this text. Choose one way to write "
                    "it.",
                    "%(here)s here, but mostly as in %(usual)s in this text (%(times)d times). "
                    "Choose one way to write it.",
                    times,
                )
                words = {"here": quoted(others), "usual": quoted([example]), "times": times}
                yield index, self.problem(message % words, [usual, *others])


def forms(text: str) -> list[tuple[str, str]]:
    """The inclusive forms of a French text, each as (mark, word). The mark "E" is a capital."""
    text = contacts.without(text)
    found = []
    for match in _FORM.finditer(text):
        ending = match["ending"] or match["inside"]
        if _is_feminine(match["stem"], ending):
            found.append((match["mark"] or match["bracket"], match[0]))
    found += [
        ("E", match[0])
        for match in _CAPITAL.finditer(text)
        if _is_feminine(match["stem"], match["ending"].lower())
    ]
    return found


def _is_feminine(stem: str, ending: str) -> bool:
    if ending.isupper() and not stem.isupper():  # “plan-E”
        return False
    stem, ending = stem.lower(), ending.lower()
    singular = ending[:-1] if len(ending) > 1 and ending.endswith("s") else ending
    if singular == "e":
        return not stem.endswith(_NEVER_BEFORE_E)
    return stem.endswith(_AFTER.get(singular, ()))
