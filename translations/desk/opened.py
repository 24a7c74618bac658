"""One side on the desk: its draft, or the one that would begin now, over the present source."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.utils.text import capfirst

from translations import parts, references, registry
from translations.desk import along, cells, rows
from translations.desk.merging import Shown, merge
from translations.desk.rows import Row
from translations.fields import Body, printable
from translations.models import Side
from translations.parts import Part


@dataclass(frozen=True)
class Place:
    """A part that a draft can hold a text for, whether its item is still there or not."""

    key: str
    field: models.Field
    part: Part | None = None

    @classmethod
    def of(cls, part: Part) -> Place:
        return cls(part.key, part.model_field, part)

    @classmethod
    def named(cls, key: str) -> Place:
        """The place of an item that may be gone. Raises ValueError for what no document has."""
        item, _colon, name = key.rpartition(":")
        label, _slash, pk = item.partition("/")
        try:
            model = apps.get_model(label)
            if not registry.is_registered(model) or not registry.options(model).parent:
                raise LookupError(label)
            if name not in parts.translatable(model) or not pk.isdigit():
                raise LookupError(name)
            return cls(key, model._meta.get_field(name))
        except (LookupError, ValueError, FieldDoesNotExist) as error:
            raise ValueError(f"There is no text {key!r}.") from error

    @property
    def item_key(self) -> str:
        return self.key.rpartition(":")[0]

    @property
    def is_rich(self) -> bool:
        return isinstance(self.field, Body)

    @property
    def is_required(self) -> bool:
        """Without it, there is no side."""
        return self.part is not None and self.part.is_required

    @property
    def is_neutral(self) -> bool:
        """A fact with words: where it is empty, readers get those of the source."""
        return self.part is not None and self.part.is_neutral

    @property
    def label(self) -> str:
        return capfirst(str(self.field.verbose_name))

    def stored(self, typed: str, path: str) -> str:
        """A typed text as it is kept in a draft: in its normal form, links as references, without
        pictures, which have rows of their own.

        A line that is too long is kept: publishing it says so.
        """
        if self.is_rich:
            text = cells.from_typed(typed, path, resolve_link=references.to_reference)
            return cells.without_pictures(text)
        try:
            return self.field.normalise(typed) or ""
        except ValidationError:
            return " ".join(printable(typed).split())


class Opened:
    """The rows of one side, part by part. Nothing is written to the database here.

    `saw` is the fingerprint of the source that the draft's writer last saw, `parent` part → digest
    of the public column when the draft began; `others` is what else the draft holds.

    The rows hold the pictures of the present source, too (`along`). What the draft held, or the
    public text, before these came is `as_begun`.
    """

    def __init__(self, side: Side, document):
        self.side, self.document = side, document
        self.language, self.source_language = side.language, document.source_language
        found = list(parts.of(document))
        self.places = {part.key: Place.of(part) for part in found}
        self.sources = {
            part.key: rows.originals(part.text(self.source_language), is_rich=part.is_rich)
            for part in found
        }
        draft = dict(side.draft or {})
        self.saw: str = draft.pop("saw", "")
        self.parent: dict[str, str] = draft.pop("parent", {})
        self.rows: dict[str, list[Row]] = {
            key: [rows.from_json(row) for row in stored]
            for key, stored in draft.pop("rows", {}).items()
        }
        draft.pop("rich", None)
        self.rest = draft
        if side.draft is None:
            self.saw = self.fingerprint
        self.unknown: dict[str, list[dict]] = {}
        self._shown: dict[str, list[Shown]] = {}
        for key in list(self.rows):
            if key not in self.places:
                self._keep_orphan(key)
        for part in found:
            self._open(part)
        self.as_begun = dict(self.rows)
        self._saw_then, self._is_written = self.saw, False
        for key in self.sources:
            self.rows[key] = self._with_pictures(key, self.rows[key])
        # Whether the source has pictures, or has them elsewhere, of which the draft or the public
        # text does not know yet.
        self.brings = self.rows != self.as_begun

    def _keep_orphan(self, key: str):
        """The text of a child that was deleted: kept until somebody dismisses it."""
        try:
            self.places[key] = Place.named(key)
        except ValueError:  # of a field that the site no longer has: not shown, and kept
            self.unknown[key] = [rows.to_json(row) for row in self.rows.pop(key)]

    def _open(self, part: Part):
        """Give a part its rows: from the draft, else from the public column."""
        stored = self.rows.get(part.key)
        if stored is None:
            digests = parts.digest(part.segments(self.language))
            if text := part.text(self.language):
                self.parent[part.key] = digests
            self.rows[part.key] = self._from_column(part, text)
        elif self._is_adrift(part, stored):
            # A text that came from elsewhere, with no word about what it translates.
            text = rows.join(stored, is_rich=part.is_rich)
            said = [original.segment for original in self.sources[part.key]]
            self.rows[part.key] = rows.open_rows(
                part.key, said, text, is_rich=part.is_rich, unsure=True
            )

    def _is_adrift(self, part: Part, stored: list[Row]) -> bool:
        has_text = any(row.text for row in stored)
        nothing_else = not any(row.source or row.others for row in stored)
        return has_text and nothing_else and bool(self.sources[part.key])

    def _from_column(self, part: Part, text: str) -> list[Row]:
        side = self.side
        current = [original.segment for original in self.sources[part.key]]
        alignment = (side.alignment or {}).get(part.key)
        known = (side.based_on or {}).get(part.key)
        if side.whole and known is not None:
            # Where readers get the source's words, nothing is left out.
            said, options = parts.given(known), {"left_out": not part.is_neutral}
        elif side.whole and text:
            said, options = current, {"unsure": True}
        elif side.whole and side.based_on is not None:
            said, options = [], {}
        else:
            # Nobody has had this side yet: whatever is written here is written for this source.
            said, options = current, {}
        return rows.open_rows(
            part.key, said, text, is_rich=part.is_rich, alignment=alignment, **options
        )

    def _with_pictures(self, key: str, found: list[Row]) -> list[Row]:
        # A side that was taken back is a text that readers had.
        has_side = self.side.whole or "withdrawn" in self.rest
        return along.bring(key, found, self.sources.get(key, []), has_side=has_side)

    # Looking ------------------------------------------------------------------------------------

    @cached_property
    def fingerprint(self) -> str:
        """The fingerprint of the source as it is shown."""
        found = {key: [o.segment for o in originals] for key, originals in self.sources.items()}
        return parts.fingerprint({key: parts.digest(s) for key, s in found.items() if s})

    def is_brought(self, row: Shown) -> bool:
        """Whether a row is there because of a picture that came with the present source."""
        return bool(row.picture) and row.key not in self._keys_as_begun

    @cached_property
    def _keys_as_begun(self) -> set[str]:
        return {row.key for found in self.as_begun.values() for row in found}

    def shown(self, key: str) -> list[Shown]:
        """The rows of a part over its source."""
        if key not in self._shown:
            found = merge(key, self.rows.get(key, []), self.sources.get(key, []))
            if key in self.places and self.places[key].is_neutral:
                found = [replace(row, is_neutral=True) for row in found]
            self._shown[key] = found
        return self._shown[key]

    def every_row(self) -> list[tuple[Place, Shown]]:
        return [(place, row) for key, place in self.places.items() for row in self.shown(key)]

    def find(self, row_key: str) -> tuple[Place, Shown]:
        """Raises ValueError where there is no such row."""
        for place, row in self.every_row():
            if row.key == row_key:
                return place, row
        raise ValueError("This row is no longer there.")

    def text(self, place: Place) -> str:
        """What publishing would write into the column of a part."""
        return rows.join(self.rows.get(place.key, []), is_rich=place.is_rich)

    def place(self, key: str) -> Place:
        """The place of a part, of this document or of a child that was deleted meanwhile.

        Raises ValueError for a part that no document has.
        """
        return self.places.get(key) or Place.named(key)

    # Writing ------------------------------------------------------------------------------------

    def put(self, place: Place, new: list[Row]):
        """Give a part new rows."""
        self.places.setdefault(place.key, place)
        self.rows[place.key] = self._with_pictures(place.key, new)
        self._shown.pop(place.key, None)
        self._is_written = True

    def take_along(self):
        """Let the draft hold what the source brings, though nobody has written anything: where
        there is a draft, or a text that readers have."""
        if self.brings and (self.side.draft is not None or self.side.whole):
            self._is_written = True

    def draft(self) -> dict:
        """The whole side as a draft. Rows of which nothing is left are left out.

        As long as nothing is written, it is what it was; then what the source brings is in it.
        """
        is_written = self._is_written or self.saw != self._saw_then
        found = self.rows if is_written else self.as_begun
        kept = {key: self._worth_keeping(key, each) for key, each in found.items()}
        return {
            **self.rest,
            "saw": self.saw,
            "parent": self.parent,
            "rich": sorted(key for key in found if self.places[key].is_rich),
            "rows": {
                key: [rows.to_json(row) for row in each]
                for key, each in kept.items()
                if key in self.sources or each
            }
            | self.unknown,
        }

    def _worth_keeping(self, key: str, found: list[Row]) -> list[Row]:
        is_shown = found is self.rows[key]
        shown = self.shown(key) if is_shown else merge(key, found, self.sources.get(key, []))
        keys = {each.key for each in shown}
        return [row for row in found if row.key in keys]
