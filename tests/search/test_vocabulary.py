from __future__ import annotations

from collections import Counter

import pytest

from search import vocabulary
from search.models import Word

pytestmark = pytest.mark.django_db


def rows() -> list[tuple[str, int]]:
    return sorted(Word.objects.values_list("form", "sides"))


def test_rows_of_one_word_become_one():
    for number in (3, -1):
        vocabulary.add(Counter({("fr", "frontière"): number}))

    vocabulary.change(Counter({("fr", "frontière"): 1, ("fr", "quai"): 1}))

    assert rows() == [("frontière", 3), ("quai", 1)]


def test_a_word_that_stands_nowhere_any_more_has_no_row():
    vocabulary.change(Counter({("en", "border"): 1, ("fr", "border"): 1}))
    vocabulary.change(Counter({("en", "border"): -1}))

    assert list(Word.objects.values_list("language", "form")) == [("fr", "border")]


def test_a_word_whose_numbers_add_up_to_nothing_is_not_there():
    for number in (1, -1):
        vocabulary.add(Counter({("en", "border"): number}))

    assert vocabulary.beginning_with("bor", ["en"]) == {"en": []}
    assert vocabulary.like("bordr", reader="en") == []


def test_a_beginning_gives_the_commonest_words_first():
    vocabulary.add(Counter({("en", "bordure"): 1, ("en", "border"): 5, ("en", "bore"): 1}))

    assert vocabulary.beginning_with("bor", ["en", "fr"]) == {
        "en": ["border", "bordure", "bore"],
        "fr": [],
    }


@pytest.mark.parametrize(
    ("mistaken", "expected"),
    [
        ("bordr", [(1, "border")]),
        ("bodrer", [(1, "border")]),
        ("order", [(1, "border")]),
        ("zorder", [(1, "border")]),
        ("brder", [(1, "border")]),
        ("frontiere", []),
        ("xyz", []),
    ],
)
def test_a_mistake_gives_the_words_that_it_may_have_been(mistaken, expected):
    vocabulary.add(Counter({("en", "border"): 5, ("en", "kitchen"): 1, ("fr", "frontière"): 1}))

    assert vocabulary.like(mistaken, reader="en") == expected


def test_of_words_equally_alike_the_readers_and_the_commonest_come_first():
    vocabulary.add(
        Counter({("en", "camp"): 1, ("en", "came"): 2, ("fr", "cape"): 9, ("en", "cams"): 2})
    )

    assert [form for _distance, form in vocabulary.like("camx", reader="en")] == [
        *("came", "cams", "camp")
    ]
