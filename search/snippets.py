"""What is shown of a hit: the place where most of the query stands, with its words marked.

From the text that readers are shown, with their own spelling: “Frontières” lights up for
“frontiere”, because both come down to one stem.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

from core import languages, typography
from search import words
from search.queries import Lights
from search.rows import Passage

LENGTH = 200
# How much is shown before the first word that was found.
LEAD = 60
_SPACES = re.compile(r"\s+")
# After what is no sentence: a heading, an entry of a list.
_BETWEEN_LINES = re.compile(r"([^\s.!?…:;,])\s*\n\s*")
_CUT = "…"


@dataclass(frozen=True)
class Place:
    """Where in a passage most is found: from `start`, so many of the words of a query."""

    start: int = 0
    number: int = 0


def title(text: str, lights: Lights, language: str) -> SafeString:
    """A title with the words that were looked for marked."""
    return _marked(typography.typeset(text, language), lights)


def best(passages: Sequence[Passage], lights: Lights, language: str):
    """(its heading as HTML, a part of its text as HTML, its anchor) of the passage that holds most
    of what was looked for, the first of equals. Nothing found in it: no anchor.

    `language` is that of the side, by whose rules all of its words were stemmed.
    """
    chosen, place = None, Place(number=-1)
    for passage in passages:
        found = _place(passage.words, lights)
        if found.number > place.number:
            chosen, place = passage, found
        if place.number == lights.number:
            break
    if chosen is None:
        return mark_safe(""), mark_safe(""), ""
    heading = typography.typeset(chosen.heading, chosen.language)
    # Of what begins in the heading, which is shown in full, the text is shown from its beginning.
    start = place.start - (len(chosen.heading) + 1 if chosen.heading else 0)
    text = _shown(chosen.text, max(0, start), chosen.language)
    heading, text = (
        _within(language, chosen.language, _marked(part, lights)) for part in (heading, text)
    )
    return heading, text, f"#{chosen.anchor}" if chosen.anchor and place.number else ""


def _within(around: str, language: str, html: SafeString) -> SafeString:
    """What is shown in a text in the language `around`, said to be in another one where it is."""
    if not html or language == around:
        return html
    direction = languages.direction(language)
    # A plain template of our own; what stands in it was escaped when it was marked.
    return mark_safe(f'<span lang="{language}" dir="{direction}">{html}</span>')


def _place(text: str, lights: Lights) -> Place:
    """The earliest stretch of about LENGTH that holds most of what was looked for."""
    most, best_place, window = lights.number, Place(), []
    for start, what in _found(text, lights):
        window = [one for one in window if start - one[0] < LENGTH - LEAD]
        window.append((start, what))
        number = len({what for _start, what in window})
        if number > best_place.number:
            best_place = Place(window[0][0], number)
        if number == most:
            break
    return best_place


def _found(text: str, lights: Lights) -> Iterator[tuple[int, tuple[int, int]]]:
    for word in words.split(text):
        for folded in word.folded:
            if what := lights.what(folded):
                yield word.start, what


def _shown(text: str, place: int, language: str) -> str:
    """About LENGTH characters around a place, whole words, as they are set for readers."""
    start = 0 if place <= LEAD else _next_word(text, place - LEAD, place)
    end = start + LENGTH
    if end < len(text):
        space = text.rfind(" ", start + LENGTH // 2, end)
        end = space if space > place else end
    lines = _BETWEEN_LINES.sub(r"\1 · ", text[start:end].strip())
    part = typography.typeset(_SPACES.sub(" ", lines), language)
    before = _CUT if start else ""
    after = _CUT if end < len(text) else ""
    return f"{before}{part.rstrip(',;:') if after else part}{after}"


def _next_word(text: str, start: int, end: int) -> int:
    """Where a sentence begins between `start` and `end`, else a word."""
    if begun := [match.end() for match in re.finditer(r"[.!?…]\s+|\n+", text[start:end])]:
        return start + begun[-1]
    space = re.search(r"\s+", text[start:end])
    return start + space.end() if space else start


def _marked(text: str, lights: Lights) -> SafeString:
    out, done = [], 0
    for word in words.split(text):
        if any(map(lights.what, word.folded)):
            marked = escape(text[word.start : word.end])
            out += [escape(text[done : word.start]), f"<mark>{marked}</mark>"]
            done = word.end
    # Everything between our own tags is escaped.
    return mark_safe("".join([*out, escape(text[done:])]))
