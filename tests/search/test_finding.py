from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pages.models import Topic
from search.finding import find
from tests import factories
from tests.links.factories import group
from tests.search.texts import day, found, names, world

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_hits(db, number, django_assert_num_queries):
    for _each in range(number):
        factories.faq(entries=2, title_en="Zeppelin")

    # Words that begin so; which entries and how many; their texts; their addresses.
    with django_assert_num_queries(5):
        answer = find("zeppelin", "en")

    assert len(answer.hits) == number


def test_a_query_without_sense_asks_the_database_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        find(" - ", "en")


def test_no_body_of_a_document_is_read():
    factories.live(title_en="Zeppelin")

    with CaptureQueriesContext(connection) as queries:
        find("zeppelin", "en")

    assert [query for query in queries if "body_en" in query["sql"]] == []


def test_a_hit_says_what_it_is():
    document = factories.live_pair(title_en="The zeppelin", body_en="<p>A zeppelin & us.</p>")

    (hit,) = find("ZEPPELINS", "en").hits

    assert (hit.document_type, hit.object_id) == ("bulletins.bulletin", document.pk)
    assert (hit.language, hit.is_other_language) == ("en", False)
    assert (hit.kind, hit.date) == ("bulletins.bulletin:update", document.published_at)
    assert (hit.title, hit.title_html) == ("The zeppelin", "The <mark>zeppelin</mark>")
    assert hit.snippet == "A <mark>zeppelin</mark> &amp; us."
    assert (hit.url, hit.anchor) == ("/en/bulletins/the-zeppelin/", "")


def test_a_text_that_is_in_another_language_only_is_found_and_marked():
    factories.live(title_en="The zeppelin")

    (hit,) = find("zeppelin", "fr").hits

    assert (hit.language, hit.is_other_language) == ("en", True)
    assert hit.url == "/fr/bulletins/the-zeppelin/"


def test_the_readers_language_comes_first_whatever_the_date():
    made = {
        "pair": factories.live_pair(ago=timedelta(days=90), body_fr="<p>Zeppelin.</p>"),
        "english": factories.live(ago=timedelta(days=1), title_en="Zeppelin"),
    }

    assert found(made, "zeppelin", "fr") == ["pair", "english en"]


def test_a_text_that_is_found_in_the_readers_language_is_not_repeated():
    factories.live_pair(title_en="The zeppelin", title_fr="Le zeppelin")

    assert [hit.language for hit in find("zeppelin", "fr").hits] == ["fr"]


def test_words_of_a_translation_are_told_to_readers_of_another_language():
    factories.live_pair(title_fr="La frontière", title_en="The border")

    answer = find("frontière", "en")

    assert (answer.total, answer.elsewhere) == (0, [("fr", 1)])


def test_titles_come_first_then_the_newest_then_what_has_no_date():
    made = {
        "old title": factories.live(ago=timedelta(days=9), title_en="Zeppelin"),
        "new text": factories.live(ago=timedelta(days=1), body_en="<p>Zeppelin.</p>"),
        "text": factories.live(ago=timedelta(days=5), body_en="<p>Zeppelin.</p>"),
        "title": factories.live(ago=timedelta(days=8), title_en="A zeppelin"),
        "group": group(name="Porto", description_en="A zeppelin."),
        "named": group(name="Zeppelin"),
    }

    assert found(made, "zeppelin", "en") == (
        ["title", "old title", "named", "new text", "text", "group"]
    )


def test_what_is_equal_stands_in_the_order_of_its_keys():
    made = {str(number): group(name="Zeppelin") for number in range(3)}

    assert found(made, "zeppelin", "en") == ["0", "1", "2"]


def test_a_title_that_holds_a_part_of_the_query_is_no_better():
    made = {
        "half": factories.live(
            ago=timedelta(days=2), title_en="Zeppelin", body_en="<p>Balloon.</p>"
        ),
        "text": factories.live(ago=timedelta(days=1), body_en="<p>Zeppelin, balloon.</p>"),
    }

    assert found(made, "zeppelin balloon", "en") == ["text", "half"]


