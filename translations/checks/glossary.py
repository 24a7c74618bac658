"""The collective's words for things: used, not forgotten, and none that it does not want."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from translations.checks.base import Check, Hit, Pair, Problem, base, quoted
from translations.checks.stems import fold, is_known, stem_words


class Glossary(Check):
    """One problem for each term. Number and gender do not matter, in languages we know them of."""

    id = "glossary"
    title = gettext_lazy("glossary")

    def problems(self, pair: Pair) -> Iterator[Problem]:
        if not (pair.terms and pair.is_comparable):
            return
        language = base(pair.target_language)
        target = stem_words(pair.target, language)
        for hit in _once(_outermost(pair.terms, pair.source), base(pair.source_language)):
            bad = _forbidden(hit, target, language)
            if bad:
                yield self._used(hit, bad)
            elif hit.leave_as_is:
                if not _as_it_is(hit, pair.target, target, language):
                    message = _("%(term)s stays as it is, and is missing here.")
                    yield self.problem(message % {"term": quoted([hit.term])}, ["as is", hit.term])
            elif hit.wanted and not any(_stands(want, target, language) for want in hit.wanted):
                message = _("The glossary has %(wanted)s for %(term)s, which is missing here.")
                words = {"wanted": _alternatives(hit.wanted), "term": quoted([hit.term])}
                yield self.problem(message % words, ["wanted", hit.term, *hit.wanted])

    def _used(self, hit: Hit, bad: list[str]) -> Problem:
        words = {"bad": quoted(bad), "term": quoted([hit.term])}
        wanted = (hit.term,) if hit.leave_as_is else hit.wanted
        if wanted:
            words["wanted"] = _alternatives(wanted)
            message = _("%(bad)s is not to be used for %(term)s: write %(wanted)s.") % words
        else:
            message = _("%(bad)s is not to be used for %(term)s: find another word.") % words
        return self.problem(message, ["forbidden", hit.term, *bad])


def _outermost(terms: tuple[Hit, ...], source: str) -> list[Hit]:
    """Without “detention” where the source has it only inside “detention centre”."""
    text = fold(source)
    terms = tuple(dict.fromkeys(terms))
    folded = [fold(hit.term) for hit in terms]
    return [
        hit
        for hit, term in zip(terms, folded, strict=True)
        if not any(
            term != other and term in other and text.count(term) <= text.count(other)
            for other in folded
        )
    ]


def _once(hits: list[Hit], language: str) -> Iterator[Hit]:
    """Each term once, however often and in whichever form the row has it: “visitor”, “Visitors”."""
    told = {}
    for hit in hits:
        stems = tuple(_stems(hit.term, language))
        told.setdefault((stems, hit.wanted, hit.forbidden, hit.leave_as_is), hit)
    return iter(told.values())


def _forbidden(hit: Hit, target: list[str], language: str) -> list[str]:
    """The forbidden words that stand in the target outside of wanted ones.

    “migrant” may be forbidden and “personne migrante” wanted.
    """
    found = {word: _places(_stems(word, language), target) for word in hit.forbidden}
    if not any(found.values()):
        return []
    wanted = (hit.term, *hit.wanted) if hit.leave_as_is else hit.wanted
    allowed = {place for want in wanted for place in _places(_stems(want, language), target)}
    return [word for word, places in found.items() if not allowed.issuperset(places)]


def _places(wanted: list[str], target: list[str]) -> list[int]:
    """The index of every word of the target that belongs to an occurrence of `wanted`."""
    if not wanted or wanted[0] not in target:
        return []
    length = len(wanted)
    starts = (n for n in range(len(target)) if target[n : n + length] == wanted)
    return [place for start in starts for place in range(start, start + length)]


# The same few terms are looked for in every row.
_stems = lru_cache(maxsize=2000)(stem_words)


def _stands(want: str, target: list[str], language: str) -> bool:
    """Generously: each word stands somewhere, at least with most of its beginning.

    So “occuper” is found in “ils occupent”, and “centre de rétention” in “centres fermés de
    rétention”. In a language without a table, where words may begin with an article or be
    compounds, the beginning of the word may stand anywhere in one.
    """
    for stem in _stems(want, language):
        if stem in target:
            continue
        head = stem[: max(4, len(stem) * 7 // 10)]
        if is_known(language):
            found = any(word.startswith(head) for word in target)
        else:
            found = any(head in word for word in target)
        if not found:
            return False
    return True


def _as_it_is(hit: Hit, text: str, target: list[str], language: str) -> bool:
    # In “l’Auberge” a name follows an apostrophe of either kind; its accents are its own.
    if _even(hit.term) in _even(text):
        return True
    return any(_stands(want, target, language) for want in hit.wanted)


def _even(text: str) -> str:
    return " ".join(text.replace("’", "'").casefold().split())


def _alternatives(words: tuple[str, ...]) -> str:
    return _(" or ").join(quoted([word]) for word in words)
