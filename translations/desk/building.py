"""Makes the page (`translations.desk.page`) of an opened side."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

from django.utils.text import capfirst

from core import segments
from translations import registry
from translations.desk import around, cells, left, people
from translations.desk.checking import Checking
from translations.desk.merging import Shown
from translations.desk.opened import Opened, Place
from translations.desk.page import (
    DeskPage,
    DeskRow,
    Fault,
    Group,
    Language,
    Moved,
    OtherText,
    PartRows,
    Problem,
    Progress,
)
from translations.desk.picture_rows import picture_row
from translations.desk.showing import Showing


def build(
    opened: Opened,
    person,
    *,
    moved: Moved | None = None,
    faults: dict[str, Fault] | None = None,
) -> DeskPage:
    """Everything that the desk, its preview and its review show. `faults` go by the key of a row:
    what its text area holds then is what was typed."""
    side, document = opened.side, opened.document
    showing = Showing(opened, opened.language)
    problems = Checking(opened).all()
    before, after = around.neighbours(side, person)
    return DeskPage(
        title=title_of(opened),
        kind=around.kind_of(document),
        source=Language.of(opened.source_language),
        target=Language.of(opened.language),
        status=side.status,
        groups=_with_faults(list(_groups(opened, showing, problems)), faults or {}),
        progress=progress(opened),
        saw=opened.fingerprint,
        revision=side.revision,
        source_moved=side.draft is not None and opened.saw not in ("", opened.fingerprint),
        brings=opened.brings and side.draft is None and side.whole,
        has_draft=side.draft is not None,
        saved_at=side.draft_at,
        saved_by=_name(side.draft_by),
        submitted_at=side.submitted_at,
        submitted_by=_name(side.submitted_by),
        note=side.note,
        sent_back_at=side.sent_back_at,
        sent_back_by=_name(side.sent_back_by),
        hold=side.hold,
        claim=people.claim_of(side, person),
        people=people.here(side, person),
        may=people.rights(person, opened.language),
        urls=around.urls(document, opened.language, person),
        before=before,
        after=after,
        moved=moved,
    )


def _name(person) -> str:
    return person.get_username() if person else ""


def title_of(opened: Opened) -> str:
    """What a document is called: the first words of its source; its name, where that is none."""
    if not registry.options(opened.document).required:
        return str(opened.document)
    return _heading(opened, [p for p in opened.places.values() if not p.item_key])


def progress(opened: Opened) -> Progress:
    """How much is done, over all rows in which there is something to do."""
    every = (row for _place, row in opened.every_row())
    rows = [row for row in every if not row.goes_along and not row.falls_back]
    return Progress(sum(row.is_done for row in rows), len(rows), left.words(opened))


# Rows -------------------------------------------------------------------------------------------


def _groups(opened: Opened, showing: Showing, problems) -> Iterable[Group]:
    by_item: dict[str, list[Place]] = {}
    for key, place in opened.places.items():
        if opened.shown(key):
            by_item.setdefault(place.item_key, []).append(place)
    for item_key, places in by_item.items():
        child = places[0].field.model if item_key else None
        yield Group(
            key=item_key,
            anchor="item-" + item_key.replace(".", "-").replace("/", "-") if item_key else "item",
            label=capfirst(str(child._meta.verbose_name)) if child else "",
            heading=_heading(opened, places) if child else "",
            is_gone=all(place.part is None for place in places),
            parts=[_part(opened, showing, place, problems) for place in places],
        )


def _with_faults(groups: list[Group], faults: dict[str, Fault]) -> list[Group]:
    is_first = True
    for part in (part for group in groups for part in group.parts):
        for number, row in enumerate(part.rows):
            if fault := faults.get(row.key):
                part.rows[number] = _faulty(row, replace(fault, is_first=is_first))
                is_first = False
    return groups


def _faulty(row: DeskRow, fault: Fault) -> DeskRow:
    if fault.typed is None:
        return replace(row, fault=fault)
    return replace(row, fault=fault, typed=fault.typed, was=fault.was)


def _heading(opened: Opened, places: list[Place]) -> str:
    """What an item is called: the first words that its source, else its translation, has."""
    for place in places:
        for row in opened.shown(place.key):
            found = row.now or row.row.source
            if found and found[0].text:
                return found[0].text
    return next((o.row.text for p in places for o in opened.shown(p.key) if not p.is_rich), "")


def _part(opened: Opened, showing: Showing, place: Place, problems) -> PartRows:
    shown = opened.shown(place.key)
    return PartRows(
        key=place.key,
        label=place.label,
        is_required=place.is_required,
        is_neutral=place.is_neutral,
        rows=[
            picture_row(opened, showing, place, row, at)
            if row.picture
            else _row(showing, place, row, shown[:at], shown[at + 1 :], problems.get(row.key, []))
            for at, row in enumerate(shown)
        ],
    )


def _row(
    showing: Showing,
    place: Place,
    shown: Shown,
    above: list[Shown],
    below: list[Shown],
    problems: list[Problem],
) -> DeskRow:
    row = shown.row
    source = shown.now or row.source
    units = len(cells.units(row.cell.pieces)) if place.is_rich else 0
    has_above = place.is_rich and any(map(_has_words, above))
    has_below = place.is_rich and any(map(_has_words, below))
    follows = next((each for each in below if each.kind != "removed"), None)
    is_open = shown.kind != "removed"
    return DeskRow(
        key=row.key,
        part=place.key,
        kind=shown.kind,
        is_rich=place.is_rich,
        source=showing.source_blocks(source),
        source_text=_text(source),
        words=_changed(shown),
        seen=json.dumps(shown.seen, ensure_ascii=False),
        cell_html=showing.html(row.text) if place.is_rich else showing.escaped(row.text),
        typed=showing.typed(place, shown),
        blank=cells.blank(shown.path) if place.is_rich else "",
        was=row.mark,
        omitted=row.omitted,
        others=others_of(showing, place, shown),
        problems=problems,
        is_done=shown.is_done,
        can_confirm=shown.kind in ("changed", "moved", "unsure") and bool(row.text or row.omitted),
        can_dismiss=shown.kind == "removed",
        can_omit=bool(shown.now) and _may_be_left_out(place),
        can_up=is_open and has_above and units > 0,
        can_down=is_open and has_below and units > 0,
        can_merge=is_open and place.is_rich and follows is not None and _has_words(follows),
        can_split=is_open and place.is_rich and (units > 1 or len(row.source) > 1),
    )


def _may_be_left_out(place: Place) -> bool:
    # A fact that is left out would not be: readers get it in the words of the source.
    return place.is_rich or not (place.is_required or place.is_neutral)


def _has_words(shown: Shown) -> bool:
    """Whether its cell can take words from its neighbours."""
    return shown.kind != "removed" and not shown.picture


def others_of(showing: Showing, place: Place, shown: Shown) -> list[OtherText]:
    """What others wrote into this cell."""
    return [
        OtherText(
            number=number,
            by=other.by,
            html=showing.html(other.text) if place.is_rich else showing.escaped(other.text),
            text=other.text,
        )
        for number, other in enumerate(shown.row.others)
    ]


def _changed(shown: Shown) -> segments.Words:
    if shown.kind != "changed":
        return []
    return segments.word_diff(_text(shown.row.source), _text(shown.now))


def _text(found: Iterable[segments.Segment]) -> str:
    return "\n".join(segment.text for segment in found)
