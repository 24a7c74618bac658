"""What comes first on the board, and what comes next for one person."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests import factories
from tests.translations.desk.board_helpers import (
    begun,
    find,
    missing,
    outdated,
    page,
    submitted,
    titles,
    words,
)
from tests.translations.desk.desk_helpers import person
from translations.desk import people as at_the_desk

pytestmark = pytest.mark.django_db


SOON = timedelta(days=2)


# What comes first ---------------------------------------------------------------------------------


def test_the_order_is_outdated_then_missing_then_scheduled_then_drafts(client, amina):
    factories.live_pair(title_en="Current")
    factories.draft(title_en="Draft")
    submitted(factories.live(title_en="Submitted"), amina)
    factories.live(title_en="Later", ago=-2 * SOON)
    factories.live(title_en="Soon", ago=-SOON)
    missing("Missing for long", ago=timedelta(days=9))
    missing("Just published", ago=timedelta(hours=1))
    outdated("Just changed", ago=timedelta(hours=2))
    outdated("Changed long ago", ago=timedelta(days=5))

    assert titles(client) == [
        *("Changed long ago", "Just changed"),
        *("Just published", "Missing for long"),
        *("Soon", "Later", "Draft", "Submitted", "Current"),
    ]


def test_a_translator_is_shown_first_what_their_language_wants(client, amina):
    factories.live_french(title_fr="Sans anglais")
    missing("Old and without French", ago=timedelta(days=90))

    assert titles(client) == ["Old and without French", "Sans anglais"]


def test_fifty_stand_on_a_page_and_the_filters_stay(client, amina):
    for number in range(51):
        factories.draft(title_en=f"Draft {number}")

    first = page(client, "?state=missing")
    [following] = find(first, ".board-pages a")
    assert len(find(first, ".board tbody tr")) == 50
    assert following.get("href") == "?state=missing&page=2#texts"
    assert titles(client, "?state=missing&page=2") == ["Draft 0"]


def test_a_page_that_is_none_is_the_nearest(client, amina):
    factories.live()

    for number in ("9", "0", "x"):
        assert titles(client, f"?page={number}") == ["Kitchen opens"]


# Next for me --------------------------------------------------------------------------------------


def next_titles(client) -> list[str]:
    return [words(one) for one in find(page(client), ".board-suggestions h3")]


def test_next_is_what_i_am_on_before_all_else(client, amina):
    outdated("Outdated", ago=timedelta(days=9))
    at_the_desk.claim(missing("Mine"), "fr", amina)

    assert next_titles(client) == ["Mine"]


def test_next_is_what_i_began(client, amina):
    outdated("Outdated", ago=timedelta(days=9))
    document = begun(missing("Mine"), amina)
    at_the_desk.release(document, "fr", amina)

    assert next_titles(client) == ["Mine"]


def test_next_is_outdated_before_missing_and_the_one_that_waits_longest(client, amina):
    missing("Missing", ago=timedelta(days=9))
    outdated("Changed today", ago=timedelta(hours=1))
    outdated("Changed last week", ago=timedelta(days=7))

    assert next_titles(client) == ["Changed last week"]


def test_next_is_what_stands_first_on_the_board(client, amina):
    missing("Short", ago=timedelta(days=9))
    missing("A newer one, with a title that is much longer than the other", ago=timedelta(days=2))
    factories.draft(title_en="Draft")

    assert next_titles(client) == titles(client)[:1]
    assert titles(client)[1:] == ["Short", "Draft"]


def test_next_is_nothing_that_somebody_else_is_on_or_that_is_sent(client, amina):
    basile = person("basile", "translate_fr")
    at_the_desk.claim(outdated("His"), "fr", basile)
    submitted(outdated("Sent"), amina)
    missing("Free")

    assert next_titles(client) == ["Free"]


def test_what_somebody_else_began_comes_after_what_nobody_has(client, amina):
    basile = person("basile", "translate_fr")
    his = begun(missing("Short"), basile)
    at_the_desk.release(his, "fr", basile)
    missing("A longer title that nobody has begun")

    assert next_titles(client) == ["A longer title that nobody has begun"]


def test_the_claim_of_somebody_who_is_gone_keeps_nobody_away(client, amina):
    basile = person("basile", "translate_fr")
    at_the_desk.claim(missing("His"), "fr", basile)
    basile.delete()

    assert next_titles(client) == ["His"]


def test_there_is_one_suggestion_for_each_language(client, esther):
    missing("Into French, too, and older", ago=timedelta(days=2))
    missing("Into French")
    factories.live_french(title_fr="Vers l’anglais")

    assert next_titles(client) == ["Vers l’anglais", "Into French"]


def test_when_all_is_done_there_is_thanks(client, amina):
    factories.live_pair()
    factories.live_french()

    [box] = find(page(client), ".board-next p")
    assert words(box).endswith("Thank you!")
