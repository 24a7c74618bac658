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
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django_prose_editor.fields import ProseEditorFormField

from core import html, segments
from translations import embeds
from translations.fields import Translatable

SHOWN = "as_shown"


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
        return ValidationError(
            format_html(
                "{} <blockquote>{}</blockquote> {}",
                _(
                    "Somebody else changed this while you were writing. It now reads as below; "
                    "what differs from yours is marked."
                ),
                self._compared(name) or _("(nothing)"),
                _(
                    "Your text is still in the field. Put both together and save again. What you "
                    "leave out of theirs stays in the history."
                ),
            ),
            code="conflict",
        )

    def _compared(self, name: str) -> str:
        """The row's text as HTML, with what it says otherwise than the posted one."""
        standing, posted = self._stored_value(name), self.cleaned_data[name]
        if not isinstance(self._meta.model._meta.get_field(name), Translatable):
            return str(standing or "")
        if not self._is_body(name):
            return _marked(segments.word_diff(str(posted or ""), str(standing or "")))
        changes = segments.compare(html.canonical(posted), standing or "")
        return format_html_join("", "<p>{}</p>", ((_marked(_words(c)),) for c in changes))

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


def _words(change) -> list[tuple[str, str]]:
    """One paragraph of a comparison as words: (“same” | “added” | “removed”, text)."""
    if change.kind == "changed":
        return change.words
    segment = change.old if change.kind == "removed" else change.new
    return [(change.kind, embeds.in_words(segment))]


def _marked(words) -> str:
    tags = {"added": "<ins>{}</ins>", "removed": "<del>{}</del>", "same": "{}"}
    return mark_safe("".join(format_html(tags[op], text) for op, text in words))


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


def was_touched(model, posted: dict, names: list[str]) -> bool:
    """Whether any of the texts `names` in a posted form differs from how it was shown."""
    try:
        shown = json.loads(posted.get(SHOWN) or "{}")
    except ValueError:
        return True
    return any(
        name in posted and fingerprint(model._meta.get_field(name), posted[name]) != shown.get(name)
        for name in names
    )
