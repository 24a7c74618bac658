"""The search page: what a reader asks for, what stands there, and how it goes on."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from bulletins.models import Bulletin, Kind
from links.models import Group, Section
from pages.asking import LONGEST, words_of
from tests import factories
from translations.acts import publishing

pytestmark = pytest.mark.django_db

SOUP = {"title_en": "Soup for the pickets", "body_en": "<p>A lentil broth.</p>"}
SOUPE = {"title_fr": "Une soupe pour les piquets", "body_fr": "<p>Aux lentilles.</p>"}


def search(client, query="", path="/en/search/", **more):
    return client.get(path, {"q": query, **more})


def titles(response) -> list[str]:
    """What stands on the page, the reader's language first."""
    context = response.context
    return [re.sub("</?mark>", "", hit["title"]) for hit in [*context["own"], *context["others"]]]


def options(response, number: int) -> list[tuple]:
    return [(o["label"], o["count"]) for o in response.context["filters"][number]["options"]]


# What is found ----------------------------------------------------------------------------------


def test_a_text_is_found_by_its_words_and_leads_to_its_page(client):
    factories.live(**SOUP)
    factories.live()

    response = search(client, "lentil")

    assert titles(response) == ["Soup for the pickets"]
    assert [(h["kind"], h["url"]) for h in response.context["own"]] == [
        ("Update", "/en/bulletins/soup-for-the-pickets/")
    ]
    assert "1 result for “lentil”" in response.text
    assert "<mark>lentil</mark>" in response.text


def test_the_number_of_results_is_said(client):
    factories.live(**SOUP)
    factories.page(title_en="Soup", body_en="<p>Every day.</p>")

    assert "2 results for “soup”" in search(client, "soup").text


def test_what_exists_only_in_another_language_stands_below_and_is_marked(client):
    factories.live(title_en="Piquets here too", body_en="<p>Come.</p>")
    factories.live(source_language="fr", **SOUPE)

    response = search(client, "piquets")

    assert titles(response) == ["Piquets here too", "Une soupe pour les piquets"]
    assert [hit["lang"] for hit in response.context["others"]] == ["fr"]
    below = response.text.split("Only in other languages")[1]
    assert re.search('lang="fr" dir="ltr"\\s*><a href="/en/bulletins/une-soupe-', below)
    assert "in French" in below


def test_where_every_hit_is_in_the_readers_language_no_other_is_spoken_of(client):
    factories.live(**SOUP, **SOUPE)

    assert "Only in other languages" not in search(client, "soup").text


def test_a_draft_is_not_found(client):
    factories.draft(**SOUP)

    response = search(client, "lentil")

    assert titles(response) == []
    assert "Soup for the pickets" not in response.text
    assert "Nothing found for “lentil”" in response.text


def test_a_hit_inside_an_answer_leads_to_the_answer(client):
    faq = factories.faq(entries=1)
    entry = factories.entry(faq, position=2, question_en="Tents?", answer_en="<p>No tents.</p>")

    [hit] = search(client, "tents").context["own"]

    assert hit["url"] == f"/en/bulletins/common-questions/#{entry.anchor}"
    assert (hit["heading"], hit["snippet"]) == (
        "<mark>Tents</mark>?",
        "No <mark>tents</mark>.",
    )


def test_a_callout_says_when_it_is_and_whether_it_is_over(client):
    start = timezone.now() - timedelta(days=40)
    factories.live(**SOUP, kind=Kind.CALLOUT, starts_at=start, place_en="Old harbour")

    response = search(client, "lentil")

    assert "This is over" in response.text
    assert "Old harbour" in response.text
    # The day of its publication would be taken for its own.
    assert response.text.count("<time") == 1


def test_a_group_is_found_where_it_stands_in_the_directory(client):
    section = Section.objects.create(name_en="Food")
    group = Group.objects.create(
        name="Soup Kitchen", url="https://soup.example.org", section=section
    )

    [hit] = search(client, "soup").context["own"]

    assert (hit["kind"], hit["url"]) == ("Group", f"/en/links/#group-{group.pk}")


