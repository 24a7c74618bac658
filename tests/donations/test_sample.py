from __future__ import annotations

from datetime import date

import pytest

from donations import sample
from donations.models import BankAccount

pytestmark = pytest.mark.django_db


def test_the_sample_site_has_an_account_in_each_currency():
    accounts = sample.load(date(2026, 11, 23))

    assert list(accounts) == ["euro", "sterling"]
    assert list(BankAccount.objects.active()) == list(accounts.values())
    assert {account.confirmed_on for account in accounts.values()} == {date(2026, 11, 11)}
    assert [account.sides() for account in accounts.values()] == [["en", "fr"], ["en", "fr"]]
    assert accounts["euro"].qr_payload().splitlines()[5] == "Quai Ouvert"
