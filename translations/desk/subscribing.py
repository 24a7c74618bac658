"""The daily mail: who asks for it, and who no longer wants it."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import languages
from translations import news
from translations.desk.page import Language
from translations.models import Subscription


class MailForm(forms.Form):
    """“Mail me once a day”, or no longer. Without an address of theirs, it asks for one."""

    language = forms.ChoiceField(widget=forms.HiddenInput)
    on = forms.TypedChoiceField(
        widget=forms.HiddenInput, choices=[("1", ""), ("0", "")], coerce=lambda value: value == "1"
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, person, *args, language: str = "", **kwargs):
        initial = {"language": language, "email": person.email, "on": "1"}
        super().__init__(*args, initial=initial, auto_id=f"mail-{language}-%s", **kwargs)
        self.fields["language"].choices = [(code, code) for code in languages.codes()]
        seen_by = _("Only administrators see it.")
        none_yet = _("We have none of yours yet. Only administrators will see it.")
        self.fields["email"].help_text = seen_by if person.email else none_yet
        self.person = person

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("on") and not self.errors and not (cleaned["email"] or self.person.email):
            self.add_error(
                "email",
                _("Write an address here: the mail has to go somewhere."),
            )
        return cleaned

    def save(self):
        """Do what was asked: remember the address, subscribe or unsubscribe."""
        cleaned = self.cleaned_data
        wanted = {"person": self.person, "language": cleaned["language"]}
        if not cleaned["on"]:
            Subscription.objects.filter(**wanted).delete()
            return
        if cleaned["email"] and cleaned["email"] != self.person.email:
            self.person.email = cleaned["email"]
            self.person.save(update_fields=["email"])
        Subscription.objects.get_or_create(**wanted)


@dataclass(frozen=True)
class Offer:
    """The daily mail about one language: whether it is sent, and the form that changes that."""

    language: Language
    is_on: bool
    form: MailForm
    is_possible: bool

    @property
    def address(self) -> str:
        return self.form.person.email


def forms_for(viewer, wrong: MailForm | None = None) -> list[Offer]:
    """The mails that this person may ask for, and those that they get; one query."""
    person = viewer.person
    on = set(Subscription.objects.filter(person=person).values_list("language", flat=True))
    return [
        Offer(Language.of(code), code in on, _form(person, code, wrong), news.is_possible())
        for code in languages.codes()
        if code in viewer.translates or code in on
    ]


def _form(person, code: str, wrong: MailForm | None) -> MailForm:
    return wrong if wrong and wrong["language"].value() == code else MailForm(person, language=code)
