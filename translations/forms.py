"""The forms of documents and of their children in the admin."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy, ngettext
from modeltranslation.fields import TranslationField

from core import html, languages
from core.kept import RESTORE, RESTORED
from translations.references import References
from translations.three_texts import SHOWN, ThreeTexts

PUBLISH, DRAFT = "_publish", "_draft"


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

    def _update_errors(self, errors):
        # A text that did not fit is not missing as well: one true error per field.
        told = errors.error_dict if hasattr(errors, "error_dict") else {}
        left = {name: found for name, found in told.items() if name not in self.errors}
        if told and not left:
            return
        super()._update_errors(ValidationError(left) if told else errors)

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
        self._decide_publication()
        cleaned = super().clean()
        if RESTORE in self.data:
            raise ValidationError(RESTORED, code="restored")
        return cleaned

    def _decide_publication(self):
        """The button decides whether this is published, the date decides when."""
        if "published_at" not in self.cleaned_data:
            return
        if DRAFT in self.data:
            self.cleaned_data["published_at"] = None
        elif PUBLISH in self.data and not self.cleaned_data["published_at"]:
            self.cleaned_data["published_at"] = timezone.now().replace(microsecond=0)


class ChildForm(TextForm):
    """The form of a child, inside its document's form."""


LOST = {
    "audio": gettext_lazy("audio"),
    "embed": gettext_lazy("an embedded page"),
    "form": gettext_lazy("a form"),
    "formula": gettext_lazy("a formula"),
    "image": gettext_lazy("a picture"),
    "link": gettext_lazy("a link that leads nowhere"),
    "numbering": gettext_lazy("the numbering of a list"),
    "script": gettext_lazy("a script"),
    "strikethrough": gettext_lazy("words struck through"),
    "table": gettext_lazy("a table"),
    "video": gettext_lazy("a video"),
}


def loss_message(lost: list[str]) -> str:
    """What is said of the things (`core.html.losses`) that a text cannot hold."""
    return ngettext(
        "The text had something that it cannot hold, which is now plain words or gone: %(what)s.",
        "The text had things that it cannot hold, which are now plain words or gone: %(what)s.",
        len(lost),
    ) % {"what": ", ".join(str(LOST[name]) for name in lost)}
