"""The rows that an act locks: the document first, then the side."""

from __future__ import annotations

from translations import sides
from translations.models import Side


def locked_document(model, pk):
    """A document, its row locked until the transaction ends. Raises the model's DoesNotExist."""
    return model._default_manager.select_for_update().get(pk=pk)


def locked_side(document, language: str) -> Side:
    """The row of a side, locked. The document is not: whoever needs both takes it first."""
    found = Side.objects.of(document).filter(language=language).select_for_update()
    side = found.first()
    if side is None:
        # Rows that were written around save(): from a fixture, by hand.
        sides.refresh(document)
        side = found.get()
    return side
