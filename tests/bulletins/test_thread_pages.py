"""A thread as readers get it: on the page of each bulletin, and on a page of its own."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from bulletins.models import Bulletin, Kind
from tests import factories
from translations.acts import publishing

pytestmark = pytest.mark.django_db

WHOLE = "/en/bulletins/eviction/thread/"


def part(title: str, follows=None, *, days: int = 0, **fields) -> Bulletin:
    """A live bulletin in English, published that many days ago."""
    return factories.live(title_en=title, follows=follows, ago=timedelta(days=days), **fields)


@pytest.fixture
def story():
    one = part("Eviction", days=9, title_fr="Expulsion", body_fr="<p>Venez.</p>")
    two = part("Hearing", one, days=5)
    return one, two, part("Judgment", two, days=1)


def page_of(client, bulletin, language="en") -> dict:
    return client.get(bulletin.address(language)).context["thread"]


def titles(texts) -> list[str]:
    return [text.title for text in texts]


# On the page of a bulletin ----------------------------------------------------------------------


def test_a_bulletin_of_no_thread_says_nothing_of_one(client):
    alone = part("Soup")
    part("Bread", days=1)

    response = client.get(alone.address("en"))

    assert response.context["thread"] is None
    assert "What happened next" not in response.text


def test_the_first_names_what_happened_next_in_order(client, story):
    thread = page_of(client, story[0])

    assert titles(thread["later"]) == ["Hearing", "Judgment"]
    assert (thread["earlier"], thread["beginning"]) == (None, None)


def test_one_in_the_middle_names_where_it_began_and_what_happened_next(client, story):
    response = client.get(story[1].address("en"))

    thread = response.context["thread"]
    assert (thread["earlier"].title, thread["beginning"]) == ("Eviction", None)
    assert titles(thread["later"]) == ["Judgment"]
    page = response.text.split("<main")[1]
    assert page.index("Where it began") < page.index("<h1")
    assert page.index("We open the kitchen.") < page.index("What happened next")


def test_the_last_names_the_one_before_and_where_it_began(client, story):
    thread = page_of(client, story[2])

    assert (thread["earlier"].title, thread["beginning"].title) == ("Hearing", "Eviction")
    assert thread["later"] == []


def test_every_one_leads_to_the_whole_story(client, story):
    for bulletin in story:
        assert f'href="{WHOLE}"' in client.get(bulletin.address("en")).text


def test_a_callout_that_is_over_says_first_what_came_of_it(client):
    yesterday = timezone.now() - timedelta(days=1)
    call = part("March", days=5, kind=Kind.CALLOUT, starts_at=yesterday)
    part("We marched", call)

    page = client.get(call.address("en")).text.split("<main")[1]

    assert page.index("What came of it") < page.index("We open the kitchen.")
    assert "What happened next" not in page


@pytest.mark.parametrize(("days", "cancelled"), [(1, False), (-1, True)])
def test_a_callout_that_did_not_take_place_yet_has_no_outcome(client, days, cancelled):
    when = timezone.now() + timedelta(days=days)
    call = part("March", days=5, kind=Kind.CALLOUT, starts_at=when, cancelled=cancelled)
    part("Bring drums", call)

    page = client.get(call.address("en")).text.split("<main")[1]

    assert "What came of it" not in page
    assert page.index("We open the kitchen.") < page.index("What happened next")


def test_what_happened_next_says_of_a_callout_that_it_was_cancelled(client, story):
    tomorrow = timezone.now() + timedelta(days=1)
    for title, cancelled in (("March", False), ("Picnic", True)):
        part(title, story[2], kind=Kind.CALLOUT, starts_at=tomorrow, cancelled=cancelled)

    page = client.get(story[2].address("en")).text.split("What happened next")[1]

    items = re.split("<li[ >]", page.split("</ol>")[0])[1:]
    assert [("Picnic" in item, "Cancelled" in item) for item in items] == [
        (False, False),
        (True, True),
    ]


def test_a_title_in_another_language_is_marked(client, story):
    factories.live_french(title_fr="En appel", follows=story[2], ago=timedelta(hours=1))

    page = client.get(story[2].address("en")).text.split("What happened next")[1]

    assert re.search(r'lang="fr" dir="ltr"\s*>En appel</a>', page)
    assert "in French" in page


def test_a_long_thread_names_five_and_leads_to_the_rest(client):
    one = above = part("Eviction", days=20)
    for day in range(8):
        above = part(f"Day {day}", above, days=10 - day)

    thread = page_of(client, one)

    assert titles(thread["later"]) == [f"Day {day}" for day in range(5)]
    assert thread["total"] == 9


def test_two_that_follow_one_do_not_follow_one_another(client, story):
    beside = part("Fund", story[0], days=4)

    thread = page_of(client, beside)

    assert (thread["earlier"].title, thread["later"]) == ("Eviction", [])
    assert titles(page_of(client, story[0])["later"]) == ["Hearing", "Fund", "Judgment"]


# What is not public -----------------------------------------------------------------------------


def take_back(bulletin):
    publishing.unpublish(Bulletin, bulletin.pk)


def put_off(bulletin):
    Bulletin.objects.filter(pk=bulletin.pk).update(published_at=timezone.now() + timedelta(days=1))


@pytest.mark.parametrize("hide", [take_back, put_off])
def test_one_in_the_middle_that_is_not_public_leaves_no_trace(client, story, hide):
    hide(story[1])

    first, last = client.get(story[0].address("en")), client.get(story[2].address("en"))

    assert titles(first.context["thread"]["later"]) == ["Judgment"]
    assert last.context["thread"]["earlier"].title == "Eviction"
    assert titles(client.get(WHOLE).context["texts"]) == ["Eviction", "Judgment"]
    for response in (first, last, client.get(WHOLE)):
        assert "Hearing" not in response.text
        assert "hearing" not in response.text


def test_without_its_beginning_the_second_is_one(client, story):
    take_back(story[0])

    thread = page_of(client, story[2])

    assert thread["earlier"].title == "Hearing"
    assert thread["url"] == "/en/bulletins/hearing/thread/"
    assert client.get(WHOLE).status_code == 410
    assert "Eviction" not in client.get(thread["url"]).text


def test_what_only_a_hidden_beginning_held_together_falls_apart(client, story):
    part("Fund", story[0], days=4)
    take_back(story[0])

    assert titles(page_of(client, story[1])["later"]) == ["Judgment"]
    assert client.get("/en/bulletins/fund/").context["thread"] is None


def test_a_thread_of_drafts_is_no_thread(client):
    one = part("Eviction")
    factories.draft(title_en="Plan", follows=one)

    assert page_of(client, one) is None
    assert "Plan" not in client.get(WHOLE, follow=True).text


def test_a_preview_shows_its_place_in_the_thread(admin_client, story):
    draft = factories.draft(title_en="Appeal", follows=story[2])

    response = admin_client.get(f"/admin/bulletins/bulletin/{draft.pk}/preview/en/")

    assert response.context["thread"]["earlier"].title == "Judgment"


# The whole story --------------------------------------------------------------------------------


def test_the_whole_story_is_told_from_its_beginning(client, story):
    part("Of no thread")

    response = client.get(WHOLE)

    assert response.status_code == 200
    assert titles(response.context["texts"]) == ["Eviction", "Hearing", "Judgment"]


def test_it_stands_at_the_slug_of_the_beginning_in_each_language(client, story):
    response = client.get("/fr/bulletins/expulsion/thread/")

    assert response.status_code == 200
    assert [choice["url"] for choice in response.context["switcher"]] == [
        WHOLE,
        "/fr/bulletins/expulsion/thread/",
    ]
    assert [alternate["url"] for alternate in response.context["alternates"]] == [
        f"http://testserver{WHOLE}",
        "http://testserver/fr/bulletins/expulsion/thread/",
    ]


@pytest.mark.parametrize(
    ("path", "now"),
    [
        ("/en/bulletins/hearing/thread/", WHOLE),
        ("/en/bulletins/expulsion/thread/", WHOLE),
        ("/fr/bulletins/judgment/thread/", "/fr/bulletins/expulsion/thread/"),
    ],
)
def test_any_other_slug_leads_there(client, story, path, now):
    response = client.get(path)

    assert (response.status_code, response["Location"]) == (301, now)


def test_an_old_slug_of_the_beginning_leads_there(client, story):
    first = Bulletin.objects.get(pk=story[0].pk)
    first.slug_en = "the-house"
    first.save()

    response = client.get(WHOLE)

    assert (response.status_code, response["Location"]) == (301, "/en/bulletins/the-house/thread/")


def test_one_that_is_alone_leads_to_itself(client):
    part("Eviction")

    response = client.get(WHOLE)

    assert (response.status_code, response["Location"]) == (302, "/en/bulletins/eviction/")


def test_a_slug_that_nobody_has_or_only_a_draft_is_not_found(client):
    factories.draft(title_en="Eviction")

    assert client.get(WHOLE).status_code == 404
    assert client.get("/en/bulletins/nothing/thread/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("path", "queries"), [("thread/", 3), ("", 5)])
def test_a_thread_costs_the_same_for_one_more_and_for_three(
    client, django_assert_num_queries, number, path, queries
):
    factories.identity()
    above = part("Eviction", days=9)
    for day in range(number):
        above = part(f"Day {day}", above, days=5 - day)

    with django_assert_num_queries(queries) as captured:
        assert client.get(f"/en/bulletins/eviction/{path}").status_code == 200

    bodies = [q["sql"] for q in captured if '"bulletins_bulletin"."body' in q["sql"]]
    assert len(bodies) == (1 if path == "" else 0)
