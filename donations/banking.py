"""Bank details: what people paste → one canonical form, or a plain message.

Every ``clean_…`` function takes the text as typed or pasted, returns the form that is stored, and
raises ``ValidationError`` with a stable ``code``. Cleaning twice changes nothing. The checks stop
slips of the pen, not thieves: another person's valid IBAN is valid here too.

What they cannot stop: a digit mistaken for a letter (or the reverse) at a place where the country
allows both. A letter counts as two digits in mod 97-10, so one such slip in about a hundred passes.
"""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum import bic as stdnum_bic
from stdnum import exceptions as stdnum_errors
from stdnum import iban as stdnum_iban
from stdnum import numdb
from stdnum.iso7064 import mod_97_10

from donations import pasted

# fmt: off
EEA_COUNTRIES = frozenset({
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE",
    "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
})

# Where SEPA transfers reach, by the letters of IBANs (EPC409-09, the list of SEPA scheme
# countries): Guernsey, Jersey and Man have GB.
SEPA_COUNTRIES = EEA_COUNTRIES | {
    "AD", "AL", "CH", "GB", "GI", "MC", "MD", "ME", "MK", "SM", "VA",
}

# Other country letters a bank's BIC may bear for an IBAN of this country: overseas territories and
# crown dependencies have no IBANs of their own; French banks serve Monaco, British banks Ireland,
# Danish account numbers the Faroes and Greenland. After the EPC relation of IBAN and BIC
# (wiki.xmldation.com, Support/EPC) without its pairs FR-GG, FR-JE and GB-VG, for which no other
# source was found.
_BIC_COUNTRIES = {
    "DK": {"FO", "GL"},
    "FR": {"BL", "GF", "GP", "MF", "MQ", "NC", "PF", "PM", "RE", "TF", "WF", "YT"},
    "GB": {"GG", "IM", "JE"},
    "IE": {"GB"},
    "MC": {"FR"},
}
# fmt: on

# Letters count in a French RIB key as their place in rows of nine: A J → 1, B K S → 2, … I R Z → 9.
_RIB_DIGITS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "12345678912345678923456789")


def clean_iban(text: str) -> str:
    """Return the IBAN without separators, in capitals.

    Checked in this order, each with its ``code``: empty, characters, country (in the ISO 13616
    registry), length, structure (letters and digits where the country has them), check_digits
    (ISO 7064 mod 97-10), national (RIB key of France and Monaco; Belgium, Spain, Norway and
    Montenegro through stdnum).
    """
    # On paper an IBAN is led by the word (ISO 13616), and people copy it along.
    number = re.sub(r"^\s*iban\s*:?", "", text, flags=re.IGNORECASE)
    number = pasted.compact(number, _("Give the IBAN: it stands on the bank's paper or app."))
    country = number[:2]
    structure = _bban_structure(country)
    if structure is None:
        raise ValidationError(
            _(
                "An IBAN starts with the two letters of a country that has IBANs, such as FR, DE "
                "or GB. “%(country)s” is none. Copy it again from the bank's paper."
            ),
            code="country",
            params={"country": country},
        )
    _check_length(number, 4 + sum(length for length, _kind in structure))
    if not _structure_pattern(structure).fullmatch(number):
        raise ValidationError(
            _(
                "There is a letter in the place of a digit, or a digit in the place of a letter. "
                "O and 0, I and 1 are easily confused: compare with the bank's paper."
            ),
            code="structure",
        )
    # Equality, not "remainder is 1": by the remainder alone, 00, 01 and 99 would pass as other
    # spellings of 97, 98 and 02, which ISO 13616 never issues.
    if number[2:4] != mod_97_10.calc_check_digits(number[4:] + country):
        raise ValidationError(
            _("One character seems wrong: compare it with the bank's paper, digit by digit."),
            code="check_digits",
        )
    _check_national_rules(number)
    return number


def format_iban(iban: str) -> str:
    """Return the IBAN in groups of four with ordinary spaces, as ISO 13616 prints it."""
    return " ".join(iban[start : start + 4] for start in range(0, len(iban), 4))


def clean_bic(text: str) -> str:
    """Return the BIC (ISO 9362) in capitals, 8 or 11 characters, as many as were given.

    Codes: empty, characters, length, structure, country.
    """
    number = pasted.compact(text, _("Give the BIC: it stands beside the IBAN on the bank's paper."))
    try:
        return stdnum_bic.validate(number)
    except stdnum_errors.InvalidLength:
        raise ValidationError(
            _("A BIC has 8 or 11 characters; this one has %(found)d."),
            code="length",
            params={"found": len(number)},
        ) from None
    except stdnum_errors.InvalidComponent:
        raise ValidationError(
            _("“%(country)s” (fifth and sixth letter of the BIC) is not a country."),
            code="country",
            params={"country": number[4:6]},
        ) from None
    except stdnum_errors.ValidationError:
        raise ValidationError(
            _("A BIC starts with six letters: compare it with the bank's paper."),
            code="structure",
        ) from None


def bic_matches_iban(bic: str, iban: str) -> bool:
    """Whether a clean BIC and a clean IBAN can belong to one bank, by their country letters."""
    allowed = _BIC_COUNTRIES.get(iban[:2], set())
    return bic[4:6] == iban[:2] or bic[4:6] in allowed


def bic_required(iban: str) -> bool:
    """Whether a SEPA transfer to this IBAN needs the BIC: outside the EEA (EPC069-12, v. 002)."""
    return iban[:2] not in EEA_COUNTRIES


