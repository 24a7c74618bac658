"""An account is stored compact and in agreement with itself, whoever saves it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from donations.details import change_details
from donations.models import BankAccount
from tests.donations.factories import EURO, GB_IBAN, IBAN, OTHER_IBAN, STERLING, euro, sterling

pytestmark = pytest.mark.django_db


def refused(**fields) -> dict[str, list[str]]:
    """Field → codes of the messages with which an account is refused; nothing may be written."""
    with pytest.raises(ValidationError) as caught:
        BankAccount.objects.create(**fields)
    assert BankAccount.objects.count() == 0
    assert BankAccount.history.count() == 0
    assert all(caught.value.messages)
    return {name: [e.code for e in errors] for name, errors in caught.value.error_dict.items()}


def test_what_is_pasted_is_stored_compact():
    BankAccount.objects.create(
        kind="euro",
        holder="  Quai\u00a0Ouvert ",
        iban="fr14 2004 1010 0505 0001 3m02 606",
        bic="psst fr pp",
        reference=" Don  Quai ",
    )

    [stored] = BankAccount.objects.values_list("holder", "iban", "bic", "reference")
    assert stored == ("Quai Ouvert", IBAN, "PSSTFRPP", "Don Quai")


def test_sort_code_and_account_number_are_stored_as_digits():
    BankAccount.objects.create(**STERLING | {"account_number": "3192 6819", "iban": GB_IBAN})

    [stored] = BankAccount.objects.values_list("sort_code", "account_number", "iban")
    assert stored == ("601613", "31926819", GB_IBAN)


@pytest.mark.parametrize("place", range(4, len(IBAN)))
def test_an_iban_with_one_digit_changed_is_refused(place):
    other = "2" if IBAN[place] != "2" else "3"
    changed = IBAN[:place] + other + IBAN[place + 1 :]

    assert list(refused(**EURO | {"iban": changed})) == ["iban"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (EURO | {"iban": ""}, {"iban": ["empty"]}),
        (EURO | {"holder": " "}, {"holder": ["empty"]}),
        (EURO | {"holder": "H" * 71}, {"holder": ["length"]}),
        (EURO | {"holder": "😀" * 70, "reference": "x" * 18}, {"holder": ["payload_length"]}),
        (EURO | {"bank": "a\x00b"}, {"bank": ["characters"]}),
        (EURO | {"reference": "x" * 19}, {"reference": ["length"]}),
        (EURO | {"bic": "PSSTFRP"}, {"bic": ["length"]}),
        (EURO | {"bic": "COBADEFF"}, {"bic": ["bic_country"]}),
        (EURO | {"iban": "CH9300762011623852957"}, {"bic": ["bic_required"]}),
        (EURO | {"sort_code": "60-16-13"}, {"sort_code": ["foreign"]}),
        (EURO | {"account_number": "31926819"}, {"account_number": ["foreign"]}),
        (EURO | {"iban": "FR", "bic": "??"}, {"iban": ["length"], "bic": ["characters"]}),
        (EURO | {"kind": "dollar"}, {"kind": [None]}),
        (STERLING | {"sort_code": ""}, {"sort_code": ["empty"]}),
        (STERLING | {"account_number": "1926819"}, {"account_number": ["length"]}),
        (STERLING | {"iban": OTHER_IBAN}, {"iban": ["not_gb"]}),
        (STERLING | {"iban": GB_IBAN, "sort_code": "60-16-14"}, {"iban": ["sort_code_mismatch"]}),
        (
            STERLING | {"iban": GB_IBAN, "account_number": "31926818"},
            {"iban": ["account_number_mismatch"]},
        ),
        (STERLING | {"bic": "COBADEFF"}, {"bic": ["bic_country"]}),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(fields, expected):
    assert refused(**fields) == expected


def test_a_rule_holds_for_the_row_as_two_people_left_it():
    """One moves the IBAN to Germany, the other adds a French BIC: together they are wrong."""
    account = euro()
    first, second = BankAccount.objects.get(), BankAccount.objects.get()
    change_details(first, {"bic": "PSSTFRPP"})

    with pytest.raises(ValidationError) as caught:
        change_details(second, {"iban": "DE89370400440532013000"})

    assert list(caught.value.message_dict) == ["bic"]
    account.refresh_from_db()
    assert (account.iban, account.bic) == (IBAN, "PSSTFRPP")


@pytest.mark.parametrize(
    "assignment",
    [
        "iban = ''",
        "iban = 'FR14'",
        "holder = ''",
        "bic = 'PSST'",
        "sort_code = '601613'",
        "kind = 'sterling'",
        "kind = 'dollar'",
    ],
)
def test_the_database_refuses_what_is_written_around_the_model(assignment):
    euro()

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE donations_bankaccount SET {assignment}")

    assert BankAccount.objects.get().iban == IBAN


@pytest.mark.parametrize("assignment", ["sort_code = '60161'", "account_number = '3192681'"])
def test_the_database_refuses_a_shorter_number_in_sterling(assignment):
    sterling()

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE donations_bankaccount SET {assignment}")

    assert BankAccount.objects.get().sort_code == "601613"


def test_a_day_to_come_cannot_confirm_anything():
    account = BankAccount(**EURO, confirmed_on=timezone.localdate() + timedelta(days=1))

    with pytest.raises(ValidationError) as caught:
        account.full_clean()

    assert list(caught.value.message_dict) == ["confirmed_on"]


def test_numbers_are_shown_in_groups():
    assert str(euro()) == "In euros: FR14 2004 1010 0505 0001 3M02 606"
    assert str(sterling()) == "In sterling: 60-16-13 31926819"


def test_givers_see_active_accounts_in_their_order():
    last, first = euro(position=2), sterling(position=1)
    between = euro(position=1)
    euro(position=0, is_active=False)

    assert list(BankAccount.objects.active()) == [first, between, last]
    assert list(BankAccount.objects.published()) == [first, between, last]
    assert list(BankAccount.objects.active().in_euros()) == [between, last]


def test_only_a_sepa_account_in_euros_has_a_code():
    assert euro().qr_payload() == f"BCD\n002\n1\nSCT\n\nQuai Ouvert\n{IBAN}"
    assert euro(iban="TR330006100519786457841326", bic="TCZBTR2A").qr_payload() == ""
    assert sterling(iban=GB_IBAN).qr_payload() == ""
