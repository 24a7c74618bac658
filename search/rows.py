"""What stands in the index of one document: a row for each side that readers get.

A reader of a language gets a document in one side (`language_for`), with whatever of it falls back;
that is what the row holds, and so what is found is what the page then shows. A group without any
description is in no language other than the reader's: it has a row in each, with its name alone.
Words of a question that falls back are in the row of the page on which it is shown, stemmed as the
rest of that page; the passage knows its own language.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from core import html, languages
from search import registry, words
from search.registry import ChildOptions, SearchOptions
from translations.fields import Body
from translations.registry import column, translated


@dataclass(frozen=True)
class Passage:
    """A piece of a side that is read in one go: its text, or one question with its answer."""

    language: str
    heading: str = ""
    text: str = ""
    anchor: str = ""

    @property
    def words(self) -> str:
        return "\n".join(part for part in (self.heading, self.text) if part)


@dataclass(frozen=True)
class Row:
    """One side as it is found."""

    language: str
    readers: tuple[str, ...]
    kind: str
    date: datetime | None
    title: str
    passages: tuple[Passage, ...] = field(default=())

    @property
    def year(self) -> int | None:
        return self.date and timezone.localtime(self.date, timezone.get_default_timezone()).year


def of(document) -> list[Row]:
    """The rows of a document that is registered; none where it is not (going to be) public."""
    options = registry.options(document)
    if not _is_public(document):
        return []
    found = [_row(document, options, *side) for side in _sides(document, options)]
    return [row for row in found if row.title or row.passages]


def _is_public(document) -> bool:
    # What is scheduled has its rows already; until then nobody finds them.
    return document.is_committed and (hasattr(document, "published_at") or document.is_live)


def _sides(document, options: SearchOptions) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each side that somebody gets, with the languages of those who get it."""
    readers: dict[str, list[str]] = {}
    for reader in languages.codes():
        readers.setdefault(document.language_for(reader), []).append(reader)
    is_named = options.title not in translated(type(document))
    for language in languages.codes():
        if language in readers and (is_named or document.has_side(language)):
            yield language, tuple(readers[language])


def _row(document, options: SearchOptions, language: str, readers: tuple[str, ...]) -> Row:
    passages = [Passage(language, text=_texts(document, options.texts, language))]
    for child_options in options.children:
        children = getattr(document, child_options.relation).all()
        passages += [_passage(child, child_options, language) for child in children]
    return Row(
        language,
        readers,
        registry.kind_of(document),
        getattr(document, options.date) if options.date else None,
        _text(document, options.title, language),
        tuple(passage for passage in passages if passage.words),
    )


def _passage(child, options: ChildOptions, language: str) -> Passage:
    """A child as a page in `language` shows it."""
    shown = child.language_for(language)
    if not child.has_side(shown):
        return Passage(shown)
    heading = _text(child, options.title, shown) if options.title else ""
    return Passage(
        shown, heading, _texts(child, options.texts, shown), getattr(child, options.anchor)
    )


def _texts(item, names: tuple[str, ...], language: str) -> str:
    return "\n\n".join(text for name in names if (text := _text(item, name, language)))


def _text(item, name: str, language: str) -> str:
    """One field as plain text; "" where there is none."""
    is_translated = name in translated(type(item))
    text = getattr(item, column(name, language) if is_translated else name) or ""
    if isinstance(item._meta.get_field(name), Body):
        text = html.plain_text(text)
    return words.plain(text)
