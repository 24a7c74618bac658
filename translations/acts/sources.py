"""What is done to the source: another language takes its place, or a change of it is minor."""

from __future__ import annotations

from contextlib import contextmanager

from django.db import transaction

from translations import parts, sides
from translations.locking import locked_document


@transaction.atomic
def swap_source(model, pk, language: str):
    """Make `language` the one that the others are translations of.

    Raises ValidationError unless that side says what the source says now, and where somebody has
    begun a draft of it.
    """
    document = locked_document(model, pk)
    document.source_language = language
    document.full_clean(exclude=[f.name for f in model._meta.fields if f.name != "source_language"])
    document.save()
    return document


@contextmanager
def minor_change(document):
    """What is saved inside leaves the translations valid: a comma, a spelling, a name mended.

    Only this change is carried into what they are based on: one that was outdated stays outdated.
    """
    with sides.together() as event:
        row = locked_document(type(document), document.pk)
        source = row.source_language
        event.minor_from = {part.key: part.segments(source) for part in parts.of(row)}
        event.minor_of = (type(row), row.pk)
        yield
