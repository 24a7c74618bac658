from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from bulletins.models import Bulletin, Kind
from bulletins.thread_forms import Following
from core import zones
from pages.models import Identity
from translations.formsets import ChildFormSet
from translations.registry import column

TIMES = ("starts_at", "ends_at")


class BulletinForm(Following):
    """Times are written as the clock shows them where the call-out takes place."""

    class Meta:
        model = Bulletin
        fields = "__all__"
        widgets = {"topics": forms.CheckboxSelectMultiple}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # The row as it was read: what becomes of it is compared with that once it is saved.
        self.stood = self._row
        if "time_zone" not in self.fields:
            return
        if not self.instance.pk:
            self.initial.setdefault("time_zone", Identity.current().default_time_zone)
        for name in TIMES:
            if value := self.initial.get(name):
                local = value.astimezone(zones.zone(self.instance.time_zone))
                self.initial[name] = local.replace(tzinfo=None)

    def clean(self):
        # Before the texts are compared: the form read the clock in the site's own zone.
        zone = self.cleaned_data.get("time_zone")
        for name in TIMES:
            if zone and (value := self.cleaned_data.get(name)):
                self.cleaned_data[name] = value.replace(tzinfo=zones.zone(zone))
        return super().clean()


class EntriesFormSet(ChildFormSet):
    """An FAQ that readers see has something to read: a text, or a question."""

    def clean(self):
        super().clean()
        bulletin = self.instance
        if bulletin.kind != Kind.FAQ or not bulletin.is_committed:
            return
        body = getattr(bulletin, column("body", bulletin.source_language))
        if not body and not any(self._stays(form) for form in self.forms):
            raise ValidationError(
                _("There is nothing to read yet: add a question with its answer, or a text."),
                code="empty",
            )
