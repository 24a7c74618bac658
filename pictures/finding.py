"""Pictures of the library found again: by words, by what is still to be done with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import NoReverseMatch, reverse

from pictures import publicity, telling, uses
from pictures.models import Consent, Figure, Picture, figure_models
from translations import registry

# Of one picture, so many places are named in a list; its own page names them all.
PLACES_IN_A_LIST = 3


def by_words(pictures: models.QuerySet, words: str) -> models.QuerySet:
    """Those of `pictures` in which every one of `words` is found: in its name, or in a description,
    caption or credit that it has anywhere, in any language."""
    for word in words.replace("\0", " ").split():
        pictures = pictures.filter(reduce(or_, _told(word), Q(name__icontains=word)))
    return pictures


def _told(word: str) -> Iterable[Q]:
    for model in figure_models():
        names = registry.columns(registry.written(model))
        said = reduce(or_, (Q(**{f"{name}__icontains": word}) for name in names))
        yield Q(Exists(model.objects.filter(said, picture=OuterRef("pk"))))


def unused(pictures: models.QuerySet) -> models.QuerySet:
    """Those that no document uses, and that are still there."""
    return pictures.there().filter(pk__in=uses.unused().values("pk"))


def not_cleared(pictures: models.QuerySet) -> models.QuerySet:
    """Those that may not be shown yet: nobody has said that the people agreed, nor masked them."""
    return pictures.there().filter(consent=Consent.UNKNOWN, faces_masked=False)


def withdrawn(pictures: models.QuerySet) -> models.QuerySet:
    return pictures.filter(withdrawn_at__isnull=False)


@dataclass(frozen=True)
class Use:
    """One place in which a picture stands."""

    figure: Figure

    @property
    def document(self):
        return self.figure.document

    @property
    def name(self) -> str:
        return str(self.document) or "…"

    @property
    def kind(self) -> str:
        return str(self.document._meta.verbose_name)

    @property
    def address(self) -> str:
        """Where an editor changes the document, "" where nobody does."""
        meta = self.document._meta
        try:
            return reverse(
                f"admin:{meta.app_label}_{meta.model_name}_change", args=[self.document.pk]
            )
        except NoReverseMatch:
            return ""


@dataclass(frozen=True)
class Card:
    """A picture as the library shows it."""

    picture: Picture
    is_public: bool
    uses: list[Use]

    @property
    def state(self) -> str:
        """“public”, “ready”, “closed” or “withdrawn”: whether readers see it, or may."""
        if self.picture.is_withdrawn:
            return "withdrawn"
        if self.is_public:
            return "public"
        return "ready" if self.picture.may_be_public else "closed"

    @property
    def thumbnail(self) -> str:
        return telling.thumbnail(self.picture)

    @property
    def page(self) -> str:
        return telling.page(self.picture)

    @property
    def first_uses(self) -> list[Use]:
        return self.uses[:PLACES_IN_A_LIST]

    @property
    def more_uses(self) -> int:
        return len(self.uses[PLACES_IN_A_LIST:])


def cards(pictures: Iterable[Picture]) -> list[Card]:
    """What the library shows of some pictures, in as many queries as for one."""
    pictures = list(pictures)
    public, used = publicity.public_among(pictures), uses.of_many(pictures)
    return [
        Card(picture, picture.pk in public, [Use(figure) for figure in used[picture.pk]])
        for picture in pictures
    ]
