from __future__ import annotations

import pytest

from tests.translations.checks.pairs import alarms, messages, row
from translations.checks import check_row


def linked(*hrefs: str) -> str:
    return "words " + " and ".join(f'<a href="{href}">link</a>' for href in hrefs)


A, B = "https://a.example/x", "https://b.example/y"
FINE = [
    ([], []),
    ([A], [A]),
    ([A, B], [B, A]),
    ([A, A], [A, A]),
    (["http://a.example/x/"], [A]),
    (["ref:pages.page/3"], ["ref:pages.page/3"]),
    (["mailto:A@x.example"], ["mailto:a@x.example"]),
]
WRONG = [
    ([A], [], f"A link is missing here: “{A}”."),
    ([], [A], f"A link is not in the original: “{A}”."),
    ([A], [B], f"The original links to “{A}”, this to “{B}”."),
    ([A, A], [A], f"A link is missing here: “{A}”."),
    (
        ["ref:pages.page/3"],
        ["ref:pages.page/4"],
        "The original links to “link”, this to “link”.",
    ),
    (
        ["https://x.example/fr/a"],
        ["https://x.example/en/a"],
        "The original links to “https://x.example/fr/a”, this to “https://x.example/en/a”.",
    ),
    (
        ["https://en.a.example/"],
        ["https://fr.b.example/"],
        "The original links to “https://en.a.example/”, this to “https://fr.b.example/”.",
    ),
]
TWINS = [
    ("https://x.example/en/about/", "https://x.example/fr/a-propos/"),
    ("https://x.example/about", "https://x.example/fr/about"),
    ("https://x.example/a?lang=en", "https://x.example/a?lang=fr"),
    ("https://x.example/leaflet-en.pdf", "https://x.example/leaflet-fr.pdf"),
    ("https://en.wikipedia.org/wiki/Border", "https://fr.wikipedia.org/wiki/Fronti%C3%A8re"),
]


@pytest.mark.parametrize(("source", "target"), FINE)
def test_the_same_links_in_any_order_are_fine(source, target):
    assert alarms(row(linked(*source), f"{linked(*target)} mot")) == []


@pytest.mark.parametrize(("source", "target", "message"), WRONG)
def test_lost_added_and_changed_links_are_named(source, target, message):
    assert messages(row(linked(*source), linked(*target) + " mot")) == [message]


@pytest.mark.parametrize(("source", "target"), TWINS)
def test_a_page_of_the_same_site_in_the_other_language_is_worth_a_note(source, target):
    problems = check_row(row(linked(source), linked(target) + " mot"))
    assert [(problem.id, problem.note) for problem in problems] == [("links", True)]


def test_the_same_twin_twice_is_noted_once_and_a_broken_address_stops_nothing():
    source, target = TWINS[0]
    assert alarms(row(linked(source, source), linked(target, target) + " mot")) == ["links"]
    assert alarms(row(linked("https://[x"), linked("https://[y") + " mot")) == ["links"]


def test_the_language_that_a_link_is_said_to_be_in_does_not_count():
    source = '<a href="https://a.example/x" hreflang="en">word</a> it'
    target = '<a href="https://a.example/x" hreflang="fr">mot</a>'
    assert alarms(row(source, target)) == []


def test_links_of_a_row_that_is_left_out_do_not_count():
    assert alarms(row(linked(A), "", omitted=True)) == []
