"""What readers of an outdated side are told."""

from __future__ import annotations

import pytest
from django.utils.translation import gettext, override

from bulletins.models import Bulletin
from tests.translations import side_events as events
from tests.translations.side_events import write
from translations.models import Side

pytestmark = pytest.mark.django_db

NOTICE = "The original of this text has changed since it was translated."


def page(client, language: str) -> str:
    return client.get(Bulletin.objects.get().address(language)).text


@pytest.mark.parametrize(
    ("wanted", "language", "is_told"),
    [("O-", "fr", True), ("C-", "fr", False), ("O-", "en", False), ("S-", "fr", False)],
)
def test_readers_of_an_outdated_side_are_told_so(client, wanted, language, is_told):
    document = events.document_in(wanted)
    with override(language):
        notice = gettext(NOTICE)

    text = page(client, language)

    assert (notice in text) == is_told
    if is_told:
        assert f'href="{document.address("en")}" hreflang="en"' in text


@pytest.mark.parametrize("wanted", ["C-", "O-"])
def test_the_notice_costs_no_query(client, django_assert_num_queries, wanted):
    events.document_in(wanted)
    address = Bulletin.objects.get().address("fr")

    with django_assert_num_queries(7):
        client.get(address)


def test_a_draft_of_which_nobody_has_seen_a_word_changes_nothing_for_readers(client):
    document = events.document_in("C-")
    before = page(client, "fr")

    write(document, 0, "<p>Elle est ouverte.</p>")

    assert page(client, "fr") == before
    assert Side.objects.get(language="fr").has_draft
