"""Which documents are found, and which of their texts.

A content app says it when it starts (`AppConfig.ready`):

    registry.register(
        Bulletin,
        SearchOptions(
            title="title",
            texts=("summary", "body"),
            children=(ChildOptions("entries", title="question", texts=("answer",)),),
            topics="topics",
        ),
    )
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import override

from translations import registry


@dataclass(frozen=True)
class ChildOptions:
    """What is found along with a document: its questions, say.

    relation  the related name; `title` and `texts` are translated fields of it
    anchor    its attribute that names where it stands on the document's page
    """

    relation: str
    title: str = ""
    texts: tuple[str, ...] = ()
    anchor: str = "anchor"


def _addresses(documents: Iterable[Model], language: str) -> dict[int, str]:
    return {document.pk: document.address(language) or "" for document in documents}


def on_page(view_name: str, anchor: str) -> Callable[[Iterable[Model], str], dict[int, str]]:
    """Addresses of documents that all stand on one page, each at an anchor such as "group-{}"."""

    def addresses(documents: Iterable[Model], language: str) -> dict[int, str]:
        with override(language):
            page = reverse(view_name)
        return {document.pk: f"{page}#{anchor.format(document.pk)}" for document in documents}

    return addresses


@dataclass(frozen=True)
class SearchOptions:
    """How documents of one model are found.

    title      the field above all others: a translated one, or a name that is no translation
    texts      translated fields, in the order in which they are read
    children   what is found along with it
    date       the field that says from when it is public and how new it is; "" where it has none
    topics     the many-to-many field by which the results can be narrowed, "" where it has none
    addresses  given documents and a language: primary key → where a reader finds it
    """

    title: str = "title"
    texts: tuple[str, ...] = ()
    children: tuple[ChildOptions, ...] = ()
    date: str = ""
    topics: str = ""
    addresses: Callable[[Iterable[Model], str], dict[int, str]] = _addresses


_registered: dict[type[Model], SearchOptions] = {}


def register(model: type[Model], options: SearchOptions):
    """Let readers find the documents of `model`."""
    _registered[model] = options


def registered() -> dict[type[Model], SearchOptions]:
    """Every model that is found with how, in a stable order."""
    return dict(sorted(_registered.items(), key=lambda item: item[0]._meta.label))


def options(model) -> SearchOptions | None:
    """How documents of a model (or a document) are found; None where they are not."""
    return _registered.get(model if isinstance(model, type) else type(model))


def kind_of(document) -> str:
    """What a filter knows a document by: "app.model", or "app.model:kind" where it has kinds."""
    name = registry.options(document).kind
    label = document._meta.label_lower
    return f"{label}:{getattr(document, name)}" if name else label
