"""What was translated before is found again."""

from __future__ import annotations

import pytest

from tests import factories
from tests.translations.memory_helpers import CUISINE, KITCHEN, found, learned, one
from translations import likeness, memory
from translations.memory import Pair, learn, suggestions, suggestions_for

pytestmark = pytest.mark.django_db


def test_the_same_sentence_is_found_with_its_translation():
    learned(title_en="Open")

    assert suggestions(KITCHEN, "en", "fr") == [
        memory.Suggestion(100, KITCHEN, CUISINE, [("same", KITCHEN)], "Open")
    ]


def test_a_pair_answers_in_the_other_direction():
    learned()

    assert found(CUISINE, "fr", "en") == [(100, KITCHEN)]
    assert found(KITCHEN, "fr", "en") == []


def test_texts_of_both_sources_answer_together():
    learned()
    french = factories.live_french(**factories.EN)
    learn(french, "en", [one("La cuisine ouvre à minuit.", "The kitchen opens at midnight.")])

    assert found(CUISINE, "fr", "en", limit=2) == [
        (100, KITCHEN),
        (
            likeness.likeness(CUISINE, "La cuisine ouvre à minuit."),
            "The kitchen opens at midnight.",
        ),
    ]


def test_other_languages_do_not_answer():
    learned()

    assert found(KITCHEN, "en", "ar") == []


def test_an_empty_memory_suggests_nothing():
    assert found(KITCHEN) == []


@pytest.mark.parametrize("text", ["", " ", "…"])
def test_a_text_without_words_finds_nothing(text):
    learned()

    assert found(text) == []


def test_the_more_alike_comes_first():
    learned(
        ("The kitchen opens at nine tonight.", "neuf"),
        ("The kitchen opens at noon.", "midi"),
        ("The kitchen opens at noon!", "midi !"),
        ("Something else altogether.", "autre"),
    )

    assert [html for _likeness, html in found(KITCHEN)] == ["midi", "midi !", "neuf"]


def test_no_more_than_the_limit_are_suggested():
    learned(*((f"{KITCHEN} {number}", f"{CUISINE} {number}") for number in range(9)))

    assert len(found(KITCHEN)) == 3
    assert len(found(KITCHEN, limit=5)) == 5


# Fifty characters each, so that 15 others in the place of 15 leave exactly 70 % in common.
@pytest.mark.parametrize(("others", "expected"), [(15, [(70, "oui")]), (16, [])])
def test_the_threshold_is_seventy_percent(others, expected):
    learned(("a" * 50, "oui"))

    assert found("a" * (50 - others) + "b" * others) == expected


def test_sixty_nine_percent_and_a_half_is_not_rounded_up():
    learned(("a" * 100, "oui"))

    assert likeness.likeness("a" * 100, "a" * 69 + "b" * 30) == 69
    assert found("a" * 69 + "b" * 30) == []


def test_hundred_is_said_of_the_same_text_alone():
    learned(("a" * 2000, "oui"))

    assert found("a" * 1999 + "b") == [(99, "oui")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We are here!", "  we  ARE here ! "),
        ("“Don’t” – he said…", '"Don\'t" - he said...'),
        ("« Halte » : non", '"Halte": non'),
        ("10\u202f%", "10 %"),
        ("cafe\u0301", "café"),
        ("vol\u00adunteer", "volunteer"),
    ],
)
def test_space_capitals_and_typography_do_not_count(one, other):
    assert likeness.likeness(one, other) == 100


def test_accents_count():
    assert likeness.likeness("pêche", "péché") < 100


def test_the_same_letters_come_before_other_capitals():
    learned(("the kitchen", "minuscule"), ("The Kitchen", "majuscule"))

    assert found("The Kitchen") == [(100, "majuscule"), (100, "minuscule")]
    assert found("the kitchen") == [(100, "minuscule"), (100, "majuscule")]


def test_of_two_translations_the_newer_comes_first():
    learned((KITCHEN, "ancienne"))
    learned((KITCHEN, "nouvelle"))

    assert found(KITCHEN) == [(100, "nouvelle"), (100, "ancienne")]


def test_a_translation_is_suggested_once():
    for _time in range(3):
        learned()
    learned(("The kitchen opens at noon", CUISINE))

    assert found(KITCHEN) == [(100, CUISINE)]


def test_a_sentence_of_many_documents_does_not_hide_the_others():
    for number in range(12):
        learned((KITCHEN, f"{CUISINE} {number % 2}"))
    learned(("The kitchen opens at nine.", "neuf"))

    assert [html for _likeness, html in found(KITCHEN)] == [f"{CUISINE} 1", f"{CUISINE} 0", "neuf"]


def test_the_difference_leads_from_the_remembered_text_to_this_one():
    learned()

    assert suggestions("The kitchen opens at nine.", "en", "fr")[0].words == [
        ("same", "The kitchen opens at "),
        ("removed", "noon"),
        ("added", "nine"),
        ("same", "."),
    ]


def test_a_document_finds_nothing_of_its_own():
    own = learned()
    learned((KITCHEN, "ailleurs"))

    assert found(KITCHEN, but_not=own) == [(100, "ailleurs")]


def test_many_like_sentences_of_ones_own_hide_nobody_elses():
    own = learned(*((f"{KITCHEN} {number:03}", f"{CUISINE} {number}") for number in range(60)))
    learned((f"{KITCHEN} It is warm.", "chaud"))

    assert found(f"{KITCHEN} 000", but_not=own) == [
        (likeness.likeness(f"{KITCHEN} 000", f"{KITCHEN} It is warm."), "chaud")
    ]


def test_two_segments_that_were_translated_as_one_are_found_together():
    document = factories.live_pair()
    two = ("One <em>thing</em> &amp; all.", "Another thing.")
    learn(document, "fr", [Pair(two, ("Le tout.",))])

    (there,) = suggestions("One thing & all.\n\nAnother thing.", "en", "fr")
    (back,) = suggestions("Le tout.", "fr", "en")

    assert (there.likeness, there.target_html) == (100, "Le tout.")
    assert back.target_html.split("\n\n") == list(two)
    assert back.target_text == "One thing & all.\n\nAnother thing."


def test_many_texts_are_looked_up_with_the_queries_of_one(django_assert_num_queries):
    learned()
    learned(("Bring warm clothes.", "Apportez des vêtements chauds."))
    suggestions(KITCHEN, "en", "fr")

    with django_assert_num_queries(3):  # entries; pairs; their documents
        suggestions(KITCHEN, "en", "fr")
    with django_assert_num_queries(3):
        rows = suggestions_for([KITCHEN, "Bring warm clothes!", "Nothing like it"], "en", "fr")

    assert [[each.target_html for each in row] for row in rows] == [
        [CUISINE],
        ["Apportez des vêtements chauds."],
        [],
    ]
