"""The words of a payment: whose account it is, at which bank, and what a giver writes on it.

As in `banking`: the text as pasted comes in, the form that is stored comes out, ``ValidationError``
with a stable ``code`` where there is none, and cleaning twice changes nothing.
"""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from donations import pasted

HOLDER_MAX = 70  # EPC069-12, name of the beneficiary; a bank's name fits as well
EURO_REFERENCE_MAX = 140  # EPC069-12, unstructured remittance information
STERLING_REFERENCE_MAX = 18  # UK Faster Payments and Bacs

_NOT_TEXT = {"Cc", "Cn", "Co", "Cs"}
_NOT_IN_SEPA_SET = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]")


def clean_reference(text: str, *, max_length: int = STERLING_REFERENCE_MAX) -> str:
    """Return the payment reference on one line; an empty one stays empty.

    The default length is the one that every account takes: UK Faster Payments carries 18
    characters. SEPA alone would carry ``EURO_REFERENCE_MAX`` (EPC069-12). Characters are the
    restricted Latin set of SEPA (EPC217-08); slashes follow the EPC's rule for references.
    Codes: characters, slash, length.
    """
    # A French keyboard's apostrophe is the one sign outside the set with an exact twin inside it.
    reference = pasted.one_line(text).replace("\u2019", "'")
    outside = _NOT_IN_SEPA_SET.search(reference)
    if outside:
        raise ValidationError(
            _(
                "Banks do not carry “%(character)s” in a reference. Use plain letters without "
                "accents, digits, spaces and / - ? : ( ) . , ' +"
            ),
            code="characters",
            params={"character": pasted.shown(outside.group())},
        )
    if reference.startswith("/") or reference.endswith("/") or "//" in reference:
        raise ValidationError(
            _("A reference has no slash at its start or end, and no two slashes together."),
            code="slash",
        )
    pasted.check_max_length(reference, max_length)
    return reference


def clean_holder(text: str) -> str:
    """Return the account holder's name on one line, at most 70 characters (EPC069-12).

    Accents stay: the payload is UTF-8. Invisible characters go, so that what the bank compares is
    what people see. Codes: empty, characters, length.
    """
    holder = _clean_name(text)
    if not holder:
        raise ValidationError(
            _("Give the name of the account holder, as the bank writes it."), code="empty"
        )
    return holder


def clean_bank(text: str) -> str:
    """Return the bank's name on one line; an empty one stays empty. Codes: characters, length."""
    return _clean_name(text)


def _clean_name(text: str) -> str:
    name = pasted.one_line(text)
    if any(unicodedata.category(character) in _NOT_TEXT for character in name):
        raise ValidationError(
            _("There is a character in this name that is no text: type the name anew."),
            code="characters",
        )
    pasted.check_max_length(name, HOLDER_MAX)
    return name
