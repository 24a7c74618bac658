"""Two people at the same moment: no public file is left behind of what may not be seen."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone

from bulletins.models import Bulletin
from pictures import acts, checking, publicity
from pictures.models import Consent, Picture
from tests import factories
from tests.pictures.addresses import answers, every
from tests.pictures.factories import FACE, figure, picture
from tests.translations.racing import ROUNDS, race
from translations.acts import publishing

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def rounds():
    """A draft with a picture for every round."""
    found = []
    for _number in range(ROUNDS):
        document, shown = factories.draft(), picture()
        figure(document, shown)
        found.append((document, shown))
    return found


@pytest.fixture
def live_rounds(rounds):
    """The same, published; nobody has asked for the pictures yet, as after a scheduled hour."""
    QuerySet(Bulletin).update(published_at=timezone.now())
    return rounds


# Who does what ----------------------------------------------------------------------------------


def publishing_of(found):
    def prepare(number: int):
        document = Bulletin.objects.get(pk=found[number - 1][0].pk)

        def publish():
            document.published_at = timezone.now()
            document.save()

        return publish

    return prepare


def unpublishing(found):
    def prepare(number: int):
        document, _shown = found[number - 1]
        return lambda: publishing.unpublish(Bulletin, document.pk) and None

    return prepare


def withdrawing(found):
    def prepare(number: int):
        return lambda: acts.withdraw(found[number - 1][1].pk) and None

    return prepare


def masking(found):
    def prepare(number: int):
        return lambda: acts.apply_mask(found[number - 1][1].pk, [FACE], all_covered=True) and None

    return prepare


def doubting(found):
    def prepare(number: int):
        return lambda: acts.set_consent(found[number - 1][1].pk, Consent.UNKNOWN) and None

    return prepare


def reading(found):
    """A reader who asks for every file, as soon as it is there and as long as it is."""

    def prepare(number: int):
        addresses, client = every(found[number - 1][1]), Client()

        def read():
            statuses = {client.get(address).status_code for address in addresses for _time in "ab"}
            assert statuses <= {200, 404, 410}
            return " ".join(map(str, sorted(statuses)))

        return read

    return prepare


# What stands then -------------------------------------------------------------------------------


def public_files() -> set[str]:
    try:
        return set(storages["default"].listdir("")[1])
    except FileNotFoundError:
        return set()


def assert_storages_are_in_step():
    """No file too many; where one is too few, the next reader brings it."""
    allowed = {name for p in publicity.public_pictures() for name in p.files}
    assert public_files() <= allowed
    for found in Picture.objects.there():
        expected = {200} if publicity.is_public(found) else {404}
        assert answers(Client(), every(found)) == expected
    assert [finding.words for finding in checking.check()] == []


# ------------------------------------------------------------------------------------------------


def test_withdrawn_while_it_is_published(rounds, record_property):
    race(withdrawing(rounds), publishing_of(rounds), note=record_property)

    assert public_files() == set()
    assert answers(Client(), [a for _document, p in rounds for a in every(p)]) == {410}
    assert_storages_are_in_step()


def test_withdrawn_while_readers_ask_for_it(live_rounds, record_property):
    race(withdrawing(live_rounds), reading(live_rounds), note=record_property)

    assert public_files() == set()
    assert answers(Client(), [a for _document, p in live_rounds for a in every(p)]) == {410}
    assert_storages_are_in_step()


def test_taken_back_while_readers_ask_for_it(live_rounds, record_property):
    race(unpublishing(live_rounds), reading(live_rounds), note=record_property)

    assert public_files() == set()
    assert_storages_are_in_step()


def test_masked_while_readers_ask_for_it(live_rounds, record_property):
    race(masking(live_rounds), reading(live_rounds), note=record_property)

    old = {name for _document, p in live_rounds for name in p.files}
    assert not public_files() & old
    assert answers(Client(), [a for _document, p in live_rounds for a in every(p)]) == {410}
    assert_storages_are_in_step()


def test_put_in_doubt_while_it_is_published(rounds, record_property):
    def publishing_if_it_may(number: int):
        publish = publishing_of(rounds)(number)

        def attempt():
            try:
                publish()
            except ValidationError:
                return "refused"
            return None

        return attempt

    race(doubting(rounds), publishing_if_it_may, note=record_property)

    assert public_files() == set()
    assert_storages_are_in_step()


def test_two_documents_that_show_it_are_taken_back(rounds, record_property):
    others = []
    for document, shown in rounds:
        other = factories.draft()
        figure(other, shown)
        others.append((other, shown))
        for each in (document, other):
            each.published_at = timezone.now()
            each.save()
    assert len(public_files()) == 6 * ROUNDS

    race(unpublishing(rounds), unpublishing(others), note=record_property)

    assert public_files() == set()
    assert_storages_are_in_step()


def test_one_document_that_shows_it_is_taken_back_while_another_is_published(
    live_rounds, record_property
):
    others = []
    for _document, shown in live_rounds:
        other = factories.draft()
        figure(other, shown)
        others.append((other, shown))

    race(unpublishing(live_rounds), publishing_of(others), note=record_property)

    assert len(public_files()) == 6 * ROUNDS
    assert_storages_are_in_step()
