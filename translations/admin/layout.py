"""How a document's form is laid out."""

from __future__ import annotations

from django import forms
from django.utils.html import format_html
from js_asset import ImportMap

from core import languages
from translations import registry

# What the editor's modules share. By name, because their files are served under hashed names.
MODULES = ImportMap(
    {f"tract/{name}": f"admin/{name}.js" for name in ("dialog", "element", "words")}
)


def told_errors(context) -> list[dict]:
    """Every error of a form with its field, to be listed above it as links (WCAG 3.3.1)."""
    if not context["errors"]:
        return []
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += inline.formset.forms
    return [
        {"id": field.id_for_label, "label": field.label, "errors": field.errors}
        for form in forms
        for field in form
        if field.errors
    ]


def side_fieldsets(fields, source_language: str) -> list[tuple]:
    """One fieldset per language, the source language's first."""
    return [
        (
            format_html('<span lang="{}">{}</span>', code, languages.native_name(code)),
            {
                "fields": registry.columns(fields, language=code),
                "classes": ["side", f"side-{code}"],
            },
        )
        for code in languages.order(source_language)
    ]


class Moment(forms.DateTimeInput):
    """Day and time in the browser's own picker."""

    input_type = "datetime-local"

    def __init__(self, attrs=None, format=None):
        super().__init__(attrs, format or "%Y-%m-%dT%H:%M")