# What is not found ------------------------------------------------------------------------------


def test_words_that_nearly_stand_in_a_text_are_offered_in_their_place(client):
    factories.live(**SOUP)

    response = search(client, "lentjl")

    assert 'Did you mean: <a href="/en/search/?q=lentil">lentil</a>' in response.text


def test_words_of_the_other_side_are_offered_in_their_language(client):
    factories.live(**SOUP, **SOUPE)

    response = search(client, "piquets")

    assert titles(response) == []
    assert '<a href="/fr/search/?q=piquets" hreflang="fr">1 result if you read in French' in (
        response.text
    )


def test_who_typed_several_words_is_told_to_take_fewer(client):
    advice = "Take fewer words"

    assert advice in search(client, "soup tomorrow").text
    assert advice not in search(client, "soup").text


# What is asked for ------------------------------------------------------------------------------


def test_without_words_the_page_says_how_to_search(client):
    factories.live().topics.add(factories.topic())
    # A topic that is made for what comes next tells of it.
    factories.draft().topics.add(factories.topic(name_en="Evictions", name_fr="Expulsions"))

    response = search(client)

    assert "How to search" in response.text
    assert [topic.name for topic in response.context["topics"]] == ["Housing"]
    assert "noindex" not in response.text
    assert response["Cache-Control"] == "public, no-cache"


def test_what_is_asked_for_returns_to_the_field_and_stands_in_the_title(client):
    page = search(client, 'soup "for the" <b>').text

    escaped = "soup &quot;for the&quot; &lt;b&gt;"
    assert f'name="q" value="{escaped}"' in page
    assert f"<title>“{escaped}” · Search · " in page


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ('"for the pickets"', "“for the pickets”"),
        ("« for the pickets »", "“for the pickets”"),
        ('soup "for the pickets"', "“soup &quot;for the pickets&quot;”"),
        ('"', "“&quot;”"),
    ],
)
def test_a_phrase_is_said_in_one_pair_of_quotation_marks(client, query, said):
    assert f"<title>{said} · Search · " in search(client, query).text


def test_nobody_keeps_what_somebody_looked_for(client):
    response = search(client, "soup")

    assert '<meta name="robots" content="noindex">' in response.text
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response.context["canonical_url"] == "http://testserver/en/search/"
    assert "Set-Cookie" not in response
    assert "Cookie" not in response.get("Vary", "")


def test_the_other_language_is_asked_the_same(client):
    factories.live(**SOUP, **SOUPE)

    response = search(client, "sou", kind="bulletins.bulletin:update", page=1)

    addresses = {entry["code"]: entry["url"] for entry in response.context["switcher"]}
    assert addresses["fr"] == "/fr/search/?q=sou&kind=bulletins.bulletin:update"
    assert titles(client.get(addresses["fr"])) == ["Une soupe pour les piquets"]


@pytest.mark.parametrize(
    "query", ["\0", "\0soup\x1b", "-", "-soup", '"', "((", "%", "*" * 50, "''"]
)
def test_nonsense_is_answered_in_words(client, query):
    factories.live(**SOUP)

    assert search(client, query).status_code == 200


def test_a_query_without_a_word_to_look_for_says_so(client):
    factories.live(**SOUP)

    response = search(client, "-kitchen")

    assert "There is no word to look for in this." in response.text
    assert titles(response) == []


def test_a_query_that_is_too_long_says_so(client):
    factories.live(**SOUP)

    response = search(client, "soup " * LONGEST)

    assert "at most 200 characters" in response.text
    assert len(response.context["query"]) == LONGEST
    assert titles(response) == []


# Narrowing down ---------------------------------------------------------------------------------


