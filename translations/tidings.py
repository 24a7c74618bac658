"""Since when readers have a side, and when it last said something new: what feeds tell them.

A minor change of the text is nothing new, nor is what was written around `save()`. A side that is
taken back and given again is new again.
"""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from translations.bases import Change
from translations.models import Side


def of(side: Side, change: Change, was: dict) -> tuple[datetime | None, datetime | None]:
    """(`public_since`, `changed_at`) of a side whose other facts are as they are now; `was` is how
    they stood. Both None where readers do not have it, nor will by themselves."""
    start = side.public_from
    if not (side.whole and start):
        return None, None
    if side.public_since is None:
        return (began := _began(side, was)), began
    since, changed = side.public_since, side.changed_at
    if start != was["public_from"]:
        # The document comes at another time than was said, and what came with it does.
        since = start if since == was["public_from"] else max(since, start)
        changed = start if changed == was["public_from"] else changed
    if _says_something_new(side, change, was):
        changed = timezone.now()
    return since, max(since, changed)


def _began(side: Side, was: dict) -> datetime:
    """With its document, or now, where readers had that already in another language."""
    had_document = was["public_from"] is not None and was["public_from"] <= timezone.now()
    was_known = side.pk is not None and had_document
    return max(side.public_from, timezone.now()) if was_known else side.public_from


def _says_something_new(side: Side, change: Change, was: dict) -> bool:
    if change.tells_more:
        return True
    is_minor = change.minor_from is not None
    return change.is_saved and not is_minor and side.fingerprint != was["fingerprint"]
