"""What is left to do in a side: its rows, and the words of the original in them."""

from __future__ import annotations

from translations import parts
from translations.desk.merging import Shown
from translations.desk.opened import Opened
from translations.models import Side


def words_to_do(side: Side, document) -> int:
    """Words of the original that a translator has still to read, as `Side.words_to_do` keeps it.

    Where somebody has begun a draft, those that are left in it; else those that readers wait for.
    """
    return words(Opened(side, document)) if side.has_draft else side.words_left


def words(opened: Opened) -> int:
    """Words of the original in the rows that are not done. In the original itself, nothing is."""
    if opened.language == opened.source_language:
        return 0
    return sum(parts.words(row.now) for row in to_do(opened))


def to_do(opened: Opened) -> list[Shown]:
    """The rows that are not done."""
    return [row for _place, row in opened.every_row() if not row.is_done]
