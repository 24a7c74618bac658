"""A document's history as people read it."""

from __future__ import annotations

import pytest
from django.utils import timezone

from bulletins.models import Bulletin, Kind
from tests import factories
from translations import versions
from translations.acts import publishing

pytestmark = pytest.mark.django_db


def told(document) -> list[tuple]:
    return [(v.act, [(c.label, c.language) for c in v.changes]) for v in versions.of(document)]


def test_each_save_is_a_version_with_the_columns_that_changed():
    bulletin = factories.draft()
    bulletin.title_fr = "La cuisine"
    bulletin.save()

    assert told(bulletin)[0] == ("changed", [("Title", "fr"), ("Address", "fr")])


def test_publishing_and_taking_back_are_named():
    bulletin = factories.draft()
    bulletin.published_at = timezone.now()
    bulletin.save()
    publishing.unpublish(type(bulletin), bulletin.pk)

    assert [act for act, _changes in told(bulletin)] == ["taken back", "published", "created"]


def test_unchanged_paragraphs_are_folded_and_changed_words_are_marked():
    bulletin = factories.live(body_en="<p>One stays.</p><p>We meet at ten.</p>")
    bulletin.body_en = "<p>One stays.</p><p>We meet at noon.</p>"
    bulletin.save()

    [change] = versions.of(bulletin)[0].changes
    [paragraph] = change.paragraphs
    assert change.unchanged == 1
    assert paragraph.words == [
        ("same", "We meet at "),
        ("removed", "ten"),
        ("added", "noon"),
        ("same", "."),
    ]


def test_a_deleted_entry_stays_in_the_history():
    faq = factories.faq(entries=1)
    faq.entries.get().delete()

    assert versions.of(faq)[0].act == "deleted"


def facts(document) -> list[tuple]:
    """What the latest version says of facts: label, what it was, what it is."""
    changes = versions.of(document)[0].changes
    return [(c.label, *(text for _op, text in c.words)) for c in changes if not c.language]


def saved(document, **fields):
    for name, value in fields.items():
        setattr(document, name, value)
    document.save()


def test_what_follows_what_is_told_by_titles():
    first, other = factories.live(title_en="First"), factories.live(title_en="Another")
    bulletin = factories.draft()
    told = []
    for follows in (first, other, None):
        saved(bulletin, follows=follows)
        told += facts(bulletin)

    assert told == [
        ("Follows", "–", "First"),
        ("Follows", "First", "Another"),
        ("Follows", "Another", "–"),
    ]


def test_of_what_was_deleted_since_the_history_says_so():
    first, bulletin = factories.live(title_en="First"), factories.draft()
    saved(bulletin, follows=first)
    first.delete()

    assert facts(bulletin) == [("Follows", "–", "(deleted)")]


def test_what_follows_from_a_change_is_not_told_beside_it():
    bulletin = factories.live(kind=Kind.CALLOUT, starts_at=timezone.now())
    saved(bulletin, cancelled=True)

    assert facts(bulletin) == [("Cancelled", "no", "yes")]
    assert Bulletin.history.first().sequence == 1


def test_a_choice_is_told_in_its_words():
    bulletin = factories.draft()
    saved(bulletin, kind=Kind.CALLOUT)

    assert facts(bulletin) == [("Kind", "Update", "Call-out")]


@pytest.mark.parametrize("count", [1, 3])
def test_titles_cost_one_query_however_many_there_are(count, django_assert_num_queries):
    bulletin = factories.draft()
    for number in range(count):
        saved(bulletin, follows=factories.live(title_en=f"Part {number}"))

    with django_assert_num_queries(4):
        versions.of(bulletin)
