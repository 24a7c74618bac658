"""The draft of a side: begun, saved, mended, published from, discarded. Nobody's words get lost.

A draft is a complete copy of the side with a base of its own, as JSON in `Side.draft`:

    saw     fingerprint of the source that its writer last saw
    parent  part → digest of the public column when the draft began
    rich    the parts that are HTML; all others are plain text
    rows    part → rows in the order of the target (`rows.to_json`)
    people  who wrote in it in the last minutes → when

What `acts` keeps in it besides stays. Nothing is written before somebody writes: opening a side is
no event.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import models, transaction
from django.utils import timezone

from translations import parts, sides
from translations.desk import mending, rows
from translations.desk.opened import Opened
from translations.desk.posted import PostedRow
from translations.desk.receiving import Received, Receiver
from translations.desk.rows import Other
from translations.desk.showing import Showing
from translations.models import Side, SideVersion
from translations.parts import Base

CLAIM = timedelta(hours=2)
HERE = timedelta(minutes=5)


# Reading ----------------------------------------------------------------------------------------


def begin(side: Side, document) -> dict:
    """The draft that begins with what is public now, or as it stands already. Writes nothing."""
    return Opened(side, document).draft()


def texts(draft: dict) -> dict[str, str]:
    """Part → the text that publishing would write into its column."""
    rich = _rich(draft)
    return {key: rows.join(found, is_rich=key in rich) for key, found in _rows(draft).items()}


def base(draft: dict) -> dict[str, Base]:
    """Part → the source segments that its text says. A part of which nobody knows is not in it."""
    found = {key: (rows.base(stored), stored) for key, stored in _rows(draft).items()}
    return {
        key: said
        for key, (said, stored) in found.items()
        if said is not None and (said or any(row.text for row in stored))
    }


def alignment(draft: dict) -> dict[str, dict]:
    """Part → which of those segments stand beside which blocks, as `Side.alignment` keeps it."""
    rich, written = _rich(draft), texts(draft)
    return {
        key: {
            "of": parts.digest(parts.split(written[key], is_rich=True)),
            "beads": rows.beads(stored),
        }
        for key, stored in _rows(draft).items()
        if key in rich and written[key]
    }


def _rich(draft: dict) -> set[str]:
    return set(draft.get("rich", ()))


def _rows(draft: dict) -> dict[str, list[rows.Row]]:
    return {key: [rows.from_json(row) for row in stored] for key, stored in draft["rows"].items()}


# Writing ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Outcome:
    """A save: the side as it stands now, what became of each posted row (by posted key), and who
    had written in it last before."""

    opened: Opened
    rows: dict[str, Received]
    stood_by: str
    changed: bool
    source_moved: bool


@contextmanager
def at_work(document, language: str, person) -> Iterator[Opened]:
    """Open a side, its row locked, and write what is changed inside into its draft.

    What changes nothing writes nothing. Raises the model's DoesNotExist where the document is gone.
    """
    with transaction.atomic():
        side = locked(document, language)
        # Anew, and after the lock: a publication may just have ended.
        fresh = models.QuerySet(type(document)).get(pk=document.pk)
        opened = Opened(side, fresh)
        before = opened.draft()
        yield opened
        after = opened.draft()
        if after != before:
            _write(side, after, person)


def locked(document, language: str) -> Side:
    """The row of a side, locked. The document is not: whoever needs both takes it first."""
    found = Side.objects.of(document).filter(language=language).select_for_update()
    side = found.first()
    if side is None:
        # Rows that were written around save(): from a fixture, by hand.
        sides.refresh(document)
        side = found.get()
    return side


def save(document, language: str, person, posted: list[PostedRow], saw: str) -> Outcome:
    """Take the rows that a page posted, which showed the source with the fingerprint `saw`.

    Raises ValueError for rows of no part of any document; nothing is written then.
    """
    with at_work(document, language, person) as opened:
        showing = Showing(opened, language)
        last = opened.side.draft_by
        receiver = Receiver(
            opened,
            by=person.get_username(),
            at=timezone.now().isoformat(timespec="seconds"),
            as_shown=showing.typed,
        )
        received = receiver.take(posted)
        if saw and (receiver.changed or opened.side.draft is not None):
            opened.saw = saw
    return Outcome(
        opened,
        received,
        last.get_username() if last else "",
        receiver.changed,
        bool(saw) and saw != opened.fingerprint,
    )


def confirm(document, language, person, key: str, seen: Base | None = None):
    """“Still correct”: a row says what its reader has `seen`. Raises ValueError, as all of these
    do, where the row is no longer there."""
    with _row(document, language, person, key) as (opened, place, shown):
        new = shown.confirmed(parts.given(seen) if seen else None)
        opened.put(place, mending.put(opened.rows[place.key], opened.shown(place.key), shown, new))


def confirm_all(document, language, person):
    """“Still correct”, for every row that says something or is left out on purpose."""
    with at_work(document, language, person) as opened:
        for key, place in list(opened.places.items()):
            opened.put(place, mending.confirm_all(opened.shown(key)))


def dismiss(document, language, person, key: str):
    """Let go of a text whose source is gone."""
    with _row(document, language, person, key) as (opened, place, _shown):
        opened.put(place, mending.dismiss(opened.rows[place.key], key))


def mend(document, language, person, key: str, how: str):
    """Move blocks between rows: `how` is up, down, merge or split.

    Raises ValueError where there is nothing to move.
    """
    with _row(document, language, person, key) as (opened, place, shown):
        stored, stands = opened.rows[place.key], opened.shown(place.key)
        act = {
            "up": mending.up,
            "down": mending.down,
            "merge": mending.merge_rows,
            "split": mending.split,
        }[how]
        extra = (place.key,) if how == "split" else ()
        opened.put(place, act(stored, stands, shown.key, *extra))


def take(document, language, person, key: str, number: int):
    """Put what somebody else wrote into the cell; what stood there is kept beside it."""
    with _row(document, language, person, key) as (opened, place, shown):
        others = list(shown.row.others)
        taken = _at(others, number)
        if shown.row.text:
            others.append(Other("", timezone.now().isoformat(timespec="seconds"), shown.row.text))
        new = replace(shown.confirmed(), others=tuple(others), omitted=False).with_text(taken.text)
        opened.put(place, mending.put(opened.rows[place.key], opened.shown(place.key), shown, new))


def drop(document, language, person, key: str, number: int):
    """Let go of what somebody else wrote into the cell."""
    with _row(document, language, person, key) as (opened, place, shown):
        others = list(shown.row.others)
        _at(others, number)
        new = replace(shown.row, others=tuple(others))
        opened.put(place, mending.put(opened.rows[place.key], opened.shown(place.key), shown, new))


@contextmanager
def _row(document, language, person, key: str):
    with at_work(document, language, person) as opened:
        place, shown = opened.find(key)
        yield opened, place, shown


def _at(others: list[Other], number: int) -> Other:
    if not 0 <= number < len(others):
        raise ValueError("This text is no longer there.")
    return others.pop(number)


# The whole draft --------------------------------------------------------------------------------


@transaction.atomic
def discard(document, language: str, person):
    """Begin anew with what is public. What the draft said stays among the versions."""
    side = locked(document, language)
    if side.draft is None:
        return
    _set_aside(side, person)
    side.draft, side.has_draft, side.draft_at, side.draft_by = None, False, None, None
    side.submitted_at = side.submitted_by = None
    side.note = ""
    side.revision += 1
    names = ["draft", "has_draft", "draft_at", "draft_by", "submitted_at", "submitted_by", "note"]
    side.save(update_fields=[*names, "revision"])


@transaction.atomic
def restore(document, side: Side, version: SideVersion, person):
    """Make an old version the draft, with what it was based on: it never reads as up to date by
    itself. What the present draft says stays among the versions."""
    side = locked(document, side.language)
    if side.draft is not None:
        _set_aside(side, person)
    fresh = models.QuerySet(type(document)).get(pk=document.pk)
    public = Opened(_without_draft(side), fresh)
    _write(side, _draft_of(version, fresh, public), person)


def _draft_of(version: SideVersion, document, public: Opened) -> dict:
    found = {}
    for part in parts.of(document):
        text = version.texts.get(part.key, "")
        current = [original.segment for original in public.sources[part.key]]
        if version.based_on is None:
            said, options = current, {"unsure": True}
        else:
            said, options = parts.given(version.based_on.get(part.key, [])), {"left_out": True}
        found[part.key] = rows.open_rows(part.key, said, text, is_rich=part.is_rich, **options)
    draft = public.draft()
    return {
        **draft,
        "saw": "",
        "rows": {key: [rows.to_json(row) for row in stored] for key, stored in found.items()},
    }


def _without_draft(side: Side) -> Side:
    public = Side(**{f.attname: getattr(side, f.attname) for f in side._meta.concrete_fields})
    public.draft = None
    return public


def _set_aside(side: Side, person):
    said = {key: text for key, text in texts(side.draft).items() if text}
    if said:
        SideVersion.objects.create(
            content_type_id=side.content_type_id,
            object_id=side.object_id,
            language=side.language,
            author=person,
            act="set_aside",
            texts=said,
            based_on=base(side.draft),
        )


def _write(side: Side, draft: dict, person):
    now = timezone.now()
    written = recent(draft) | {person.get_username(): now.isoformat(timespec="seconds")}
    side.draft, side.has_draft = {**draft, "people": written}, True
    side.draft_at, side.draft_by = now, person
    side.revision += 1
    names = ["draft", "has_draft", "draft_at", "draft_by", "revision"]
    if side.claimant in (None, person):
        # Who writes is on it.
        side.claimed_by, side.claimed_until = person, now + CLAIM
        names += ["claimed_by", "claimed_until"]
    side.save(update_fields=names)


def recent(draft: dict | None) -> dict[str, str]:
    """Who wrote in a draft in the last minutes → when."""
    since = timezone.now() - HERE
    people = (draft or {}).get("people", {})
    return {name: at for name, at in people.items() if datetime.fromisoformat(at) > since}
