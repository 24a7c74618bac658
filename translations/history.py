from __future__ import annotations

import simple_history
from simple_history.models import HistoricalRecords

from translations import registry


def keep_history(model, **options):
    """Keep every version of `model`'s rows, with author: one column per language.

    Called after the model is registered for translation. The base columns are left out (they are
    empty), and so is what is derived: it follows from the rest.
    """
    derived = registry.options(model).derived
    simple_history.register(
        model,
        excluded_fields=[*registry.translated(model), *registry.columns(derived)],
        **options,
    )


def author():
    """Who is at work in this request, None where it is nobody who is logged in."""
    request = getattr(HistoricalRecords.context, "request", None)
    user = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None
