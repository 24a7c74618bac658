"""French spaces and apostrophes, for the reader's eye and never in stored text.

After the Imprimerie nationale (Lexique des règles typographiques): a narrow no-break space before
; ! ?, a no-break space before : and inside « ». A no-break space that somebody typed is kept,
whichever it is. Straight quotation marks stay as they are: which of them opens can only be
guessed. A straight apostrophe between two letters becomes ’ in French and in English.
"""

from __future__ import annotations

import re

from core.html import map_text

NO_BREAK = "\u00a0"
NARROW = "\u202f"
_SPACE_BEFORE = {";": NARROW, "!": NARROW, "?": NARROW, ":": NO_BREAK}
_CURLY = ("en", "fr")

_OF_INTEREST = re.compile(r"[;:!?«»']")
# Addresses, paths, mail addresses and entities that somebody wrote out are nobody's punctuation.
# "Contains" and not "begins with": setting a text splits words, and must not unprotect a part.
_PROTECTED = re.compile(r"://|www\.|@|\.\w{2,}/|&#?\w+;", re.IGNORECASE)
_WORD = re.compile(r"\S+")
_CLOSING = "»”’\"'%€$£°…)]}.,"  # besides letters and digits: what a mark may follow closely
_GLUED = "=&_#/-"  # a mark before one of these, or before a letter, is code or a face


def typeset(text: str, language: str) -> str:
    """Plain text in `language`, as it is set for a reader. Setting it twice changes nothing."""
    return _set_line([(text, language)])[0]


def typeset_html(html: str, language: str) -> str:
    """Canonical HTML in `language` as set for a reader; each `span[lang]` by its own rules."""
    return map_text(html, _set_line, language=language) if _OF_INTEREST.search(html) else html


def _set_line(nodes: list[tuple[str, str]]) -> list[str]:
    """Set the (text, language) nodes of one line: rules look across nodes, edits stay in one."""
    line = "".join(text for text, _language in nodes)
    bases = [language.split("-")[0].lower() for _text, language in nodes]
    edits = {base: _edits(line, base) for base in set(bases)}
    out = []
    start = 0
    for (text, _language), base in zip(nodes, bases, strict=True):
        end = start + len(text)
        done = start
        pieces = []
        for place in sorted(place for place in edits[base] if start <= place < end):
            pieces += [line[done:place], edits[base][place]]
            done = place + 1
        out.append("".join(pieces) + line[done:end])
        start = end
    return out


def _edits(line: str, language: str) -> dict[int, str]:
    """What becomes of single characters of the line: {index: replacement}."""
    edits: dict[int, str] = {}
    if language not in _CURLY or not _OF_INTEREST.search(line):
        return edits
    for match in _OF_INTEREST.finditer(_WORD.sub(_masked, line)):
        place, mark = match.start(), match[0]
        before, after = line[max(place - 1, 0) : place], line[place + 1 : place + 2]
        if mark == "'":
            if before.isalpha() and (after.isalpha() or after == "«"):
                edits[place] = "’"
        elif language != "fr":
            continue
        elif mark == "«":
            if after == " ":
                edits[place + 1] = NO_BREAK
            elif after and not after.isspace() and after != "»":
                edits[place] = mark + NO_BREAK
        elif mark == "»":
            if before == " " and place > 1:
                edits.setdefault(place - 1, NO_BREAK)
            elif before and not before.isspace() and before != "«":
                edits[place] = NO_BREAK + mark
        elif _ends_a_phrase(mark, after):
            if before == " " and place > 1:
                edits.setdefault(place - 1, _SPACE_BEFORE[mark])
            elif before.isalnum() or (before and before in _CLOSING):
                edits[place] = _SPACE_BEFORE[mark] + mark
    return edits


def _ends_a_phrase(mark: str, after: str) -> bool:
    if not after or after.isspace() or after in '»”"':
        return True
    # 12:30, a::b, :-) and ;) are no punctuation; "?!" and "(vraiment ?)" are
    return mark in "!?" and not after.isalnum() and after not in _GLUED


def _masked(word: re.Match[str]) -> str:
    return "x" * len(word[0]) if _PROTECTED.search(word[0]) else word[0]
