"""The vocabulary of canonical HTML: what may stand in it, and how it is read and written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape

# The one allowlist. The order of the inline elements is the order in which they nest, the order
# of the attributes the one in which they are written.
ALLOWED: dict[str, tuple[str, ...]] = {
    "p": (),
    "h2": (),
    "h3": (),
    "ul": (),
    "ol": (),
    "li": (),
    "blockquote": (),
    "hr": (),
    "img": ("src",),
    "a": ("href", "hreflang"),
    "strong": (),
    "em": (),
    "span": ("lang", "dir"),
    "br": (),
}
HEADING_LEVELS = (2, 3)
MARKS = ("a", "strong", "em", "span")
LEAVES = ("p", *(f"h{level}" for level in HEADING_LEVELS))
# What stands between blocks and holds no words: a line, and a picture of our own by reference.
RULE, PICTURE = "hr", "img"
BREAK = "\n"  # what a br is in text

TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [a-z-]+="[^"]*")*)>')
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')
SPACES = re.compile(r"[ \t\n\f\r]+")
# PostgreSQL refuses NUL, UTF-8 refuses lone surrogates, and nobody can see the others.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
_LINE_SEPARATORS = re.compile("[\x0b\x85\u2028\u2029]")
# Something to read: neither space nor a mark of format (soft hyphen, joiner, direction, filler).
READABLE = re.compile(
    r"[^\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\u3164\ufe00-\ufe0f\uffa0]"
)
# BCP 47: language, then script, region, variants. Well-formed is enough; no registry is asked.
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})((?:-[A-Za-z0-9]{2,8})*)")


def clean_characters(text: str) -> str:
    """The text without characters that cannot be stored or seen."""
    return _LINE_SEPARATORS.sub(" ", _UNWANTED.sub("", text))


def tokens(source: str) -> Iterator[tuple[bool, str, dict[str, str], str]]:
    """(closing, tag, attributes, "") for a tag, (False, "", {}, text) for text."""
    end = 0
    for match in TAG.finditer(source):
        if end < match.start():
            yield False, "", {}, unescape(source[end : match.start()])
        yield bool(match[1]), match[2], dict(read_attributes(match[3])), ""
        end = match.end()
    if end < len(source):
        yield False, "", {}, unescape(source[end:])


def read_attributes(source: str) -> Iterator[tuple[str, str]]:
    """(name, value) of each attribute of a tag."""
    return ((name, unescape(value)) for name, value in _ATTRIBUTE.findall(source))


def opening_tag(tag: str, attributes: dict[str, str | None]) -> str:
    """The opening tag with the attributes that are allowed and not empty, in their order."""
    pairs = (
        f' {name}="{escape(attributes[name])}"' for name in ALLOWED[tag] if attributes.get(name)
    )
    return f"<{tag}{''.join(pairs)}>"


def language_tag(value: str | None) -> str:
    """A well-formed language tag in its usual spelling ("en-GB"), or "" for anything else."""
    match = _LANGUAGE.fullmatch((value or "").strip().replace("_", "-"))
    if not match:
        return ""
    return "-".join([match[1].lower(), *map(_cased, match[2].split("-")[1:])])


def _cased(subtag: str) -> str:
    """BCP 47 section 2.1.1: a script is written Arab, a region GB, everything else small."""
    if len(subtag) == 4 and subtag.isalpha():
        return subtag.title()
    return subtag.upper() if len(subtag) == 2 else subtag.lower()


def words(inner: str) -> str:
    """The plain text of a piece of HTML inside one block."""
    return unescape(TAG.sub("", inner.replace("<br>", BREAK)))