@pytest.fixture
def kinds_of_soup():
    """An update of today, a call-out about housing, a page."""
    factories.live(**SOUP)
    callout = factories.live(
        kind=Kind.CALLOUT, title_en="Soup, in the square", body_en="<p>Bring bowls.</p>"
    )
    callout.topics.add(factories.topic())
    factories.page(title_en="Our soup", body_en="<p>Every day.</p>")


def test_a_kind_narrows_the_hits_down(client, kinds_of_soup):
    response = search(client, "soup", kind="bulletins.bulletin:callout")

    assert titles(response) == ["Soup, in the square"]


def test_a_topic_narrows_the_hits_down_by_its_slug_in_any_language(client, kinds_of_soup):
    for slug in ("housing", "logement"):
        assert titles(search(client, "soup", topic=slug)) == ["Soup, in the square"]


def test_a_year_narrows_the_hits_down(client, kinds_of_soup):
    year = Bulletin.objects.first().published_at.year

    assert len(titles(search(client, "soup", year=year))) == 3
    assert titles(search(client, "soup", year=year - 1)) == []


def test_the_filters_offer_what_there_is_and_keep_the_words(client, kinds_of_soup):
    response = search(client, "soup")

    assert sorted(options(response, 0)[1:]) == [("Call-out", 1), ("Page", 1), ("Update", 1)]
    urls = [option["url"] for option in response.context["filters"][0]["options"]]
    assert "/en/search/?q=soup&kind=pages.page" in urls


def test_only_topics_that_something_was_found_about_are_offered(client, kinds_of_soup):
    other = factories.topic(name_en="Borders", slug_en="borders")
    factories.live(title_en="A march").topics.add(other)
    factories.live(title_en="Soup on a march").topics.add(other)
    factories.live(title_en="A picnic").topics.add(factories.topic(name_en="Health"))

    topics = search(client, "soup").context["filters"][1]["options"]

    assert [(o["label"], o["count"], o["url"]) for o in topics] == [
        ("All", None, "/en/search/?q=soup"),
        ("Borders", 1, "/en/search/?q=soup&topic=borders"),
        ("Housing", 1, "/en/search/?q=soup&topic=housing"),
    ]


def test_topics_are_counted_by_the_kind_and_the_year_that_are_chosen(client, kinds_of_soup):
    response = search(client, "soup", kind="bulletins.bulletin:update", topic="housing")

    # Nothing of both: the one that is chosen stays, to be taken off.
    assert options(response, 1) == [("All", None), ("Housing", None)]
    assert options(search(client, "soup", kind="bulletins.bulletin:callout"), 1) == [
        ("All", None),
        ("Housing", 1),
    ]


def test_where_nothing_is_left_the_filters_are_named_and_can_be_taken_off(client, kinds_of_soup):
    factories.live(title_en="A march").topics.add(factories.topic(name_en="Borders"))

    response = search(
        client, "bowl", kind="bulletins.bulletin:update", topic="borders", year="1999"
    )

    said = "Nothing found for “bowl” about Borders, of the kind “Update”, from 1999"
    assert f'id="results">{said}</h2>' in response.text
    assert [
        [(o["label"], o["url"]) for o in one["options"] if o["current"]]
        for one in response.context["filters"]
    ] == [
        [("Update", "/en/search/?q=bowl&topic=borders&year=1999")],
        [("Borders", "/en/search/?q=bowl&kind=bulletins.bulletin:update&year=1999")],
        [("1999", "/en/search/?q=bowl&kind=bulletins.bulletin:update&topic=borders")],
    ]
    assert "Narrow it down" in response.text


def test_a_filter_that_is_chosen_leads_back_to_all(client, kinds_of_soup):
    response = search(client, "soup", kind="pages.page", topic="housing")

    [_everything, *_others] = response.context["filters"] or [None]
    assert response.context["everywhere_url"] == "/en/search/?q=soup"
    assert titles(response) == []
    assert "Search in everything" in response.text

    kinds = search(client, "soup", kind="pages.page").context["filters"][0]["options"]
    assert [o["url"] for o in kinds if o["current"]] == ["/en/search/?q=soup"]


