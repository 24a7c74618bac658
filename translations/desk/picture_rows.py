"""The rows of pictures: nothing is written in them."""

from __future__ import annotations

import json

from django.utils.safestring import mark_safe

from translations import embeds
from translations.desk import cells
from translations.desk.merging import Shown
from translations.desk.opened import Opened, Place
from translations.desk.page import DeskRow, Picture
from translations.desk.showing import Showing


def picture_row(opened: Opened, showing: Showing, place: Place, shown: Shown, at: int) -> DeskRow:
    """A picture that goes along, is left out or moved; it is the row number `at` of its part."""
    row, reference = shown.row, shown.picture
    others = [each for each in opened.shown(place.key) if each is not shown]
    stands, is_open = bool(row.cell.picture), shown.kind != "removed"
    has_source = bool(shown.now or row.source)
    is_new = opened.is_brought(shown)
    source, cell = (
        showing.picture(place, reference, language) if is_there else mark_safe("")
        for is_there, language in (
            (has_source, opened.source_language),
            (not row.omitted, opened.language),
        )
    )
    return DeskRow(
        key=row.key,
        part=place.key,
        kind=shown.kind,
        is_rich=False,
        source=[],
        source_text="",
        words=[],
        seen=json.dumps(shown.seen),
        cell_html=mark_safe(""),
        typed=row.text or cells.of_picture(reference).text,
        blank="",
        was=row.mark,
        omitted=row.omitted,
        others=[],
        problems=[],
        is_done=shown.is_done,
        can_confirm=is_new and opened.side.whole and opened.side.draft is None,
        can_dismiss=not shown.now,
        can_omit=bool(shown.now),
        can_up=is_open and stands and at > 0,
        can_down=is_open and stands and at < len(others),
        can_merge=False,
        can_split=False,
        picture=Picture(
            name=embeds.marker(reference),
            source=source,
            cell=cell,
            is_new=is_new,
            is_elsewhere=row.omitted and any(reference == each.row.cell.picture for each in others),
        ),
    )
