"""What a document is: read from modeltranslation's registrations, lazily, in model order.

A content app says it once, as attributes of its `TranslationOptions` in `translation.py`:

    @register(Bulletin)
    class BulletinText(DocumentOptions):
        fields = ("title", "slug", "summary", "body", "excerpt", "words")
        required = ("title", "body")
        derived = {"excerpt": excerpt_of_body, "words": words_of_body}
        proposed = {"slug": "title"}
        children = ("entries",)
"""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Model
from modeltranslation.translator import NotRegistered, TranslationOptions, translator

from core import languages


class DocumentOptions(TranslationOptions):
    """A registration that also says which part each translated field plays.

    required  without these a side is not there; the first one marks its presence in SQL
    neutral   facts with words (a place): they fall back alone, marked, and make no side
    derived   field → function(document, language): prepared at saving, never written by a person
    proposed  field → the field it is proposed from (a slug from its title)
    watched   facts without words whose change counts as one of the document (which picture it is)
    children  related names of what is translated along with the document
    parent    for a child: the name of its foreign key to the document
    view_name the reader's page of a document that has an address of its own (takes `slug`)
    kind      the name of the field that says which kind of document it is, where there are several
    dated_kinds the kinds that ask people to come at some time: “tomorrow” is soon wrong there
    """

    fields = ()
    required: tuple[str, ...] = ()
    neutral: tuple[str, ...] = ()
    derived: dict[str, Callable] = {}
    proposed: dict[str, str] = {}
    watched: tuple[str, ...] = ()
    children: tuple[str, ...] = ()
    parent: str = ""
    view_name: str = ""
    kind: str = ""
    dated_kinds: tuple[str, ...] = ()

    def required_of(self, document) -> tuple[str, ...]:
        """The required fields of this one document (an FAQ made of entries needs no body)."""
        return self.required


def options(model) -> DocumentOptions:
    """The registration of a model or an instance.

    Raises modeltranslation's NotRegistered.
    """
    model = model if isinstance(model, type) else type(model)
    return translator.get_options_for_model(model)


def is_registered(model: type[Model]) -> bool:
    try:
        return isinstance(options(model), DocumentOptions)
    except NotRegistered:
        return False


def documents() -> list[type[Model]]:
    """Every model that is a document by itself (not a child), in a stable order."""
    models = translator.get_registered_models(abstract=False)
    found = [m for m in models if is_registered(m) and not options(m).parent]
    return sorted(found, key=lambda model: model._meta.label)


def column(field: str, language: str) -> str:
    """The name of the column that holds `field` in `language`: title, fr → title_fr."""
    return f"{field}_{language.replace('-', '_')}"


def columns(fields, *, language: str | None = None) -> list[str]:
    """The columns of `fields`, in one language or in all of them."""
    chosen = [language] if language else languages.codes()
    return [column(field, code) for field in fields for code in chosen]


def translated(model) -> list[str]:
    """All translated fields in model order (the registration itself keeps a set)."""
    names = options(model).all_fields
    return [field.name for field in model._meta.concrete_fields if field.name in names]


def written(model) -> list[str]:
    """The fields in which a person writes the text of a side, in model order."""
    opts = options(model)
    return [n for n in translated(model) if n not in opts.derived and n not in opts.neutral]


def long_texts(model) -> list[str]:
    """The fields that a list never shows: bodies and answers, in every language."""
    return [n for n in translated(model) if getattr(model._meta.get_field(n), "is_long", False)]
