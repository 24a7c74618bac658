from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from links import languages, web_address


class Codes(tuple):
    """Language codes, sorted, each once. As text: the languages' names.

    A tuple and not a list: what was read from a row must not change unseen, or a save would take
    the change for no change.
    """

    def __new__(cls, codes=()):
        return super().__new__(cls, sorted(set(codes)))

    def __str__(self):
        return ", ".join(languages.names(self))


class LanguageBoxes(forms.MultipleChoiceField):
    """One box for each language."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, max_length=None, **kwargs):
        super().__init__(choices=languages.choices, **kwargs)

    def clean(self, value):
        return Codes(super().clean(value))


class LanguageCodes(models.CharField):
    """Several languages in one text column, as `" ar en fr "`.

    With a space on both sides of each, so that every database finds one by
    `__contains=" ar "`, with neither a table more nor an array type.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"max_length": 200, "default": Codes, **kwargs})

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        del kwargs["default"]
        return name, path, args, kwargs

    def from_db_value(self, value, expression, connection):
        return self.to_python(value)

    def to_python(self, value):
        return Codes(value.split() if isinstance(value, str) else value or ())

    def get_prep_value(self, value):
        # Text is what a lookup searches for.
        if hasattr(value, "resolve_expression") or isinstance(value, str):
            return value
        return f" {' '.join(self.to_python(value))} " if value else ""

    def value_to_string(self, obj):
        return self.get_prep_value(self.value_from_object(obj))

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        if unknown := [code for code in value if code not in languages.NAMES]:
            raise ValidationError(
                _("“%(code)s” is not in the list of languages."), params={"code": unknown[0]}
            )

    def formfield(self, **kwargs):
        # The admin gives every text column a text input; a callable default would add a hidden one.
        fixed = {"widget": LanguageBoxes.widget, "initial": (), "show_hidden_initial": False}
        return super().formfield(**{**kwargs, **fixed, "form_class": LanguageBoxes})


class WebAddress(models.CharField):
    """An address by `web_address.normalise`."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"max_length": web_address.MAX_LENGTH, **kwargs})

    def clean(self, value, model_instance):
        # Not in to_python, which lookups use too: they search for parts of an address.
        return super().clean(web_address.normalise(value) if value else value, model_instance)

    def formfield(self, **kwargs):
        # A text input: a browser's own check of addresses speaks the browser's language, not ours.
        attributes = {"inputmode": "url", "dir": "ltr", "spellcheck": "false"}
        field = super().formfield(**kwargs)
        field.widget.attrs |= attributes
        return field
