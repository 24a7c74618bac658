"""The errors of a form, said above all else on its page."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms


@dataclass(frozen=True)
class Told:
    """One field in error; `id` and `label` are "" for what concerns the form as a whole."""

    id: str
    label: str
    errors: list[str]


def point_out(form: forms.Form) -> list[Told]:
    """Every error with its field, to be listed above the form as links (WCAG 3.3.1). The first
    field in error gets the focus."""
    wrong = [field for field in form if field.errors and not field.is_hidden]
    if wrong:
        wrong[0].field.widget.attrs["autofocus"] = True
    told = [Told("", "", list(form.non_field_errors()))] if form.non_field_errors() else []
    return told + [Told(f.id_for_label, str(f.label), list(f.errors)) for f in wrong]
