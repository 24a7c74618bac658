"""Terms mended and taken out by whoever added them."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from tests.translations.desk.desk_helpers import person
from tests.translations.glossary_helpers import stored
from translations import glossary, glossary_edits
from translations.glossary_edits import Wording
from translations.models import Concept, Term

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina():
    return person("amina", "translate_fr")


def term(text: str) -> Term:
    return Term.objects.get(text=text)


def change(concept, who, words: dict[str, Wording], **about):
    """Change terms by their present text."""
    glossary_edits.change(concept, who, {term(t).pk: w for t, w in words.items()}, **about)


def test_who_added_a_term_mends_it(amina):
    made = glossary.add("en", "squat", "fr", "occupassion", by=amina)

    change(made, amina, {"occupassion": Wording("  occupation ", forbidden=True)})

    assert stored() == [("en", "squat", False), ("fr", "occupation", True)]


def test_nobody_mends_what_another_has_added(amina):
    made = glossary.add("en", "squat", "fr", "occupation", note="Ours.", by=person("bo"))
    words = {"squat": Wording("", is_taken_out=True), "occupation": Wording("mine")}

    change(made, amina, words, note="Mine.", leave_as_is=True)

    assert stored() == [("en", "squat", False), ("fr", "occupation", False)]
    assert (Concept.objects.get().note, Concept.objects.get().leave_as_is) == ("Ours.", False)


def test_a_word_added_to_anothers_entry_is_ones_own_alone(amina):
    made = glossary.add("en", "squat", "fr", "occupation", by=person("bo"))
    glossary.add("en", "squat", "fr", "lieu occupé", by=amina)

    assert [one.text for one in glossary_edits.own(made, amina, "en", "fr")] == ["lieu occupé"]
    assert not glossary_edits.may_change(amina, made)


def test_who_looks_after_the_glossary_changes_everything(amina):
    made = glossary.add("en", "squat", "fr", "occupation", by=amina)
    editor = person("esther", "change_concept", "change_term")

    change(made, editor, {"squat": Wording("squatted house")}, note="Ours.")

    assert stored() == [("en", "squatted house", False), ("fr", "occupation", False)]
    assert Concept.objects.get().note == "Ours."


def test_an_entry_goes_with_the_last_thing_that_it_says(amina):
    made = glossary.add("en", "squat", "fr", "occupation", by=amina)

    change(made, amina, {"occupation": Wording("", is_taken_out=True)})

    assert (stored(), Concept.objects.count()) == ([], 0)


def test_what_others_have_added_to_an_entry_stays(amina):
    made = glossary.add("en", "squat", "fr", "occupation", by=amina)
    glossary.add("en", "squat", "fr", "lieu occupé", by=person("bo"))
    words = {"squat": Wording("squat"), "occupation": Wording("", is_taken_out=True)}

    change(made, amina, words)

    assert stored() == [("en", "squat", False), ("fr", "lieu occupé", False)]


def test_a_term_of_another_that_is_left_alone_in_an_entry_stays(amina):
    made = glossary.add("en", "squat", "fr", "occupation", by=person("bo"))
    glossary.add("en", "squat", "fr", "lieu occupé", by=amina)
    Term.objects.filter(text="occupation").delete()

    change(made, amina, {"lieu occupé": Wording("", is_taken_out=True)})

    assert stored() == [("en", "squat", False)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (" ", "Write the term, or take it out."),
        ("…", "Write a word."),
        ("x" * 121, "A term has at most 120 characters."),
        ("Lieu occupé", "“Lieu occupé” is in the glossary already."),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_written(amina, text, message):
    made = glossary.add("en", "squat", "fr", "occupation", by=amina)
    glossary.add("en", "squat", "fr", "lieu occupé", by=amina)
    before, key = stored(), str(term("occupation").pk)

    with pytest.raises(ValidationError) as refused:
        change(made, amina, {"squat": Wording("house"), "occupation": Wording(text)}, note="New.")

    assert refused.value.message_dict == {key: [message]}
    assert (stored(), Concept.objects.get().note) == (before, "")


def test_two_terms_that_change_places_are_refused_in_words(amina):
    made = glossary.add("en", "squat", "fr", "occupation", by=amina)
    glossary.add("en", "squat", "fr", "lieu occupé", by=amina)
    before = stored()
    words = {"occupation": Wording("lieu occupé"), "lieu occupé": Wording("occupation")}

    with pytest.raises(ValidationError, match="cannot be told apart"):
        change(made, amina, words)

    assert stored() == before


def test_what_has_a_translation_is_not_left_as_it_is(amina):
    made = glossary.add("en", "squat", "fr", "occupation", by=amina)

    with pytest.raises(ValidationError, match="has no translation"):
        change(made, amina, {}, leave_as_is=True)

    assert not Concept.objects.get().leave_as_is


def test_an_entry_that_is_gone_is_said_to_be(amina):
    made = glossary.add("en", "squat", "fr", "occupation", by=amina)
    Concept.objects.all().delete()

    with pytest.raises(Concept.DoesNotExist):
        glossary_edits.change(made, amina, {})
