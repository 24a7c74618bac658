"""The texts of a side as a page shows them: with addresses where the draft holds references."""

from __future__ import annotations

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from core.pieces import RULE, Piece, assemble, pieces
from core.segments import Segment
from translations import parts
from translations.desk import cells
from translations.desk.merging import Shown
from translations.desk.opened import Opened, Place
from translations.desk.page import Block
from translations.references import References


class Showing:
    """Shows what is in an opened side. All references of it are looked up together."""

    def __init__(self, opened: Opened, language: str):
        self.references = References(language, editing=True)
        self.references.learn(
            *(text for stored in opened.rows.values() for row in stored for text in _texts(row)),
            *(o.segment.html for found in opened.sources.values() for o in found),
        )

    def html(self, text: str) -> SafeString:
        """Canonical HTML, safe: it was sanitised when it was saved, whoever saved it."""
        return mark_safe(self.references.show(text) if "<a " in text else text)

    def escaped(self, text: str) -> SafeString:
        """A plain text as HTML."""
        return escape(text)

    def typed(self, place: Place, shown: Shown) -> str:
        """What a text area shows for a row."""
        cell = shown.row.cell
        if not place.is_rich:
            return cell.text
        return cells.as_typed(cell._replace(text=self.html(cell.text)), shown.path)

    def source_html(self, found: tuple[Segment, ...]) -> SafeString:
        """Source segments as blocks, each standing for itself."""
        return self.html(assemble(Piece(tuple(s.path.split("/")), 0, s.html) for s in found))

    def source_blocks(self, found: tuple[Segment, ...]) -> list[Block]:
        return [self._block(Piece(tuple(s.path.split("/")), 0, s.html)) for s in found]

    def blocks(self, place: Place, text: str) -> list[Block]:
        """A cell's text as blocks."""
        if not place.is_rich:
            return self.source_blocks(tuple(parts.split(text, is_rich=False)))
        return [self._block(piece) for piece in pieces(text)]

    def _block(self, piece: Piece) -> Block:
        *around, leaf = piece.path
        return Block(
            "p" if leaf == parts.PLAIN else leaf,
            mark_safe("") if leaf == RULE else self.html(piece.inner),
            is_item="li" in around,
            is_quote="blockquote" in around,
            depth=around.count("li"),
        )


def _texts(row):
    yield row.text
    yield from (segment.html for segment in row.source)
    yield from (other.text for other in row.others)
