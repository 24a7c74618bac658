"""Pictures as a reader gets them: above the text of a document, in it, below it, and on cards.

Which figure is shown is decided here and nowhere else: a page that shows what is not public yet
(`is_preview`) leaves out only what was withdrawn, any other whatever readers may not see.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch, prefetch_related_objects
from django.template.loader import render_to_string

from pictures.models import MEDIA_TYPES, Figure, Picture, Place
from translations import embeds, registry
from translations.documents import Child
from translations.reading import SideText

LABEL = "pictures.picture"
TEMPLATE = "pictures/figure.html"
# Wide enough for any place that a browser without `srcset` has for it.
PLAIN_WIDTH = 960


@dataclass(frozen=True)
class Shown:
    """One picture with its words for one reader, as `components/picture.html` wants it.

    `around` is the language of what it stands in; `is_private` gives the addresses for those who
    work here.
    """

    figure: Figure
    text: SideText
    around: str
    is_private: bool = False

    @property
    def picture(self) -> Picture:
        return self.figure.picture

    @property
    def alt(self) -> str:
        return "" if self.figure.is_decoration else self.text.alt

    @property
    def caption(self) -> str:
        return self.text.caption

    @property
    def credit(self) -> str:
        return self.text.credit

    @property
    def differs(self) -> bool:
        """Whether its words are in another language than what it stands in."""
        return self.text.lang != self.around

    @property
    def is_tall(self) -> bool:
        return self.picture.height > self.picture.width

    @cached_property
    def sources(self) -> list[dict]:
        """The formats before the last, the smallest files first: media type and srcset."""
        formats = self.picture.formats[:-1]
        return [{"type": MEDIA_TYPES[f], "srcset": self._srcset(f)} for f in formats]

    @property
    def srcset(self) -> str:
        """Of the format that every browser draws."""
        return self._srcset(self.picture.fallback)

    @property
    def src(self) -> str:
        """For a browser that knows no `srcset`."""
        widths = self.picture.widths
        return self._address(max((w for w in widths if w <= PLAIN_WIDTH), default=widths[0]))

    @property
    def largest(self) -> str:
        """The address of the largest file that every browser draws."""
        return self._address(self.picture.widths[-1])

    def _srcset(self, format: str) -> str:
        return self.picture.srcset(format, is_private=self.is_private)

    def _address(self, width: int) -> str:
        return self.picture.address(width, self.picture.fallback, is_private=self.is_private)


# In the text ------------------------------------------------------------------------------------


def show(side, pk: str) -> str:
    """For readers: the picture with the words it has in this document, "" where it has none, where
    it may not be seen, and where it was withdrawn."""
    return _in_text(side, pk, is_preview=False)


def preview(side, pk: str) -> str:
    """For those who work here: also what readers do not see yet."""
    return _in_text(side, pk, is_preview=True)


def _in_text(side, pk: str, *, is_preview: bool) -> str:
    document = side.document.document if isinstance(side.document, Child) else side.document
    found = [f for f in _figures(document, is_preview) if str(f.picture_id) == pk]
    if not found:
        return ""
    shown = Shown(found[0], found[0].side(side.wanted), side.lang, is_preview)
    return render_to_string(TEMPLATE, {"shown": shown})


# Above and below it -----------------------------------------------------------------------------


def lead(document, reader: str, *, around: str, is_preview: bool = False) -> Shown | None:
    """The picture above the text of a document, for a reader of the language `reader` who gets
    that text in `around`."""
    figures = _placed(_figures(document, is_preview), Place.LEAD)
    return _shown(figures[:1], reader, around, is_preview)[0] if figures else None


def gallery(document, reader: str, *, around: str, is_preview: bool = False) -> list[Shown]:
    """The pictures below the text of a document; but for those that stand in it already.

    There is one lead: another that was meant to be one comes first down here.
    """
    figures = _figures(document, is_preview)
    below = [*_placed(figures, Place.LEAD)[1:], *_placed(figures, Place.GALLERY)]
    left = [figure for figure in below if not stands_in_text(document, figure, [around])]
    return _shown(left, reader, around, is_preview)


def stands_in_text(document, figure: Figure, languages: Iterable[str]) -> bool:
    """Whether a document's own texts in some of `languages` refer to the figure's picture."""
    reference = embeds.embedded(embeds.reference(LABEL, figure.picture_id))
    return any(
        reference in (getattr(document, registry.column(name, code)) or "")
        for name in registry.long_texts(type(document))
        for code in languages
    )


# On cards ---------------------------------------------------------------------------------------


def leads(model) -> Prefetch:
    """For lists of documents of one kind: their leads alone, in one query for all of them."""
    figures = model._meta.get_field("figures").related_model.objects
    return Prefetch("figures", figures.filter(place=Place.LEAD), to_attr="prefetched_leads")


def on_card(document, reader: str) -> Shown | None:
    """What `leads` found of a document, for readers."""
    figures = [figure for figure in document.prefetched_leads if figure.may_be_shown]
    return _shown(figures[:1], reader, reader, is_private=False)[0] if figures else None


# Which of them ----------------------------------------------------------------------------------


def _figures(document, is_preview: bool) -> list[Figure]:
    if not hasattr(document, "figures"):
        return []
    # Asked for once, however many pictures stand in the text.
    prefetch_related_objects([document], "figures")
    figures = document.figures.all()
    if is_preview:
        return [figure for figure in figures if not figure.picture.is_withdrawn]
    return [figure for figure in figures if figure.may_be_shown]


def _placed(figures: list[Figure], place: str) -> list[Figure]:
    return [figure for figure in figures if figure.place == place]


def _shown(figures: list[Figure], reader: str, around: str, is_private: bool) -> list[Shown]:
    return [Shown(figure, figure.side(reader), around, is_private) for figure in figures]
