"""The checks that look at words: untranslated, doubled, glossary."""

from __future__ import annotations

import pytest

from tests.translations.checks.pairs import alarms, messages, plain, row, term
from translations.glossary import Hit

COPIES = [
    ("We meet at the border.", ["untranslated"]),
    ("Stop the raids", ["untranslated"]),
    ("Press release", ["untranslated"]),
    ("Right to Remain: campaigning for people", ["untranslated"]),
    ("Médecins du Monde", []),
    ("No Borders Leeds", []),
    ("12 rue de la Paix, 62100 Calais", []),
    ("15 minutes", []),
    ("Participation", []),
    ("2015", []),
    ("https://x.example/what-we-do", []),
    ("info@x.example", []),
    ("***", []),
    ('<span lang="de">Kein Mensch ist illegal</span>', []),
]
DOUBLED = [
    ("It is the the end.", "C’est la fin.", []),
    ("The end of the world.", "La fin de de ce monde.", ["doubled"]),
    ("The end of the world.", "La fin <em>de</em> de ce monde.", ["doubled"]),
    ("The end.", "Le le monde.", ["doubled"]),
    ("We fight.", "Nous nous battons, vous vous battez.", []),
    ("No, no.", "Non, non.", []),
    ("It is here.", "Elle est à l’est est de nous-mêmes.", []),
    ("See you.", "Nous avons dit vous vous-mêmes.", []),
    ("Bora Bora", "Bora Bora, là-bas", []),
    ("First line", "le<br>le monde", []),
]
GLOSSARY = [
    ("frontières", term("border", "frontière"), []),
    ("la FRONTIERE", term("border", "frontière"), []),
    ("le mur", term("border", "frontière"), ["glossary"]),
    ("le mur", term("border", "frontière", "mur"), []),
    ("les réfugié·e·s", term("refugee", "personne réfugiée", "réfugié"), []),
    ("les réfugiées", term("refugee", "réfugié"), []),
    ("un centre fermé de rétention", term("detention centre", "centre de rétention"), []),
    ("ils occupent tout", term("to squat", "occuper"), []),
    ("les travailleuses", term("worker", "travailleur"), []),
    ("les prud’hommes locaux", term("local", "local"), []),
    ("les migrants", term("people", forbidden=("migrant",)), ["glossary"]),
    ("une migration", term("people", forbidden=("migrant",)), []),
    ("des personnes migrantes", term("people", "personne migrante", forbidden=("migrant",)), []),
    ("des migrants", term("people", "personne migrante", forbidden=("migrant",)), ["glossary"]),
    ("les Sans-Frontières", term("No Border Kitchen", as_is=True), ["glossary"]),
    ("la No Border Kitchen", term("No Border Kitchen", as_is=True), []),
    ("à l’Auberge", term("L'Auberge", as_is=True), []),
]


@pytest.mark.parametrize(("text", "expected"), COPIES)
def test_a_copy_of_the_source_is_untranslated_where_it_has_words(text, expected):
    assert alarms(row(text, text)) == expected


def test_a_copied_title_is_untranslated():
    assert alarms(plain("What we want &amp; why", "What we want &amp; why")) == ["untranslated"]


def test_a_copy_of_terms_that_stay_as_they_are_is_fine():
    slogan = row("no pasaran", "no pasaran", terms=term("no pasaran", as_is=True))
    assert alarms(slogan) == []


def test_an_empty_row_says_only_that_it_is_empty():
    assert messages(row("Come on 20 August.", "")) == [
        "Nothing stands here yet. Translate it, or leave it out on purpose."
    ]


def test_a_row_that_is_left_out_or_has_no_source_is_not_compared():
    assert alarms(row("Come on 20 August.", "", omitted=True)) == []
    assert alarms(row("", "Venez le 20 août : a@x.example")) == []


@pytest.mark.parametrize(("source", "target", "expected"), DOUBLED)
def test_a_word_typed_twice_is_named(source, target, expected):
    assert alarms(row(source, target)) == expected


@pytest.mark.parametrize(("target", "terms", "expected"), GLOSSARY)
def test_the_words_of_the_glossary_are_wanted_whatever_their_endings(target, terms, expected):
    assert alarms(row(terms[0].term, target, terms=terms)) == expected


def test_the_glossary_says_what_to_write():
    terms = term("border", "frontière", "limite", forbidden=("barrière",))
    assert messages(row("border", "la barrière", terms=terms)) == [
        "“barrière” is not to be used for “border”: write “frontière” or “limite”."
    ]
    assert messages(row("border", "le mur", terms=terms)) == [
        "The glossary has “frontière” or “limite” for “border”, which is missing here."
    ]


def test_a_term_inside_a_longer_one_is_not_asked_for():
    terms = term("detention centre", "centre de rétention") + term("detention", "détention")
    target = "un centre de rétention"
    assert alarms(row("a detention centre", target, terms=terms)) == []
    both = row("a detention centre, and detention", target, terms=terms)
    assert alarms(both) == ["glossary"]


@pytest.mark.parametrize("forms", [("visitor", "visitor"), ("visitor", "Visitors")])
def test_a_term_that_stands_twice_in_a_row_is_asked_for_once(forms):
    hits = [
        Hit(form, ("personne en visite",), start=place, end=place + len(form))
        for place, form in enumerate(forms)
    ]
    other = Hit("border", ("frontière",))

    assert messages(
        row(f"{forms[0]} and {forms[1]} at the border", "Les gens", terms=(*hits, other))
    ) == [
        "The glossary has “personne en visite” for “visitor”, which is missing here.",
        "The glossary has “frontière” for “border”, which is missing here.",
    ]


def test_two_names_that_are_left_as_they_are_are_two():
    terms = term("Grande Louche", as_is=True) + term("Quai Ouvert", as_is=True)
    names = "Grande Louche, Quai Ouvert, Grande Louche"
    assert alarms(row(names, "Une cuisine et une péniche", terms=terms + terms[:1])) == [
        "glossary",
        "glossary",
    ]


def test_a_language_without_endings_is_searched_for_the_beginning_of_the_word():
    assert alarms(row("border", "an den Landesgrenzen", "en de", terms=term("b", "Grenze"))) == []
    assert alarms(row("border", "an der Mauer", "en de", terms=term("b", "Grenze"))) == ["glossary"]
