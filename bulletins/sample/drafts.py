"""Work that was begun at the desk: a half-written translation, and one that waits for review."""

from __future__ import annotations

from datetime import datetime

from bulletins.models import Bulletin
from core import samples
from translations.desk import left
from translations.desk.opened import Opened
from translations.desk.posted import PostedRow
from translations.desk.receiving import Receiver
from translations.desk.showing import Showing
from translations.locking import locked_side


def write_draft(bulletin: Bulletin, table: dict, link, midnight: datetime, person=None):
    """Give the side that `table["draft"]` names its draft, written as the desk writes one.

    Of each part, the texts stand in the order of its rows; rows beyond them stay empty. The sample
    has no people of its own: what waits for review was sent by `person`.
    """
    facts = table["draft"]
    side = locked_side(bulletin, facts["language"])
    opened = Opened(side, Bulletin.objects.get(pk=bulletin.pk))
    saved = samples.moment(midnight, facts["saved"])
    receiver = Receiver(
        opened,
        by="",
        at=saved.isoformat(timespec="seconds"),
        as_shown=Showing(opened, side.language).typed,
    )
    receiver.take(list(_posted(opened, _texts(bulletin, table), link)))
    side.draft, side.has_draft, side.draft_at = opened.draft(), True, saved
    if "submitted" in facts:
        side.submitted_at = samples.moment(midnight, facts["submitted"])
        side.submitted_by = person
    side.words_to_do = left.words(opened)
    names = ["draft", "has_draft", "draft_at", "words_to_do", "submitted_at", "submitted_by"]
    side.save(update_fields=names)


def _texts(bulletin: Bulletin, table: dict) -> dict[str, list[str]]:
    """Part → what was written in its rows."""
    found = {f":{field}": texts for field, texts in table["draft"].get("texts", {}).items()}
    for entry, written in zip(bulletin.entries.all(), table.get("entries", []), strict=True):
        key = f"{entry._meta.label_lower}/{entry.pk}"
        found |= {f"{key}:{field}": texts for field, texts in written.get("draft", {}).items()}
    return found


def _posted(opened: Opened, texts: dict[str, list[str]], link):
    for part, written in texts.items():
        for row, text in zip(opened.shown(part), written, strict=False):
            seen = [[segment.path, segment.html] for segment in row.now]
            yield PostedRow.of(row.key, part, seen, row.row.mark, link(text), omit=False)
