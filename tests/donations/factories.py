"""Accounts for tests. Their numbers are the examples of standards: they belong to nobody."""

from __future__ import annotations

from donations.details import DETAILS, change_details
from donations.models import BankAccount

IBAN = "FR1420041010050500013M02606"
OTHER_IBAN = "FR7630006000011234567890189"
GB_IBAN = "GB29NWBK60161331926819"

EURO = {"kind": "euro", "holder": "Quai Ouvert", "iban": IBAN}
STERLING = {
    "kind": "sterling",
    "holder": "Quai Ouvert",
    "sort_code": "60-16-13",
    "account_number": "31926819",
}


def _account(details: dict, fields: dict) -> BankAccount:
    given = {"is_active": True, **details, **{n: v for n, v in fields.items() if n in DETAILS}}
    rest = {name: value for name, value in fields.items() if name not in DETAILS}
    return change_details(BankAccount(**rest), given)


def euro(**fields) -> BankAccount:
    """An account in euros that readers see."""
    return _account(EURO, fields)


def sterling(**fields) -> BankAccount:
    """An account in sterling that readers see."""
    return _account(STERLING, fields)
