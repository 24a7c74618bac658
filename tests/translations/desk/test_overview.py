"""How it stands in each language, what is ready to publish, and the block in the admin."""

from __future__ import annotations

from datetime import timedelta

import pytest
from lxml import html

from bulletins.models import Bulletin
from tests import factories
from tests.accounts import people
from tests.translations.desk.board_helpers import (
    find,
    listed,
    missing,
    outdated,
    page,
    submitted,
    words,
)
from tests.translations.desk.desk_helpers import person
from translations.acts import publishing

pytestmark = pytest.mark.django_db


# Language by language -----------------------------------------------------------------------------


def test_each_language_is_counted(client, one_of_each):
    english, french = find(page(client), ".standing")

    assert [words(one) for one in find(french, ".standing-states li")] == [
        *("missing: 4", "outdated: 1", "up to date: 1"),
        *("in progress: 1", "ready for review: 1"),
    ]
    assert [words(one) for one in find(english, ".standing-states li")][:1] == ["missing: 1"]


def test_progress_is_the_words_that_are_translated_and_up_to_date(client, amina):
    factories.live(title_en="Four words in all", body_en="<p>And three more.</p>")
    factories.live_pair(title_en="Two words", body_en="<p>And three more.</p>")

    [bar] = find(page(client), ".standings progress")
    [told] = find(page(client), "#standing-fr-words")
    assert (bar.get("max"), bar.get("value")) == ("12", "5")
    assert words(told) == "5 of 12 words translated and up to date"


def test_of_an_outdated_side_only_what_stayed_counts(client, amina):
    outdated("Kitchen closes")

    # “We open the kitchen.” stayed, the two words of the title did not.
    [bar] = find(page(client), ".standings progress")
    assert (bar.get("max"), bar.get("value")) == ("6", "4")


# Ready to publish ---------------------------------------------------------------------------------


def test_who_publishes_sees_what_is_sent_the_oldest_first(client, esther):
    basile = person("basile", "translate_fr")
    submitted(missing("Sent today"), basile, ago=timedelta(hours=2))
    old = submitted(missing("Sent long ago"), basile, ago=timedelta(days=4, hours=1))

    assert listed(client, "#ready") == [
        "Sent long ago into French sent by basile for 4 days",
        "Sent today into French sent by basile for 2 hours",
    ]
    first = find(page(client), "#ready li a")[0]
    assert first.get("href") == f"/desk/bulletins.bulletin-{old.pk}/fr/review/"


def test_who_only_translates_does_not_see_the_shelf(client, amina):
    submitted(missing("Sent"), amina)

    assert find(page(client), "#ready") == []


def test_the_shelf_holds_only_the_languages_that_one_publishes(client):
    client.force_login(person("eve", "publish_en"))
    submitted(missing("Sent"), person("basile", "translate_fr"))

    assert words(find(page(client), "#ready")[0]) == (
        "Ready to publish Nothing waits for a review."
    )


def test_what_is_held_back_says_for_what_it_waits(client, esther):
    document = factories.draft(title_en="Both together")
    publishing.hold(Bulletin, document.pk, ["fr"])

    assert listed(client, "#ready") == ["Both together waits for French missing"]


def test_what_is_held_and_sent_says_so_on_the_shelf(client, esther):
    document = submitted(factories.draft(title_en="Both"), person("basile", "translate_fr"))
    publishing.hold(Bulletin, document.pk, ["fr"])

    first = listed(client, "#ready")[0]
    assert first == "Both into French sent by basile for 1 hour the original waits for it"


# On the admin's front page ------------------------------------------------------------------------


def block(client) -> list[str]:
    tree = html.fromstring(client.get("/admin/").content)
    return [words(one) for one in find(tree, ".translations-block li")]


def test_the_admin_tells_how_translations_stand(client):
    client.force_login(people.editor())
    submitted(missing("Sent"), person("basile", "translate_fr"))
    outdated("Outdated")

    assert block(client) == [
        "1 text is ready to publish",
        "English nothing to translate",
        "French 1 missing, 1 outdated, 0 up to date",
    ]


def test_the_admin_tells_only_the_languages_that_one_works_in(client):
    somebody = people.person("stan", is_staff=True)
    client.force_login(somebody)
    factories.live()
    assert block(client) == []

    somebody.user_permissions.set(person("amina", "translate_fr").user_permissions.all())
    assert block(client) == ["French 1 missing, 0 outdated, 0 up to date"]


@pytest.mark.parametrize("number", [1, 3])
def test_the_block_costs_one_query(client, number, django_assert_num_queries):
    client.force_login(people.editor())
    for _number in range(number):
        outdated("Outdated")

    with django_assert_num_queries(9):
        client.get("/admin/")
