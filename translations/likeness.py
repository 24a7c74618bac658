"""Which of many remembered texts are like a given one, and how much.

Likeness is `rapidfuzz.fuzz.ratio`, in percent and rounded down: the share of characters that two
texts have in common, in their order (the normalised indel similarity). White space, capitals and
typography do not count. 100 is said of texts that are then the same, and of no others.

To compare a paragraph with 50,000 others, letter by letter, takes longer than a person should wait
for. So texts of the wrong length are left out, which loses nothing. Of a long text, moreover, only
those are compared that share some of its words in their order: a word counts by its beginning, so
that endings do not matter. Texts that are alike in letters but in hardly a word are lost that way.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from copy import copy
from functools import lru_cache
from math import ceil, floor
from typing import NamedTuple

from rapidfuzz import fuzz, process

LIKE = 70
# Up to 64 characters rapidfuzz compares in one step of the processor.
_SHORT = 64
_WORDS_IN_COMMON = 35
# Above it the text is written without spaces between words, and says nothing by its "words".
_LONGEST_WORDS = 12
_BEGINNING = 4

_WORD = re.compile(r"\w+")
_MARKS = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′ʼ`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "…": "...",
        "\u00ad": "",
    }
)
_INSIDE_QUOTES = re.compile(r"«\s+|\s+»")
_BEFORE_MARK = re.compile(r"\s+(?=[;:!?%])")


def comparable(text: str) -> str:
    """Plain text as it is compared: without what only the eye sees."""
    text = _INSIDE_QUOTES.sub('"', text).translate(_MARKS)
    text = " ".join(unicodedata.normalize("NFKC", text).split())
    return _BEFORE_MARK.sub("", text).casefold()


def likeness(one: str, other: str) -> int:
    """How like two plain texts are, 0 to 100."""
    return _percent(fuzz.ratio(comparable(one), comparable(other)))


class Found(NamedTuple):
    """A remembered text, and the numbers under which it was given."""

    likeness: int
    text: str
    holders: list[int]


Numbered = Iterable[tuple[str, int]]


class Index:
    """Comparable texts, made ready to be searched. It does not change."""

    def __init__(self, texts: Numbered = ()):
        """`texts` are comparable; the numbers are whatever the caller knows them by."""
        self._holders = _grouped(texts)
        self._texts = sorted(self._holders, key=len)
        self._lengths = [len(text) for text in self._texts]
        self._words = [_coded(text) for text in self._texts]

    def changed(self, gone: Numbered, new: Numbered) -> Index:
        """This without some of its texts and with others, which come before those that say the
        same. Raises KeyError for one that is gone and was not there."""
        other = copy(self)
        other._holders = dict(self._holders)
        other._texts, other._lengths = self._texts.copy(), self._lengths.copy()
        other._words = self._words.copy()
        for text, numbers in _grouped(gone).items():
            other._drop(text, set(numbers))
        for text, numbers in _grouped(new).items():
            other._put(text, numbers)
        return other

    def _drop(self, text: str, numbers: set[int]) -> None:
        kept = [number for number in self._holders[text] if number not in numbers]
        if kept:
            self._holders[text] = kept
            return
        del self._holders[text]
        place = self._texts.index(text, bisect_left(self._lengths, len(text)))
        del self._texts[place], self._lengths[place], self._words[place]

    def _put(self, text: str, numbers: list[int]) -> None:
        if text not in self._holders:
            place = bisect_left(self._lengths, len(text))
            self._texts.insert(place, text)
            self._lengths.insert(place, len(text))
            self._words.insert(place, _coded(text))
        self._holders[text] = numbers + self._holders.get(text, [])

    def __len__(self) -> int:
        return len(self._texts)

    def like(self, text: str, limit: int, *, at_least: int = LIKE) -> list[Found]:
        """At most `limit` texts that are like the comparable `text`, the most alike first."""
        if not text:
            return []
        first, end = self._of_fitting_length(len(text), at_least / 100)
        texts = self._texts[first:end]
        if _tells_by_words(text):
            words = process.extract(
                _coded(text),
                self._words[first:end],
                scorer=fuzz.ratio,
                score_cutoff=_WORDS_IN_COMMON,
                limit=None,
            )
            texts = [texts[place] for _words, _score, place in words]
        found = process.extract(text, texts, scorer=fuzz.ratio, score_cutoff=at_least, limit=limit)
        return [Found(_percent(score), same, self._holders[same]) for same, score, _place in found]

    def _of_fitting_length(self, length: int, share: float) -> tuple[int, int]:
        """Where the texts stand that can have `share` of their characters in common with one of
        `length`: a common text of n characters is a share of 2n / (length + other length)."""
        shortest = ceil(length * share / (2 - share))
        longest = floor(length * (2 - share) / share)
        return bisect_left(self._lengths, shortest), bisect_right(self._lengths, longest)


def _percent(score: float) -> int:
    # Never rounded up: 100 means the same, and 70 is reached or not.
    return floor(score + 1e-9)


def _tells_by_words(text: str) -> bool:
    return len(text) > _SHORT and len(text) < _LONGEST_WORDS * len(_WORD.findall(text))


def _coded(text: str) -> str:
    """One character for each word, so that comparing the words of two texts is comparing two short
    strings."""
    return "".join([_code(word[:_BEGINNING]) for word in _WORD.findall(text)])


@lru_cache(maxsize=50_000)
def _code(beginning: str) -> str:
    # One of 256: rapidfuzz is four times as fast where a character is a byte. That several words
    # share one means a few texts too many that are compared letter by letter.
    return chr(zlib.crc32(beginning.encode("utf-8", "replace")) % 256)


def _grouped(texts: Numbered) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for text, number in texts:
        found.setdefault(text, []).append(number)
    return found
