"""The texts of a side as a page shows them: with addresses where the draft holds references."""

from __future__ import annotations

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from core.markup import PICTURE, RULE
from core.pieces import Piece
from core.segments import Segment
from translations import embeds, parts
from translations.desk import cells
from translations.desk.merging import Shown
from translations.desk.opened import Opened, Place
from translations.desk.page import Block
from translations.reading import SideText
from translations.references import References


class Showing:
    """Shows what is in an opened side. All references of it are looked up together."""

    def __init__(self, opened: Opened, language: str):
        self.document = opened.document
        self._sides: dict[tuple[object, str], SideText] = {}
        self.references = References(language, editing=True)
        self.references.learn(
            *(text for stored in opened.rows.values() for row in stored for text in _texts(row)),
            *(o.segment.html for found in opened.sources.values() for o in found),
        )

    def html(self, text: str) -> SafeString:
        """Canonical HTML, safe: it was sanitised when it was saved, whoever saved it. Pictures are
        shown in rows of their own."""
        text = cells.without_pictures(text)
        return mark_safe(self.references.show(text) if "<a " in text else text)

    def picture(self, place: Place, reference: str, language: str) -> SafeString:
        """A picture as people see it who work here, in the words of `language`; "" for nothing."""
        item = place.part.item if place.part else self.document
        if (item, language) not in self._sides:
            side = self._sides[item, language] = SideText(item, language, language)
            side.is_preview = True
        return embeds.one(reference, self._sides[item, language])

    def escaped(self, text: str) -> SafeString:
        """A plain text as HTML."""
        return escape(text)

    def typed(self, place: Place, shown: Shown) -> str:
        """What a text area shows for a row."""
        cell = shown.row.cell
        if not place.is_rich:
            return cell.text
        return cells.as_typed(cell._replace(text=self.html(cell.text)), shown.path)

    def source_blocks(self, found: tuple[Segment, ...]) -> list[Block]:
        """Source segments as blocks, each standing for itself."""
        return [self._block(Piece(tuple(s.path.split("/")), 0, s.html)) for s in found]

    def _block(self, piece: Piece) -> Block:
        *around, leaf = piece.path
        return Block(
            "p" if leaf == parts.PLAIN else leaf,
            mark_safe("") if leaf in (RULE, PICTURE) else self.html(piece.inner),
            is_item="li" in around,
            is_quote="blockquote" in around,
            depth=around.count("li"),
        )


def _texts(row):
    yield row.text
    yield from (segment.html for segment in row.source)
    yield from (other.text for other in row.others)
