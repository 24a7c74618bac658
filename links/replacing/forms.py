from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.addresses import MAX_ADDRESS
from links.replacing import acting
from links.replacing.finding import Spot
from translations import references

ADDRESS = {"class": "vLargeTextField", "dir": "ltr", "spellcheck": "false", "inputmode": "url"}


class Address(forms.CharField):
    """An address, in the form that it has in a text."""

    widget = forms.TextInput(attrs=ADDRESS)

    def __init__(self, **options):
        super().__init__(max_length=MAX_ADDRESS, **options)

    def clean(self, value):
        given = super().clean(value)
        return acting.address(given) if given else ""


class FindForm(forms.Form):
    """Which address is looked for, and by which other one it is to be replaced."""

    old = Address(label=gettext_lazy("Address that is linked to now"))
    new = Address(label=gettext_lazy("New address"), required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("old") and cleaned["old"] == cleaned.get("new"):
            self.add_error("new", _("This is the same address."))
        return cleaned

    def shown(self, name: str) -> str:
        """A valid address as people read it: one of our own as it was typed, and not as the
        reference by which it is stored."""
        stored = self.cleaned_data[name]
        return self.data[name].strip() if references.REFERENCE.fullmatch(stored) else stored


class ReplaceForm(FindForm):
    """Two addresses as they were shown, and the places that were chosen."""

    def __init__(self, data=None, *, chosen: list[str] | None = None, **options):
        super().__init__(data, auto_id=False, **options)
        for address in self.fields.values():
            address.widget, address.required = forms.HiddenInput(), True
        self.chosen = chosen or []
        self.spots: list[Spot] = []

    def clean(self):
        cleaned = super().clean()
        try:
            self.spots = [Spot.read(text) for text in self.chosen]
        except ValueError:
            raise ValidationError(_("These places are not understood. Choose again.")) from None
        if not self.spots:
            raise ValidationError(_("Choose at least one place."))
        return cleaned
