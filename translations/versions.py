"""A document's column history as people read it: who changed which words, and when."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby, pairwise

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from modeltranslation.fields import TranslationField

from core import languages, segments
from translations import registry
from translations.fields import Body

SHOWN = 100


@dataclass
class FieldChange:
    """One column that changed: `words` of a line, `paragraphs` of a body, or old and new facts."""

    label: str
    language: str | None = None
    words: list = field(default_factory=list)
    paragraphs: list = field(default_factory=list)
    unchanged: int = 0


@dataclass
class Version:
    """What one save changed in one row of a document."""

    at: datetime
    author: str
    act: str
    part: str
    changes: list[FieldChange]


def of(document) -> list[Version]:
    """The versions of a document and of its children, the newest first; at most SHOWN of them."""
    own = _oldest_first(type(document).history.filter(id=document.pk))
    versions = _compare(list(own), type(document), "")
    for name in registry.options(document).children:
        manager = getattr(document, name)
        rows = manager.model.history.filter(**{manager.field.attname: document.pk}).order_by("id")
        for _pk, own in groupby(_oldest_first(rows, "id"), key=lambda row: row.id):
            own = list(own)
            versions += _compare(own, manager.model, _name(own[-1]))
    versions.sort(key=lambda version: version.at, reverse=True)
    return versions[:SHOWN]


def _name(row) -> str:
    """What a child is called on the page: its first written text, in the first language it has."""
    names = registry.columns(registry.written(row.instance_type)[:1])
    return next((text for name in names if (text := getattr(row, name))), "")


def _oldest_first(rows, *before):
    return rows.select_related("history_user").order_by(*before, "history_date", "history_id")


def _compare(rows, model, part) -> list[Version]:
    """Each row against the one before it. The first is compared with nothing: all of it is new."""
    found = []
    titles = _titles(rows, model)
    for before, row in pairwise([None, *rows]):
        changes = [] if row.history_type == "-" else list(_changes(before, row, model, titles))
        if changes or row.history_type != "~":
            author = row.history_user.get_username() if row.history_user else _("the system")
            found.append(Version(row.history_date, author, _act(before, row), part, changes))
    return found


def _act(before, row) -> str:
    if row.history_change_reason in ("withdraw", "put_back"):
        return {"withdraw": _("side taken back"), "put_back": _("side put back")}[
            row.history_change_reason
        ]
    if row.history_type in "+-":
        return {"+": _("created"), "-": _("deleted")}[row.history_type]
    if getattr(row, "published_at", None) and not getattr(before, "published_at", None):
        return _("published")
    if getattr(before, "published_at", None) and not getattr(row, "published_at", None):
        return _("taken back")
    return _("changed")


def _told(model) -> list[models.Field]:
    """What a person writes or chooses. Facts that follow from it, or that nobody is shown, are
    none, nor is the document of a child.
    """
    parent = registry.options(model).parent
    kept = {f.name for f in model.history.model._meta.concrete_fields}
    columns = (c for c in model._meta.concrete_fields if c.name in kept and c.name != parent)
    return [column for column in columns if column.editable and not column.primary_key]


def _titles(rows, model) -> dict[str, dict]:
    """Column → key → what the row to which it led is called now; of columns that changed."""
    found = {}
    for column in _told(model):
        keys = {getattr(row, column.attname) for row in rows} if column.is_relation else {None}
        if len(keys) > 1:
            others = column.related_model._base_manager.in_bulk(keys - {None})
            found[column.name] = {key: str(other) or "…" for key, other in others.items()}
    return found


def _changes(before, row, model, titles):
    for column in _told(model):
        old, new = (
            (getattr(before, column.attname) if before else None),
            getattr(row, column.attname),
        )
        if old != new and (before or isinstance(column, TranslationField)):
            yield _change(column, old, new, titles.get(column.name, {}))


def _change(column: models.Field, old, new, titles: dict) -> FieldChange:
    # A column's own name carries its language in brackets; the page says that beside it.
    label = capfirst(str(getattr(column, "translated_field", column).verbose_name))
    if not isinstance(column, TranslationField):
        if column.is_relation:
            facts = [titles.get(key, _("(deleted)")) if key else "–" for key in (old, new)]
        else:
            facts = [_fact(column, old), _fact(column, new)]
        return FieldChange(label, words=list(zip(("removed", "added"), facts, strict=True)))
    if not isinstance(column, Body):
        words = segments.word_diff(old or "", new or "")
        return FieldChange(label, column.language, words=words)
    paragraphs = segments.compare(old or "", new or "")
    told = [change for change in paragraphs if change.kind != "same"]
    return FieldChange(
        label, column.language, paragraphs=told, unchanged=len(paragraphs) - len(told)
    )


def _fact(column: models.Field, value) -> str:
    if column.choices:
        value = dict(column.flatchoices).get(value, value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if value in languages.codes():
        return languages.name(value)
    return "–" if value in (None, "") else str(value)
