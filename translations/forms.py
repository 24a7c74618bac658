"""The form of a document: three texts per field, so that nobody's words are overwritten.

As it was shown (its fingerprint travels in the page), as it was posted, as it stands now. Where the
row has not moved, the posted text is written; where the person has not touched it, the row's text
stays; only where both moved is there a conflict. It is shown with both texts, the person's own
stays in the field, and saving again, having seen both, replaces the other's.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import json

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.models import BaseInlineFormSet
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_prose_editor.fields import ProseEditorFormField
from modeltranslation.fields import TranslationField

from core import html, languages
from core.kept import RESTORE
from translations import rules
from translations.fields import Translatable
from translations.references import References

SHOWN = "as_shown"
PUBLISH = "_publish"


class AsShown(forms.CharField):
    """The fingerprints of what was shown: no text of the person's, so never a change."""

    widget = forms.HiddenInput

    def has_changed(self, initial, data):
        return False


class ThreeTexts(forms.ModelForm):
    """A model form that compares what was shown, what was posted and what stands."""

    as_shown = AsShown(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.conflicts: list[str] = []
        self._standing = self._prints()
        if not self.is_bound or not self.instance.pk:
            self.initial[SHOWN] = json.dumps(self._standing)

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        shown = self._as_shown()
        for name, standing in self._standing.items():
            if name not in cleaned or name not in shown:
                continue
            posted = self._print(name, cleaned[name])
            if posted == shown[name]:
                # Untouched: whatever stands now stays, to the last digit.
                cleaned[name] = self._stored_value(name)
            elif posted != standing and standing != shown[name]:
                self.conflicts.append(name)
                self.add_error(name, self._conflict(name))
        if self.conflicts:
            self._mark_as_seen(shown)
        return cleaned

    def _as_shown(self) -> dict:
        try:
            shown = json.loads(self.data.get(self.add_prefix(SHOWN)) or "{}")
        except ValueError:
            return {}
        return shown if isinstance(shown, dict) else {}

    def _mark_as_seen(self, shown: dict):
        # The page that tells of the conflict shows the row's text: posted again, it counts as seen.
        self.data = self.data.copy()
        seen = shown | {name: self._standing[name] for name in self.conflicts}
        self.data[self.add_prefix(SHOWN)] = json.dumps(seen)

    def _conflict(self, name: str):
        value = self._stored_value(name)
        text = html.plain_text(value) if self._is_body(name) else str(value or "")
        return ValidationError(
            format_html(
                "{} <blockquote>{}</blockquote> {}",
                _("Somebody else changed this while you were writing. It now reads:"),
                text or _("(nothing)"),
                _("Your text is still in the field. Put both together and save again."),
            ),
            code="conflict",
        )

    def _stored_value(self, name: str):
        field = self._meta.model._meta.get_field(name)
        if field.many_to_many:
            return list(getattr(self.instance, name).all()) if self.instance.pk else []
        if field.is_relation:
            return getattr(self.instance, name)
        return self._row.get(field.attname) if self.instance.pk else None

    @property
    def _row(self) -> dict:
        # What was read from the database, before the form put the posted values into the object.
        return getattr(self.instance, "_as_read", {})

    def _prints(self) -> dict[str, str]:
        if not self.instance.pk:
            return {}
        stored = {f.name for f in self._meta.model._meta.get_fields() if not f.auto_created}
        return {n: self._print(n, self._stored_value(n)) for n in self.fields if n in stored}

    def _print(self, name: str, value) -> str:
        return fingerprint(self._meta.model._meta.get_field(name), value)

    def _is_body(self, name: str) -> bool:
        return isinstance(self.fields[name], ProseEditorFormField)


def fingerprint(field: models.Field, value) -> str:
    """A short hash of a field's value in its stored form, the same for a form and for a row."""
    if isinstance(field, Translatable):
        # A text that does not fit cannot stand in a row: as it is, it differs from whatever does.
        with contextlib.suppress(ValidationError):
            value = field.normalise(value)
    elif field.many_to_many:
        value = sorted(getattr(item, "pk", item) for item in value or [])
    elif isinstance(value, models.Model):
        value = value.pk
    elif isinstance(value, datetime.datetime):
        # A form shows whole minutes.
        value = value.astimezone(datetime.UTC).replace(second=0, microsecond=0).isoformat()
    stored = json.dumps(value if value != "" else None, default=str)
    return hashlib.blake2b(stored.encode(), digest_size=9).hexdigest()


class TextForm(ThreeTexts):
    """A form with translated fields: each says its language, its direction, and asks for spelling.

    Links to our own pages are shown as addresses and stored as references.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            model_field = self._translation_field(name)
            if model_field is None:
                continue
            code = model_field.language
            field.widget.attrs |= {
                "lang": code,
                "dir": languages.direction(code),
                "spellcheck": "true",
                "autocomplete": "off",
            }
            name_of_field = capfirst(str(model_field.translated_field.verbose_name))
            field.label = f"{name_of_field} ({languages.name(code)})"
            # The database's limit is 200; a browser that stops at it would cut a pasted text off
            # without a word. The message says it better.
            field.widget.attrs.pop("maxlength", None)
            if self._is_body(name) and self.initial.get(name):
                shown = References(code, editing=True).show(self.initial[name])
                self.initial[name] = shown

    def _translation_field(self, name: str) -> TranslationField | None:
        if name == SHOWN:
            return None
        try:
            field = self._meta.model._meta.get_field(name)
        except models.FieldDoesNotExist:
            return None
        return field if isinstance(field, TranslationField) else None

    def lost(self) -> list[str]:
        """What a person put into a text that it cannot hold: tables, images, …"""
        return sorted(
            {
                name
                for field in self.fields
                if self._is_body(field)
                for name in html.losses(self.data.get(self.add_prefix(field)) or "")
            }
        )


class DocumentForm(TextForm):
    """The form of a document in the admin."""

    source_language = forms.ChoiceField(
        label=gettext_lazy("Written in"),
        help_text=gettext_lazy("The language in which this text was born."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "source_language" in self.fields:
            choices = [(code, languages.native_name(code)) for code in languages.codes()]
            self.fields["source_language"].choices = choices

    def clean(self):
        self._publish_now()
        cleaned = super().clean()
        if RESTORE in self.data:
            raise ValidationError(
                _("Your text is back. Nothing has been saved yet: look it over, then save."),
                code="restored",
            )
        return cleaned

    def _publish_now(self):
        if PUBLISH not in self.data or "published_at" not in self.cleaned_data:
            return
        now = timezone.now().replace(microsecond=0)
        chosen = self.cleaned_data["published_at"]
        self.cleaned_data["published_at"] = min(chosen, now) if chosen else now


class ChildForm(TextForm):
    """The form of a child, inside its document's form."""


class ChildFormSet(BaseInlineFormSet):
    """Children of a live document are public with it: each side of them is whole or absent."""

    def clean(self):
        super().clean()
        if not self.instance.is_committed:
            return
        left = [form for form in self.forms if self._stays(form)]
        for form in left:
            found = rules.problems(form.instance, self.instance.source_language)
            for column, message in found.items():
                if column not in form.errors:
                    form.add_error(column, message)

    def _stays(self, form) -> bool:
        is_new = form.empty_permitted and not form.has_changed()
        return form.is_valid() and not is_new and not self._should_delete_form(form)


def loss_message(lost: list[str]) -> str:
    return ngettext(
        "The text had something that it cannot hold, which is now plain words or gone: %(what)s.",
        "The text had things that it cannot hold, which are now plain words or gone: %(what)s.",
        len(lost),
    ) % {"what": ", ".join(lost)}
