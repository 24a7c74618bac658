"""A document's history as people read it."""

from __future__ import annotations

import pytest
from django.utils import timezone

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
