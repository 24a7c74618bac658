"""The topics, and what stands under each."""

from __future__ import annotations

import re

import pytest

from bulletins.models import Bulletin
from tests import factories
from translations.acts import publishing

pytestmark = pytest.mark.django_db

EN, FR = "/en/topics/housing/", "/fr/topics/logement/"


@pytest.fixture
def housing():
    return factories.topic(description_en="Roofs.", description_fr="Des toits.")


def about(topic, **fields) -> Bulletin:
    bulletin = factories.live(**fields)
    bulletin.topics.add(topic)
    return bulletin


def titles(response) -> list[str]:
    return [text.title for text in response.context["page_obj"]]


# One topic --------------------------------------------------------------------------------------


def test_each_side_has_its_name_and_description(client, housing):
    english, french = client.get(EN), client.get(FR)

    assert (english.status_code, french.status_code) == (200, 200)
    assert "Roofs." in english.text
    assert "Des toits." in french.text
    assert "Des toits." not in english.text


def test_any_of_its_slugs_leads_to_the_readers_own(client, housing):
    housing.slug_en = "roofs"
    housing.save()

    for path, now in {EN: "/en/topics/roofs/", "/fr/topics/roofs/": FR}.items():
        response = client.get(path)
        assert (response.status_code, response["Location"]) == (301, now)


def test_a_missing_side_shows_the_source_marked(client):
    factories.topic(source_language="fr", name_en=None, description_fr="Des toits.")

    response = client.get("/en/topics/logement/")

    assert response.status_code == 200
    assert re.search(r'<h1 [^>]*lang="fr" dir="ltr"\s*>Logement</h1>', response.text)
    assert "in French" in response.text
    assert response.context["canonical_url"] == f"http://testserver{FR}"


def test_it_holds_its_live_bulletins_newest_first(client, housing):
    about(housing, title_en="New")
    old = about(housing, title_en="Old")
    old.published_at = old.published_at.replace(year=2020)
    old.save()
    factories.draft(title_en="Draft").topics.add(housing)
    gone = about(housing, title_en="Gone")
    publishing.unpublish(Bulletin, gone.pk)
    about(factories.topic(name_en="Soup", name_fr="Soupe"), title_en="About soup")

    assert titles(client.get(EN)) == ["New", "Old"]


def test_it_has_twenty_to_a_page(client, housing):
    for number in range(21):
        about(housing, title_en=f"Text {number}")

    first = client.get(EN)
    second = client.get(EN + first.context["next_url"])

    assert (len(titles(first)), len(titles(second))) == (20, 1)


@pytest.mark.parametrize("page", ["0", "99", "x", "1'--"])
def test_a_page_that_is_not_there_shows_one_that_is(client, housing, page):
    assert client.get(EN, {"page": page}).status_code == 200


def test_one_without_anything_live_says_so_and_asks_not_to_be_indexed(client, housing):
    factories.draft(title_en="Secret").topics.add(housing)

    response = client.get(EN)

    assert response.status_code == 200
    assert "Nothing is published about this yet." in response.text
    assert '<meta name="robots" content="noindex">' in response.text
    assert "Secret" not in response.text


def test_one_with_something_live_may_be_indexed(client, housing):
    about(housing)

    assert "noindex" not in client.get(EN).text


def test_a_slug_that_no_topic_has_is_not_found(client, housing):
    assert client.get("/en/topics/soup/").status_code == 404


def test_a_bulletins_topics_lead_to_their_pages(client, housing):
    bulletin = about(housing)

    assert re.search(rf'href="{EN}"\s*>Housing</a>', client.get(bulletin.address("en")).text)


def test_the_list_of_one_topic_leads_to_its_page_and_still_filters(client, housing):
    about(housing, title_en="About housing")
    factories.live(title_en="About soup")

    response = client.get("/fr/bulletins/?topic=logement")

    assert titles(response) == ["About housing"]
    assert f'href="{FR}"' in response.text
    assert f'href="{FR}"' not in client.get("/fr/bulletins/").text


# All topics -------------------------------------------------------------------------------------


def test_all_topics_with_something_live_stand_by_name_with_their_number(client, housing):
    soup = factories.topic(name_en="Soup", name_fr="À table")
    both = about(housing)
    both.topics.add(soup)
    about(housing, title_en="More")
    factories.draft(title_en="Draft").topics.add(soup)
    factories.draft(title_en="Plan").topics.add(factories.topic(name_en="Secret", name_fr="Caché"))

    def found(path):
        return [(text.name, text.total) for text in client.get(path).context["topics"]]

    assert found("/en/topics/") == [("Housing", 2), ("Soup", 1)]
    assert sorted(found("/fr/topics/")) == [("Logement", 2), ("À table", 1)]


def test_a_site_without_topics_says_so(client):
    assert "Nothing is published here yet." in client.get("/en/topics/").text


# What it costs ----------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("path", "queries"), [("", 2), ("housing/", 6)])
def test_a_topic_costs_the_same_for_one_and_for_three_and_reads_no_body(
    client, django_assert_num_queries, housing, number, path, queries
):
    factories.identity()
    for index in range(number):
        other = factories.topic(name_en=f"Topic {index}", name_fr=f"Thème {index}")
        about(housing, title_en=f"Text {index}").topics.add(other)

    with django_assert_num_queries(queries) as captured:
        assert client.get(f"/en/topics/{path}").status_code == 200

    assert [q["sql"] for q in captured if '"bulletins_bulletin"."body' in q["sql"]] == []
