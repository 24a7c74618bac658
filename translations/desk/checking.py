"""The checks over the rows of an opened side, and what people have allowed."""

from __future__ import annotations

from dataclasses import replace
from html import escape

from django.db import transaction
from django.utils import timezone

from core.pieces import Piece, assemble
from translations import checks, registry
from translations.desk.merging import Shown
from translations.desk.opened import Opened, Place
from translations.desk.page import Problem
from translations.desk.rows import key_of
from translations.glossary import Glossary
from translations.locking import locked_side


class Checking:
    """Looks at rows of one side. The glossary is asked once."""

    def __init__(self, opened: Opened):
        self.opened = opened
        self.allowed = opened.side.dismissed or {}
        self.glossary = Glossary.for_pair(opened.source_language, opened.language)
        self.is_dated = opened.side.kind in registry.options(opened.document).dated_kinds

    def row(self, place: Place, shown: Shown, *, typed: str | None = None) -> list[Problem]:
        """What is wrong in one row; `typed` is what a person posted for it."""
        pair = replace(self._pair(place, shown), typed=typed)
        return [self._told(place, shown, problem) for problem in checks.check_row(pair)]

    def all(self) -> dict[str, list[Problem]]:
        """Row key → what is wrong in it, over the whole side."""
        rows = self.opened.every_row()
        found = checks.check_text([self._pair(place, shown) for place, shown in rows])
        return {
            rows[index][1].key: [self._told(*rows[index], problem) for problem in problems]
            for index, problems in found.items()
        }

    def _pair(self, place: Place, shown: Shown) -> checks.Pair:
        source = assemble(Piece(tuple(s.path.split("/")), 0, s.html) for s in shown.now)
        text = shown.row.text
        words = " ".join(segment.text for segment in shown.now)
        return checks.Pair(
            source_html=source if place.is_rich else "".join(s.html for s in shown.now),
            target_html=text if place.is_rich else escape(text, quote=False),
            source_language=self.opened.source_language,
            target_language=self.opened.language,
            # What nobody has written yet is counted as left to do, which says it better.
            omitted=shown.row.omitted or not text or shown.kind == "removed" or bool(shown.picture),
            is_rich=place.is_rich,
            is_dated=self.is_dated,
            terms=tuple(self.glossary.hits(words)) if text else (),
        )

    def _told(self, place: Place, shown: Shown, problem: checks.Problem) -> Problem:
        allowed = self.allowed.get(allowance(place, shown, f"{problem.id}-{problem.print}"), {})
        reason = allowed.get("reason", "")
        name = f"{problem.id}-{problem.print}"
        return Problem(name, problem.message, problem.wall, problem.note, reason)


def allowance(place: Place, shown: Shown, problem: str) -> str:
    """Under which name `Side.dismissed` keeps that a problem was allowed: of what the row's source
    says, so that it outlives a draft, and the source's next change ends it."""
    return f"{key_of(place.key, [segment.digest for segment in shown.now], set())}:{problem}"


@transaction.atomic
def allow(document, language: str, person, key: str, problem: str, reason: str):
    """Let a problem be, for a reason. Raises ValueError where the row is no longer there."""
    side = locked_side(document, language)
    place, shown = Opened(side, document).find(key)
    side.dismissed[allowance(place, shown, problem)] = {
        "reason": reason,
        "by": person.get_username(),
        "at": timezone.now().isoformat(timespec="seconds"),
    }
    side.save(update_fields=["dismissed"])
