"""There is one place through which public details change."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils import timezone

from donations.details import DETAILS, UnguardedChange, change_details
from donations.models import BankAccount
from tests.donations.factories import EURO, GB_IBAN, IBAN, OTHER_IBAN, STERLING, euro

pytestmark = pytest.mark.django_db

LONG_AGO = date(2026, 1, 2)


def test_details_change_here_and_the_history_says_who():
    account = euro()
    person = get_user_model().objects.create_user("mab")

    change_details(account, {"iban": "FR76 3000 6000 0112 3456 7890 189"}, by=person)

    assert BankAccount.objects.get().iban == OTHER_IBAN
    versions = BankAccount.history.order_by("history_id").values_list("iban", "history_user")
    assert list(versions) == [(IBAN, None), (OTHER_IBAN, person.pk)]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("holder", "Somebody Else"),
        ("bank", "Other Bank"),
        ("iban", OTHER_IBAN),
        ("bic", "PSSTFRPP"),
        ("reference", "For me"),
        ("confirmed_on", date(2026, 5, 5)),
        ("is_active", False),
    ],
)
def test_a_save_from_elsewhere_is_refused(name, value):
    euro()
    account = BankAccount.objects.get()
    before = BankAccount.objects.values(*DETAILS).get()
    setattr(account, name, value)

    with pytest.raises(UnguardedChange, match=name):
        account.save()
    with pytest.raises(UnguardedChange, match=name):
        account.save(update_fields=[name])
    with pytest.raises(UnguardedChange, match=name):
        BankAccount.objects.update(**{name: value})
    with pytest.raises(UnguardedChange, match=name):
        BankAccount.objects.bulk_update([account], [name])

    assert BankAccount.objects.values(*DETAILS).get() == before
    assert BankAccount.history.count() == 1


def test_an_account_in_euros_does_not_become_one_in_sterling_from_elsewhere():
    account = euro()
    for name, value in (STERLING | {"iban": GB_IBAN}).items():
        setattr(account, name, value)

    with pytest.raises(UnguardedChange, match="kind, iban, sort_code, account_number"):
        account.save()

    assert BankAccount.objects.get().iban == IBAN


def test_one_change_through_here_does_not_open_the_way_for_the_next():
    account = change_details(euro(), {"bank": "Caisse des Marées"})
    account.iban = OTHER_IBAN

    with pytest.raises(UnguardedChange):
        account.save()


def test_a_refused_change_does_not_open_the_way_for_the_next():
    account = euro()
    with pytest.raises(ValidationError):
        change_details(account, {"iban": "FR14"})
    account.iban = OTHER_IBAN

    with pytest.raises(UnguardedChange):
        account.save()

    assert BankAccount.objects.get().iban == IBAN


def test_a_new_account_from_elsewhere_is_not_shown_to_readers():
    BankAccount.objects.create(**EURO)
    with pytest.raises(UnguardedChange, match="is_active"):
        BankAccount.objects.create(**EURO | {"iban": OTHER_IBAN}, is_active=True)

    assert list(BankAccount.objects.values_list("iban", "is_active")) == [(IBAN, False)]


def test_several_accounts_are_not_written_at_once():
    with pytest.raises(TypeError):
        BankAccount.objects.bulk_create([BankAccount(**EURO, is_active=True)])

    assert BankAccount.objects.count() == 0


def test_the_same_number_written_otherwise_is_no_change():
    account = euro()
    account.iban = "FR14 2004 1010 0505 0001 3M02 606"

    account.save()

    assert BankAccount.history.count() == 1


def test_note_and_order_change_from_anywhere():
    account = euro()
    account.note_en, account.position = "For repairs.", 3

    account.save()

    stored = BankAccount.objects.get()
    assert (stored.note_en, stored.position, stored.iban) == ("For repairs.", 3, IBAN)


def test_a_note_saved_late_does_not_bring_old_details_back():
    euro()
    editor, treasurer = BankAccount.objects.get(), BankAccount.objects.get()
    change_details(treasurer, {"iban": OTHER_IBAN})

    editor.note_en = "For repairs."
    editor.save()

    stored = BankAccount.objects.get()
    assert (stored.note_en, stored.iban) == ("For repairs.", OTHER_IBAN)


def test_an_account_that_givers_see_is_not_deleted():
    account = euro()

    with pytest.raises(UnguardedChange):
        account.delete()
    with pytest.raises(UnguardedChange):
        BankAccount.objects.all().delete()
    assert BankAccount.objects.count() == 1

    change_details(account, {"is_active": False}).delete()
    assert BankAccount.objects.count() == 0
    assert list(BankAccount.history.values_list("history_type", flat=True)) == ["-", "~", "+"]


def test_a_name_that_is_no_detail_is_refused():
    account = euro()

    with pytest.raises(ValueError, match="note_en, source_language"):
        change_details(account, {"source_language": "fr", "note_en": "x", "iban": OTHER_IBAN})

    assert BankAccount.objects.get().iban == IBAN


def test_changed_details_are_no_longer_confirmed():
    account = euro(confirmed_on=LONG_AGO)

    change_details(account, {"iban": OTHER_IBAN, "confirmed_on": LONG_AGO})

    assert BankAccount.objects.get().confirmed_on is None


def test_changed_details_are_confirmed_on_the_day_that_is_given_with_them():
    account = euro(confirmed_on=LONG_AGO)

    change_details(account, {"iban": OTHER_IBAN, "confirmed_on": date(2026, 5, 5)})

    assert BankAccount.objects.get().confirmed_on == date(2026, 5, 5)


def test_details_confirmed_today_stay_so_when_they_are_corrected_today():
    today = timezone.localdate()

    change_details(euro(confirmed_on=today), {"iban": OTHER_IBAN})

    assert BankAccount.objects.get().confirmed_on == today


def test_hiding_an_account_leaves_it_confirmed():
    change_details(euro(confirmed_on=LONG_AGO), {"is_active": False})

    assert BankAccount.objects.get().confirmed_on == LONG_AGO
