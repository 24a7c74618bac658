"""Words, and what they come down to: the same for texts, queries and highlights.

A word is folded (no case, no accents, no ligatures) before it is stemmed by the algorithm of its
language (Snowball), so that “FRONTIÈRES” and “frontiere” come down to one stem. Both databases are
given stems and never words: what they would make of words differs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import version
from threading import Lock
from typing import NamedTuple

import snowballstemmer

# Longer ones are nobody's words. What is cut is cut alike in texts and in queries.
LONGEST = 64
# Another version may come down to other stems.
STEMMER = f"snowball {version('snowballstemmer')}"
# What Snowball calls the languages; a word of any other is only folded.
ALGORITHMS = {
    "ar": "arabic",
    "ca": "catalan",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "nl": "dutch",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "tr": "turkish",
}
# Letters that Unicode does not take apart into a plain one and an accent; signs that part nothing.
_FOLDED = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i", "ٱ": "ا"}
    | dict.fromkeys("\u00ad\u0640\u200c\u200d·‧•⋅∙")
)
# Vowel signs and accents belong to the letter before. So does what parts a word for the eye only:
# a soft hyphen, the dots of inclusive French (« étudiant·e·s »).
_MARK = (
    r"[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    r"\u0900-\u0963\u0966-\u0dff\u0e31-\u0e4e\u00ad\u200c\u200d]|[·‧•⋅∙](?=[^\W_])"
)
# Chinese and Japanese leave no spaces: each sign is a word, and several are a phrase.
_SIGN = r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
_WORD = re.compile(rf"{_SIGN}|(?:(?!{_SIGN})[^\W_](?:{_MARK})*)+")
# The same for a text without any of these, which is most of them: in a third of the time.
_UNUSUAL = re.compile(rf"{_SIGN}|{_MARK.partition('|')[0]}")
_USUAL_WORD = re.compile(r"[^\W_]+(?:[·‧•⋅∙][^\W_]+)*")
_LETTERS = re.compile(r"[^\W_]+")
_APOSTROPHES = tuple("'’ʼ＇")
# Before an apostrophe, besides single letters: « qu’on », « jusqu’à ».
_ELIDED = {"qu", "jusqu", "lorsqu", "puisqu", "quoiqu"}
_one_at_a_time = Lock()


class Word(NamedTuple):
    """A word where it stands in a text, and the folded words that it comes to (mostly one)."""

    start: int
    end: int
    folded: tuple[str, ...]


def plain(text: str) -> str:
    """`text` as everything here expects it: composed, and without what no database takes."""
    text = text.replace("\0", " ").encode("utf-8", "ignore").decode()
    return unicodedata.normalize("NFC", text)


@lru_cache(100_000)
def fold(word: str) -> str:
    """`word` without case, accents and ligatures: "Frontière" → "frontiere"."""
    word = unicodedata.normalize("NFKD", word.casefold().translate(_FOLDED))
    word = "".join(letter for letter in word if not unicodedata.combining(letter))
    return word.casefold().translate(_FOLDED)


def split(text: str) -> Iterator[Word]:
    """The words of a plain text that can be looked for.

    Not single letters, which are mostly what is left of an elision: l’eau, don’t.
    """
    pattern = _WORD if _UNUSUAL.search(text) else _USUAL_WORD
    for match in pattern.finditer(text):
        if folded := _folded(match[0]):
            start, end = match.span()
            if folded[0] not in _ELIDED or text[end : end + 1] not in _APOSTROPHES:
                yield Word(start, end, folded)


@lru_cache(100_000)
def _folded(word: str) -> tuple[str, ...]:
    parts = (part[:LONGEST] for part in _LETTERS.findall(fold(word)))
    return tuple(part for part in parts if not _is_a_letter(part))


def _is_a_letter(part: str) -> bool:
    return len(part) == 1 and part.isalpha() and not re.match(_SIGN, part)


def folded(text: str) -> list[str]:
    """The folded words of a text, in its order."""
    return [part for word in split(text) for part in word.folded]


@lru_cache(200_000)
def stem(word: str, language: str) -> str:
    """What a folded word comes down to in `language`."""
    algorithm = ALGORITHMS.get(language.split("-")[0].lower())
    if algorithm is None:
        return word
    # A stemmer keeps the word that it is at: two threads would stem each other's.
    with _one_at_a_time:
        return _stemmer(algorithm).stemWord(word) or word


def keeps_beginnings(language: str) -> bool:
    """Whether stemming only cuts endings. Arabic has prefixes: والحدود comes down to حدود."""
    return ALGORITHMS.get(language.split("-")[0].lower()) != "arabic"


@lru_cache
def _stemmer(algorithm: str):
    return snowballstemmer.stemmer(algorithm)


def stems(text: str, language: str) -> list[str]:
    """The stems of a plain text in `language`, in its order."""
    return [stem(word, language) for word in folded(text)]
