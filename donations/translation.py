from __future__ import annotations

from modeltranslation.translator import register

from donations.models import BankAccount
from translations.history import keep_history
from translations.registry import DocumentOptions


@register(BankAccount)
class BankAccountText(DocumentOptions):
    fields = ("note",)
    required = ()


keep_history(BankAccount)
