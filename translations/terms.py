"""Where the terms of a glossary stand in a text, and how they are marked there.

A term is found as whole words, whatever their capitals, accents and endings (`checks.stems` knows
those of a few languages). Between the words of one term may stand spaces, hyphens and apostrophes:
"sans papiers" is found in “sans-papiers”, but not in “sans, papiers”.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape, unescape
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

from core.markup import BREAK, TAG
from translations.checks.base import base
from translations.checks.stems import stem_words

# A word with what inclusive writing hangs on it: militant·e·s, attaqué-e, (e)s, acteur·rice.
_WORD = re.compile(
    r"[^\W_]+(?:[-·•‧⋅.(/](?:[nlstv]?es?|[t]?rices?|euses?)\)?(?:[-·•‧⋅.(/]?s\)?)?(?!\w))?",
    re.IGNORECASE,
)
_GLUE = re.compile(r"[\s'’ʼ‐‑–-]*")


class Word(NamedTuple):
    """A word and where it stands in its text. `glued`: nothing but a space or a hyphen parts it
    from the word before."""

    start: int
    end: int
    stem: str
    glued: bool


class Place(NamedTuple):
    """Where a term stands in a text."""

    start: int
    end: int
    stems: tuple[str, ...]


def words_of(text: str, language: str) -> list[Word]:
    """The words of a plain text, in their order."""
    found = []
    end = 0
    for match in _WORD.finditer(text):
        stems = stem_words(match[0], base(language))
        if not stems:
            continue
        glued = bool(found) and bool(_GLUE.fullmatch(text, end, match.start()))
        end = match.end()
        found.append(Word(match.start(), end, stems[0], glued))
    return found


def stems_of(term: str, language: str) -> tuple[str, ...]:
    """A term as it is looked for."""
    return tuple(word.stem for word in words_of(term, language))


def places(text: str, language: str, terms: dict[str, list[tuple[str, ...]]]) -> list[Place]:
    """Where terms stand in a plain text, in its order and not overlapping: where two would, the
    longer one does. `terms` are their stems, by the first of them."""
    words = words_of(text, language)
    taken: set[int] = set()
    found = []
    for first, last, stems in sorted(_candidates(words, terms), key=_longest_first):
        if taken.isdisjoint(range(first, last + 1)):
            taken.update(range(first, last + 1))
            found.append(Place(words[first].start, words[last].end, stems))
    return sorted(found)


def _candidates(words: list[Word], terms) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    for first, word in enumerate(words):
        for stems in terms.get(word.stem, ()):
            there = words[first : first + len(stems)]
            if tuple(one.stem for one in there) == stems and all(one.glued for one in there[1:]):
                yield first, first + len(stems) - 1, stems


def _longest_first(candidate) -> tuple:
    first, last, _stems = candidate
    return first - last, first


def mark(inner: str, spans: Iterable[tuple[int, int]]) -> SafeString:
    """The inner canonical HTML of a block with `mark` elements around parts of its words.

    The spans (start, end) count in its plain text, in which a br is one character; they are in
    order and do not overlap. Where a span crosses a tag it is marked piece by piece, so that every
    element stays whole.
    """
    spans = list(spans)
    parts = TAG.split(inner)  # text, closing, tag, attributes, text, …
    out = []
    offset = 0
    for position in range(0, len(parts), 4):
        text = unescape(parts[position])
        out.append(_marked(text, offset, spans))
        offset += len(text)
        if position + 1 < len(parts):
            closing, tag, attributes = parts[position + 1 : position + 4]
            out.append(f"<{closing}{tag}{attributes}>")
            offset += len(BREAK) if tag == "br" else 0
    # Canonical HTML: sanitised when it was saved.
    return mark_safe("".join(out))


def _marked(text: str, offset: int, spans: list[tuple[int, int]]) -> str:
    out = []
    done = 0
    for start, end in spans:
        start, end = max(start - offset, done), min(end - offset, len(text))
        if start < end:
            out.append(escape(text[done:start], quote=False))
            out.append(f'<mark class="term">{escape(text[start:end], quote=False)}</mark>')
            done = end
    return "".join(out) + escape(text[done:], quote=False)
