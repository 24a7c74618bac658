"""The draft of a side: what it says, and how it is kept. Nobody's words get lost.

A draft is a complete copy of the side with a base of its own, as JSON in `Side.draft`:

    saw     fingerprint of the source that its writer last saw
    parent  part → digest of the public column when the draft began
    rich    the parts that are HTML; all others are plain text
    rows    part → rows in the order of the target (`rows.to_json`)
    people  who wrote in it in the last minutes → when

What `acts.withdrawing` keeps in it besides stays. Nothing is written before somebody writes:
opening a side is no event.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from translations import parts
from translations.desk import rows
from translations.desk.opened import Opened
from translations.models import Side
from translations.parts import Base

CLAIM = timedelta(hours=2)
HERE = timedelta(minutes=5)
# What goes with a draft, and what ends besides when its work is done.
DRAFT = {
    "draft": None,
    "has_draft": False,
    "draft_at": None,
    "draft_by": None,
    "submitted_at": None,
    "submitted_by": None,
    "note": "",
    "sent_back_at": None,
    "sent_back_by": None,
}
WORK = {"claimed_by": None, "claimed_until": None, "hold": False}


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


def is_undecided(draft: dict) -> bool:
    """Whether somewhere two people wrote, and nobody has chosen yet."""
    return any(row.others for stored in _rows(draft).values() for row in stored)


def _rich(draft: dict) -> set[str]:
    return set(draft.get("rich", ()))


def _rows(draft: dict) -> dict[str, list[rows.Row]]:
    return {key: [rows.from_json(row) for row in stored] for key, stored in draft["rows"].items()}


def recent(draft: dict | None) -> dict[str, str]:
    """Who wrote in a draft in the last minutes → when."""
    since = timezone.now() - HERE
    people = (draft or {}).get("people", {})
    return {name: at for name, at in people.items() if datetime.fromisoformat(at) > since}


# Keeping ----------------------------------------------------------------------------------------


def read_anew(document):
    """The document as it stands, once its side is locked: a publication may just have ended.

    Raises ValueError where another language has become its source meanwhile, and the model's
    DoesNotExist where it is gone.
    """
    fresh = models.QuerySet(type(document)).get(pk=document.pk)
    if fresh.source_language != document.source_language:
        raise ValueError(
            _("The original is another language now. Look at the board before you go on.")
        )
    return fresh


def write(side: Side, draft: dict, person, *, words_to_do: int):
    """Keep what `person` has written as the draft of a side, which is locked; so many words of the
    original are left to do in it."""
    now = timezone.now()
    written = recent(draft) | {person.get_username(): now.isoformat(timespec="seconds")}
    side.draft, side.has_draft = {**draft, "people": written}, True
    side.draft_at, side.draft_by = now, person
    side.words_to_do = words_to_do
    side.revision += 1
    names = ["draft", "has_draft", "draft_at", "draft_by", "words_to_do", "revision"]
    if side.claimant in (None, person):
        # Who writes is on it.
        side.claimed_by, side.claimed_until = person, now + CLAIM
        names += ["claimed_by", "claimed_until"]
    side.save(update_fields=names)


def keep(side: Side):
    """Keep `side.draft`, which an act has changed: nobody has written in it. What is left to do in
    it is counted at the end of the event (`recording`)."""
    side.has_draft, side.draft_at = True, side.draft_at or timezone.now()
    side.revision += 1
    side.save(update_fields=["draft", "has_draft", "draft_at", "revision"])


def forget(side: Side, *, is_done: bool):
    """Let go of a draft. Where its work `is_done`, nobody is on the side and nothing waits for it
    any longer."""
    gone = DRAFT | (WORK if is_done else {})
    for name, nothing in gone.items():
        setattr(side, name, nothing)
    side.words_to_do = side.words_left
    side.revision += 1
    side.save(update_fields=[*gone, "words_to_do", "revision"])
