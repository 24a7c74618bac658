"""The collective's words: found in a text however they end, listed, added."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from tests.translations.glossary_helpers import concept, found, hits, stored
from translations import checks
from translations.glossary import Entry, Glossary, add, entries
from translations.models import Concept

pytestmark = pytest.mark.django_db


# What is found ------------------------------------------------------------------------------------


def test_a_hit_says_where_it_stands_and_what_to_write():
    concept(note="Never “occupation”.", en="squat", fr=["squat", "lieu occupé", "-occupation"])

    (hit,) = hits("The Squats stay.")

    assert (hit.start, hit.end, hit.term) == (4, 10, "Squats")
    assert (hit.wanted, hit.forbidden) == (("lieu occupé", "squat"), ("occupation",))
    assert (hit.note, hit.leave_as_is) == ("Never “occupation”.", False)


def test_a_hit_is_what_the_checks_take():
    concept(en="squat", fr="squat")
    pair = checks.Pair(
        "<p>The squat stays.</p>",
        "<p>La maison reste.</p>",
        "en",
        "fr",
        terms=tuple(hits("The squat stays.")),
    )

    (problem,) = checks.check_row(pair)

    assert problem.id == "glossary"


@pytest.mark.parametrize(
    ("language", "term", "text", "expected"),
    [
        ("en", "house", "Houses, HOUSE, housing, greenhouse", ["Houses", "HOUSE"]),
        ("en", "houses", "one house", ["house"]),
        ("en", "box", "two boxes", ["boxes"]),
        ("en", "eviction", "the council's evictions", ["evictions"]),
        ("en", "council", "the council’s evictions", ["council"]),
        ("en", "city", "two cities", ["cities"]),
        ("en", "safe house", "Safe houses. A house is safe.", ["Safe houses"]),
        ("en", "safe house", "safe, house; safe-house", ["safe-house"]),
        ("en", "safe house", "safe\u00a0house", ["safe\u00a0house"]),
        ("fr", "journal", "les journaux", ["journaux"]),
        ("fr", "réfugié", "REFUGIEES, réfugiée, refuge", ["REFUGIEES", "réfugiée"]),
        ("fr", "expulsion", "l’expulsion, d'expulsions", ["expulsion", "expulsions"]),
        ("fr", "état d'urgence", "l’état d’urgence", ["état d’urgence"]),
        ("fr", "sans-papiers", "les sans papiers", ["sans papiers"]),
        ("fr", "garde à vue", "les gardes à vue", ["gardes à vue"]),
        ("fr", "cœur", "le coeur", ["coeur"]),
        ("fr", "jeu", "des jeux", ["jeux"]),
        ("fr", "militant", "les militant·e·s, un-e militant-e", ["militant·e·s", "militant-e"]),
        ("fr", "militant", "les militants.", ["militants"]),
        ("ar", "مأوى", "هذا مأوى الليلة", ["مأوى"]),
    ],
)
def test_a_term_is_found_as_whole_words_in_every_form(language, term, text, expected):
    target = "en" if language == "fr" else "fr"
    concept(**{language: term, target: "x"})

    assert found(text, language, target) == expected


def test_the_longest_term_wins_and_none_overlap():
    concept(en="detention", fr="détention")
    concept(en="centre closed", fr="x")
    concept(en="detention centre closed down", fr="centre fermé")

    assert found("The detention centre closed down; detention goes on, the centre closed.") == [
        "detention centre closed down",
        "detention",
        "centre closed",
    ]


def test_a_longer_term_wins_over_an_earlier_one():
    concept(en="night court", fr="x")
    concept(en="court of appeal", fr="cour d'appel")

    assert found("The night court of appeal.") == ["court of appeal"]


def test_a_word_that_is_forbidden_in_the_source_language_is_found_too():
    concept(en=["undocumented", "-illegals"], fr="sans-papiers")

    (hit,) = hits("They call them illegals.")

    assert (hit.term, hit.wanted) == ("illegals", ("sans-papiers",))


def test_two_concepts_of_one_term_make_one_hit():
    concept(note="A direction.", en="right", fr=["droite", "-droit"])
    concept(note="A claim.", en="right", fr="droit")

    (hit,) = hits("A right.")

    assert (hit.wanted, hit.forbidden) == (("droite", "droit"), ())
    assert hit.note == "A direction.\nA claim."


def test_what_is_left_as_is_needs_no_translation():
    concept(leave_as_is=True, en="Quai Ouvert")

    (hit,) = hits("At Quai Ouvert.")

    assert (hit.term, hit.wanted, hit.leave_as_is) == ("Quai Ouvert", (), True)


def test_an_entry_with_nothing_to_say_in_this_language_is_no_hit():
    concept(en="squat", ar="x")

    assert found("A squat.") == []


def test_languages_have_their_own_words():
    concept(en="pain", fr="douleur")
    concept(fr="pain", en="bread")

    assert [hit.wanted for hit in hits("pain")] == [("douleur",)]
    assert [hit.wanted for hit in hits("pain", "fr", "en")] == [("bread",)]


@pytest.mark.parametrize("text", ["", "   ", "— … !", "²"])
def test_a_text_without_words_has_no_hits(text):
    concept(en="squat", fr="squat")

    assert found(text) == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_glossary_of_a_page_is_one_query(number, django_assert_num_queries):
    for each in range(number):
        concept(en=f"squat{each}", fr="squat")

    with django_assert_num_queries(1):
        glossary = Glossary.for_pair("en", "fr")
        rows = [glossary.hits("squat0 squat1 squat2") for _row in range(200)]

    assert {len(row) for row in rows} == {number}


# The list -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_one_query(number, django_assert_num_queries):
    for each in range(number):
        concept(en=f"word {each}", fr="mot")

    with django_assert_num_queries(1):
        assert len(entries("en", "fr")) == number


def test_the_list_is_in_the_order_of_the_alphabet():
    squat = concept(note="Ours.", en="squat", fr=["squat", "-occupation"])
    name = concept(leave_as_is=True, en="Été festival")
    french = concept(fr="zad")
    concept(ar="x")

    assert entries("en", "fr") == [
        Entry(name.pk, ("Été festival",), (), (), "", True),
        Entry(squat.pk, ("squat",), ("squat",), ("occupation",), "Ours.", False),
        Entry(french.pk, (), ("zad",), (), "", False),
    ]


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("REFUGIE", ["refugee"]),
        (" squat ", ["squat"]),
        ("occup", ["squat"]),
        ("ours", ["squat"]),
        ("", ["refugee", "squat"]),
        ("zebra", []),
    ],
)
def test_the_list_is_searched_in_terms_and_notes(search, expected):
    concept(note="Ours.", en="squat", fr=["squat", "-occupation"])
    concept(en="refugee", fr="réfugié·e")

    assert [entry.terms[0] for entry in entries("en", "fr", search)] == expected


# Adding -------------------------------------------------------------------------------------------


def test_a_line_is_added():
    made = add("en", "  safe \n house ", "fr", "maison sûre", note=" Ours. ")

    assert (made.note, made.leave_as_is) == ("Ours.", False)
    assert stored() == [("en", "safe house", False), ("fr", "maison sûre", False)]


def test_a_known_term_is_joined():
    first = add("en", "squat", "fr", "squat", note="Ours.")

    again = add("en", "Squat", "fr", "occupation", note="Not this.", forbidden=True)

    assert again == first
    assert Concept.objects.get().note == "Ours.\nNot this."
    assert stored() == [("en", "squat", False), ("fr", "squat", False), ("fr", "occupation", True)]


def test_a_word_with_other_accents_is_another_word():
    add("fr", "pêche", "en", "fishing")

    add("fr", "péché", "en", "sin")

    assert Concept.objects.count() == 2


def test_what_is_left_as_is_is_added_without_a_translation():
    made = add("fr", "Quai Ouvert", "en", leave_as_is=True)

    assert made.leave_as_is
    assert stored() == [("fr", "Quai Ouvert", False)]


def test_what_is_left_as_is_may_have_a_forbidden_word_in_a_line_of_its_own():
    add("fr", "Quai Ouvert", "en", leave_as_is=True)
    add("fr", "Quai Ouvert", "en", "Open Quay", forbidden=True)

    assert stored() == [("fr", "Quai Ouvert", False), ("en", "Open Quay", True)]


def test_a_known_term_is_left_as_is_from_now_on():
    add("en", "squat", "fr", "lieu occupé", forbidden=True)

    add("en", "squat", "fr", leave_as_is=True)

    assert Concept.objects.get().leave_as_is


@pytest.mark.parametrize(
    ("wrong", "errors"),
    [
        ({"source_term": " "}, {"source_term": ["Write the term."]}),
        ({"source_term": "…"}, {"source_term": ["Write a word."]}),
        ({"source_term": "x" * 121}, {"source_term": ["A term has at most 120 characters."]}),
        (
            {"target_term": ""},
            {"target_term": ["Write how it is translated, or choose “leave as is”."]},
        ),
        ({"target_term": "x" * 121}, {"target_term": ["A term has at most 120 characters."]}),
        ({"target_term": "—"}, {"target_term": ["Write a word."]}),
        (
            {"source_term": "", "target_term": ""},
            {
                "source_term": ["Write the term."],
                "target_term": ["Write how it is translated, or choose “leave as is”."],
            },
        ),
        (
            {"leave_as_is": True},
            {"target_term": ["What is left as is has no translation: leave this empty."]},
        ),
        (
            {"leave_as_is": True, "forbidden": True},
            {
                "forbidden": [
                    "Choose one of the two: left as it is, or a word that is never used. The other "
                    "one can be added in a line of its own."
                ]
            },
        ),
        ({"source_language": "xx"}, {"source_language": ["Choose one of the site’s languages."]}),
        ({"target_language": "en"}, {"target_language": ["Choose two different languages."]}),
    ],
)
def test_what_cannot_be_added_is_refused_in_words(wrong, errors):
    line = {
        "source_language": "en",
        "source_term": "squat",
        "target_language": "fr",
        "target_term": "squat",
    }

    with pytest.raises(ValidationError) as refused:
        add(**{**line, **wrong})

    assert refused.value.message_dict == errors
    assert Concept.objects.count() == 0


@pytest.mark.parametrize(
    ("again", "errors"),
    [
        ({"target_term": "Squat"}, {"target_term": ["“Squat” is in the glossary already."]}),
        (
            {"target_term": "occupation"},
            {"target_term": ["“occupation” is in the glossary already, as forbidden."]},
        ),
        (
            {"source_term": "Quai Ouvert", "target_term": "", "leave_as_is": True},
            {"source_term": ["“Quai Ouvert” is in the glossary already."]},
        ),
    ],
)
def test_what_is_there_already_is_said_to_be(again, errors):
    add("en", "squat", "fr", "squat")
    add("en", "squat", "fr", "occupation", forbidden=True)
    add("en", "Quai Ouvert", "fr", leave_as_is=True)
    before = stored()

    with pytest.raises(ValidationError) as refused:
        add(**{"source_language": "en", "source_term": "squat", "target_language": "fr", **again})

    assert refused.value.message_dict == errors
    assert stored() == before


def test_a_refused_line_leaves_its_note_out():
    add("en", "squat", "fr", "squat")

    with pytest.raises(ValidationError):
        add("en", "squat", "fr", "squat", note="Lost.")

    assert Concept.objects.get().note == ""


def test_characters_that_cannot_be_stored_are_left_out():
    add("en", "squ\x00at", "fr", "lieu\ud800 occupé", note="a\x00")

    assert stored() == [("en", "squat", False), ("fr", "lieu occupé", False)]
