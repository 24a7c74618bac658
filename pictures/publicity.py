"""Which pictures readers may see now, and the public files that follow from it.

A picture is public while it may be (consent, masks) and a live document shows it. That is asked
anew for every request; the files in public storage follow it. Whoever makes a picture less public
holds its row until they have committed, and whoever copies its files does so with the row held:
so no copy is left behind by one who looked a moment too early. The order of locks is document,
then pictures by their keys.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db import models, transaction
from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat

from core import languages
from pictures import files
from pictures.models import Figure, Picture, Place, figure_models
from translations import registry


def is_public(picture: Picture) -> bool:
    """Whether readers may see `picture` now."""
    return bool(public_among([picture]))


def public_among(pictures: Iterable[Picture], *, without=None) -> set[int]:
    """The keys of those that readers may see now, in one query per kind of document at most.

    `without` is a document that is about to go: what it shows counts no more.
    """
    wanted = {picture.pk for picture in pictures if picture.may_be_public}
    found: set[int] = set()
    for model in figure_models():
        if left := wanted - found:
            figures = _without(shown(model), without).filter(picture__in=left)
            found.update(figures.values_list("picture", flat=True))
    return found


def public_pictures() -> list[Picture]:
    """Every picture that readers may see now, in one query per kind of document and one more."""
    found: set[int] = set()
    for model in figure_models():
        found.update(shown(model).values_list("picture", flat=True))
    there = Picture.objects.there().order_by("pk")
    return [picture for picture in there if picture.pk in found and picture.may_be_public]


def shown(model: type[Figure]):
    """The figures of one kind that live documents show: above or below their text, or where any
    side's text refers to the picture. Without its words in the source language, none is."""
    parent, document = registry.options(model).parent, _document_of(model)
    live = model.objects.filter(**{f"{parent}__in": document.objects.published()})
    described = reduce(or_, (_is_described_in(code, parent) for code in languages.codes()))
    in_text = reduce(or_, _places_in_text(document, parent), Q(pk__in=[]))
    placed = ~Q(place=Place.TEXT) | in_text
    return live.filter(described | Q(is_decoration=True)).filter(placed).order_by()


def _is_described_in(language: str, parent: str) -> Q:
    alt = registry.column("alt", language)
    return Q(**{f"{parent}__source_language": language, f"{alt}__isnull": False})


def _places_in_text(document: type[models.Model], parent: str) -> Iterable[Q]:
    """Where a text of the document, or of what is translated with it, refers to the picture."""
    for column in _bodies(document):
        yield Q(**{f"{parent}__{column}__contains": _reference()})
    for name in registry.options(document).children:
        relation = document._meta.get_field(name)
        of_the_same = {relation.field.name: OuterRef(parent)}
        for column in _bodies(relation.related_model):
            rows = relation.related_model.objects.filter(**of_the_same)
            yield Q(Exists(rows.filter(**{f"{column}__contains": _reference(outer=True)})))


def _bodies(model: type[models.Model]) -> list[str]:
    return registry.columns(registry.long_texts(model))


def _reference(*, outer: bool = False):
    """How canonical HTML refers to the picture of a figure."""
    key = OuterRef("picture") if outer else "picture"
    start = f'<img src="ref:{Picture._meta.label_lower}/'
    return Concat(Value(start), Cast(key, CharField()), Value('">'))


def _without(figures, document):
    if document is None:
        return figures
    parent = registry.options(figures.model).parent
    is_its = isinstance(document, _document_of(figures.model))
    return figures.exclude(**{parent: document.pk}) if is_its else figures


# Files ------------------------------------------------------------------------------------------


def follow(document, *, is_going: bool):
    """A document has changed, or is about to go: its pictures follow (`translations.followers`)."""
    pictures = {
        pk
        for model in figure_models()
        if isinstance(document, _document_of(model))
        for pk in model.objects.filter(**{registry.options(model).parent: document.pk})
        .order_by()
        .values_list("picture", flat=True)
    }
    sync(pictures, without=document if is_going else None)


def _document_of(model: type[Figure]) -> type[models.Model]:
    return model._meta.get_field(registry.options(model).parent).related_model


def sync(pks: Iterable[int], *, without=None):
    """Let public storage follow: what may no longer be seen goes now, what may comes on commit.

    `without` is a document that is about to go.
    """
    if not (pks := set(pks)):
        return
    with transaction.atomic():
        pictures = locked(pks)
        found = public_among(pictures, without=without)
        for picture in pictures:
            if picture.pk in found:
                transaction.on_commit(lambda pk=picture.pk: publish(pk), robust=True)
            else:
                files.take_back(picture.files)


@transaction.atomic
def publish(pk: int, key: str | None = None) -> Picture | None:
    """Copy a picture's files into public storage, where it is public; None where it is not, or not
    under this `key` any more."""
    picture = next(iter(locked([pk])), None)
    if picture is None or not is_public(picture) or (key and key != picture.key):
        return None
    files.copy_out(picture.files)
    return picture


def locked(pks: Iterable[int]) -> list[Picture]:
    """Pictures, held until the transaction ends. In one order, so that nobody waits in a circle.

    Without their key: whoever adds a figure needs only that, and need not wait.
    """
    rows = Picture.objects.select_for_update(no_key=True).filter(pk__in=pks)
    return list(rows.order_by("pk"))
