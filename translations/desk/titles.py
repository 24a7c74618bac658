"""What documents are called, many at once: one query for each model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.utils.text import capfirst

from core import languages, typography
from translations import registry


class Title(NamedTuple):
    """A document's name, and the language it is in ("" for one that is in none, as a group's)."""

    text: str
    lang: str = ""

    @property
    def dir(self) -> str:
        return languages.direction(self.lang) if self.lang else ""


Key = tuple[int, int]  # content type, primary key


def key(side) -> Key:
    """The document of a `Side`."""
    return side.content_type_id, side.object_id


def model_of(side):
    """The model of a side's document. None for one that is no longer registered."""
    model = ContentType.objects.get_for_id(side.content_type_id).model_class()
    return model if model and registry.is_registered(model) else None


def kind_of(side) -> str:
    """“Call-out”, “Page”: what a side's document is, in words."""
    model = model_of(side)
    if model is None:
        return ""
    return kind(model, side.kind)


def kind(model, value: str | None) -> str:
    """What a document of `model` is, in words, whose field for its kind holds `value`."""
    field = registry.options(model).kind
    choices = dict(model._meta.get_field(field).flatchoices) if field else {}
    return capfirst(str(choices.get(value, model._meta.verbose_name)))


def name_of(side) -> str:
    """How addresses of the desk call a side's document."""
    return name(model_of(side), side.object_id)


def name(model, pk) -> str:
    """How addresses of the desk call a document: "bulletins.bulletin-12"."""
    return f"{model._meta.label_lower}-{pk}"


def of(sides: Iterable, first: str | None = None) -> dict[Key, Title]:
    """The titles of the documents of `sides`, each in the language `first` where it has one in it,
    else in the one it was written in.

    A document that is no longer there is left out.
    """
    wanted = defaultdict(dict)
    for side in sides:
        wanted[side.content_type_id, model_of(side)][side.object_id] = side.source_language
    return {
        (content_type, pk): title
        for (content_type, model), sources in wanted.items()
        if model is not None
        for pk, title in _of_model(model, sources, first)
    }


def _of_model(model, sources: dict[int, str], first: str | None):
    for document in model._default_manager.light().filter(pk__in=sources):
        yield document.pk, title(document, sources[document.pk], first)


def title(document, source: str, first: str | None = None) -> Title:
    """What `document` is called: in the language `first` where one is given, else in `source`, else
    in the next best language it is named in."""
    required = registry.options(document).required[:1]
    order = languages.order(source) if source in languages.codes() else languages.codes()
    if first in languages.codes():
        order = [first, *order]
    for code in order if required else ():
        if text := getattr(document, registry.column(required[0], code)):
            return Title(typography.typeset(text, code), code)
    unnamed = f"{capfirst(str(document._meta.verbose_name))} {document.pk}"
    return Title(str(document) or unnamed)
