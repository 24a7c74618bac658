"""What a person typed, understood: words, phrases in quotes, and what they do not want.

    camp "right to stay" -police front

holds all of: a word like “camp”, this phrase, a word that begins with “front” or is like it; and
nothing like “police”. Anything can be typed: what makes no sense is left out, never an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from search import stopwords, words

MOST_CHARACTERS = 300
MOST_TERMS = 12
MOST_IN_A_PHRASE = 16
# After the beginning of a stem.
ANY = "*"
# Two letters begin half of all words.
SHORTEST_PREFIX = 3

_QUOTES = '"«»“”„‟＂'
_TERM = re.compile(
    rf"(?P<minus>(?<!\S)[-−–](?=\S))?"
    rf"(?:[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)(?:[{_QUOTES}]|$)|(?P<word>[^\s{_QUOTES}]+))"
)


@dataclass(frozen=True)
class Term:
    """One thing to look for: a word, or several that stand one after the other."""

    text: str
    folded: tuple[str, ...]
    is_phrase: bool = False
    is_excluded: bool = False
    # Whether a word that only begins like it will do.
    is_open: bool = False

    def __str__(self):
        """The term as it can be typed."""
        words = f'"{self.text}"' if self.is_phrase else self.text
        return f"-{words}" if self.is_excluded else words


@dataclass(frozen=True)
class Query:
    """What was understood, in the order in which it was typed."""

    terms: tuple[Term, ...] = ()

    @property
    def wanted(self) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if not term.is_excluded)

    @property
    def prefix(self) -> str:
        """The folded beginning of a word that the query ends with, "" where it ends otherwise."""
        last = self.terms[-1] if self.terms else None
        return last.folded[-1] if last and last.is_open else ""

    def __str__(self):
        return " ".join(map(str, self.terms))


@dataclass(frozen=True)
class Wanted:
    """A query in the stems of one language.

    Each of `required` has to be there, nothing of `excluded`. A term is a set of alternatives, an
    alternative a sequence of stems that stand one after the other; the last of them may be a mere
    beginning ("front*").
    """

    language: str
    required: tuple[tuple[tuple[str, ...], ...], ...]
    excluded: tuple[tuple[str, ...], ...]

    @cached_property
    def lights(self) -> Lights:
        """What lights up in what is found."""
        found: dict[str, tuple[int, int]] = {}
        for number, term in enumerate(self.required):
            for alternative in term:
                for place, stem in enumerate(alternative):
                    found.setdefault(stem, (number, place))
        return Lights(self.language, found)


class Lights:
    """The words of a query as they are recognised in a text.

    `stems`: stem, or the beginning of one ("front*") → which word of the query it stands for.
    """

    def __init__(self, language: str, stems: dict[str, tuple[int, int]]):
        self.language = language
        self.stems = {stem: what for stem, what in stems.items() if not stem.endswith(ANY)}
        self.beginnings = {
            stem.rstrip(ANY): what for stem, what in stems.items() if stem.endswith(ANY)
        }
        self.number = len(set(stems.values()))
        # Stemming is slow the first time, and changes no first letter where it cuts endings only.
        first = {stem[:1] for stem in (*self.stems, *self.beginnings)}
        self._first = first if words.keeps_beginnings(language) else None

    def what(self, word: str) -> tuple[int, int] | None:
        """Which word of the query a folded word of a text stands for; None for none."""
        if self._first is not None and word[0] not in self._first:
            return None
        stem = words.stem(word, self.language)
        if (found := self.stems.get(stem)) is not None:
            return found
        return next(
            (
                what
                for beginning, what in self.beginnings.items()
                if stem.startswith(beginning) or word.startswith(beginning)
            ),
            None,
        )


def parse(text: str) -> Query:
    """What somebody typed as a query; one without terms where there is nothing to look for."""
    text = words.plain(text[:MOST_CHARACTERS]).strip()
    terms = []
    for match in _TERM.finditer(text):
        if len(terms) == MOST_TERMS:
            break
        is_phrase = match["phrase"] is not None
        folded = tuple(words.folded(match["phrase"] if is_phrase else match["word"]))
        if folded:
            is_excluded = bool(match["minus"])
            is_last = match.end() == len(text)
            is_open = is_last and not (is_phrase or is_excluded)
            terms.append(
                Term(
                    (match["phrase"] if is_phrase else match["word"]).strip(),
                    folded[:MOST_IN_A_PHRASE],
                    is_phrase,
                    is_excluded,
                    is_open and _is_beginning(match["word"], folded),
                )
            )
    return Query(tuple(terms))


def _is_beginning(word: str, folded: tuple[str, ...]) -> bool:
    # “camp.” is at its end; “calais-” is not, but then nothing of the next word is there.
    return len(folded[-1]) >= SHORTEST_PREFIX and word[-1:].isalnum()


def compiled(
    query: Query, language: str, *, reader: str, beginning: Callable[[str], list[str]]
) -> Wanted:
    """`query` for texts in `language`, asked by a reader of `reader`.

    `beginning` gives the folded words of this language that begin with a prefix.
    """
    wanted = query.wanted
    stop = stopwords.of(language, reader)
    telling = [term for term in wanted if term.is_phrase or not stop.issuperset(term.folded)]
    if not telling:
        # “the” is at its end, and no beginning of “theatre”.
        telling = [replace(term, is_open=False) for term in wanted]
    return Wanted(
        language,
        tuple(_alternatives(term, language, beginning) for term in telling),
        tuple(_stems(term.folded, language) for term in query.terms if term.is_excluded),
    )


def _alternatives(term: Term, language: str, beginning) -> tuple[tuple[str, ...], ...]:
    whole = _stems(term.folded, language)
    if not term.is_open:
        return (whole,)
    # “frontie” begins “frontières”, and not its stem “fronti”.
    prefix = term.folded[-1]
    further = dict.fromkeys(words.stem(word, language) for word in beginning(prefix))
    last = [prefix + ANY, *(stem for stem in further if not stem.startswith(prefix))]
    return tuple(dict.fromkeys([whole, *((*whole[:-1], stem) for stem in last)]))


def _stems(folded: tuple[str, ...], language: str) -> tuple[str, ...]:
    return tuple(words.stem(word, language) for word in folded)
