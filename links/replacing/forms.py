from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.addresses import MAX_ADDRESS
from links.replacing import acting
from links.replacing.finding import Spot

ADDRESS = {"class": "vLargeTextField", "dir": "ltr", "spellcheck": "false", "inputmode": "url"}


class Address(forms.CharField):
    """An address, in the form that it has in a text."""

    widget = forms.TextInput(attrs=ADDRESS)

    def __init__(self, **options):
        super().__init__(max_length=MAX_ADDRESS, **options)

    def clean(self, value):
        return acting.address(super().clean(value))


class FindForm(forms.Form):
    """Which address is looked for."""

    old = Address(label=gettext_lazy("Address that is linked to now"))


class ReplaceForm(FindForm):
    """By which other address it is replaced, and where."""

    new = Address(label=gettext_lazy("New address"))

    def __init__(self, data=None, *, chosen: list[str] | None = None, **options):
        super().__init__(data, **options)
        self.fields["old"].widget = forms.HiddenInput()
        self.chosen = chosen or []
        self.spots: list[Spot] = []

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("old") and cleaned["old"] == cleaned.get("new"):
            self.add_error("new", _("This is the same address."))
        try:
            self.spots = [Spot.read(text) for text in self.chosen]
        except ValueError:
            raise ValidationError(_("These places are not understood. Choose again.")) from None
        if not self.spots:
            raise ValidationError(_("Choose at least one place."))
        return cleaned
