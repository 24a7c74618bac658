"""tsvector: two columns of the entries.

They are written as PostgreSQL stores them, word by word with their places, so that none of its
parsers and dictionaries has a say. The title stands in both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from search import documents
from search.queries import ANY, Wanted

# The planner does not know what it costs to fetch the words of every entry, which it would need
# for reading the table instead of the index. Until the transaction ends: mostly, one question.
BEFORE = "SET LOCAL enable_seqscan = off; "
HITS = "MATERIALIZED"
ENTRIES = "search_entry AS entry"
MATCHES = "entry.words @@ %s::tsquery"
IN_TITLE = "entry.title_words @@ %s::tsquery"

# The last place that a tsvector knows, far from all others: no phrase reaches it.
NOWHERE = 16_383
# PostgreSQL moves nothing out of a row of less than 2 kB (TOAST_TUPLE_THRESHOLD). With this, the
# words always go: entries are counted four times as fast without them in between.
FILLING = "@" + "." * 1_900
ENOUGH = 2_500


def fill(entry, title: Sequence[str], text: Sequence[str]):
    """Give an entry its stems, before it is saved: tokens of the title and of the text."""
    title_places = _places(title, documents.LAST_IN_TITLE)
    places = _places(text, documents.LAST_IN_TEXT, after=documents.LAST_IN_TITLE + 1)
    for token, found in title_places.items():
        places[token] = found + places[token]
    if len(places) * 4 + sum(map(len, places)) < ENOUGH:
        places[FILLING] = [NOWHERE]
    entry.title_words, entry.words = _vector(title_places), _vector(places)


def write(cursor, rows: Iterable[tuple[int, Sequence[str], Sequence[str]]]):
    """Nothing more: the stems stand in the entries."""


def remove(cursor, pks: Iterable[int]):
    """Nothing: the stems go with their entries."""


def remove_leftovers(cursor):
    """Nothing either."""


def tidy():
    """Nothing: PostgreSQL's own vacuum takes what was removed out of its files."""


def _places(tokens: Sequence[str], last: int, after: int = 0) -> dict[str, list[int]]:
    found = defaultdict(list)
    for place, token in enumerate(tokens, start=1):
        if token != documents.BREAK:
            found[token].append(after + place if place <= last else NOWHERE)
    return found


def _vector(places: dict[str, list[int]]) -> str:
    return " ".join(
        f"{_quoted(token)}:{','.join(map(str, sorted(set(found))))}"
        for token, found in places.items()
    )


# Expressions ------------------------------------------------------------------------------------


def matching(wanted: Iterable[Wanted], reader: str) -> str:
    """What entries match that readers of `reader` get."""
    return " | ".join(
        f"({_quoted(documents.side_of(w.language, reader))} & {_all(w)}{_without(w)})"
        for w in wanted
    )


def matching_titles(wanted: Iterable[Wanted]) -> str:
    """What titles hold all that is required."""
    return " | ".join(f"({_quoted(documents.side(w.language))} & {_all(w)})" for w in wanted)


def _all(wanted: Wanted) -> str:
    return " & ".join(
        f"({' | '.join(_phrase(alternative) for alternative in term)})" for term in wanted.required
    )


def _without(wanted: Wanted) -> str:
    return "".join(f" & !{_phrase(term)}" for term in wanted.excluded)


def _phrase(stems: Sequence[str]) -> str:
    return f"({' <-> '.join(map(_stem, stems))})"


def _stem(stem: str) -> str:
    return f"{_quoted(stem.rstrip(ANY))}:*" if stem.endswith(ANY) else _quoted(stem)


def _quoted(token: str) -> str:
    escaped = token.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
