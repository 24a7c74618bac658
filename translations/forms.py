"""The forms of documents and of their children in the admin."""

from __future__ import annotations

from django import forms
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modeltranslation.fields import TranslationField

from core import html, languages
from core.kept import RESTORE, RESTORED
from translations import registry, rules
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
        except FieldDoesNotExist:
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


class OtherLanguages(forms.MultipleChoiceField):
    """Languages to translate into. The one that the text is written in is none of them: a tick
    there, from before somebody said so in the same form, is `passed_over`."""

    source = ""
    passed_over = ""

    def leave_out(self, source: str):
        """Offer all languages but `source`."""
        self.source = source
        self.choices = [
            (code, languages.native_name(code)) for code in languages.codes() if code != source
        ]

    def to_python(self, value):
        codes = super().to_python(value)
        self.passed_over = self.source if self.source in codes else ""
        return [code for code in codes if code != self.source]


class DocumentForm(TextForm):
    """The form of a document in the admin."""

    source_language = forms.ChoiceField(
        label=gettext_lazy("Written in"),
        help_text=gettext_lazy("The language in which this text was born."),
    )
    # What a person says about the translations while saving. The admin shows what fits the moment.
    minor = forms.BooleanField(
        label=gettext_lazy("Minor change: the translations stay valid"),
        required=False,
        help_text=gettext_lazy("A comma, a spelling, a name mended. Not a new fact."),
    )
    # Not "matches": an input of that name hides `form.matches` from scripts.
    confirms = forms.MultipleChoiceField(
        label=gettext_lazy("Matches the original"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("You have read both: this side says what the original says now."),
    )
    wait_for = OtherLanguages(
        label=gettext_lazy("Publish together with"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "“Publish” then waits until this side is published at the translators’ desk, and both "
            "appear at once. Urgent? Publish without a tick."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(code, languages.native_name(code)) for code in languages.codes()]
        for name in {"source_language", "confirms"} & self.fields.keys():
            self.fields[name].choices = choices
        if "wait_for" in self.fields:
            self.fields["wait_for"].leave_out(self._written_in())

    def _written_in(self) -> str:
        """The source language, as the form says it now."""
        if self.is_bound and (posted := self.data.get(self.add_prefix("source_language"))):
            return posted
        return self.initial.get("source_language") or self.instance.source_language

    @property
    def passed_over(self) -> str:
        """The language that a person wanted to wait for, and in which the text is written."""
        field = self.fields.get("wait_for")
        return languages.name(field.passed_over) if field and field.passed_over else ""

    @property
    def waits(self) -> bool:
        """Whether this is ready, and waits for its other side."""
        return PUBLISH in self.data and bool(self.cleaned_data.get("wait_for"))

    def clean(self):
        self._refuse_to_wait_for_nothing()
        self._decide_publication()
        cleaned = super().clean()
        self._refuse_to_take_back()
        if RESTORE in self.data:
            raise ValidationError(RESTORED, code="restored")
        return cleaned

    def _refuse_to_wait_for_nothing(self):
        # Who wanted to wait does not want readers to see it at once.
        if PUBLISH in self.data and self.passed_over and not self.cleaned_data.get("wait_for"):
            message = _(
                "This is written in %(language)s, so it does not wait for %(language)s. Choose "
                "another language, or publish without a tick."
            )
            self.add_error("wait_for", message % {"language": self.passed_over})

    def _decide_publication(self):
        """The button decides whether this is published, the date decides when."""
        if "published_at" not in self.cleaned_data:
            return
        if DRAFT in self.data or self.waits:
            self.cleaned_data["published_at"] = None
        elif PUBLISH in self.data and not self.cleaned_data["published_at"]:
            self.cleaned_data["published_at"] = timezone.now().replace(microsecond=0)

    def _refuse_to_take_back(self):
        """An empty date takes nothing back from readers: only who says so does, by “Take back”,
        which asks, or “Save draft”.

        A browser sends a half-typed date as an empty one. Nor is it passed over without a word:
        whoever emptied it meant something, be it “at once”. The date as it stands is put back into
        the field, so that the next save goes through.
        """
        # After the texts are compared: who had a draft before them takes nothing back either.
        stands = self._row.get("published_at")
        is_empty = self.cleaned_data.get("published_at", stands) is None
        if DRAFT in self.data or stands is None or not is_empty:
            return
        field, name = self.fields["published_at"], self.add_prefix("published_at")
        self.data = self.data.copy()
        self.data[name] = field.widget.format_value(field.prepare_value(stands))
        message = _(
            "An empty date does not take this back from readers. The date is in the field again as "
            "it was: save once more to keep it, or choose “Take back” at the top of the page."
        )
        self.add_error("published_at", message)

    def _post_clean(self):
        super()._post_clean()
        if self.waits:
            # It will be published by somebody else's act: what is missing is said now.
            for name in rules.missing(self.instance, self.instance.source_language):
                column = registry.column(name, self.instance.source_language)
                if column in self.fields and column not in self.errors:
                    self.add_error(column, _("This is missing: it cannot be published without."))


class ChildForm(TextForm):
    """The form of a child, inside its document's form."""
