"""Strong and emphasised words, and phrases marked as of another language, that got lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.markup import words
from translations.checks.base import Check, Pair, Problem, base, quoted

_MARKED = re.compile(r"<(strong|em)>(.*?)</\1>", re.DOTALL)
_PHRASE = re.compile(r'<span lang="([^"]*)"[^>]*>(.*?)</span>', re.DOTALL)


class Emphasis(Check):
    """Only what is lost is noted: another language may well need more marks, or other ones."""

    id = "emphasis"
    title = gettext_lazy("bold, italics, other languages")

    def problems(self, pair: Pair) -> Iterator[Problem]:
        if not pair.is_comparable or "<" not in pair.source_html:
            return
        theirs, ours = (_marked(text, pair) for text in (pair.source_html, pair.target_html))
        # Bold for italics is a matter of taste; none at all where the source has some is not.
        if theirs["marks"] and not ours["marks"]:
            message = _("Bold or in italics in the original, and nothing here: %(words)s")
            yield self._note("marks", message, theirs["marks"])
        if len(ours["phrases"]) < len(theirs["phrases"]):
            message = _("Marked as of another language in the original, and not here: %(words)s")
            yield self._note("phrases", message, theirs["phrases"])

    def _note(self, what: str, message: str, marked: list[str]) -> Problem:
        # The same words may have lost both: two problems, two prints.
        return self.problem(message % {"words": quoted(marked)}, [what, *marked], note=True)


def _marked(html: str, pair: Pair) -> dict[str, list[str]]:
    """What is marked. A phrase in one of the pair's languages need not be marked in both."""
    pair_languages = {base(pair.source_language), base(pair.target_language)}
    return {
        "marks": [words(inner) for _tag, inner in _MARKED.findall(html)],
        "phrases": [
            words(inner)
            for language, inner in _PHRASE.findall(html)
            if language and base(language) not in pair_languages
        ],
    }
