"""What a side is based on after an event: the source segments that it is confirmed to say."""

from __future__ import annotations

from translations import parts
from translations.carrying import carried
from translations.models import Side
from translations.parts import Base
from translations.snapshots import Snapshot
from translations.status import Public, status_of


class Change:
    """One event, seen by one document: how its sides stood, and how its columns read now."""

    def __init__(
        self, document, now: dict[str, Snapshot], known: dict[str, Side], event, *, is_new
    ):
        self.document = document
        self.event = event
        self.is_new = is_new
        key = (type(document), document.pk)
        self.is_saved = key in event.saved
        self.tells_more = key in event.told_more
        self.minor_from = event.minor_from if event.minor_of == key else None
        self.now = now
        self.source = document.source_language
        before = known[self.source]
        self.old_source = before.source_language if before.pk else self.source
        self.known = known
        self.was_current = {
            code for code, side in known.items() if status_of(side).public == Public.CURRENT
        }
        self.old_parts = dict(known[self.old_source].parts) if self.old_source in known else {}
        self.items = {part.item_key for part in parts.of(document)}

    def base(self, language: str) -> dict[str, Base] | None:
        """What the side in `language` is based on from now on."""
        now = self.now[language]
        if language == self.source or not now.whole:
            return None
        if language in self.event.bases:
            return self._pruned(self.event.bases[language])
        side = self.known[language]
        became_whole = self.is_new or (self.is_saved and side.pk and not side.whole)
        if became_whole or language in self.event.confirmed:
            return self.now[self.source].kept
        if self.source != self.old_source:
            return self._swapped(language) if self.is_saved else None
        if side.based_on is None:
            return None
        base = self._pruned(side.based_on)
        if self.is_saved:
            base = self._written_in_both(base, side, now)
        if self.minor_from is not None:
            base = carried(base, self.minor_from, self.now[self.source].segments)
        return base

    def _pruned(self, base: dict[str, Base]) -> dict[str, Base]:
        """Without the children that are no longer there: deleting one makes nothing outdated."""
        return {key: b for key, b in base.items() if key.rpartition(":")[0] in self.items}

    def _written_in_both(self, base, side: Side, now: Snapshot) -> dict[str, Base]:
        source = self.now[self.source]
        for key in {*source.digests, *self.old_parts}:
            source_changed = source.digests.get(key) != self.old_parts.get(key)
            side_changed = now.digests.get(key) != side.parts.get(key)
            was = parts.digest(parts.given(base[key])) if base.get(key) else None
            if source_changed and side_changed and was == self.old_parts.get(key):
                base = {**base, key: parts.kept(source.segments.get(key, []))}
        return base

    def _swapped(self, language: str) -> dict[str, Base] | None:
        """The source is another language now. Whoever was up to date with the old one says what the
        new one says, if that was up to date too."""
        agreed = self.source in self.was_current
        if agreed and (language == self.old_source or language in self.was_current):
            return self.now[self.source].kept
        return None
