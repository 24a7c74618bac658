"""What is known of a document's sides, kept true whenever one of its rows is written.

Facts are stored (`models.Side`), states are computed (`status`). Saving is not confirming: what a
side was based on moves only

- when the side goes from absent to whole,
- for a part that is written in both languages in one save, where it matched before,
- by an act that says so: a published draft, “still correct”, a minor change (`acts`).

What follows from one event is written by `recording`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import models, transaction

from translations import parts, recording, registry, rules
from translations.events import Event
from translations.models import Side
from translations.status import Public

_event: ContextVar[Event | None] = ContextVar("event", default=None)


@contextmanager
def together() -> Iterator[Event]:
    """Let all saves inside count as one event, in one transaction."""
    if (outer := _event.get()) is not None:
        yield outer
        return
    event = Event()
    token = _event.set(event)
    try:
        with transaction.atomic():
            yield event
            for model, pk in event.published:
                _require_children(model, pk)
            for (model, pk), is_new in event.documents.items():
                recording.record(model, pk, event, is_new=is_new)
    finally:
        _event.reset(token)


def follow(item, before: dict):
    """Called by every save and deletion of a document or a child: `before` is the row as it stood,
    {} for a new one."""
    opts = registry.options(item)
    names = registry.columns(parts.translatable(type(item)))
    parent = item._meta.get_field(opts.parent) if opts.parent else None
    facts = ("source_language", "published_at", opts.kind, parent and parent.attname)
    watched = [item._meta.get_field(name).attname for name in opts.watched]
    names += [name for name in (*facts, *watched) if name in before]
    changed = {name for name in names if before and before[name] != getattr(item, name)}
    if before and not changed:
        return
    document = getattr(item, opts.parent) if opts.parent else item
    is_new = document is item and not before
    tells_more = document is item and not changed.isdisjoint(watched)
    refresh(document, is_new=is_new, is_saved=True, tells_more=tells_more)
    if parent and before and before[parent.attname] != document.pk:
        # It was moved here from another document, which has lost it.
        for left in models.QuerySet(type(document)).filter(pk=before[parent.attname]):
            refresh(left)


def require_children(document):
    """Raise ValidationError where a child of what becomes public is only half there: at the end of
    the event, since a form saves its children after their document."""
    if (event := _event.get()) is not None:
        event.published.add((type(document), document.pk))
    else:
        rules.require_children(document)


def _require_children(model, pk):
    document = models.QuerySet(model).filter(pk=pk).first()
    if document is not None and document.is_committed:
        rules.require_children(document)


def refresh(document, *, is_new: bool = False, is_saved: bool = False, tells_more: bool = False):
    """Bring what is known of the sides of `document` up to its rows, now or at the end of the
    event. A new document is confirmed in every language in which it is whole.

    Where nothing was saved (`is_saved`), rows that read otherwise were written around save():
    nobody has confirmed anything, and the side is outdated until somebody does.
    """
    key = (type(document), document.pk)
    event = _event.get() or Event()
    if is_saved:
        event.saved.add(key)
    if tells_more:
        event.told_more.add(key)
    if event is not _event.get():
        recording.record(*key, event, is_new=is_new)
    else:
        event.documents[key] = event.documents.get(key, False) or is_new


def settle(document):
    """Bring what is known up to the rows now, in the middle of an event."""
    event = _event.get()
    if event is None:
        return
    is_new = event.documents.pop((type(document), document.pk), None)
    if is_new is not None:
        recording.record(type(document), document.pk, event, is_new=is_new)
        # Carried once; a second time, it would be carried into what it has become.
        event.minor_from = None


def has_draft(document, language: str) -> bool:
    """Whether somebody has begun a draft of the side in `language`."""
    return Side.objects.of(document).filter(language=language, has_draft=True).exists()


def is_current(document, language: str) -> bool:
    """Whether the side in `language` says what the source says, as far as is known."""
    side = Side.objects.of(document).light().filter(language=language).first()
    return side is not None and side.status.public == Public.CURRENT
