"""A word typed twice: “the the”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from translations.checks.base import Check, Pair, Problem, base, once, quoted

# Only spaces between them: "non, non" and a line's last word before the next line's first are fine.
# Neither hyphen nor apostrophe beside them: "vous vous-mêmes", "l'est est".
_DOUBLED = re.compile(r"(?<![\w'’-])([^\W\d_]+)[ \u00a0\u202f]+\1(?![\w'’-])", re.IGNORECASE)
# Words that do stand twice in good sentences.
_FINE = {
    "en": set("bye had ha hear knock long many no really so that very yes".split()),
    "fr": set(
        "ah bla coucou faire ha long loin nous non oui petit tous toutes très vite vous".split()
    ),
}


class Doubled(Check):
    id = "doubled"
    title = gettext_lazy("doubled words")

    def problems(self, pair: Pair) -> Iterator[Problem]:
        fine = _FINE.get(base(pair.target_language), set())
        doubled = [
            match[0]
            for match in _DOUBLED.finditer(pair.target)
            # What stands twice in the original too is a name (Bora Bora) or meant.
            if match[1].lower() not in fine and match[0].lower() not in pair.source.lower()
        ]
        if doubled:
            words = list(once(doubled))
            message = _("A word stands twice: %(words)s.") % {"words": quoted(words)}
            yield self.problem(message, (word.lower() for word in words))
