"""A public side is whole or absent.

From the moment an item is set to be published, each of its languages either has every required
text or none at all, and the source language has them. The database holds this as constraints; what
stands here speaks first, in words a person understands.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core import languages
from translations import registry


def is_whole(item, language: str) -> bool:
    """Whether `item` has every required text in `language` (any text, where none is required)."""
    if item.is_committed or not registry.options(item).required:
        # Whole or absent: what is begun is whole.
        return is_begun(item, language)
    return not missing(item, language)


def is_begun(item, language: str) -> bool:
    """Whether the first required text is there: what a list can tell without reading bodies."""
    required = registry.options(item).required
    if not required:
        return not is_empty(item, language)
    return bool(getattr(item, registry.column(required[0], language)))


def is_empty(item, language: str) -> bool:
    """Whether nobody has written anything for `item` in `language`."""
    names = [n for n in registry.written(item) if n not in registry.options(item).proposed]
    return not any(getattr(item, registry.column(name, language)) for name in names)


def missing(item, language: str) -> list[str]:
    """The required fields that are empty in `language`."""
    required = registry.options(item).required_of(item)
    return [name for name in required if not getattr(item, registry.column(name, language))]


def problems(item, source_language: str) -> dict[str, str]:
    """What keeps `item` from being public: column → message, {} when nothing does."""
    may_stay_draft = not item.was_committed(getattr(item, "_as_read", {}))
    found = {}
    for language in languages.codes():
        needed = language == source_language and registry.options(item).required
        if not needed and is_empty(item, language):
            continue
        for name in missing(item, language):
            found[registry.column(name, language)] = _message(
                item, name, language, needed, may_stay_draft
            )
    return found | item.further_problems()


def require(item, source_language: str):
    """Raise ValidationError, by column, with what keeps `item` from being public."""
    if found := problems(item, source_language):
        raise ValidationError(found)


def require_children(document):
    """Raise ValidationError with what keeps the children of `document` from being public."""
    told = []
    for child in document.children():
        name = str(child)
        found = problems(child, document.source_language).values()
        told += [f"{name}: {message}" if name else message for message in found]
    if told:
        raise ValidationError(told)


def _message(item, name: str, language: str, is_source: bool, may_stay_draft: bool) -> str:
    field = capfirst(str(item._meta.get_field(name).verbose_name))
    words = {"field": field, "language": languages.name(language)}
    if is_source:
        sentence = _(
            "“%(field)s” is missing in %(language)s, the language this was written in: readers "
            "cannot be shown it without."
        )
    else:
        sentence = _(
            "“%(field)s” is missing in %(language)s: readers see a whole side or none. Write it, "
            "or empty the other %(language)s fields."
        )
    advice = _("You can also keep this as a draft.") if may_stay_draft else ""
    return f"{sentence % words} {advice}".strip()


def constraints(
    prefix: str, *, required, text, live: Q | None = None, whole=None
) -> list[CheckConstraint]:
    """The same rule for the database, as `Meta.constraints` of a document.

    `required` and `text` are field names (`text`: all that a person writes in a side), `live` says
    of which rows the rule is asked (all, when None), `whole(language)` replaces “every required
    column is filled” where it is not that simple.
    """

    def filled(language: str) -> Q:
        if whole:
            return whole(language)
        return Q(**{f"{registry.column(n, language)}__isnull": False for n in required})

    def absent(language: str) -> Q:
        return Q(**{f"{registry.column(n, language)}__isnull": True for n in text})

    def asked(condition: Q) -> Q:
        return condition if live is None else ~live | condition

    source_is_there = Q()
    for language in languages.codes():
        source_is_there |= Q(source_language=language) & filled(language)
    return [
        *(
            CheckConstraint(
                condition=asked(filled(language) | absent(language)),
                name=f"{prefix}_{language}_whole",
            )
            for language in languages.codes()
        ),
        CheckConstraint(condition=asked(source_is_there), name=f"{prefix}_source_there"),
    ]
