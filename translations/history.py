from __future__ import annotations

import simple_history

from translations import registry


def keep_history(model, **options):
    """Keep every version of `model`'s rows, with author: one column per language.

    Called after the model is registered for translation. The base columns are left out (they are
    empty), and so is what is derived: it follows from the rest.
    """
    derived = registry.options(model).derived
    simple_history.register(
        model,
        app=model._meta.app_label,
        excluded_fields=[*registry.translated(model), *registry.columns(derived)],
        **options,
    )
