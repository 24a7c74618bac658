"""The checks that look at form: spaces, length, marks, markup."""

from __future__ import annotations

import time

import pytest

from core import html
from core.typography import typeset
from tests.core.test_typography import FRENCH, UNTOUCHED
from tests.translations.checks.pairs import alarms, messages, plain, row
from translations.checks import check_row, markup

SPACING = [
    ("Attention:ne venez pas", ["spacing"]),
    ("Attention :ne venez pas", ["spacing"]),
    ("Venez!Ensemble", ["spacing"]),
    ("Non;oui", ["spacing"]),
    ("mot«autre»", ["spacing"]),
    ("« oui »puis", ["spacing"]),
    ("deux espaces\u00a0 !", ["spacing"]),
    ("Attention: venez! Ou non? «oui»", []),
    ("Attention : venez ! Ou non ? « oui »", []),
    ("Venez à 12:30, voir https://x.example/a:b?c!d et a@x.example", []),
    ("Merci :) ou :D ou ;-)", []),
    ("les citoyen:ne:s", []),
    ('dit <span lang="en">Stop:now</span>', []),
]
LONG = "A sentence of some forty characters, or rather a few more."
LENGTHS = [
    (LONG, "Une phrase d’une quarantaine de caractères, ou plutôt d’un peu plus.", []),
    (LONG, "Une phrase.", ["length"]),
    (LONG, f"{LONG.upper()} {LONG.upper()} {LONG.upper()}", ["length"]),
    ("Donate", "Faire un don à l’association", []),
    ("Donate", f"{LONG} {LONG}", ["length"]),
]
TYPED = [
    ("<strong>oui</strong> et <em>non</em>", None),
    ("<b>oui</b><br>non &lt; oui, 1 < 2 et <3", None),
    ("<ul><li>un<li>deux</ul><p>trois", None),
    ("<p>un</p>\n\n<h2>deux</h2><hr/>", None),
    ('<a href="https://x.example/?a=1&b=2">lien</a>', None),
    ("<!-- note -->oui", None),
    ("<strong>oui", "“<strong>” is never closed."),
    ("oui</em>", "“</em>” closes what was never opened."),
    (
        "<strong><em>oui</strong></em>",
        "“</strong>” stands where “<em>” must be closed first.",
    ),
    ("<u>oui</u>", "This text cannot hold “<u>”. For a plain “<”, write “&lt;”."),
    ("<la suite>", "This text cannot hold “<la suite>”. For a plain “<”, write “&lt;”."),
    ("<table><tr><td>a</table>", "This text cannot hold a table: take it out."),
    (
        "<a href='javascript:x'>a</a>",
        "This text cannot hold a link that leads nowhere: take it out.",
    ),
    (
        "un <strong mot et la suite",
        "Words would be lost: “<strong mot” is no complete tag, a quotation mark or a “>” is "
        "missing. For a plain “<”, write “&lt;”.",
    ),
    (
        "oui <script>non, et la suite",
        "This text cannot hold a script: take it out.",
    ),
]
# What a person types, and whether words of it are lost beside what `losses` names.
LOSSES = [
    ('Ici, <a href="https://x.example/>écrivez-nous</a>.', True),
    ('<a href="https://x.example/>écrivez</a> ou <a href="https://y.example/">venez</a>', True),
    ("Anna <anna@x.example> vient", True),
    ("deux <!-- une note sans fin", True),
    ("oui <script>non, et la suite", True),
    ("<title>Titre</title>Texte", True),
    ("a<b et la suite", True),
    ('<a href="https://x.example/?q=a>b">lien</a>', False),
    ("<p>un</p><script>deux()</script><svg><text>trois</text></svg>", False),
    ("<table><tr><td>un<td>deux</table>", False),
    ("<s>un</s> <u>deux</u> <a href='javascript:x'>trois</a> <!-- quatre -->", False),
    ("1 < 2, 5<6, a &lt; b, &eacute; et <3", False),
    ("<strong>jamais fermé", False),
]
MARKS = [
    ("<strong>Stop</strong>", "Stop !", ["emphasis"]),
    ("<strong>Stop</strong>", "<em>Stop</em> !", []),
    ("Stop", "<em>Stop</em> !", []),
    ('<span lang="de">Nein</span> yes', "Nein, oui", ["emphasis"]),
    ('<span lang="fr">Non</span> yes', "Non, oui", []),
]


@pytest.mark.parametrize(("target", "expected"), SPACING)
def test_only_spaces_that_the_typesetting_does_not_repair_are_missed(target, expected):
    assert alarms(row("", target)) == expected


@pytest.mark.parametrize("wrong", [target for target, expected in SPACING if expected][:4])
def test_what_is_complained_about_is_not_repaired_by_the_typesetting(wrong):
    assert typeset(wrong, "fr") == wrong


@pytest.mark.parametrize("text", [*(typed for typed, _set in FRENCH), *UNTOUCHED])
def test_what_the_typesetting_repairs_or_rightly_leaves_raises_no_alarm(text):
    assert alarms(row("", text.replace("<", "&lt;"))) == []


def test_spaces_are_a_matter_of_french():
    assert alarms(row("", "Attention:ne venez pas", "fr en")) == []


def test_the_message_shows_the_right_spaces():
    assert messages(row("", "Attention:ne venez")) == [
        "Spaces around the punctuation: write “Attention : ne” and not “Attention:ne”."
    ]


@pytest.mark.parametrize(("source", "target", "expected"), LENGTHS)
def test_a_length_far_off_is_noticed(source, target, expected):
    assert alarms(row(source, target)) == expected


def test_lengths_of_an_unknown_language_are_not_judged():
    assert alarms(row(LONG, "短句。", "en zh")) == []


@pytest.mark.parametrize(("typed", "message"), TYPED)
def test_broken_markup_is_a_wall(typed, message):
    problems = check_row(row("", "x", typed=typed))
    assert [(problem.message, problem.wall) for problem in problems] == (
        [(message, True)] if message else []
    )


@pytest.mark.parametrize(("typed", "is_lost"), LOSSES)
def test_words_are_lost_where_a_tag_is_broken(typed, is_lost):
    assert bool(markup.words_lost(typed, html.canonical(typed))) == is_lost


@pytest.mark.parametrize("name", markup.THINGS)
def test_what_goes_with_all_its_words_is_named_where_it_is_lost(name):
    typed = f"<p>un</p><{name}>deux</{name}>"

    assert (html.canonical(typed), bool(html.losses(typed))) == ("<p>un</p>", True)


@pytest.mark.parametrize("piece", ["<!--", "<svg ", '<a b="', "<script>", "<a "])
def test_a_text_of_nothing_but_beginnings_is_looked_at_at_once(piece):
    started = time.perf_counter()
    markup.words_lost(piece * 50_000, "")

    assert time.perf_counter() - started < 5


def test_nothing_but_broken_markup_is_a_wall():
    problems = check_row(row("Come on 20 August.", "de de 21:30"))
    assert {problem.wall for problem in problems} == {False}


def test_tags_that_readers_would_see_are_no_wall():
    problems = check_row(plain("Stop", "&lt;strong&gt;Stop&lt;/strong&gt; !"))
    assert [(problem.id, problem.wall) for problem in problems] == [("markup", False)]
    assert alarms(plain("1 &lt; 2", "1 &lt; 2 ici")) == []


@pytest.mark.parametrize(("source", "target", "expected"), MARKS)
def test_lost_marks_are_worth_a_note(source, target, expected):
    problems = check_row(row(source, target))
    assert [problem.id for problem in problems if problem.note] == expected
