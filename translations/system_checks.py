"""What a content app must remember, said at start instead of in a manual."""

from __future__ import annotations

from django.core import checks
from modeltranslation.translator import translator

from translations import registry
from translations.documents import Child, Document
from translations.fields import Translatable


@checks.register
def check_registrations(app_configs, **kwargs):
    for model in translator.get_registered_models(abstract=False):
        if registry.is_registered(model):
            yield from _check(model)


def _check(model):
    if not issubclass(model, (Document, Child)):
        yield checks.Error(
            f"{model._meta.label} is registered for translation but is neither a Document nor a "
            "Child.",
            hint="Inherit from translations.documents: its save() keeps the other side's text.",
            id="translations.E001",
        )
    for name in registry.options(model).all_fields:
        field = model._meta.get_field(name)
        if not isinstance(field, Translatable):
            yield checks.Error(
                f"{model._meta.label}.{name} is translated but is not one of our fields.",
                hint="Use Line, Text, Body or Count of translations.fields.",
                id="translations.E002",
            )
        if field.unique:
            yield checks.Error(
                f"{model._meta.label}.{name} is translated and unique: the history table would "
                "inherit that, and the second save of any row would fail.",
                hint="Put a UniqueConstraint per language into Meta.",
                id="translations.E003",
            )
