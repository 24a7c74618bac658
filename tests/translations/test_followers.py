"""Who follows documents is told of every change, in its transaction."""

from __future__ import annotations

import pytest

from bulletins.models import Bulletin, FAQEntry
from tests import factories
from translations import followers, sides
from translations.models import Side

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(monkeypatch) -> list[tuple]:
    """What a follower is told: the document's key, its title, whether it is about to go, and
    whether its sides are known by then."""
    monkeypatch.setattr(followers, "_followers", [])
    found = []

    def follow(document, *, is_going):
        known = Side.objects.of(document).filter(whole=True).count()
        found.append((document.pk, document.title_en, is_going, known))

    followers.register(follow)
    followers.register(follow)
    return found


def test_a_new_document_is_told_once(told):
    document = factories.live()

    assert told == [(document.pk, "Kitchen opens", False, 1)]


def test_a_change_is_told_with_what_is_known_since(told):
    document = factories.live()
    document.title_fr, document.body_fr = "La cuisine", "<p>Ouverte.</p>"
    document.save()

    assert told[1:] == [(document.pk, "Kitchen opens", False, 2)]


def test_what_changes_nothing_is_not_told(told):
    document = factories.live()
    document.save()

    assert len(told) == 1


def test_a_child_that_comes_or_goes_is_told_of_its_document(told):
    document = factories.faq(entries=0)
    entry = factories.entry(document)
    entry.delete()
    factories.entry(document)
    FAQEntry.objects.all().delete()

    assert told == [(document.pk, "Common questions", False, 1)] * 5


def test_what_is_written_together_is_told_once(told):
    with sides.together():
        document = factories.faq(entries=3)
        assert told == []

    assert told == [(document.pk, "Common questions", False, 1)]


def test_a_document_that_goes_is_told_while_it_is_there(told):
    first, second = factories.live(), factories.live(title_en="Second")
    keys = first.pk, second.pk
    told.clear()

    first.delete()
    Bulletin.objects.all().delete()

    assert told == [(keys[0], "Kitchen opens", True, 1), (keys[1], "Second", True, 1)]


def test_whoever_refuses_undoes_the_change(monkeypatch):
    def refuse(document, *, is_going):
        raise ValueError("no")

    monkeypatch.setattr(followers, "_followers", [refuse])

    with pytest.raises(ValueError, match="no"):
        factories.live()

    assert Bulletin.objects.count() == 0
