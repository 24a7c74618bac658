from __future__ import annotations

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextInputWidget
from django.utils.translation import gettext_lazy as _

from donations import banking, checking
from donations.details import DETAILS, change_details
from donations.models import BankAccount
from translations.admin import DocumentAdmin, MissingSide
from translations.forms import DocumentForm

GROUPED = {"iban": banking.format_iban, "sort_code": banking.format_sort_code}
# Room for spaces and for the word “IBAN” in front; what is too long is told by the rules.
TYPED_MAX = 200


class BankAccountForm(DocumentForm):
    """Numbers are shown in groups, and taken with whatever stands between them."""

    class Meta:
        model = BankAccount
        fields = "__all__"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in checking.CLEAN:
            if name not in self.fields:
                continue
            model_field = BankAccount._meta.get_field(name)
            self.fields[name] = forms.CharField(
                label=self.fields[name].label,
                help_text=model_field.help_text,
                required=False,
                max_length=TYPED_MAX,
                widget=AdminTextInputWidget({"autocomplete": "off", "spellcheck": "false"}),
            )
            # A browser that stops there would cut a pasted text off without a word.
            del self.fields[name].widget.attrs["maxlength"]
        for name, grouped in GROUPED.items():
            if self.initial.get(name):
                self.initial[name] = grouped(self.initial[name])

    def clean(self):
        # Before it is compared with what stands: a number in groups is the same number.
        for name in checking.CLEAN:
            if name in self.cleaned_data:
                self.cleaned_data[name] = checking.tidy(name, self.cleaned_data[name])
        return super().clean()


@admin.register(BankAccount)
class BankAccountAdmin(DocumentAdmin):
    form = BankAccountForm
    facts = [
        (None, ["kind", "holder", "bank"]),
        (_("Numbers"), ["iban", "bic", "sort_code", "account_number", "reference"]),
        (_("On the page"), ["is_active", "confirmed_on", "position", "source_language"]),
    ]
    list_display = ["account", "holder", "is_active", "confirmed_on", "position", "sides_column"]
    list_filter = [MissingSide, "kind", "is_active"]
    search_fields = ["holder", "bank", "iban", "account_number", "reference"]
    ordering = ["position", "pk"]

    @admin.display(description=_("account"), ordering="kind")
    def account(self, account):
        return str(account)

    def save_model(self, request, account, form, change):
        given = {name: form.cleaned_data[name] for name in DETAILS if name in form.cleaned_data}
        change_details(account, given, by=request.user)

    def has_delete_permission(self, request, obj=None):
        """What givers see is first taken off the page, which is an act of its own."""
        shown = obj is not None and obj.is_active
        return super().has_delete_permission(request, obj) and not shown
