"""Pairs of posts in an export of a site that used Polylang.

A post's language is the taxonomy `language`; posts that translate each other share one term of
the taxonomy `post_translations`, whose description lists them once more as a PHP array.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bulletins.wordpress.wxr import Export, Post

GROUPED_KINDS = ("post", "page")
_MAX_DEPTH = 8
_LATEST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Group:
    """Posts that translate each other, by language; a post of its own is a group of one.

    The key is None only in a group of one whose post has no language mark. `notes` says, for
    the person who imports, where the export contradicts itself.
    """

    posts: Mapping[str | None, Post]
    notes: tuple[str, ...] = ()


def groups(export: Export) -> list[Group]:
    """All posts and pages, whatever their status, in the order of the export's first of each."""
    listed = _listed(export)
    members: dict[tuple[str, object], list[Post]] = {}
    notes: dict[tuple[str, object], list[str]] = {}
    for post in export.posts:
        if post.kind not in GROUPED_KINDS:
            continue
        post, key, post_notes = _placed(post, listed)
        members.setdefault(key, []).append(post)
        notes.setdefault(key, []).extend(post_notes)
    known = {post.id for post in export.posts}
    found: list[Group] = []
    for key, posts in members.items():
        ids = listed.ids.get(str(key[1]), {}) if key[0] != "post" else {}
        found.extend(_split(posts, ids, notes[key], known))
    return found


def source(group: Group) -> Post:
    """The post that the others translate: the earlier one, then the one with the lower id."""
    return min(group.posts.values(), key=_age)


class MalformedArray(ValueError):
    """A description is not the array that Polylang writes."""


def read_pairs(description: str) -> dict[str, int]:
    """Language and post id of each entry in the description of a `post_translations` term.

    Understands PHP's serialisation of arrays, integers, strings, booleans and null and nothing
    else; no object is ever made. Entries that are no id (`sync`) are passed over.
    Raises MalformedArray for anything else.
    """
    tokens = _Tokens(description.encode("utf-8", "surrogatepass"))
    value = tokens.value()
    if not isinstance(value, dict) or not tokens.at_end():
        raise MalformedArray("not one array")
    ids: dict[str, int] = {}
    for key, entry in value.items():
        number = _as_id(entry)
        if isinstance(key, str) and number is not None:
            ids[key] = number
    return ids


class _Tokens:
    """Reads `a:1:{s:2:"fr";i:4;}`. Lengths count bytes, so the text is read as bytes."""

    _SCALAR = re.compile(rb"(?:N|b:([01])|i:(-?[0-9]{1,18}));")
    _SIZE = re.compile(rb"([as]):([0-9]{1,9}):")

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def at_end(self) -> bool:
        return self._at == len(self._data)

    def value(self, depth: int = 0) -> dict | str | int | bool | None:
        if scalar := self._SCALAR.match(self._data, self._at):
            self._at = scalar.end()
            if scalar[1]:
                return scalar[1] == b"1"
            return int(scalar[2]) if scalar[2] else None
        size = self._SIZE.match(self._data, self._at)
        if not size or depth > _MAX_DEPTH:
            raise MalformedArray(f"unexpected at byte {self._at}")
        self._at = size.end()
        if size[1] == b"s":
            return self._string(int(size[2]))
        return self._array(int(size[2]), depth)

    def _string(self, length: int) -> str:
        self._expect(b'"')
        text = self._data[self._at : self._at + length]
        self._at += length
        self._expect(b'";')
        return text.decode("utf-8", "replace")

    def _array(self, size: int, depth: int) -> dict:
        self._expect(b"{")
        entries = {}
        for _ in range(size):
            key = self.value(_MAX_DEPTH)
            if not isinstance(key, str | int):
                raise MalformedArray("a key that is neither text nor number")
            entries[key] = self.value(depth + 1)
        self._expect(b"}")
        return entries

    def _expect(self, token: bytes) -> None:
        if not self._data.startswith(token, self._at):
            raise MalformedArray(f"unexpected at byte {self._at}")
        self._at += len(token)


def _as_id(entry: object) -> int | None:
    """Polylang wrote ids as integers or as strings, depending on its version."""
    if isinstance(entry, str) and re.fullmatch(r"[0-9]{1,18}", entry):
        entry = int(entry)
    # True is an int in Python, but it is no id.
    if isinstance(entry, int) and not isinstance(entry, bool) and entry > 0:
        return entry
    return None


@dataclass(frozen=True, slots=True)
class _Listed:
    """What the descriptions say: ids per term, and per post id its term and language."""

    ids: dict[str, dict[str, int]]
    places: dict[int, tuple[str, str]]


def _listed(export: Export) -> _Listed:
    ids: dict[str, dict[str, int]] = {}
    places: dict[int, tuple[str, str]] = {}
    for term in export.terms:
        if term.domain != "post_translations" or not term.slug:
            continue
        try:
            ids[term.slug] = read_pairs(term.description)
        except MalformedArray:
            # The marks on the posts themselves say the same.
            continue
        for language, number in ids[term.slug].items():
            places.setdefault(number, (term.slug, language))
    return _Listed(ids, places)


def _placed(post: Post, listed: _Listed) -> tuple[Post, tuple[str, object], list[str]]:
    """The post with its language completed, the key of its group, and what contradicts it.

    Where a post's own marks and the list disagree, its own marks count.
    """
    notes = []
    term, language = listed.places.get(post.id, (None, None))
    if term and post.translations and term != post.translations:
        notes.append(
            f"Number {post.id} is marked as one of {post.translations} "
            f"but also listed in {term}; its own mark was followed."
        )
        term, language = None, None
    if language and post.language and language != post.language:
        notes.append(
            f"Number {post.id} is marked as “{post.language}” but listed as “{language}”; "
            "its own mark was followed."
        )
    term = post.translations or term
    post = replace(post, language=post.language or language, translations=term)
    if term is None:
        return post, ("post", post.id), notes
    if post.language is None:
        notes.append(f"Number {post.id} belongs to {term} but has no language; it stands alone.")
        return post, ("post", post.id), notes
    # Pages and posts become different things here, so one term cannot join them.
    return post, ("term" if post.kind == "post" else "page term", term), notes


def _split(
    posts: list[Post], ids: Mapping[str, int], notes: list[str], known: set[int]
) -> list[Group]:
    """One group with one post per language, and a group of its own for each one too many."""
    chosen: dict[str | None, Post] = {}
    extra: list[Group] = []
    for post in sorted(
        posts, key=lambda post: (ids.get(post.language or "") != post.id, _age(post))
    ):
        if post.language not in chosen:
            chosen[post.language] = post
            continue
        note = (
            f"Number {post.id} is in the same group and language as number "
            f"{chosen[post.language].id}; it was kept as a text of its own."
        )
        extra.append(Group({post.language: post}, (note,)))
    for language, number in ids.items():
        if language not in chosen and number not in known:
            notes = [*notes, f"The “{language}” side (number {number}) is not in this file."]
    return [
        Group(dict(sorted(chosen.items(), key=lambda pair: _age(pair[1]))), tuple(notes)),
        *extra,
    ]


def _age(post: Post) -> tuple[datetime, int]:
    return (post.published or _LATEST, post.id)
