"""Whatever is typed is answered."""

from __future__ import annotations

import pytest

from search.finding import find
from tests.search.texts import found, world

pytestmark = pytest.mark.django_db

HOSTILE = [
    "\0",
    "border\0police",
    "x" * 10_000,
    "border " * 10_000,
    '"' * 500,
    '"border',
    "border AND (police OR",
    "NEAR(border police, 2)",
    "title : border",
    "border*",
    "bord* ^police",
    "'border' & !police | (",
    "border <-> police",
    "border:*A",
    "\\'; DROP TABLE search_entry; --",
    "-police",
    "-police -border",
    '-"the police"',
    "%s %(a)s {}",
    "🙂🙂 🙂",
    "الحدود",
    "国境 難民",
    "e\u0301" * 200,
    "\ud800 border",
    "﷽",
    "+ - * / = @ @en @en@en",
    " ",
    "ı İ ß ﬁ Ǆ",
]


@pytest.fixture
def texts():
    return world()


def test_no_query_is_an_error(texts):
    for query in HOSTILE:
        for language in ("en", "fr"):
            answer = find(query, language)

            assert answer.total == len(answer.hits), query


def test_operators_of_the_databases_mean_nothing(texts):
    assert found(texts, "'border' & !police | (", "en") == ["rights", "kitchen"]
    assert found(texts, "border AND police", "en") == ["rights", "kitchen"]
    assert found(texts, "border\0police", "en") == ["rights", "kitchen"]


def test_only_what_is_not_wanted_finds_nothing(texts):
    answer = find("-police", "en")

    assert (answer.hits, answer.total) == ([], 0)
    assert answer.terms.excluded == ("police",)
    assert not answer.terms


def test_filters_without_sense_leave_nothing(texts):
    for filters in (
        {"kind": "\0"},
        {"kind": "' OR 1=1"},
        {"topic": 10**30},
        {"topic": -1},
        {"year": 10**30},
        {"year": -(10**30)},
    ):
        assert find("border", "en", **filters).total == 0, filters


def test_a_page_that_is_not_there_is_the_nearest(texts):
    answers = [find("border", "en", page=page, per_page=3) for page in (-5, 0, 1, 2, 3, 10**30)]

    assert [answer.page for answer in answers] == [1, 1, 1, 2, 2, 2]
    assert [len(answer.hits) for answer in answers] == [3, 3, 3, 1, 1, 1]
