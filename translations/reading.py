"""What readers get: one document in one language, chosen by the house and marked where it differs.

modeltranslation's own fallbacks work field by field and cannot know the source language; a side
is whole or absent, so the choice is made once for the whole text.
"""

from __future__ import annotations

from functools import cached_property

from django.utils.safestring import mark_safe

from core import languages, typography
from translations import embeds, registry
from translations.fields import Body
from translations.references import References


def preference(wanted: str, source_language: str) -> list[str]:
    """The order in which a reader of `wanted` takes a text: theirs, the source, then the list."""
    return list(dict.fromkeys([wanted, source_language, *languages.codes()]))


class Words(str):
    """A text that knows its language: for facts that fall back alone, such as a place."""

    lang: str
    dir: str
    language_name: str
    is_fallback: bool

    def __new__(cls, text: str, lang: str, wanted: str):
        words = super().__new__(cls, typography.typeset(text, lang))
        words.lang, words.dir = lang, languages.direction(lang)
        words.language_name = languages.name(lang)
        words.is_fallback = lang != wanted
        return words


class SideText:
    """A document for a reader of `wanted`, in `lang`.

    Its translated fields are attributes, typeset for the language they are in; a body is safe HTML
    whose links lead to the reader's sides, with its pictures (`translations.embeds`). Facts without
    words are on `document`. A page for people who work here sets `is_preview`.
    """

    is_preview = False

    def __init__(self, document, wanted: str, lang: str):
        self.document = document
        self.wanted = wanted
        self.lang = lang
        self.dir = languages.direction(lang)
        self.is_fallback = lang != wanted

    def __getattr__(self, name: str):
        if name.startswith("_") or name not in registry.options(self.document).all_fields:
            raise AttributeError(f"{type(self.document).__name__} has no translated field “{name}”")
        if name in registry.options(self.document).neutral:
            return self._fact(name)
        return self._render(name, getattr(self.document, registry.column(name, self.lang)))

    @property
    def language_name(self) -> str:
        """The name of this text's language, as the reader calls it."""
        return languages.name(self.lang)

    @cached_property
    def _references(self) -> References:
        return References(self.wanted)

    @cached_property
    def url(self) -> str:
        """Where a reader of `wanted` finds this document."""
        return self.document.address(self.wanted) or ""

    @property
    def is_outdated(self) -> bool:
        """Whether its source has changed since; known where the document was asked for
        `with_outdated` in this reader's language."""
        return not self.is_fallback and getattr(self.document, "is_outdated", False)

    @property
    def outdated_source(self) -> dict | None:
        """Where the original of an outdated text stands: url, lang, language_name; else None."""
        if not self.is_outdated:
            return None
        code = self.document.source_language
        return {
            "url": self.document.address(code),
            "lang": code,
            "language_name": languages.name(code),
        }

    def _render(self, name: str, value):
        if not isinstance(value, str):
            return value if value is not None else ""
        field = self.document._meta.get_field(name)
        if isinstance(field, Body):
            shown = self._references.show(value)
            # Canonical HTML: sanitised on every save, whoever saved it.
            return mark_safe(embeds.shown(typography.typeset_html(shown, self.lang), self))
        return typography.typeset(value, self.lang)

    def _fact(self, name: str):
        for code in preference(self.wanted, self.document.source_language):
            if text := getattr(self.document, registry.column(name, code)):
                return Words(text, code, self.wanted)
        return ""


def share_references(texts: list[SideText]):
    """Let several texts of one page ask together for the addresses that they link to."""
    if not texts:
        return
    references = References(texts[0].wanted)
    bodies = (
        getattr(text.document, registry.column(name, text.lang)) or ""
        for text in texts
        for name in registry.long_texts(type(text.document))
    )
    references.learn(*bodies)
    for text in texts:
        text._references = references