def in_sepa(iban: str) -> bool:
    """Whether a SEPA transfer reaches this clean IBAN."""
    return iban[:2] in SEPA_COUNTRIES


def clean_bic_for(iban: str, bic: str) -> str:
    """Return the BIC that goes with a clean IBAN for a SEPA transfer, "" where none is needed.

    Codes: those of ``clean_bic``, bic_country (BIC of another country than the IBAN), bic_required
    (an IBAN from outside the EEA without its BIC).
    """
    if not bic.strip():
        if bic_required(iban):
            raise ValidationError(
                _("Give the BIC too: outside the European Economic Area banks ask for it."),
                code="bic_required",
            )
        return ""
    bic = clean_bic(bic)
    if not bic_matches_iban(bic, iban):
        raise ValidationError(
            _("BIC and IBAN belong to different countries: compare both with the bank's paper."),
            code="bic_country",
        )
    return bic


def clean_sort_code(text: str) -> str:
    """Return the six digits of a UK sort code. Codes: empty, characters, length."""
    number = pasted.compact(text, _("Give the sort code: six digits, such as 12-34-56."), "0-9")
    if len(number) != 6:
        raise ValidationError(
            _("A sort code has 6 digits, such as 12-34-56; this one has %(found)d."),
            code="length",
            params={"found": len(number)},
        )
    return number


def format_sort_code(sort_code: str) -> str:
    """Return the sort code as NN-NN-NN."""
    return "-".join(sort_code[start : start + 2] for start in range(0, len(sort_code), 2))


def clean_account_number(text: str) -> str:
    """Return the eight digits of a UK account number. Codes: empty, characters, length.

    Shorter numbers are refused, not padded: the zeros are usual but each bank has its own rule,
    and a wrong guess sends the money astray.
    """
    number = pasted.compact(text, _("Give the account number: eight digits."), "0-9")
    if len(number) != 8:
        raise ValidationError(
            _(
                "A UK account number has 8 digits; this one has %(found)d. Ask the bank for the 8 "
                "digits to use: a shorter number most often gets zeros in front."
            ),
            code="length",
            params={"found": len(number)},
        )
    return number


def gb_iban_parts(iban: str) -> tuple[str, str]:
    """Return sort code and account number as a GB IBAN carries them.

    Raises what ``clean_iban`` raises, and code not_gb for the IBAN of another country.
    """
    number = clean_iban(iban)
    if not number.startswith("GB"):
        raise ValidationError(
            _("Only an IBAN that starts with GB goes with a sort code and account number."),
            code="not_gb",
        )
    return number[8:14], number[14:22]


def check_gb_iban(iban: str, sort_code: str, account_number: str) -> None:
    """Raise unless the GB IBAN, the sort code and the account number name the same account.

    Codes: sort_code_mismatch and account_number_mismatch (both together when both disagree),
    besides those of the three parts' own checks.
    """
    iban_sort_code, iban_account = gb_iban_parts(iban)
    errors = []
    if clean_sort_code(sort_code) != iban_sort_code:
        errors.append(
            ValidationError(
                _("The IBAN belongs to sort code %(expected)s. Correct the one or the other."),
                code="sort_code_mismatch",
                params={"expected": format_sort_code(iban_sort_code)},
            )
        )
    if clean_account_number(account_number) != iban_account:
        errors.append(
            ValidationError(
                _("The IBAN belongs to account number %(expected)s. Correct the one or the other."),
                code="account_number_mismatch",
                params={"expected": iban_account},
            )
        )
    if errors:
        raise ValidationError(errors)


def _check_length(iban: str, expected: int) -> None:
    if len(iban) != expected:
        raise ValidationError(
            _(
                "An IBAN that starts with %(country)s has %(expected)d characters; this one has "
                "%(found)d. Copy it again from the bank's paper."
            ),
            code="length",
            params={"country": iban[:2], "expected": expected, "found": len(iban)},
        )


def _bban_structure(country: str) -> list[tuple[int, str]] | None:
    """Return the parts after the check digits, such as [(5, "n"), (11, "c")]; None: no IBANs."""
    # Asked with the two letters alone: stdnum's tables can nest, and more would look deeper.
    found = numdb.get("iban").info(country)[0][1]
    if not found:
        return None
    return [(int(length), kind) for length, kind in re.findall(r"(\d+)!([nac])", found["bban"])]


def _structure_pattern(structure: list[tuple[int, str]]) -> re.Pattern[str]:
    kinds = {"n": "[0-9]", "a": "[A-Z]", "c": "[0-9A-Z]"}
    parts = "".join(f"{kinds[kind]}{{{length}}}" for length, kind in structure)
    return re.compile("[A-Z]{2}[0-9]{2}" + parts)


def _check_national_rules(iban: str) -> None:
    try:
        stdnum_iban.validate(iban)
    except stdnum_errors.InvalidComponent:
        # A Belgian bank that is missing from stdnum's copy of the list. Banks are founded faster
        # than lists are copied, and the Belgian key itself was checked before the list was asked.
        pass
    except stdnum_errors.ValidationError:
        _refuse_national()
    # stdnum has no French rule.
    if iban[:2] in {"FR", "MC"} and int(iban[4:].translate(_RIB_DIGITS)) % 97:
        _refuse_national()


def _refuse_national() -> None:
    raise ValidationError(
        _(
            "The bank's own check digits inside this IBAN do not agree with the rest. Copy it "
            "again from the bank's paper."
        ),
        code="national",
    )
