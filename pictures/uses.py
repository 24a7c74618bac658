"""Where pictures are used, across every kind of document."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from pictures.models import Figure, Picture, figure_models
from translations import registry


def of(picture: Picture) -> list[Figure]:
    """The figures that show a picture, each with its document: one query per kind of document."""
    return of_many([picture])[picture.pk]


def of_many(pictures: Iterable[Picture]) -> dict[int, list[Figure]]:
    """Key of each of some pictures → its figures, in as many queries as for one."""
    found: dict[int, list[Figure]] = {picture.pk: [] for picture in pictures}
    for model in figure_models():
        parent = registry.options(model).parent
        document = model._meta.get_field(parent).related_model
        # Where a picture stands is told by titles: no list reads a body.
        bodies = [f"{parent}__{name}" for name in registry.long_texts(document)]
        figures = model.objects.filter(picture__in=found).select_related(parent, "picture")
        for figure in figures.defer(*bodies).order_by("pk"):
            found[figure.picture_id].append(figure)
    return found


def documents_of(picture: Picture) -> list:
    """The documents that use a picture."""
    return [figure.document for figure in of(picture)]


def unused():
    """The pictures that no document uses, withdrawn ones too."""
    found = Picture.objects.all()
    for model in figure_models():
        found = found.exclude(Exists(model.objects.filter(picture=OuterRef("pk"))))
    return found
