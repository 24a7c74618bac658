"""A picture's use in a document, inside that document's form."""

from __future__ import annotations

import re
from functools import cached_property

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pictures import telling
from pictures.models import Picture
from translations.forms import ChildForm
from translations.formsets import ChildFormSet

# The list of suggestions under the fields of one page: its id, and how many there are.
SUGGESTIONS, SUGGESTED = "pictures-of-the-library", 200
_NUMBER = re.compile(r"\D*(\d{1,18})\b.*", re.DOTALL)


class PictureField(forms.Field):
    """A picture by its number: “7”, or “7 · Market square” as the suggestions write it.

    `known` are the pictures that may be named, by their keys: a form set looks them up together.
    """

    widget = forms.TextInput(
        attrs={"list": SUGGESTIONS, "autocomplete": "off", "class": "vTextField"}
    )
    known: dict[int, Picture] = {}

    def prepare_value(self, value):
        if isinstance(value, int):
            value = self.known.get(value, value)
        return telling.label(value) if isinstance(value, Picture) else value

    def to_python(self, value):
        if not value:
            return None
        if picture := self.known.get(number_in(value)):
            return picture
        raise ValidationError(_("There is no such picture in the library."), code="invalid_choice")

    def has_changed(self, initial, data):
        number = number_in(data)
        return number_in(initial) != number or bool(number is None and data)


def number_in(value) -> int | None:
    """The number of a picture that was named in a form, None where none was."""
    if isinstance(value, Picture):
        return value.pk
    match = _NUMBER.fullmatch(str(value or ""))
    return int(match[1]) if match else None


class FigureForm(ChildForm):
    """One picture of a document: which, where, and the words that go with it there.

    A file that came with the form is in the library before the form is read (`Illustrated`), and
    chosen in `picture`; `refused` says why one is not.
    """

    picture = PictureField(
        label=gettext_lazy("Picture"),
        help_text=gettext_lazy("Its number, or a part of its name in the library."),
        error_messages={"required": gettext_lazy("Choose a picture, or upload one.")},
    )
    upload = forms.FileField(
        label=gettext_lazy("Or a new picture from this device"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )
    refused = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.picture_id:
            # With its name, not its number alone.
            self.initial["picture"] = self.instance.picture

    def clean(self):
        cleaned = super().clean()
        if self.refused:
            self.add_error("upload", self.refused)
        picture = cleaned.get("picture")
        if picture and picture.is_withdrawn and "picture" in self.changed_data:
            self.add_error("picture", picture.why_not())
        return cleaned

    def _post_clean(self):
        super()._post_clean()
        if self.refused:
            # That there is no picture is said already. Not before: the model would say it again.
            self._errors.pop("picture", None)

    def has_changed(self):
        return bool(self.refused) or super().has_changed()

    @property
    def is_blank(self) -> bool:
        """Whether it is a row that nobody has filled in."""
        return not self.instance.pk and not (self.is_bound and self.has_changed())

    @property
    def shown(self) -> Picture | None:
        """The picture that the row stands for now, posted or stored."""
        named = self["picture"].value()
        if isinstance(named, Picture):
            return named
        return self.fields["picture"].known.get(number_in(named))

    @property
    def why_not(self) -> str:
        """Why readers may not see the picture; "" where they may, or where there is none."""
        return self.shown.why_not() if self.shown else ""

    @property
    def page(self) -> str:
        return telling.page(self.shown) if self.shown else ""

    @property
    def thumbnail(self) -> str:
        return telling.thumbnail(self.shown) if self.shown else ""

    @property
    def about(self) -> dict:
        return telling.about(self.shown) if self.shown else {}


class FigureFormSet(ChildFormSet):
    """The pictures of a document, looked up together."""

    def __init__(self, *args, refused: dict[str, str] | None = None, **kwargs):
        self.refused = refused or {}
        super().__init__(*args, **kwargs)

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["picture"].known = self.known
        form.refused = self.refused.get(form.prefix, "")

    @cached_property
    def known(self) -> dict[int, Picture]:
        """The pictures that the rows name, stored or posted."""
        stored = {figure.picture_id: figure.picture for figure in self.get_queryset()}
        posted = (number_in(fields.get("picture")) for fields in self._posted_rows())
        wanted = {number for number in posted if number} - stored.keys()
        return stored | (Picture.objects.in_bulk(wanted) if wanted else {})

    def _posted_rows(self) -> list[dict]:
        return self._posted_forms() if self.is_bound else []

    def _stays(self, form) -> bool:
        return super()._stays(form) and not self._was_there_before(form)

    def _was_there_before(self, form) -> bool:
        """Whether it stands in what is public already, and is left as it is.

        Whatever readers do not see of it they do not see afterwards either: nobody has to say
        something about a picture in order to mend a comma.
        """
        before = getattr(self.instance, "_as_read", {})
        is_public = self.instance.was_committed(before)
        is_same = before.get("source_language") == self.instance.source_language
        return bool(form.instance.pk and is_public and is_same and not form.has_changed())

    def get_unique_error_message(self, unique_check):
        return _("The same picture stands here twice: once is enough.")

    def get_form_error(self):
        return _("This picture stands here already.")