def test_a_question_has_an_anchor_and_the_answer_as_its_passage():
    document = factories.faq(entries=1)
    entry = factories.entry(document, question_en="Why?", answer_en="<p>The zeppelin.</p>")

    (hit,) = find("zeppelin", "en").hits

    assert (hit.anchor, hit.heading, hit.snippet) == (
        f"#q{entry.pk}",
        "Why?",
        "The <mark>zeppelin</mark>.",
    )


def test_a_group_leads_to_its_place_in_the_directory(client):
    factories.identity()
    made = group(name="Zeppelin")

    (hit,) = find("zeppelin", "en").hits

    assert hit.url == f"/en/links/#group-{made.pk}"
    assert f'id="group-{made.pk}"' in client.get("/en/links/").content.decode()


# Filters -----------------------------------------------------------------------------------------


def test_filters_say_how_many_there_are_of_each():
    answer = find("police", "en")
    assert (answer.kinds, answer.years) == ([], [])

    world()
    answer = find("police", "en")

    assert answer.kinds == [
        ("bulletins.bulletin:callout", 1),
        ("bulletins.bulletin:faq", 1),
        ("bulletins.bulletin:update", 3),
    ]
    assert answer.years == [(2025, 5)]


def test_a_filter_counts_by_the_others_and_not_by_itself():
    factories.draft(title_en="Zeppelin", published_at=day(0))
    factories.draft(title_en="Zeppelin", published_at=day(400))
    factories.page(title_en="Zeppelin", published_at=day(400))

    answer = find("zeppelin", "en", kind="bulletins.bulletin:update", year=2026)

    assert answer.total == 1
    assert answer.kinds == [("bulletins.bulletin:update", 1), ("pages.page", 1)]
    assert answer.years == [(2026, 1), (2025, 1)]


def test_a_kind_a_year_and_a_topic_narrow_the_hits():
    made = world()
    topic = made["housing"].pk

    assert found(made, "police", "en", kind="bulletins.bulletin:callout") == ["eviction"]
    assert found(made, "police", "en", topic=topic) == ["evicted", "eviction"]
    assert found(made, "police", "en", year=2024) == []
    assert found(made, "team", "en", topic=topic) == ["team"]


def test_a_topic_that_is_given_later_counts_at_once():
    document = factories.live(title_en="Zeppelin")
    topic = Topic.objects.create(name_en="Air")
    before = find("zeppelin", "en", topic=topic.pk).total
    document.topics.add(topic)

    assert (before, find("zeppelin", "en", topic=topic.pk).total) == (0, 1)


def test_pages_follow_one_another():
    made = world()

    pages = [find("border", "en", page=page, per_page=3) for page in (1, 2)]

    assert [names(made, answer) for answer in pages] == [
        ["borders", "rights", "choir"],
        ["kitchen"],
    ]
    assert [(answer.page, answer.pages, answer.total) for answer in pages] == [(1, 2, 4), (2, 2, 4)]


# Did you mean ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "language", "expected"),
    [
        ("bordr", "en", "border"),
        ("obrder", "en", "border"),
        ("frontieer", "fr", "frontière"),
        ("rontière", "fr", "frontière"),
        ("polise bordr", "en", "police border"),
        ('kitchn -police "the border"', "en", ""),
        ('voluntees -zzzz "legal team"', "en", 'volunteers -zzzz "legal team"'),
        ("xylophone", "en", ""),
        ("border", "en", ""),
    ],
)
def test_a_mistake_is_met_with_what_would_find_something(query, language, expected):
    world()

    assert find(query, language).suggestion == expected


def test_a_word_that_readers_do_not_have_is_never_suggested():
    document = factories.live(title_en="Zeppelin")
    factories.draft(title_en="Balloon", published_at=datetime(2100, 1, 1, tzinfo=UTC))
    factories.draft(title_en="Helicopter")
    before = find("zepelin", "en").suggestion
    document.published_at = None
    document.save()

    assert before == "zeppelin"
    assert [find(query, "en").suggestion for query in ("zepelin", "baloon", "helicoptr")] == [
        *("", "", "")
    ]
