"""“Did you mean”: the words of a query without hits, replaced by words that are there.

Only what would find something is said. So a word of a text that is not public yet, or no more,
is never given away.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import product

from search import matching, vocabulary, words
from search.matching import Match
from search.queries import Query, Term

MOST_MISTAKEN = 3
MOST_TRIED = 10
SHORTEST = 3


def suggestion(query: Query, reader: str, match: Callable[[Query], Match]) -> str:
    """A query like one that found nothing, "" where there is none. `match` makes it a question."""
    mistaken = _mistaken(query, match)[:MOST_MISTAKEN]
    if not mistaken:
        return ""
    likes = [_likes(term, reader) for term in mistaken]
    tried = sorted(product(*likes), key=lambda chosen: sum(distance for distance, _ in chosen))
    queries = [
        _corrected(query, dict(zip(mistaken, (term for _, term in chosen), strict=True)))
        for chosen in tried[:MOST_TRIED]
    ]
    found = zip(queries, matching.numbers(map(match, queries)), strict=True)
    return next((str(corrected) for corrected, number in found if number), "")


def _mistaken(query: Query, match: Callable[[Query], Match]) -> list[Term]:
    """The words that no side holds at all."""
    single = [
        term
        for term in query.wanted
        if not term.is_phrase and len(term.folded) == 1 and len(term.folded[0]) >= SHORTEST
    ]
    numbers = matching.numbers(match(Query((term,))) for term in single)
    return [term for term, number in zip(single, numbers, strict=True) if not number]


def _likes(term: Term, reader: str) -> list[tuple[int, Term]]:
    return [
        (distance, replace(term, text=form, folded=tuple(words.folded(form)), is_open=False))
        for distance, form in vocabulary.like(term.folded[0], reader=reader)
    ]


def _corrected(query: Query, corrections: dict[Term, Term]) -> Query:
    return Query(tuple(corrections.get(term, term) for term in query.terms))
