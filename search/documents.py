"""A row as the databases are given it: two sequences of stems.

    title   "@fr" camp front
    text    "@fr@en" nous rest ici @ …

A stem is letters and digits. What begins with "@" is none: the side's language, the languages of
the side and of a reader who gets it, and "@" itself, across which there are no phrases.

PostgreSQL keeps at most 255 places of one stem, no place beyond 16,383, and 1 MB in all, the title
included. So that SQLite finds the same, nobody is given more: what is too much is found as a word
and not in phrases, or, beyond the megabyte, not at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from search import words
from search.rows import Row

BREAK = "@"
# Of one stem, in a text; a title has fewer words.
MOST_PLACES = 200
LAST_IN_TITLE = 50
LAST_IN_TEXT = 16_000
MOST_BYTES = 800_000


def side(language: str) -> str:
    """The token of all sides in `language`, in their titles."""
    return f"@{_name(language)}"


def side_of(language: str, reader: str) -> str:
    """The token of the sides in `language` that readers of `reader` get."""
    return f"@{_name(language)}@{_name(reader)}"


def _name(language: str) -> str:
    return language.lower().replace("-", "_")


def title(row: Row) -> list[str]:
    tokens = [side(row.language), *words.stems(row.title, row.language)]
    return _limited(tokens, LAST_IN_TITLE)


def text(row: Row) -> list[str]:
    sides = [side_of(row.language, reader) for reader in row.readers]
    return _limited([*sides, *_text(row)], LAST_IN_TEXT)


def _text(row: Row) -> Iterator[str]:
    for passage in row.passages:
        yield BREAK
        yield from words.stems(passage.words, row.language)


def _limited(tokens: list[str], last: int) -> list[str]:
    """What both databases can keep of some tokens. After the `last` place, each stands for itself:
    between breaks, and once."""
    seen: Counter[str] = Counter()
    out: list[str] = []
    size = 0
    for token in tokens:
        seen[token] += 1
        is_late = len(out) >= last
        if token == BREAK or seen[token] > MOST_PLACES or (is_late and seen[token] > 1):
            if not is_late:
                out.append(BREAK)
            continue
        size += 2 if seen[token] > 1 else len(token.encode()) + 8
        if size > MOST_BYTES:
            break
        out += [token, BREAK] if is_late else [token]
    return out
