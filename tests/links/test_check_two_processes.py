"""Two processes at the same moment: no address is lost, and nobody's save fails."""

from __future__ import annotations

import pytest

from bulletins.models import Bulletin
from links.checking import collecting
from links.models import CheckedLink, LinkPlace
from tests import factories
from tests.links.test_check_collecting import linking
from tests.translations.racing import OF_A_SAVE, ROUNDS, race

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def rounds() -> list[tuple[Bulletin, Bulletin]]:
    """Two live texts for every round."""
    return [(factories.live(), factories.live()) for _number in range(ROUNDS)]


def address(number: int) -> str:
    return f"https://{number}.example.org/"


def linking_in(rounds, which: int):
    """One of the two texts gets the address of the round."""

    def prepare(number: int):
        document = Bulletin.objects.get(pk=rounds[number - 1][which].pk)

        def save():
            document.body_en = linking(address(number), "https://always.example.org/")
            document.save()

        return save

    return prepare


def test_two_texts_may_get_the_same_new_address_at_once(rounds):
    race(linking_in(rounds, 0), linking_in(rounds, 1), spread=OF_A_SAVE)

    assert LinkPlace.objects.count() == 4 * ROUNDS
    assert CheckedLink.objects.count() == ROUNDS + 1


def test_an_address_that_is_being_forgotten_may_get_a_place(rounds):
    def forgetting(number: int):
        CheckedLink.objects.get_or_create(address=address(number))
        return collecting.forget_unused

    race(linking_in(rounds, 0), forgetting, spread=OF_A_SAVE)

    found = LinkPlace.objects.exclude(link__address="https://always.example.org/")
    addresses = sorted(found.values_list("link__address", flat=True))
    assert addresses == sorted(address(number) for number in range(1, ROUNDS + 1))


def test_a_text_may_be_saved_while_everything_is_looked_through(rounds):
    def looking(number: int):
        return collecting.collect

    race(linking_in(rounds, 0), looking, spread=OF_A_SAVE)

    assert LinkPlace.objects.count() == 2 * ROUNDS
