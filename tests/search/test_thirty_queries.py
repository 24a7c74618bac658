"""Thirty queries with what they find, in order: the same on both databases."""

from __future__ import annotations

import pytest

from tests.search.texts import found, world

pytestmark = pytest.mark.django_db

# (reader's language, query, what is found)
QUERIES = [
    ("en", "border", ["borders", "rights", "choir", "kitchen"]),
    ("en", "borders", ["borders", "rights", "choir", "kitchen"]),
    ("en", "BORDERS", ["borders", "rights", "choir", "kitchen"]),
    ("fr", "frontiere", ["borders", "rights", "harbour", "kitchen"]),
    ("fr", "frontière", ["borders", "rights", "harbour", "kitchen"]),
    ("fr", "FRONTIÈRES", ["borders", "rights", "harbour", "kitchen"]),
    ("en", "evict", ["eviction", "evicted"]),
    ("en", "evictions", ["eviction", "evicted"]),
    ("fr", "expulsions", ["eviction", "evicted"]),
    ("en", "kitchen", ["kitchen", "about"]),
    ("fr", "cuisines", ["kitchen", "about"]),
    ("en", "choir", ["choir", "about"]),
    ("fr", "choir", ["choir en"]),
    ("fr", "singing songs", ["choir en"]),
    ("en", "ferry", ["harbour fr"]),
    ("en", "police", ["rights", "evicted", "eviction", "kitchen", "harbour fr"]),
    ("en", "police -evict", ["rights", "kitchen", "harbour fr"]),
    ("en", 'police -"the tents"', ["rights", "eviction", "kitchen", "harbour fr"]),
    ("en", '"state of the port"', ["choir"]),
    ("en", '"port of the state"', []),
    ("en", "“no borders”", ["choir"]),
    ("fr", "« sur le quai »", ["borders"]),
    ("en", "the border", ["borders", "rights", "choir", "kitchen"]),
    ("en", "the", ["choir", "evicted", "eviction", "rights", "kitchen", "borders"]),
    ("en", "police border", ["rights", "kitchen"]),
    ("fr", "frontier", ["borders", "rights", "harbour", "kitchen"]),
    ("fr", "l'expulsion", ["eviction", "evicted"]),
    ("fr", "habitantes", ["eviction"]),
    ("en", "porto", ["porto"]),
    ("fr", "Legal Team", ["team"]),
    ("fr", "avocates", ["rights", "team"]),
    ("en", "tente domicile", ["rights"]),
    ("en", "lawyer calm", ["rights"]),
    ("fr", "peut elle", ["rights"]),
    ("en", "zeppelin", []),
    ("en", "volunteers", ["about"]),
    ("fr", "benevole", ["about"]),
]


def test_each_query_finds_the_same_in_the_same_order():
    texts = world()

    answers = [(code, query, found(texts, query, code)) for code, query, _expected in QUERIES]

    assert answers == QUERIES


def test_there_are_thirty_of_them():
    assert len({(code, query) for code, query, _expected in QUERIES}) >= 30
