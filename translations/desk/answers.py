"""What an autosave is told, as JSON."""

from __future__ import annotations

from django.utils import timezone
from django.utils.formats import date_format

from translations.desk import building, people
from translations.desk.checking import Checking
from translations.desk.drafting import Outcome
from translations.desk.posted import PostedRow
from translations.desk.receiving import Received
from translations.desk.showing import Showing


def saved(outcome: Outcome, posted: list[PostedRow], person) -> dict:
    """The answer to a save: what stands now in each posted row, and what is left to do."""
    opened = outcome.opened
    showing, checking = Showing(opened, opened.language), Checking(opened)
    progress = building.progress(opened)
    return {
        "saved": date_format(timezone.localtime(), "TIME_FORMAT"),
        "rows": {
            row.key: _row(outcome, showing, checking, row, outcome.rows[row.key]) for row in posted
        },
        "people": people.here(opened.side, person),
        "left": {"rows": progress.left, "words": progress.words},
        "progress": {"done": progress.done, "of": progress.of},
        "source_moved": outcome.source_moved,
    }


def _row(
    outcome: Outcome, showing: Showing, checking: Checking, posted: PostedRow, received: Received
) -> dict:
    opened = outcome.opened
    place = opened.place(received.part)
    shown = next((row for row in opened.shown(place.key) if row.key == received.key), None)
    if shown is None:  # nobody wrote in it, and it is gone
        return {"key": received.key, "was": received.was, "kind": "removed", "gone": True}
    typed = posted.text if place.is_rich and not received.conflict else None
    told = {
        "key": shown.key,
        "was": received.was,
        "kind": shown.kind,
        "is_done": shown.is_done,
        "omitted": shown.row.omitted,
        "problems": [
            {
                "id": problem.id,
                "message": problem.message,
                "wall": problem.wall,
                "note": problem.note,
                "reason": problem.reason,
            }
            for problem in checking.row(place, shown, typed=typed)
        ],
        "others": [
            {
                "number": other.number,
                "by": other.by,
                "text": str(other.html) if place.is_rich else other.text,
            }
            for other in building.others_of(showing, place, shown)
        ],
    }
    if received.refused:
        told["refused"] = received.refused
    if received.conflict:
        text = shown.row.text
        told |= {
            "conflict": True,
            "text": str(showing.html(text)) if place.is_rich else text,
            "by": outcome.stood_by,
        }
    return told
