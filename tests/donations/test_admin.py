"""Accounts in the admin: plain words for what is wrong, and nothing typed is lost."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from lxml import html

from donations.details import change_details
from donations.models import BankAccount
from tests import forms
from tests.donations.factories import GB_IBAN, IBAN, OTHER_IBAN, euro, sterling

pytestmark = pytest.mark.django_db

LIST = "/admin/donations/bankaccount/"
ADD = f"{LIST}add/"
FORM = "bankaccount_form"
LISTING = 9
PASTED = "FR14 2004 1010 0505 0001 3M02 606"
WRONG = "FR14 2004 1010 0505 0001 3M02 607"


def person(role: str):
    user = get_user_model().objects.create_user(role.lower(), is_staff=True, language="en")
    user.groups.set([Group.objects.get(name=role)])
    return user


@pytest.fixture
def treasurer(client):
    user = person("Administrators")
    client.force_login(user)
    return user


def change(account) -> str:
    return f"{LIST}{account.pk}/change/"


def errors(response) -> dict[str, list[str]]:
    assert response.status_code == 200
    return dict(response.context["adminform"].form.errors)


def fields(response) -> dict:
    return html.fromstring(response.text).get_element_by_id(FORM).fields


def send(client, address: str, **changes):
    return forms.post(client, client.get(address), FORM, **changes)


def test_an_account_is_written_as_it_is_pasted(client, treasurer):
    response = send(
        client,
        ADD,
        holder="Quai Ouvert",
        iban=PASTED.lower(),
        bic="psst fr pp",
        note_fr="Pour les réparations.",
        source_language="fr",
        is_active="on",
        confirmed_on="2026-05-05",
    )

    assert response.status_code == 302
    account = BankAccount.objects.get()
    assert (account.iban, account.bic, account.is_active) == (IBAN, "PSSTFRPP", True)
    assert account.note_fr == "Pour les réparations."
    assert [version.history_user for version in BankAccount.history.all()] == [treasurer]


def test_an_iban_with_one_digit_changed_comes_back_with_a_message_and_as_typed(client, treasurer):
    response = send(client, ADD, holder="Quai Ouvert", iban=WRONG, note_en="For repairs.")

    assert errors(response) == {
        "iban": ["One character seems wrong: compare it with the bank's paper, digit by digit."]
    }
    assert fields(response)["iban"] == WRONG
    assert fields(response)["note_en"].strip() == "For repairs."
    assert BankAccount.objects.count() == 0


def test_a_wrong_iban_leaves_the_account_as_it_was(client, treasurer):
    account = euro()

    response = send(client, change(account), iban=WRONG)

    assert list(errors(response)) == ["iban"]
    assert fields(response)["iban"] == WRONG
    assert BankAccount.objects.get().iban == IBAN


def test_a_gb_iban_against_another_sort_code_comes_back_with_a_message(client, treasurer):
    typed = {"sort_code": "60-16-14", "account_number": "31926819", "iban": GB_IBAN}

    response = send(client, ADD, kind="sterling", holder="Quai Ouvert", **typed)

    assert errors(response) == {
        "iban": ["The IBAN belongs to sort code 60-16-13. Correct the one or the other."]
    }
    assert {name: fields(response)[name] for name in typed} == typed
    assert BankAccount.objects.count() == 0


@pytest.mark.parametrize("text", ["x" * 10_000, "<script>alert(1)</script>", "\x00", "…"])
@pytest.mark.parametrize("name", ["iban", "bic", "holder", "reference", "bank"])
def test_nonsense_is_an_error_or_plain_text(client, treasurer, name, text):
    typed = {"holder": "Quai Ouvert", "iban": PASTED} | {name: text}

    response = send(client, ADD, **typed)

    if response.status_code == 302:
        assert (name, getattr(BankAccount.objects.get(), name)) in [
            ("holder", text),
            ("bank", text),
        ]
    else:
        assert list(errors(response)) == [name]
        assert BankAccount.objects.count() == 0


def test_an_empty_form_says_what_is_missing(client, treasurer):
    assert errors(send(client, ADD)) == {
        "holder": ["Give the name of the account holder, as the bank writes it."],
        "iban": ["Give the IBAN: it stands on the bank's paper or app."],
    }


def test_the_form_shows_numbers_in_groups(client, treasurer):
    account = sterling(iban=GB_IBAN)

    shown = fields(client.get(change(account)))

    assert (shown["iban"], shown["sort_code"]) == ("GB29 NWBK 6016 1331 9268 19", "60-16-13")


def test_saving_what_is_shown_changes_nothing(client, treasurer):
    account = sterling(iban=GB_IBAN, note_en="For repairs.")

    assert send(client, change(account)).status_code == 302

    assert BankAccount.history.count() == 1


def test_a_note_written_while_somebody_changes_the_iban_keeps_both(client, treasurer):
    account = euro(note_en="For repairs.")
    opened = client.get(change(account))
    change_details(account, {"iban": OTHER_IBAN})

    response = forms.post(client, opened, FORM, note_en="For the roof.")

    assert response.status_code == 302
    stored = BankAccount.objects.get()
    assert (stored.iban, stored.note_en) == (OTHER_IBAN, "For the roof.")


def test_two_people_changing_the_iban_are_told(client, treasurer):
    account = euro()
    opened = client.get(change(account))
    change_details(account, {"iban": OTHER_IBAN})

    response = forms.post(client, opened, FORM, iban="DE89 3704 0044 0532 0130 00")

    assert list(errors(response)) == ["iban"]
    assert fields(response)["iban"] == "DE89 3704 0044 0532 0130 00"
    assert BankAccount.objects.get().iban == OTHER_IBAN


def test_an_editor_sees_accounts_and_changes_nothing(client):
    account = euro()
    client.force_login(person("Editors"))

    response = client.get(change(account))
    assert response.status_code == 200
    assert IBAN in response.text.replace(" ", "")
    assert "iban" not in fields(response)

    assert client.post(change(account), {"iban": OTHER_IBAN}).status_code == 403
    assert client.get(ADD).status_code == 403
    assert client.post(f"{LIST}{account.pk}/delete/", {"post": "yes"}).status_code == 403
    assert BankAccount.objects.get().iban == IBAN


def test_an_account_that_givers_see_cannot_be_deleted(client, treasurer):
    account, hidden = euro(), sterling(is_active=False)
    keys = [account.pk, hidden.pk]
    action = {"action": "delete_selected", "_selected_action": keys, "post": "yes"}

    assert client.post(f"{LIST}{account.pk}/delete/", {"post": "yes"}).status_code == 403
    client.post(LIST, action)
    assert BankAccount.objects.count() == 2

    assert client.post(f"{LIST}{hidden.pk}/delete/", {"post": "yes"}).status_code == 302
    assert list(BankAccount.objects.all()) == [account]


def test_hidden_accounts_can_be_deleted_together(client, treasurer):
    keys = [euro(is_active=False).pk, sterling(is_active=False).pk]
    action = {"action": "delete_selected", "_selected_action": keys, "post": "yes"}

    assert client.post(LIST, action).status_code == 302

    assert BankAccount.objects.count() == 0


def test_the_list_shows_and_finds_accounts(client, treasurer):
    euro(note_en="For repairs.")
    sterling(note_fr="Pour le toit.")

    def listed(query: str = "") -> list[str]:
        tree = html.fromstring(client.get(LIST + query).text)
        return [
            node.text_content() for node in tree.xpath("//th[contains(@class,'field-account')]")
        ]

    assert listed() == [
        "In euros: FR14 2004 1010 0505 0001 3M02 606",
        "In sterling: 60-16-13 31926819",
    ]
    assert listed("?q=31926819") == ["In sterling: 60-16-13 31926819"]
    assert listed("?kind__exact=euro") == ["In euros: FR14 2004 1010 0505 0001 3M02 606"]
    assert listed("?missing=fr") == ["In euros: FR14 2004 1010 0505 0001 3M02 606"]


@pytest.mark.parametrize("accounts", [1, 3])
def test_the_list_asks_the_database_as_often_for_one_account_as_for_three(
    client, treasurer, django_assert_num_queries, accounts
):
    for number in range(accounts):
        (sterling if number % 2 else euro)(note_en="For repairs.")

    with django_assert_num_queries(LISTING):
        assert client.get(LIST).status_code == 200


def test_the_history_of_an_account_can_be_read(client, treasurer):
    account = change_details(euro(), {"iban": OTHER_IBAN})

    response = client.get(f"{LIST}{account.pk}/history/")

    assert response.status_code == 200
    assert (IBAN in response.text, OTHER_IBAN in response.text) == (True, True)
