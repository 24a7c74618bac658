"""What a check is given and what it says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from html import unescape

from django.utils.translation import gettext as _

from core.markup import TAG

_LINES = re.compile(r"<br>|</(?:p|h2|h3)>")


@dataclass(frozen=True)
class Hit:
    """A glossary entry whose term stands in the source.

    `wanted` are alternatives; `forbidden` words are never to be used for it. With `leave_as_is`
    the term itself is wanted, letter for letter.
    """

    term: str
    wanted: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    leave_as_is: bool = False


@dataclass(frozen=True)
class Pair:
    """One row: source and target as canonical HTML of blocks (of plain parts: escaped text).

    `typed` is what a person posted for the target, before it was made canonical: only that can be
    broken. None where it is not known. `is_dated` texts ask people to come somewhere at some time.
    """

    source_html: str
    target_html: str
    source_language: str
    target_language: str
    omitted: bool = False
    is_rich: bool = True
    is_dated: bool = False
    terms: tuple[Hit, ...] = ()
    typed: str | None = None

    @cached_property
    def source(self) -> str:
        """The words of the source, a line for each block or line."""
        return text_of(self.source_html, is_rich=self.is_rich)

    @cached_property
    def target(self) -> str:
        """The words of the target."""
        return text_of(self.target_html, is_rich=self.is_rich)

    @property
    def is_comparable(self) -> bool:
        """Both are there. A row of the target's own has no source to differ from."""
        return bool(self.source and self.target)


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What differs and what to do about it. `id` is the check's.

    `print` is a short digest of what is complained about, the same in every language of the
    interface: dismissing a problem holds for this print, and so not for the next mistake. No two
    problems of a row have the same. A `note` is worth a look and needs no reason to be passed by.
    """

    id: str
    message: str
    print: str
    wall: bool = False
    note: bool = False


class Check:
    """Base of all checks. `problems` looks at one row, `over` at all rows of a side at once."""

    id = ""
    title = ""

    def problems(self, pair: Pair) -> Iterable[Problem]:
        return ()

    def over(self, pairs: list[Pair]) -> Iterable[tuple[int, Problem]]:
        return ()

    def problem(
        self, message: str, about: Iterable[str], *, wall: bool = False, note: bool = False
    ) -> Problem:
        """A problem of this check. `about` is what its print is made of."""
        told = "\0".join([self.id, *about])
        digest = blake2b(told.encode("utf-8", "replace"), digest_size=6).hexdigest()
        return Problem(id=self.id, message=message, print=digest, wall=wall, note=note)


def text_of(html: str, *, is_rich: bool = True) -> str:
    """The words of a cell, lines apart."""
    if is_rich:
        html = TAG.sub("", _LINES.sub("\n", html))
    return unescape(html).strip() if "&" in html else html.strip()


def base(language: str) -> str:
    """The language without its region: the tables of the checks know no more."""
    return language.split("-")[0].lower()


def quoted(words: Iterable[str]) -> str:
    """The words as they stand in a message: “one”, “two”."""
    return ", ".join(_("“%(words)s”") % {"words": word} for word in words)


def once(words: Iterable[str]) -> Iterator[str]:
    """Each word once, in the order of first appearance."""
    return iter(dict.fromkeys(words))
