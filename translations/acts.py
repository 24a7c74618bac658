"""What is done to a document as a whole. Each act locks it, reads it anew, and writes."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import languages
from translations import registry, rules

TITLES = {
    "withdraw": gettext_lazy("Take this side back"),
    "put_back": gettext_lazy("Put this side back"),
    "unpublish": gettext_lazy("Take this back from readers"),
}
DONE = {
    "withdraw": gettext_lazy("This side is no longer public. Its text is kept."),
    "put_back": gettext_lazy("This side is back."),
    "unpublish": gettext_lazy("It is a draft again. Readers are told that it was taken back."),
}


@transaction.atomic
def unpublish(model, pk):
    """Make a document a draft again. Its addresses answer 410."""
    document = _locked(model, pk)
    document.published_at = None
    document.save()
    return document


@transaction.atomic
def withdraw(model, pk, language: str):
    """Take one side back from readers, who get the fallback; its text is held until put back.

    Raises ValidationError for the source side of a document that must have one.
    """
    document = _locked(model, pk)
    must_stay = registry.options(document).required and document.is_committed
    if language == document.source_language and must_stay:
        raise ValidationError(
            _(
                "This is the language it was written in: without it, there is nothing to show. "
                "Take the whole text back, or first say that it was written in the other language."
            )
        )
    texts = {}
    for part in (document, *document.children()):
        columns = registry.columns(registry.written(part), language=language)
        held = {column: text for column in columns if (text := getattr(part, column))}
        if held:
            texts[_key(part, document)] = held
            _set(part, dict.fromkeys(columns), "withdraw")
    if texts:
        held_side, _created = document.held_sides.get_or_create(language=language)
        held_side.texts = texts
        held_side.save()
    return document


@transaction.atomic
def put_back(model, pk, language: str):
    """Give a held side to readers again.

    Parts that are no longer there are left out. Raises ValidationError where nothing is held, or
    where somebody has written this side anew.
    """
    document = _locked(model, pk)
    held = document.held_sides.filter(language=language).first()
    if held is None:
        raise ValidationError(_("There is no text to put back."))
    if not rules.is_empty(document, language):
        raise ValidationError(
            _(
                "Somebody has written the %(language)s side anew. Empty it first, or leave the "
                "older text where it is."
            )
            % {"language": languages.name(language)}
        )
    for part in (document, *document.children()):
        _set(part, held.texts.get(_key(part, document), {}), "put_back")
    held.delete()
    return document


def held_languages(document) -> list[str]:
    """The languages of which a text is held back."""
    return [side.language for side in document.held_sides.all()] if document.pk else []


def _locked(model, pk):
    return model._default_manager.select_for_update().get(pk=pk)


def _key(part, document) -> str:
    return "" if part is document else f"{part._meta.label_lower}/{part.pk}"


def _set(part, columns: dict, act: str):
    # The history page names the act by this.
    part._change_reason = act
    for column, text in columns.items():
        setattr(part, column, text)
    part.save()
