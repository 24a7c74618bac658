from __future__ import annotations

import unicodedata

import pytest

from search import words

FAMILIES = [
    ("fr", ["FRONTIÈRES", "frontière", "frontiere", "Frontie\u0300re", "fron\u00adtière"]),
    ("fr", ["évacués", "évacuation", "EVACUER"]),
    ("fr", ["étudiant·e·s", "étudiantes"]),
    ("fr", ["œuvre", "oeuvres", "Œuvre"]),
    ("en", ["border", "Borders", "BORDERS"]),
    ("en", ["evicted", "eviction", "evict"]),
    ("ar", ["العَرَبِيَّة", "العربية"]),
]


@pytest.mark.parametrize(("language", "family"), FAMILIES)
def test_words_of_one_family_come_down_to_one_stem(language, family):
    assert len({tuple(words.stems(words.plain(word), language)) for word in family}) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("l’eau, d'ici, qu’on", ["eau", "ici", "on"]),
        ("aujourd'hui", ["aujourd", "hui"]),
        ("don't — the group's", ["don", "the", "group"]),
        ("sans-papiers", ["sans", "papiers"]),
        ("5 mai 2025", ["5", "mai", "2025"]),
        ("難民 camp", ["難", "民", "camp"]),
        ("Straße", ["strasse"]),
        ("🙂 … — !", []),
        ("ﷺ", ["صلى", "الله", "عليه", "وسلم"]),
    ],
)
def test_a_text_is_cut_into_words_worth_looking_for(text, expected):
    assert words.folded(text) == expected


def test_a_word_knows_where_it_stands():
    text = "À l’Œuvre"

    assert [text[word.start : word.end] for word in words.split(text)] == ["Œuvre"]


def test_a_plain_text_holds_nothing_that_a_database_refuses():
    assert words.plain("a\0b\ud800c") == "a bc"
    assert unicodedata.is_normalized("NFC", words.plain("e\u0301"))


def test_a_language_that_nobody_stems_is_folded():
    assert words.stems("Ĝardenoj", "xx") == ["gardenoj"]


def test_an_endless_word_is_cut():
    assert [len(word) for word in words.folded("a" * 10_000)] == [words.LONGEST]
