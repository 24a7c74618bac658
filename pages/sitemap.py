"""What search engines are told of: every address that stands for itself, in each of its languages.

Content-blind: of documents it asks the table of sides, and their own tables for nothing but slugs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Model, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from core import languages
from translations import registry
from translations.facts import ALWAYS
from translations.models import Side

# Far from the 50,000 addresses that one file may hold (sitemaps.org): it is made at each request.
DOCUMENTS_PER_FILE = 2_000


@dataclass(frozen=True)
class Entry:
    """One thing that has a page: its path in each language that it is in, which of these is for
    whoever speaks none, and when each last said something new, where that is known."""

    paths: dict[str, str]
    default: str
    changed: dict[str, datetime | None]


def files() -> int:
    """How many files the documents fill."""
    return max(1, -(-_documents().count() // DOCUMENTS_PER_FILE))


def standing(view_names: Iterable[str], default: str) -> list[Entry]:
    """Pages that are there whatever is written, in every public language."""
    return [
        _entry({code: (view, {}) for code in languages.public()}, default) for view in view_names
    ]


def documents(number: int, listed: dict[type[Model], QuerySet]) -> list[Entry]:
    """The documents in the file of this number, from 1 on.

    `listed` narrows a model down to the documents whose pages are worth finding.
    """
    last = number * DOCUMENTS_PER_FILE
    keys = _documents().order_by("content_type", "object_id")
    keys = keys.values_list("content_type", "object_id")[last - DOCUMENTS_PER_FILE : last]
    by_model = defaultdict(list)
    for content_type, pk in keys:
        by_model[content_type].append(pk)
    ranges = {key: (pks[0], pks[-1]) for key, pks in by_model.items()}
    sides = _sides(ranges)
    found = []
    for content_type, model in _models().items():
        if content_type in ranges:
            rows = _slugs(listed.get(model, model.objects.published()), ranges[content_type])
            found += [
                _document(model, slugs, sides[content_type, pk])
                for pk, slugs in rows
                if sides[content_type, pk]
            ]
    return found


def _models() -> dict[int, type[Model]]:
    """Every model whose documents have an address, by the key of its content type."""
    models = [model for model in registry.documents() if registry.options(model).view_name]
    return {ContentType.objects.get_for_model(model).pk: model for model in models}


def _public() -> QuerySet:
    """The sides that readers have now."""
    return Side.objects.filter(content_type__in=_models(), public_since__lte=timezone.now())


def _documents() -> QuerySet:
    """Each public document once: by the side in which it was born, which is always there."""
    return _public().filter(language=F("source_language"))


def _sides(ranges: dict[int, tuple]) -> dict[tuple, list[Side]]:
    wanted = Q(pk__in=[])
    for content_type, around in ranges.items():
        wanted |= Q(content_type=content_type, object_id__range=around)
    columns = ("content_type", "object_id", "language", "source_language", "changed_at")
    found = defaultdict(list)
    for side in _public().filter(wanted, language__in=languages.public()).only(*columns):
        found[side.content_type_id, side.object_id].append(side)
    return found


def _slugs(queryset: QuerySet, around: tuple) -> list[tuple[int, dict[str, str]]]:
    """The key of each document and its slug in each language."""
    columns = [registry.column("slug", code) for code in languages.public()]
    rows = queryset.filter(pk__range=around).order_by("pk").values_list("pk", *columns).distinct()
    return [(pk, dict(zip(languages.public(), slugs, strict=True))) for pk, *slugs in rows]


def _document(model, slugs: dict[str, str], sides: list[Side]) -> Entry:
    view = registry.options(model).view_name
    by_language = {side.language: side for side in sides}
    there = [code for code in languages.public() if code in by_language]
    return _entry(
        {code: (view, {"slug": slugs[code]}) for code in there},
        sides[0].source_language,
        {code: by_language[code].changed_at for code in there},
    )


def _entry(views: dict[str, tuple[str, dict]], default: str, changed: dict | None = None) -> Entry:
    paths = {code: _path(code, *view) for code, view in views.items()}
    # What is live as soon as it is saved may not know when that was.
    known = {code: at for code, at in (changed or {}).items() if at and at > ALWAYS}
    return Entry(paths, default if default in paths else next(iter(paths)), known)


def _path(language: str, view: str, kwargs: dict) -> str:
    with override(language):
        return reverse(view, kwargs=kwargs)
