from __future__ import annotations

import pytest

from search import snippets
from search.queries import Lights
from search.rows import Passage

LONG = "Nobody slept. " * 40


def lit(*stems: str, language: str = "en") -> Lights:
    return Lights(language, {stem: (place, 0) for place, stem in enumerate(stems)})


def shown(text: str, *stems: str, language: str = "en") -> str:
    return snippets.best([Passage(language, text=text)], lit(*stems), language)[1]


@pytest.mark.parametrize(
    ("language", "text", "stem", "expected"),
    [
        ("fr", "Les FRONTIÈRES tuent", "frontier", "Les <mark>FRONTIÈRES</mark> tuent"),
        ("fr", "L'expulsion d'hier", "expuls", "L’<mark>expulsion</mark> d’hier"),
        ("fr", "Les étudiant·e·s", "etudi", "Les <mark>étudiant·e·s</mark>"),
        ("fr", "Une œuvre", "oeuvr", "Une <mark>œuvre</mark>"),
        ("en", "They evicted us", "evict", "They <mark>evicted</mark> us"),
    ],
)
def test_a_word_lights_up_as_it_is_written(language, text, stem, expected):
    assert snippets.title(text, lit(stem, language=language), language) == expected


def test_what_looks_like_html_is_text():
    text = "<script>alert(1)</script> & <mark>border</mark>"

    assert snippets.title(text, lit("border"), "en") == (
        "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;mark&gt;<mark>border</mark>&lt;/mark&gt;"
    )


def test_a_passage_is_cut_between_words_around_what_was_found():
    text = f"{LONG}The border is a job done by people, every day. {LONG}"

    found = shown(text, "border")

    assert found.startswith("…The <mark>border</mark> is a job done by people, every day. Nobody")
    assert found.endswith("…")
    assert 150 < len(found) < 250


def test_a_passage_begins_with_its_text_where_only_the_title_was_found():
    assert shown(f"Soup. {LONG}", "zeppelin").startswith("Soup. Nobody slept.")


def test_the_place_that_holds_most_is_shown():
    text = f"The police came. {LONG} The police at the border. {LONG}"

    assert shown(text, "polic", "border").startswith(
        "…The <mark>police</mark> at the <mark>border</mark>."
    )


def test_a_heading_is_kept_apart_from_what_follows():
    assert shown("The camp\n\nWe stay.\n\nTomorrow", "camp") == (
        "The <mark>camp</mark> · We stay. Tomorrow"
    )


def test_a_question_that_holds_it_is_shown_with_its_anchor():
    passages = [
        Passage("en", text="Your rights."),
        Passage("en", "May they?", "At the border they may.", "q4"),
    ]

    assert snippets.best(passages, lit("border"), "en") == (
        "May they?",
        "At the <mark>border</mark> they may.",
        "#q4",
    )


def test_a_text_before_its_questions_is_shown_first():
    passages = [Passage("en", text="The border."), Passage("en", "A border?", "Yes.", "q4")]

    assert snippets.best(passages, lit("border"), "en") == ("", "The <mark>border</mark>.", "")


def test_a_question_that_falls_back_says_its_language():
    passages = [Passage("fr", "Une tente ?", "Oui.", "q4")]

    assert snippets.best(passages, lit("tent"), "en") == (
        '<span lang="fr" dir="ltr">Une <mark>tente</mark>\u202f?</span>',
        '<span lang="fr" dir="ltr">Oui.</span>',
        "#q4",
    )


def test_of_a_long_answer_the_part_that_holds_it_is_shown_below_the_question():
    passages = [Passage("en", "May they?", f"{LONG}At the border they may.", "q4")]

    heading, text, _anchor = snippets.best(passages, lit("border"), "en")

    assert heading == "May they?"
    assert text == "…At the <mark>border</mark> they may."


def test_without_any_text_there_is_no_passage():
    assert snippets.best([], lit("border"), "en") == ("", "", "")
