"""What an editor fills in about a picture."""

from __future__ import annotations

import json

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.images import Region
from core.kept import RESTORE, RESTORED
from pictures.models import Consent, Picture
from pictures.naming import LENGTH

SHAPES = [
    ("ellipse", gettext_lazy("Ellipse")),
    ("rectangle", gettext_lazy("Rectangle")),
]
# Where a region that is added by a button begins: in the middle, about as large as a face.
NEW_REGION = {"shape": "ellipse", "x": 40, "y": 40, "width": 20, "height": 20}
REGION_FIELDS = tuple(NEW_REGION)


class Restorable(forms.Form):
    """A form whose text may come back from a login that had ended: shown, and not saved at once."""

    def clean(self):
        cleaned = super().clean()
        if RESTORE in self.data:
            raise ValidationError(RESTORED, code="restored")
        return cleaned


class NameForm(Restorable):
    name = forms.CharField(
        label=gettext_lazy("Name in the library"),
        max_length=LENGTH,
        required=False,
        help_text=gettext_lazy("What you call it in here. Readers do not see it. Write no names."),
    )


class ConsentForm(Restorable, forms.ModelForm):
    """What is known of the people in a picture.

    `seen` is what was known when the page was made: nobody puts back with an old page what somebody
    else has taken back since.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Picture
        fields = ["consent", "agreed_on", "agreed_for"]
        widgets = {
            "consent": forms.RadioSelect,
            "agreed_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "agreed_for": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["consent"].choices = [
            (Consent.NOBODY, _("Nobody in it can be recognised")),
            (Consent.AGREED, _("The people in it agreed")),
            (Consent.UNKNOWN, _("They did not agree, or nobody knows")),
        ]
        self.initial["seen"] = what_is_known(self.instance)

    @property
    def is_outdated(self) -> bool:
        """Whether it was made from another state than the picture now has."""
        return self.data.get("seen") != self.initial["seen"]

    def known(self) -> dict:
        """What a valid form says, as `acts.set_consent` takes it."""
        return {name: self.cleaned_data[name] for name in self._meta.fields}

    def show_as_it_is(self, picture: Picture):
        """Say that somebody else was quicker; sent once more, it counts as seen."""
        consent = dict(self.fields["consent"].choices)[picture.consent]
        self.data = self.data.copy()
        self.data["seen"] = what_is_known(picture)
        message = _(
            "Somebody else has changed this while you were writing. It says now: “%(consent)s”. "
            "Save again if yours still holds."
        )
        self.add_error(None, message % {"consent": consent})


def what_is_known(picture: Picture) -> str:
    return json.dumps([picture.consent, picture.agreed_on, picture.agreed_for], default=str)


class RegionForm(forms.Form):
    """One region to be covered, in per cent of the picture."""

    shape = forms.ChoiceField(label=gettext_lazy("Shape"), choices=SHAPES)
    x = forms.FloatField(label=pgettext_lazy("distance", "Left"), min_value=0, max_value=99.9)
    y = forms.FloatField(label=pgettext_lazy("distance", "Top"), min_value=0, max_value=99.9)
    width = forms.FloatField(label=gettext_lazy("Width"), min_value=0.1, max_value=100)
    height = forms.FloatField(label=gettext_lazy("Height"), min_value=0.1, max_value=100)

    def __init__(self, *args, number: int, **kwargs):
        super().__init__(*args, auto_id=f"region-{number}-%s", **kwargs)
        self.number = number
        for name in REGION_FIELDS[1:]:
            self.fields[name].widget.attrs |= {"step": "any", "inputmode": "decimal"}

    @property
    def shown(self) -> dict:
        """Where it stands, as far as its numbers are numbers; {} otherwise."""
        if not self.is_bound:
            return self.initial
        return self.cleaned_data if self.is_valid() else {}

    def region(self) -> Region:
        """The region that valid numbers describe, as fractions."""
        given = self.cleaned_data
        return Region(given["shape"], *(given[name] / 100 for name in REGION_FIELDS[1:]))
