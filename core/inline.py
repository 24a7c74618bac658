"""The words of one block: one white space, one order of marks, one form of each letter."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby
from unicodedata import normalize

from core.markup import BREAK, READABLE

Mark = tuple[str, str]  # the element and its opening tag
Run = tuple[str, tuple[Mark, ...]]


def split_lines(runs: list[Run]) -> list[list[Run]]:
    """Collapse white space and split at br. No-break spaces are characters and stay."""
    lines: list[list[Run]] = [[]]
    for text, marks in runs:
        line = lines[-1]
        if text == BREAK:
            lines.append([])
            continue
        if not line or line[-1][0].endswith(" "):
            text = text.removeprefix(" ")
        if not text:
            continue
        if line and line[-1][1] == marks:
            text = line.pop()[0] + text
        line.append((text, marks))
    for line in lines:
        if line and line[-1][0].endswith(" "):
            text, marks = line.pop()
            if text != " ":
                line.append((text[:-1], marks))
    return lines


def paragraphs(lines: list[list[Run]], *, together: bool) -> list[list[list[Run]]]:
    """An empty line ends a paragraph, as people type it; in a heading it is left out."""
    found = []
    for readable, group in groupby(lines, lambda line: any(READABLE.search(t) for t, _ in line)):
        if readable:
            found.append(list(group))
    return [[line for lines in found for line in lines]] if together and found else found


def written(lines: list[list[Run]]) -> str:
    """The lines of one paragraph as HTML."""
    runs = [run for line in lines for run in ((BREAK, ()), *line)][1:]
    out: list[str] = []
    opened: tuple[Mark, ...] = ()
    for text, marks in _settled(runs):
        shared = 0
        while shared < min(len(opened), len(marks)) and opened[shared] == marks[shared]:
            shared += 1
        out += [f"</{name}>" for name, _opening in reversed(opened[shared:])]
        out += [opening for _name, opening in marks[shared:]]
        # NFC, and only here: what an accent belongs to is known once all runs are merged.
        out.append("<br>" if text == BREAK else escape(normalize("NFC", text), quote=False))
        opened = marks
    out += [f"</{name}>" for name, _opening in reversed(opened)]
    return "".join(out)


def _settled(runs: list[Run]) -> Iterator[Run]:
    """White space carries no mark that the words on both sides of it do not carry.

    `<em> </em>` would be invisible, and `<em>a</em><br><em>b</em>` is `<em>a<br>b</em>`.
    """
    after: list[tuple[Mark, ...]] = []
    following: tuple[Mark, ...] = ()
    for text, marks in reversed(runs):
        if not text.isspace():
            following = marks
        after.append(following)
    before: tuple[Mark, ...] = ()
    for (text, marks), following in zip(runs, reversed(after), strict=True):
        if not text.isspace():
            before = marks
            yield text, marks
        else:
            own = before if text == BREAK else marks
            yield text, tuple(mark for mark in own if mark in before and mark in following)
