"""The checks that look at how a text speaks: relative dates, inclusive writing."""

from __future__ import annotations

import pytest

from tests.translations.checks.pairs import alarms, row
from translations.checks import check_row, check_text
from translations.checks.inclusive import forms

RELATIVE = [
    ("Come tomorrow.", "Venez demain.", [("relative", False)]),
    ("Come tomorrow.", "Venez le 30 août.", [("relative", True)]),
    ("Come on 30 August.", "Venez demain, le 30 août.", [("relative", False)]),
    ("Come.", "Venez aujourd'hui.", [("relative", False)]),
    ("Come.", "Venez aujourd’hui.", [("relative", False)]),
    ("Come.", "Venez ce soir.", [("relative", False)]),
    ("Come.", "Venez la semaine prochaine.", [("relative", False)]),
    ("Come.", "Venez lundi prochain.", [("relative", False)]),
    ("Come tonight.", "", [("untranslated", False), ("relative", True)]),
    ("Come on Monday.", "Venez lundi.", []),
    ("The world of tomorrow, today’s fight.", "Le monde de demain, la lutte d’aujourd’hui.", []),
]
INCLUSIVE = [
    ("attaqué-e, né-e-s, tou-te-s", ["-", "-", "-"]),
    ("attaqué·e, étudiant·e·s, un·e", ["·", "·", "·"]),
    ("attaqué.e, militant.es", [".", "."]),
    ("attaqué(e), bloqué(e)s", ["(", "("]),
    ("attaquéE, bloquéEs", ["E", "E"]),
    ("étudiant/e/s", ["/"]),
    ("actif-ve, professionnel-le-s, citoyen-ne, heureux-se", ["-"] * 4),
    ("travailleur-euse, acteur-trice, ouvrier-ère, animateur-rice", ["-"] * 4),
    ("TOUS-TES, ATTAQUÉ-E", ["-", "-"]),
    ("week-end, rendez-vous, est-ce, vas-y, peut-être, dit-elle, a-t-elle, là-bas", []),
    ("prends-le, prends-les, dis-leur, appelle-le, fais-en, vas-tu, es-tu, moi-même", []),
    ("e-mail, vice-président, arc-en-ciel, ex-copine, semaine(s), personne(s), et/ou", []),
    ("Fin de phrase.Les gens https://attaqué.e.example/né.e info@ami.es 12 km/h", []),
]


@pytest.mark.parametrize(("source", "target", "expected"), RELATIVE)
def test_a_call_out_says_dates(source, target, expected):
    problems = check_row(row(source, target, is_dated=True))
    assert [(problem.id, problem.note) for problem in problems] == expected


def test_other_texts_may_say_tomorrow():
    assert alarms(row("Come tomorrow.", "Venez demain.")) == []


@pytest.mark.parametrize(("text", "marks"), INCLUSIVE)
def test_inclusive_forms_are_told_from_ordinary_hyphens(text, marks):
    assert [mark for mark, _word in forms(text)] == marks


def test_two_ways_of_inclusive_writing_in_a_text_are_named_where_the_rarer_stands():
    rows = [row("", "les attaqué-e-s"), row("", "les né·e·s"), row("", "les élu-e-s")]
    found = check_text(rows)
    assert {index: [p.message for p in problems] for index, problems in found.items()} == {
        1: [
            "“né·e·s” here, but mostly as in “attaqué-e-s” in this text (2 times). "
            "Choose one way to write it."
        ]
    }


def test_of_two_equally_frequent_ways_the_first_counts():
    found = check_text([row("", "né·e"), row("", "élu-e")])
    assert {index: [p.message for p in problems] for index, problems in found.items()} == {
        1: ["“élu-e” here, but “né·e” elsewhere in this text. Choose one way to write it."]
    }


def test_inclusive_writing_is_looked_for_in_french_only_and_not_in_rows_left_out():
    assert check_text([row("", "né·e", "fr en"), row("", "élu-e", "fr en")]) == {}
    assert check_text([row("x", "né·e", omitted=True), row("", "élu-e")]) == {}
