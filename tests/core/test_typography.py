from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.html import canonical, plain_text
from core.typography import typeset, typeset_html
from tests.core.strategies import messy_html

FRENCH = [
    ("Bonjour !", "Bonjour\u202f!"),
    ("Bonjour!", "Bonjour\u202f!"),
    ("Quoi ? Non ; oui.", "Quoi\u202f? Non\u202f; oui."),
    ("Note : ceci", "Note\u00a0: ceci"),
    ("Note: ceci", "Note\u00a0: ceci"),
    ("« oui »", "«\u00a0oui\u00a0»"),
    ("«oui»", "«\u00a0oui\u00a0»"),
    ("« Non ! »", "«\u00a0Non\u202f!\u00a0»"),
    ("«Non!»", "«\u00a0Non\u202f!\u00a0»"),
    ("Quoi?!", "Quoi\u202f?!"),
    ("Quoi ?!", "Quoi\u202f?!"),
    ("Non!!", "Non\u202f!!"),
    ("(vraiment?)", "(vraiment\u202f?)"),
    ("Hé…!", "Hé…\u202f!"),
    ("l'État, aujourd'hui", "l’État, aujourd’hui"),
    ("d'«autres»", "d’«\u00a0autres\u00a0»"),
]
UNTOUCHED = [
    "",
    "Hé\u00a0! Non\u202f: oui\u00a0;",
    "12:30 et 10:1",
    "Voir https://x.example/?a=1;b!c:d ou www.x.example/?q",
    "Voir http://x.example:80/a'b!",
    "a@x.example!",
    "mailto:a@x.example",
    "a::b :: c",
    "Merci :) :-) ;) ;-)",
    "AT&amp;T",
    "!important",
    "(!)",
    " !",
    "«»",
    '"oui"',
    "5'30 'a'",
    "x.example/l'eau",
]


@pytest.mark.parametrize(("typed", "expected"), FRENCH)
def test_french_is_set_with_its_spaces(typed, expected):
    assert typeset(typed, "fr") == expected


@pytest.mark.parametrize("text", UNTOUCHED)
def test_what_is_no_punctuation_of_a_sentence_stays(text):
    assert typeset(text, "fr") == text


def test_a_regional_french_is_french():
    assert typeset("Oui !", "fr-BE") == "Oui\u202f!"


def test_english_gets_its_apostrophe_and_nothing_else():
    assert typeset("Don't! Why? «x» : y", "en") == "Don’t! Why? «x» : y"


def test_other_languages_stay_as_they_are():
    assert typeset("l'x! : «y»", "ar") == "l'x! : «y»"


def test_a_rule_looks_across_tags():
    html = "<p><em>Oui</em>! «<strong>non</strong> » l'<em>eau</em> :</p>"
    assert typeset_html(html, "fr") == (
        "<p><em>Oui</em>\u202f! «\u00a0<strong>non</strong>\u00a0» l’<em>eau</em>\u00a0:</p>"
    )


def test_a_phrase_in_another_language_keeps_its_own_rules():
    english = '<p>Why? <span lang="fr">Quoi ?</span> Yes!</p>'
    assert typeset_html(english, "en") == '<p>Why? <span lang="fr">Quoi\u202f?</span> Yes!</p>'
    french = '<p>Oui ! <span lang="en">Why not ?</span> Non !</p>'
    assert typeset_html(french, "fr") == (
        '<p>Oui\u202f! <span lang="en">Why not ?</span> Non\u202f!</p>'
    )


def test_addresses_in_links_stay():
    html = '<p><a href="https://x.example/?a;b!">Oui !</a></p>'
    assert typeset_html(html, "fr") == '<p><a href="https://x.example/?a;b!">Oui\u202f!</a></p>'


def test_a_line_break_is_no_space():
    assert typeset_html("<p>a<br>! b</p>", "fr") == "<p>a<br>! b</p>"


sentences = st.text(alphabet="aé1 \u00a0\u202f\n;:!?«»'’\"().…/@&-", max_size=30)


@given(sentences | st.text())
@settings(max_examples=500, deadline=None)
def test_setting_a_text_twice_changes_nothing(text):
    once = typeset(text, "fr")
    assert typeset(once, "fr") == once


@given(sentences)
@settings(max_examples=300, deadline=None)
def test_only_spaces_and_apostrophes_change(text):
    assert letters(typeset(text, "fr")) == letters(text)


@given(messy_html | sentences)
@settings(max_examples=200, deadline=None)
def test_setting_html_changes_no_tag_and_is_done_once(html):
    text = canonical(html)
    once = typeset_html(text, "fr")
    assert re.findall("<[^>]*>", once) == re.findall("<[^>]*>", text)
    assert letters(plain_text(once)) == letters(plain_text(text))
    assert typeset_html(once, "fr") == once


def letters(text: str) -> str:
    return re.sub(r"[ \u00a0\u202f]", "", text).replace("'", "’")
