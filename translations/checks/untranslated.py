"""A row that nobody has translated: empty, or a copy of its source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from translations.checks import contacts
from translations.checks.base import Check, Pair, Problem, text_of

_PHRASE = re.compile(r"<span [^>]*>.*?</span>", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# Small words inside names and addresses: Médecins du Monde, 12 rue de la Paix.
_IN_NAMES = set(
    "a à al and at au aux avenue bis boulevard by cours d da de del den der des di du el en et for "
    "in l la le les no of on or place pour quai road rue sans square st street sur ter the to und "
    "van von".split()
)
# Words that English and French spell alike: “15 minutes”, “Participation libre”.
_ALIKE = re.compile(
    r".*(?:tion|sion|al|ant|ent|able|ible|age|ance|ence|ment|ude)s?|minutes?|photos?|euros?|kilos?"
)


class Untranslated(Check):
    id = "untranslated"
    title = gettext_lazy("untranslated")

    def problems(self, pair: Pair) -> Iterator[Problem]:
        if not pair.source:
            return
        if not pair.target:
            message = _("Nothing stands here yet. Translate it, or leave it out on purpose.")
            yield self.problem(message, ["empty", pair.source])
        elif _same(pair.source) == _same(pair.target) and _has_words(pair):
            message = _("This is still the original, word for word.")
            yield self.problem(message, ["copy", pair.source])


def _same(text: str) -> str:
    return " ".join(text.replace("’", "'").casefold().split())


def _has_words(pair: Pair) -> bool:
    """Something in the source can be translated: it is more than names, numbers and addresses.

    Names begin with a capital, which is all that can be known of them. So a heading of one word
    is never complained about, and “Open Letter” not either.
    """
    text = text_of(_PHRASE.sub(" ", pair.source_html), is_rich=pair.is_rich)
    text = contacts.without(text)
    for hit in pair.terms:
        if hit.leave_as_is:
            text = text.replace(hit.term, " ")
    words = [word for word in _WORD.findall(text) if word[0].islower() and len(word) > 1]
    return any(word not in _IN_NAMES and not _ALIKE.fullmatch(word) for word in words)