@pytest.mark.parametrize(
    "chosen",
    [
        {"kind": "nonsense"},
        {"kind": "pages.page:update"},
        {"kind": "bulletins.bulletin:poem"},
        {"kind": "bulletins.bulletin"},
        {"kind": "pages.topic"},
        {"kind": "accounts.user"},
        {"topic": "no-such-topic"},
        {"year": "soon"},
        {"year": "0"},
        {"year": "99999"},
        {"year": "２０２６"},
    ],
)
def test_a_filter_that_there_cannot_be_is_not_found(client, kinds_of_soup, chosen):
    assert search(client, "soup", **chosen).status_code == 404


# Page by page -----------------------------------------------------------------------------------


@pytest.fixture
def many():
    for number in range(21):
        factories.live(title_en=f"Soup {number}", body_en="<p>Hot.</p>")


def test_the_next_page_keeps_what_was_asked_for(client, many):
    response = search(client, "soup", kind="bulletins.bulletin:update")

    assert len(titles(response)) == 20
    assert response.context["next_url"] == (
        "/en/search/?q=soup&kind=bulletins.bulletin:update&page=2"
    )
    assert response.context["previous_url"] is False
    rest = client.get(response.context["next_url"])
    assert len(titles(rest)) == 1
    assert "Page 2 of 2" in rest.text
    assert len({*titles(response), *titles(rest)}) == 21


@pytest.mark.parametrize(
    ("page", "shown"), [("x", 1), ("0", 1), ("-1", 1), ("²", 1), ("3", 2), ("9" * 8, 2)]
)
def test_a_page_that_there_is_not_is_the_nearest_one(client, many, page, shown):
    response = search(client, "soup", page=page)

    assert response.context["found"].page == shown
    assert len(titles(response)) == {1: 20, 2: 1}[shown]


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_hits(
    client, count, django_assert_num_queries
):
    factories.identity()
    factories.topic()
    for number in range(count):
        factories.live(title_en=f"Soup {number}").topics.add(factories.topic(name_en=f"T{number}"))
        factories.live(title_en=f"Soup call {number}", kind=Kind.CALLOUT)
        factories.page(title_en=f"Soup page {number}")

    # The site, the topics; the words of the index that begin so, counts, topics, keys, rows;
    # bulletins and pages.
    with django_assert_num_queries(8):
        response = search(client, "soup")

    assert len(titles(response)) == 3 * count


# The ways there ---------------------------------------------------------------------------------


def test_every_page_leads_to_the_search(client):
    factories.identity()

    link = '<li class="menu-search"><a href="/{}/search/" rel="search">'
    for path, language in (("/en/", "en"), ("/fr/faq/", "fr"), ("/fr/nothing/", "fr")):
        assert link.format(language) in client.get(path).text
    assert 'rel="search" aria-current="page"' in search(client).text


def test_a_wrong_address_offers_to_search_for_its_words(client):
    response = client.get("/en/bulletins/border-kitchn-opens/")

    assert response.status_code == 404
    assert 'name="q" value="border kitchn opens"' in response.text


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/en/bulletins/border-kitchen/", "border kitchen"),
        ("/2019/05/la-frontière_tue.html", "frontière tue"),
        ("/en/pages/12/", ""),
        ("/", ""),
        ("/" + "x" * 500, ""),
        ("/<script>/", "script"),
    ],
)
def test_the_words_of_an_address(path, words):
    assert words_of(path) == words


def test_what_was_taken_back_offers_an_empty_search(client):
    publishing.unpublish(Bulletin, factories.live().pk)

    page = client.get("/en/bulletins/kitchen-opens/").text

    assert 'role="search"' in page
    assert 'name="q" value=""' in page
