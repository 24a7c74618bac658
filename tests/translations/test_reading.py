"""What readers get: a whole side, theirs or the next best one."""

from __future__ import annotations

import pytest

from bulletins.models import Kind
from tests import factories
from translations.reading import Words

pytestmark = pytest.mark.django_db


def test_a_reader_gets_the_side_in_their_language():
    text = factories.live_pair().side("fr")

    assert (text.title, text.lang, text.is_fallback) == ("La cuisine ouvre", "fr", False)


def test_a_missing_side_falls_back_to_the_source_as_a_whole():
    text = factories.live_french(summary_fr="En bref").side("en")

    assert (text.title, text.summary, text.lang, text.is_fallback) == (
        "La cuisine ouvre",
        "En bref",
        "fr",
        True,
    )


def test_an_empty_summary_is_never_filled_from_the_other_language():
    text = factories.live_pair(summary_en="In short").side("fr")

    assert text.summary == ""


def test_a_place_falls_back_alone_and_says_so():
    bulletin = factories.live_pair(kind=Kind.CALLOUT, place_fr="Place de la Criée")

    place = bulletin.side("en").place

    assert isinstance(place, Words)
    assert (place, place.lang, place.dir, place.is_fallback) == (
        "Place de la Criée",
        "fr",
        "ltr",
        True,
    )


def test_french_typography_is_applied_for_the_reader_and_not_stored():
    bulletin = factories.live_french(title_fr="Où aller ? Partout !")

    assert bulletin.side("fr").title == "Où aller\u202f? Partout\u202f!"
    assert bulletin.title_fr == "Où aller ? Partout !"


def test_no_break_spaces_that_were_typed_are_stored():
    bulletin = factories.live_french(body_fr="<p>«\u00a0Oui\u202f!\u00a0»</p>")

    assert bulletin.body_fr == "<p>«\u00a0Oui\u202f!\u00a0»</p>"


def test_a_plain_field_is_escaped_by_templates():
    text = factories.live(title_en="<b>5 > 3</b>").side("en")

    assert not hasattr(text.title, "__html__")
    assert hasattr(text.body, "__html__")


def test_a_field_that_is_not_translated_is_no_part_of_a_side():
    with pytest.raises(AttributeError, match="no translated field “kind”"):
        _ = factories.live().side("en").kind


def test_the_language_is_named_as_the_reader_calls_it():
    assert factories.live_french().side("en").language_name == "French"


def test_a_preview_of_half_a_draft_shows_what_is_there():
    bulletin = factories.draft(title_en="Only a title", body_en=None)

    text = bulletin.side("en")

    assert (text.title, text.body) == ("Only a title", "")


def test_entries_fall_back_one_by_one():
    faq = factories.faq(entries=1, title_fr="Questions courantes")
    factories.entry(faq, question_fr="Pourquoi ?", answer_fr="<p>Parce que.</p>", position=2)

    sides = [entry.side("fr") for entry in faq.entries.all()]

    assert [(side.question, side.lang) for side in sides] == [
        ("Question 1?", "en"),
        ("Pourquoi\u202f?", "fr"),
    ]
