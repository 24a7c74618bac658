"""What a draft would change, and what changed under it, paragraph by paragraph."""

from __future__ import annotations

from core import segments
from translations import parts
from translations.desk.opened import Opened, Place
from translations.desk.page import Moved, MovedPart


def moved_of(opened: Opened) -> Moved:
    """Why a draft cannot be published: what its rows say otherwise than the source does now, and
    what the public side says that the draft never saw."""
    source, side = [], []
    for place in opened.places.values():
        said = [s for row in opened.as_begun.get(place.key, []) for s in row.source]
        now = [original.segment for original in opened.sources.get(place.key, [])]
        source += _told(place.label, said, now)
        if place.part is None:
            continue
        public = place.part.segments(opened.language)
        digest = parts.digest(public) if public else ""
        if digest != opened.parent.get(place.key, ""):
            side += _told(place.label, _draft_segments(opened, place), public)
    return Moved(source, side)


def changes_of(opened: Opened) -> list[MovedPart]:
    """What publishing the draft would change for readers."""
    return [
        told
        for place in opened.places.values()
        if place.part is not None
        for told in _told(
            place.label, place.part.segments(opened.language), _draft_segments(opened, place)
        )
    ]


def told_changes(label: str, old: str, new: str, *, is_rich: bool) -> list[MovedPart]:
    """One part in two versions, as a list of one or none."""
    return _told(label, parts.split(old, is_rich=is_rich), parts.split(new, is_rich=is_rich))


def _told(label: str, old, new) -> list[MovedPart]:
    changes = segments.compare_segments(old, new)
    has_changed = any(change.kind != "same" for change in changes)
    return [MovedPart(label, changes)] if has_changed else []


def _draft_segments(opened: Opened, place: Place):
    return parts.split(opened.text(place), is_rich=place.is_rich)
