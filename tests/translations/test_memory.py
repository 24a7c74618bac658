"""What is learned from published texts, and what is forgotten with them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import factories
from tests.translations.memory_helpers import CUISINE, KITCHEN, found, learned, one
from translations.memory import Pair, forget, learn, suggestions_for
from translations.models import MemoryEntry
from translations.models.memory import MemoryPair

pytestmark = pytest.mark.django_db


# What is learned ----------------------------------------------------------------------------------


def test_what_is_learned_anew_replaces_what_was_learned_before():
    document = learned()
    other = learned(("Bring warm clothes.", "Apportez des vêtements chauds."))

    learn(document, "fr", [one("Doors open at nine.", "Ouverture des portes à neuf heures.")])

    assert found(KITCHEN) == []
    assert found("Doors open at nine.") == [(100, "Ouverture des portes à neuf heures.")]
    assert found("Bring warm clothes.", but_not=document) != []
    assert [entry.document for entry in MemoryEntry.objects.order_by("learned_at")] == [
        other,
        document,
    ]


def test_learning_the_same_again_writes_nothing(django_assert_num_queries):
    document = learned()
    key = MemoryEntry.objects.get().pk

    with django_assert_num_queries(1):
        learn(document, "fr", [one(KITCHEN, CUISINE)])

    assert MemoryEntry.objects.get().pk == key


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (("Left out",), ()),
        ((), ("Ajouté",)),
        (("",), ("Vide",)),
        (("12 – 14",), ("12 à 14",)),
        (("The 3",), ("3",)),
        (("Quai Ouvert",), ("Quai <em>Ouvert</em>",)),
    ],
)
def test_what_says_nothing_is_not_learned(source, target):
    document = factories.live_pair()

    learn(document, "fr", [Pair(source, target), one(KITCHEN, CUISINE)])

    assert list(MemoryPair.objects.values_list("source", "target")) == [(KITCHEN, CUISINE)]


def test_a_pair_that_stands_twice_is_learned_once():
    learned((KITCHEN, CUISINE), (KITCHEN, CUISINE))

    assert MemoryPair.objects.count() == MemoryEntry.objects.get().size == 1


def test_a_side_of_which_nothing_is_left_is_forgotten():
    document = learned()

    learn(document, "fr", [])

    assert MemoryEntry.objects.count() == 0


def test_a_text_in_place_of_blocks_is_refused():
    with pytest.raises(TypeError, match="tuple of blocks"):
        learn(factories.live_pair(), "fr", [(KITCHEN, CUISINE)])


def test_the_source_is_not_learned_from_itself():
    with pytest.raises(ValueError, match="was written in en"):
        learn(factories.live_pair(), "en", [one(KITCHEN, CUISINE)])


def test_after_the_source_was_swapped_the_pair_is_there_once():
    document = learned()
    document.source_language = "fr"
    document.save()

    learn(document, "en", [one(CUISINE, KITCHEN)])

    entry = MemoryEntry.objects.get()
    assert (entry.source_language, entry.target_language) == ("fr", "en")
    assert found(KITCHEN) == [(100, CUISINE)]


# What readers cannot see --------------------------------------------------------------------------


def test_a_draft_is_not_learned():
    learn(factories.draft(**factories.FR), "fr", [one(KITCHEN, CUISINE)])

    assert MemoryEntry.objects.count() == 0


def test_a_scheduled_text_answers_from_its_hour_on(monkeypatch):
    learned(ago=-timedelta(hours=1))
    assert found(KITCHEN) == []

    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: later)

    assert found(KITCHEN) == [(100, CUISINE)]


def test_a_date_that_was_put_off_is_followed():
    document = learned()
    document.published_at = timezone.now() + timedelta(days=1)
    document.save()

    learn(document, "fr", [one(KITCHEN, CUISINE)])

    assert found(KITCHEN) == []
    assert MemoryEntry.objects.get().public_from == document.published_at


def test_a_text_that_was_taken_back_past_everyone_does_not_answer():
    document = learned()
    type(document).objects.filter(pk=document.pk).update(published_at=None)

    assert found(KITCHEN) == []


def test_what_is_forgotten_is_not_suggested():
    document = learned()
    learned((KITCHEN, "ailleurs"))
    assert len(found(KITCHEN)) == 2

    forget(document)

    assert found(KITCHEN) == [(100, "ailleurs")]
    assert found(CUISINE, "fr", "en") == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_language_is_forgotten_on_whichever_side_it_stands(language):
    document = learned()

    forget(document, language)

    assert MemoryPair.objects.count() == 0


def test_another_languages_side_is_kept():
    document = learned()

    forget(document, "ar")

    assert found(KITCHEN) == [(100, CUISINE)]


def test_a_deleted_document_leaves_the_memory():
    document = learned()
    assert found(KITCHEN) != []

    document.delete()

    assert found(KITCHEN) == []
    assert MemoryPair.objects.count() == 0


SENTENCES = st.lists(
    st.text("abcdé ,.", min_size=1, max_size=12).map(lambda text: f"s{text}"), max_size=6
)


@settings(max_examples=60, deadline=None)
@given(shared=SENTENCES, own=SENTENCES, kept=SENTENCES)
def test_the_words_of_a_withdrawn_document_never_come_up(shared, own, kept):
    with transaction.atomic():
        withdrawn, other = factories.live_pair(), factories.live_pair()
        learn(withdrawn, "fr", [one(text, f"gone {text}") for text in shared + own])
        learn(other, "fr", [one(text, f"kept {text}") for text in shared + kept])
        every = [*shared, *own, *kept]
        suggestions_for(every, "en", "fr")

        forget(withdrawn, "fr")

        there = [each for row in suggestions_for(every, "en", "fr", limit=50) for each in row]
        back = [
            each
            for row in suggestions_for([f"gone {text}" for text in every], "fr", "en", limit=50)
            for each in row
        ]
        assert [each for each in there if not each.target_html.startswith("kept")] == []
        assert [each for each in back if not each.source_text.startswith("kept")] == []
        transaction.set_rollback(True)
