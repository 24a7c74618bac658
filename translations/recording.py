"""What follows from an event: the facts of every side, a version of it, what the memory learns."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from core import languages
from translations import facts, followers, history, memory, parts, registry, snapshots, tidings
from translations.bases import Change
from translations.desk import learning, left
from translations.events import Event
from translations.models import Side, SideVersion
from translations.snapshots import Snapshot
from translations.status import Public, status_of


def record(model, pk, event: Event, *, is_new: bool):
    """Bring what is known of the sides of a document up to its rows. One that is gone has none."""
    # Always from the database: an object in memory may hold what was never written. Its children
    # once for everybody who asks below.
    children = registry.options(model).children
    document = models.QuerySet(model).filter(pk=pk).prefetch_related(*children).first()
    if document is None:
        return
    now = snapshots.of(document)
    # Locked, so that a draft which is being saved at this very moment is counted as it then is.
    found = Side.objects.of(document).defer("draft").order_by("pk").select_for_update()
    rows = {side.language: side for side in found}
    known = {code: rows.get(code) or _row(document, code) for code in languages.codes()}
    change = Change(document, now, known, event, is_new=is_new)
    # All that follows from how things were, before any of it is overwritten.
    bases = {code: change.base(code) for code in known}
    for code, side in known.items():
        _record_version(side, now[code], bases[code], event)
        _write(side, change, bases[code])
    _remember(document, known)
    followers.tell(document)


def _row(document, language: str) -> Side:
    return Side(
        document=document, language=language, source_language=document.source_language, whole=False
    )


def _write(side: Side, change: Change, based_on):
    new = facts.of(side, change.document, change.now, based_on)
    became_public = side.public_from is None and new["public_from"] is not None
    others = ("waiting_since", "alignment", "words_to_do", "public_since", "changed_at")
    was = {name: getattr(side, name) for name in [*new, *others]}
    for name, value in new.items():
        setattr(side, name, value)
    if status_of(side).public in (Public.SOURCE, Public.CURRENT):
        side.waiting_since = None
    elif became_public and hasattr(change.document, "published_at"):
        # Nobody waited for it while it was a draft; from then on readers do.
        side.waiting_since = max(new["public_from"], timezone.now())
    else:
        side.waiting_since = side.waiting_since or timezone.now()
    side.public_since, side.changed_at = tidings.of(side, change, was)
    if side.language in change.event.alignments:
        side.alignment = change.event.alignments[side.language]
    side.words_to_do = left.words_to_do(side, change.document)
    changed = [name for name, value in was.items() if getattr(side, name) != value]
    if side.pk is None:
        side.save()
    elif changed:
        # Only these: a draft is never written here.
        side.save(update_fields=changed)


def _remember(document, known: dict[str, Side]):
    """Teach the translation memory what readers can see, and let it forget what they cannot.

    An outdated side is not learned anew; what was learned when it was up to date stays true.
    """
    if not document.is_committed:
        memory.forget(document)
        return
    for code, side in known.items():
        state = status_of(side).public
        if state == Public.CURRENT:
            memory.learn(document, code, learning.pairs(side, document))
        elif state == Public.MISSING:
            memory.forget(document, code)


def _record_version(side: Side, now: Snapshot, based_on, event: Event):
    fingerprint = parts.fingerprint(now.digests)
    if fingerprint == side.fingerprint or not (now.whole or side.whole):
        return
    SideVersion.objects.create(
        content_type=side.content_type,
        object_id=side.object_id,
        language=side.language,
        author=event.author or history.author(),
        act=event.act if fingerprint else "withdrawn",
        texts=now.texts,
        based_on=based_on,
    )
