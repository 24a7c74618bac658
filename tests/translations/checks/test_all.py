"""What holds for every check."""

from __future__ import annotations

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from core.html import canonical
from tests.core.strategies import messy_html
from tests.translations.checks.pairs import row
from translations.checks import CHECKS, Pair, check_row, check_text

GOOD = [
    (
        "Tomorrow Manuel Valls will visit the day centre Jules Ferry, arriving at 10 AM.",
        "Demain, Manuel Valls visitera le centre de jour Jules Ferry ; il arrivera à 10 h.",
    ),
    (
        "We meet on Saturday 20 August at 12:30, Place Foch. Bring two blankets!",
        "Rendez-vous samedi 20 août à 12h30, place Foch. Apportez 2 couvertures !",
    ),
    (
        'There were more than 1,700 removals in 2014: see <a href="ref:pages.page/3">our page</a>.',
        'Plus de 1 700 expulsions en 2014 : voir <a href="ref:pages.page/3">notre page</a>.',
    ),
    (
        "“<em>Your liberation is bound up with mine</em>”, as the saying goes.",
        "Comme on dit : « <em>votre libération est liée à la mienne</em> ».",
    ),
    (
        "Ring +33 1 23 45 67 89 from 2 to 5pm, or write to info@x.example.",
        "Appelez le 01 23 45 67 89 de 14 h à 17 h, ou écrivez à info@x.example.",
    ),
    (
        "No one should be attacked or blocked: neither today nor next week.",
        "Que personne ne soit attaqué-e ou bloqué-e, ni aujourd’hui, ni la semaine prochaine.",
    ),
]


@pytest.mark.parametrize(("english", "french"), GOOD)
def test_good_translations_raise_no_alarm_in_either_direction(english, french):
    assert check_row(row(english, french)) == []
    assert check_row(row(french, english, "fr en")) == []


def test_every_check_has_an_id_of_its_own_and_a_title():
    assert len({check.id for check in CHECKS}) == len(CHECKS)
    assert all(check.id and str(check.title) for check in CHECKS)


def test_a_print_is_of_the_mistake_and_not_of_the_message():
    def prints(target):
        return [problem.print for problem in check_row(row("At 12:30.", target))]

    with override("fr"):
        in_french = prints("À 12:45.")
    assert prints("À 12:45.") == in_french
    assert prints("À 12:45 !") == in_french
    assert prints("À 12:50.") != in_french


def test_two_marks_lost_by_the_same_words_are_two_mistakes():
    lost = check_row(row('A <strong><span lang="de">Nein</span></strong> to it', "Nein, non"))
    assert [problem.id for problem in lost] == ["emphasis", "emphasis"]
    assert len({problem.print for problem in lost}) == 2


def test_rows_without_problems_are_not_listed():
    rows = [row("Yes", "Oui"), row("Yes", ""), row("Yes", "Oui")]
    assert list(check_text(rows)) == [1]


@given(messy_html | st.text(), messy_html | st.text(), st.sampled_from(["en", "fr", "ar"]))
@settings(max_examples=200, deadline=None)
def test_no_check_stumbles_over_anything_and_no_two_problems_have_one_print(one, two, language):
    pair = Pair(canonical(one), canonical(two), "en", language, is_dated=True, typed=two)
    prints = [problem.print for problem in check_text([pair, pair]).get(0, [])]
    assert len(set(prints)) == len(prints)


@given(st.text(alphabet="0123456789.,:/- hpamHPAMaoût' ½²٣€k", max_size=40))
@settings(max_examples=300, deadline=None)
def test_no_figure_stops_the_checks(text):
    check_row(row(text.replace("<", ""), f"{text} x"))
    check_row(row(f"{text} x", text, "fr en"))


def test_a_very_long_number_is_a_number():
    assert check_row(row(f"No {'9' * 5000}", f"N° {'9' * 5000}")) == []
