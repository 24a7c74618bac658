"""What stands beside a row."""

from __future__ import annotations

import pytest

from core.segments import segment
from tests import factories
from tests.translations.memory_helpers import CUISINE, KITCHEN, learned
from translations import likeness
from translations.desk.row_help import row_help
from translations.glossary import add

pytestmark = pytest.mark.django_db


def test_a_row_is_helped_with_suggestions_and_terms():
    learned((KITCHEN, "La <em>cuisine</em> &amp; midi."), title_en="Open")
    own = factories.live()
    add("en", "kitchen", "fr", "cuisine", note="Collective.")

    assert row_help([segment("p", "The <em>kitchen</em> opens.")], "en", "fr", own) == {
        "suggestions": [
            {
                "likeness": likeness.likeness(KITCHEN, "The kitchen opens."),
                "source_words": [
                    ("same", "The kitchen opens"),
                    ("removed", " at noon"),
                    ("same", "."),
                ],
                "target_html": "La <em>cuisine</em> &amp; midi.",
                "target_text": "La cuisine & midi.",
                "where": "Open",
            }
        ],
        "terms": [
            {
                "term": "kitchen",
                "wanted": ["cuisine"],
                "forbidden": [],
                "note": "Collective.",
                "leave_as_is": False,
            }
        ],
    }


def test_a_row_that_nobody_translated_is_helped_with_nothing():
    own = learned()

    assert row_help([segment("p", KITCHEN)], "en", "fr", own) == {"suggestions": [], "terms": []}


def test_a_row_without_a_source_has_no_help():
    assert row_help([], "en", "fr", factories.live()) == {"suggestions": [], "terms": []}


@pytest.mark.parametrize("number", [1, 3])
def test_help_takes_the_same_queries_for_one_and_for_three(number, django_assert_num_queries):
    for each in range(number):
        learned((f"{KITCHEN} {each}", f"{CUISINE} {each}"))
        add("en", KITCHEN.split()[each], "fr", f"mot {each}")
    own = factories.live()
    asked = [segment("p", KITCHEN)]
    row_help(asked, "en", "fr", own)

    with django_assert_num_queries(4):  # entries; pairs; documents; terms
        helped = row_help(asked, "en", "fr", own)

    assert (len(helped["suggestions"]), len(helped["terms"])) == (number, number)
