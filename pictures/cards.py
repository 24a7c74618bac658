"""The social cards of documents: what other sites show where somebody links to one of their sides.

A card is drawn when it is first asked for. One that shows only words is kept in public storage, in
a folder of its document, and goes with every change of it (`follow`). One that shows a picture is
drawn each time: a copy of a picture that may have to be withdrawn is a copy too many.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.core.files.base import ContentFile
from django.db import models, transaction

from core import cards, languages
from pictures import files, publicity, showing
from pictures.models import Figure, Place, file_name

# Part of every fingerprint: another one makes every card anew, and changes their addresses.
DESIGN = 1
# What a whole PNG ends with (PNG specification, 11.2.5): a crash may have left half of one.
_END = b"IEND\xaeB`\x82"


@dataclass(frozen=True)
class Card:
    """What a card of one side shows: its title, the collective's name, perhaps a picture."""

    document: object
    language: str
    title: str
    name: str
    figure: Figure | None = None

    @property
    def extension(self) -> str:
        return "jpg" if self.figure else "png"

    @property
    def media_type(self) -> str:
        return "image/jpeg" if self.figure else "image/png"

    @property
    def alt(self) -> str:
        """What it shows, for whoever does not see it."""
        told = [self.title, self.name]
        if self.figure:
            shown = showing.Shown(self.figure, self.figure.side(self.language), self.language)
            told.append(shown.alt)
        return " · ".join(words for words in told if words)

    @cached_property
    def fingerprint(self) -> str:
        """Changes with whatever can be seen of the card."""
        seen = [DESIGN, self.language, self.title, self.name]
        if self.figure:
            seen.append(self.figure.picture.key)
        return hashlib.sha256(json.dumps(seen).encode()).hexdigest()[:16]

    @property
    def file_name(self) -> str:
        return f"{_folder(self.document)}/{self.language}-{self.fingerprint}.png"

    def draw(self) -> bytes:
        """Raises OSError where the file of its picture is not there."""
        return cards.card(
            self.title,
            self.name,
            language=self.language,
            direction=languages.direction(self.language),
            picture=_file(self.figure) if self.figure else None,
        )


def of(document, language: str, *, title: str, name: str) -> Card:
    """The card of one side of a document."""
    return Card(document, language, title, name, _chosen(document))


def drawn(card: Card, again: Callable[[object], Card | None]) -> bytes | None:
    """The bytes of a card, from storage or new; None where it may not be shown any more.

    `again` gives the card of its document as that stands now, None for none.
    """
    if card.figure:
        return _with_picture(card)
    if data := _kept(card.file_name):
        return data
    data = card.draw()
    # With the document held: who takes it back waits, and then deletes what is kept here.
    with transaction.atomic():
        rows = models.QuerySet(type(card.document)).select_for_update()
        now = rows.filter(pk=card.document.pk).first()
        same = again(now) if now else None
        if same is None or same.fingerprint != card.fingerprint:
            return None
        if not _kept(card.file_name):
            files.public().delete(card.file_name)
            files.public().save(card.file_name, ContentFile(data))
    return data


def follow(document, *, is_going: bool):
    """A document has changed, or is about to go: its cards are drawn anew, if at all."""
    storage, folder = files.public(), _folder(document)
    try:
        _folders, names = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in names:
        storage.delete(f"{folder}/{name}")


def _folder(document) -> str:
    return f"cards/{document._meta.label_lower}-{document.pk}"


def _kept(name: str) -> bytes | None:
    try:
        with files.public().open(name) as file:
            data = file.read()
    except OSError:
        return None
    return data if data.endswith(_END) else None


def _with_picture(card: Card) -> bytes | None:
    if not publicity.is_public(card.figure.picture):
        return None
    try:
        return card.draw()
    except OSError:
        return None


def _chosen(document) -> Figure | None:
    """The first picture that somebody chose for the card, among those that the document shows."""
    figures = document.figures.all() if hasattr(document, "figures") else ()
    return next((figure for figure in figures if _may_stand_on_it(document, figure)), None)


def _may_stand_on_it(document, figure: Figure) -> bool:
    if not (figure.show_on_card and figure.may_be_shown):
        return False
    # One that is meant for the text may not have been put into it.
    everywhere = languages.codes()
    return figure.place != Place.TEXT or showing.stands_in_text(document, figure, everywhere)


def _file(figure: Figure) -> bytes:
    picture = figure.picture
    widths = picture.widths
    width = next((w for w in widths if w >= cards.SIDE * 1.5), widths[-1])
    with files.private().open(file_name(picture.key, width, picture.fallback)) as file:
        return file.read()
