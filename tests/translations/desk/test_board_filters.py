"""What the board shows of all there is."""

from __future__ import annotations

import pytest
from lxml import html

from tests import factories
from tests.translations.desk.board_helpers import (
    find,
    page,
    submitted,
    titles,
    words,
)
from tests.translations.desk.desk_helpers import person
from translations.desk import people as at_the_desk

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("state=missing&language=fr", {"Missing", "Begun", "Submitted", "A page"}),
        ("state=missing&language=en", {"Née en français"}),
        ("state=outdated", {"Outdated"}),
        ("state=current", {"Current"}),
        ("state=source&language=fr", {"Née en français"}),
        ("work=none&language=fr", {"Missing", "Outdated", "A page"}),
        ("work=in_progress", {"Begun"}),
        ("work=submitted", {"Submitted"}),
        ("state=missing&work=in_progress", {"Begun"}),
        ("state=outdated&work=submitted", set()),
        ("kind=pages.page:", {"A page"}),
        ("app=pages", {"A page"}),
        ("app=bulletins&state=current", {"Current"}),
        ("kind=bulletins.bulletin:callout", set()),
        ("mine=on", {"Begun"}),
    ],
)
def test_a_filter_shows(client, one_of_each, query, expected):
    assert set(titles(client, f"?{query}")) == expected


def test_what_i_sent_for_review_and_what_i_claimed_is_mine(client, amina):
    submitted(factories.live(title_en="Sent"), amina)
    at_the_desk.claim(factories.live(title_en="Claimed"), "fr", amina)
    at_the_desk.claim(factories.live(title_en="Not mine"), "fr", person("basile", "translate_fr"))

    assert set(titles(client, "?mine=on")) == {"Sent", "Claimed"}


def test_a_chosen_language_is_the_only_column(client, amina):
    factories.live()

    heads = find(page(client, "?language=fr"), ".board thead th")
    assert [words(one) for one in heads] == ["Text", "French"]


def test_a_chosen_language_leaves_out_what_was_written_in_it(client, one_of_each):
    # Among the others, one is of French and is to be translated into English.
    assert "Née en français" not in titles(client, "?language=fr")
    assert set(titles(client, "?language=fr")) == {
        *("Missing", "Outdated", "Current", "Begun", "Submitted", "A page"),
    }
    assert titles(client, "?language=en") == ["Née en français"]


def test_what_is_chosen_stays_chosen_in_the_form(client, amina):
    chosen = [
        *find(tree := page(client, "?state=outdated&mine=on"), "option[selected]"),
        *find(tree, "input[checked]"),
    ]

    assert [one.get("value") or one.get("name") for one in chosen if one.get("value") != ""] == [
        "outdated",
        "mine",
    ]


def test_a_filter_that_is_none_is_said_and_filters_nothing(client, amina):
    factories.live()

    response = client.get("/desk/?state=lost")
    [error] = find(html.fromstring(response.content), ".board-filters .errorlist li")
    assert response.status_code == 200
    assert words(error) == "Select a valid choice. lost is not one of the available choices."
    assert titles(client, "?state=lost") == ["Kitchen opens"]


def test_nothing_found_offers_everything(client, amina):
    factories.live()

    [empty] = find(page(client, "?state=outdated"), ".board-empty")
    assert words(empty) == "Nothing here answers to that. Show all texts"


def test_an_empty_house_says_so_kindly(client, amina):
    [empty] = find(page(client), ".board-empty")

    assert words(empty) == "There is no text yet. As soon as somebody writes one, it stands here."
