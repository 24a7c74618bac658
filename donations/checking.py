"""All details of one account together: each in its stored form, and in agreement."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from donations import banking, qr, wording

EURO, STERLING = "euro", "sterling"

CLEAN = {
    "holder": wording.clean_holder,
    "bank": wording.clean_bank,
    "iban": banking.clean_iban,
    "bic": banking.clean_bic,
    "sort_code": banking.clean_sort_code,
    "account_number": banking.clean_account_number,
    "reference": wording.clean_reference,
}
# What an account cannot be without; the others may be empty.
NEEDED = {
    EURO: {"holder", "iban"},
    STERLING: {"holder", "sort_code", "account_number"},
}
FOREIGN = {EURO: {"sort_code", "account_number"}, STERLING: set()}


def tidy(name: str, text: str) -> str:
    """The stored form of one detail; what cannot be stored comes back as it is."""
    try:
        return CLEAN[name](text) if text.strip() else ""
    except ValidationError:
        return text


def clean_details(kind: str, typed: dict[str, str]) -> dict[str, str]:
    """The details of one account, as typed → as they are stored.

    Raises ValidationError by field: for each that is wrong in itself, and, once none is, for those
    that do not agree with one another.
    """
    if kind not in NEEDED:
        raise ValidationError({"kind": _("Say whether the account is in euros or in sterling.")})
    clean, errors = {}, {}
    for name, cleaner in CLEAN.items():
        try:
            clean[name] = _clean(kind, name, cleaner, typed[name] or "")
        except ValidationError as error:
            errors[name] = error
    errors = errors or _disagreements(kind, clean)
    if errors:
        raise ValidationError(errors)
    return clean


def _clean(kind: str, name: str, cleaner, text: str) -> str:
    if not text.strip() and name not in NEEDED[kind]:
        return ""
    if name in FOREIGN[kind]:
        raise ValidationError(
            _("An account in euros has none: leave this empty, or choose “sterling” above."),
            code="foreign",
        )
    return cleaner(text)


def _disagreements(kind: str, clean: dict[str, str]) -> dict:
    return _in_euros(clean) if kind == EURO else _in_sterling(clean)


def _in_euros(clean: dict[str, str]) -> dict:
    try:
        banking.clean_bic_for(clean["iban"], clean["bic"])
    except ValidationError as error:
        return {"bic": error}
    try:
        payload(clean)
    except ValidationError as error:
        return {"holder": error}
    return {}


def _in_sterling(clean: dict[str, str]) -> dict:
    found = {}
    if clean["iban"]:
        try:
            banking.check_gb_iban(clean["iban"], clean["sort_code"], clean["account_number"])
        except ValidationError as error:
            found["iban"] = error
    # Whoever has a sort code is with a British bank, IBAN or not.
    if clean["bic"] and not found and not banking.bic_matches_iban(clean["bic"], "GB"):
        found["bic"] = ValidationError(
            _("This BIC belongs to no British bank: compare it with the bank's paper."),
            code="bic_country",
        )
    return found


def payload(clean: dict[str, str]) -> str:
    """What the QR code of clean details in euros says. Raises ValidationError if it is too long."""
    return qr.epc_payload(
        holder=clean["holder"],
        iban=clean["iban"],
        bic=clean["bic"],
        reference=clean["reference"],
    )
