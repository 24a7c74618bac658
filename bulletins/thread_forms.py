"""Which earlier bulletin one goes on from: chosen from the latest, or named by its address."""

from __future__ import annotations

import re

from django import forms
from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bulletins.models import Bulletin
from translations.forms import DocumentForm

# More than a list can be looked through; a browser finds an option in it by typing.
OFFERED = 100
# “https://…/fr/bulletins/a-slug/”, “/fr/bulletins/a-slug/”, “a-slug”.
ADDRESS = re.compile(r"(?:.*/bulletins/)?(?P<slug>[\w-]+)/?(?:[#?].*)?")


class Following(DocumentForm):
    """A plain list, so that it works without scripts; what is too old for it has an address."""

    follows_at = forms.CharField(
        label=gettext_lazy("or an older one, by its address"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("Copy it from the page of that bulletin."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "follows" in self.fields:
            field = self.fields["follows"]
            # Any may be named, the latest are offered.
            field.queryset = Bulletin.objects.light()
            # A bare list, without the admin's ways to add another beside it.
            field.widget = forms.Select(choices=[("", _("(nothing)")), *self._choices()])

    def clean(self):
        # Before the texts are compared: what the address names is what was chosen.
        if address := self.cleaned_data.get("follows_at"):
            if named := _at(address):
                self.cleaned_data["follows"] = named
            else:
                self.add_error("follows_at", _("No bulletin stands at this address."))
        return super().clean()

    def _choices(self) -> list[tuple[int, str]]:
        others = Bulletin.objects.light().exclude(pk=self.instance.pk)
        latest = others.order_by(F("published_at").desc(nulls_first=True), "-pk")
        offered = list(latest[:OFFERED])
        chosen = self.instance.follows_id
        if chosen and chosen not in [bulletin.pk for bulletin in offered]:
            offered.append(others.get(pk=chosen))
        return [(bulletin.pk, _label(bulletin)) for bulletin in offered]


def _at(address: str) -> Bulletin | None:
    match = ADDRESS.fullmatch(address.strip())
    return match and Bulletin.objects.light().at(match["slug"]).first()


def _label(bulletin: Bulletin) -> str:
    """Its title first: that is what somebody types who looks for it in the list."""
    if bulletin.published_at is None:
        # Translators: a bulletin in a list, which readers do not see yet.
        return _("%(title)s (draft)") % {"title": bulletin}
    day = date_format(timezone.localtime(bulletin.published_at), _("j M Y"))
    return f"{bulletin} ({day})"
