"""What the translation memory learns from a side: which segments are said by which blocks."""

from __future__ import annotations

from collections.abc import Iterator

from translations import parts
from translations.desk import rows
from translations.memory import Pair


def pairs(side, document) -> Iterator[Pair]:
    """The pairs of a public side, by its stored alignment or, typed in the admin or imported, by
    `core.alignment`."""
    for part in parts.of(document):
        base = (side.based_on or {}).get(part.key)
        text = part.text(side.language)
        if not base or not text:
            continue
        said = parts.given(base)
        alignment = (side.alignment or {}).get(part.key)
        for row in rows.open_rows(part.key, said, text, is_rich=part.is_rich, alignment=alignment):
            blocks = parts.split(row.text, is_rich=part.is_rich)
            if row.source and blocks and not row.picture:
                yield Pair(tuple(s.html for s in row.source), tuple(s.html for s in blocks))
