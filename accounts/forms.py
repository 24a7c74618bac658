from __future__ import annotations

from django import forms
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import Case, When
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.adapter import spelling
from accounts.groups import ADMINISTRATORS, DESCRIPTIONS, NAMES, ROLES
from accounts.models import User
from core import languages
from core.kept import RESTORE, RESTORED


def language_choices() -> list[tuple[str, str]]:
    """Each language under its own name, as whoever needs it reads it."""
    return [(code, languages.native_name(code)) for code in languages.codes()]


class RoleField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, group):
        return format_html("<strong>{}</strong> – {}", NAMES[group.name], DESCRIPTIONS[group.name])


class PersonForm(forms.ModelForm):
    """What is known of a person. Who edits whom is for the admin to set: `editor`."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language of the interface"), choices=language_choices
    )
    groups = RoleField(
        Group.objects.filter(name__in=ROLES).order_by(
            Case(*(When(name=name, then=place) for place, name in enumerate(ROLES)))
        ),
        required=False,
        label=gettext_lazy("Roles"),
    )
    editor: User | None = None

    class Meta:
        model = User
        fields = ["username", "language", "email", "groups", "is_active"]
        labels = {
            "username": gettext_lazy("Name to log in with"),
            "is_active": gettext_lazy("Open"),
        }
        help_texts = {
            "username": gettext_lazy(
                "Letters, digits and @ . + - _ only. It need not be a real name."
            ),
            "email": gettext_lazy("Not needed. Only administrators see it."),
            "is_active": gettext_lazy("Whoever left: close the account rather than delete it."),
        }

    def clean_username(self):
        """Names that differ only in capitals are one name at the login."""
        name = self.cleaned_data["username"]
        others = User.objects.exclude(pk=self.instance.pk).values_list("username", flat=True)
        if spelling(name) in {spelling(other) for other in others}:
            raise ValidationError(_("Somebody has this name already."), code="unique")
        return name

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk and self.editor == self.instance:
            self._stay_administrator(cleaned)
        if RESTORE in self.data:
            raise ValidationError(RESTORED, code="restored")
        return cleaned

    def _stay_administrator(self, cleaned: dict):
        # So that there is always somebody left who can let people in.
        if not cleaned.get("is_active"):
            self.add_error("is_active", _("You cannot close your own account."))
        roles = {group.name for group in cleaned.get("groups", [])}
        if not (self.instance.is_superuser or ADMINISTRATORS in roles):
            self.add_error("groups", _("You cannot take this role from yourself."))
