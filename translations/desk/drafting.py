"""Work in the rows of a draft: written, confirmed, mended, taken from others."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone

from translations import parts
from translations.desk import drafts, left, mending
from translations.desk.opened import Opened
from translations.desk.posted import PostedRow
from translations.desk.receiving import Received, Receiver
from translations.desk.rows import Other
from translations.desk.showing import Showing
from translations.locking import locked_side
from translations.parts import Base


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

    What changes nothing writes nothing. Raises ValueError where another language has become the
    source meanwhile, and the model's DoesNotExist where the document is gone.
    """
    with transaction.atomic():
        side = locked_side(document, language)
        opened = Opened(side, drafts.read_anew(document))
        before = opened.draft()
        yield opened
        after = opened.draft()
        if after != before:
            drafts.write(side, after, person, words_to_do=left.words(opened))


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
