"""What the desk shows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bulletins.models import Bulletin
from tests import factories
from tests.translations.desk.desk_helpers import (
    NIGHT,
    at,
    edit_source,
    form,
    page_of,
    person,
    posted,
    rows,
    save,
    side,
    texts,
)
from translations.acts import reviewing
from translations.desk import people
from translations.models import Side

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("view", ["", "save/", "preview/", "review/", "versions/"])
def test_looking_writes_nothing(client, editor, pair, view):
    before = side(pair).__dict__ | {"_state": None}
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(at(pair, view)).status_code == 200
    written = [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]

    assert written == []
    assert side(pair).__dict__ | {"_state": None} == before


def test_the_desk_shows_both_sides_row_by_row(client, amina, pair):
    page = page_of(client, pair)

    assert [(row.source_text, row.typed) for row in page.rows] == [
        ("Kitchen opens", "La cuisine ouvre"),
        ("One: the border.", "Un : la frontière."),
        ("Two: the night.", "Deux : la nuit."),
    ]


def test_children_are_groups_of_their_own(client, amina):
    faq = factories.faq(entries=2)
    page = page_of(client, faq)

    assert [(group.label, group.heading, len(group.rows)) for group in page.groups] == [
        ("", "", 2),
        ("Question", "Question 1?", 2),
        ("Question", "Question 2?", 2),
    ]


def test_a_changed_word_of_the_source_is_marked_in_its_row(client, amina, pair):
    edit_source(pair, body_en=NIGHT)
    page = page_of(client, pair)

    assert [(row.source_text, row.words) for row in page.changed] == [
        (
            "Two: the long night.",
            [("same", "Two: the "), ("added", "long "), ("same", "night.")],
        )
    ]


def test_links_are_shown_with_addresses(client, amina):
    about = factories.page(slug_en="about")
    document = factories.live(body_en=f'<p>See <a href="ref:pages.page/{about.pk}">us</a>.</p>')
    row = page_of(client, document).rows[1]

    assert row.source[0].html == f'See <a href="{about.address("fr")}">us</a>.'


@pytest.mark.parametrize("entries", [1, 3])
@pytest.mark.parametrize("paragraphs", [1, 30])
def test_the_queries_of_the_desk_do_not_grow(client, amina, entries, paragraphs):
    about = factories.page(slug_en="about")
    link = f'<p>See <a href="ref:pages.page/{about.pk}">us</a>.</p>'
    faq = factories.faq(entries=entries, body_en=link * paragraphs)
    client.get(at(faq))
    with CaptureQueriesContext(connection) as queries:
        client.get(at(faq))

    assert len(queries) == 16


def numbered() -> list:
    """Three texts in the order of the board: what was published last comes first."""
    return [factories.live(title_en=f"Number {n}", ago=timedelta(hours=n)) for n in (1, 2, 3)]


def test_before_and_after_go_by_the_order_of_the_board(client, amina):
    links = [page_of(client, document) for document in numbered()]

    assert [(p.before and p.before.title, p.after and p.after.title) for p in links] == [
        (None, "Number 2"),
        ("Number 1", "Number 3"),
        ("Number 2", None),
    ]


def test_what_somebody_else_is_on_is_not_next(client, amina):
    first, second, _third = numbered()
    save(second, person("bo", "translate_fr"), posted(rows(second)[0], "<p>x</p>"))

    assert page_of(client, first).after.title == "Number 3"


def test_what_is_sent_already_is_not_next(client, amina):
    first, second, _third = numbered()
    save(second, amina, posted(rows(second)[0], "<p>x</p>"))
    people.release(second, "fr", amina)
    begun = page_of(client, first).before.title
    reviewing.submit(Bulletin, second.pk, "fr", person=amina)

    # What one has begun comes first, as on the board; once it is sent, it is nowhere.
    page = page_of(client, first)
    assert (begun, page.before, page.after.title) == ("Number 2", None, "Number 3")


def test_the_claim_of_somebody_who_is_gone_keeps_nobody_from_going_there(client, amina):
    first, second = (factories.live(title_en=f"Number {n}") for n in (1, 2))
    bo = person("bo", "translate_fr")
    people.claim(second, "fr", bo)
    claimed = beside(client, first)
    bo.delete()

    assert (claimed, beside(client, first)) == ([], ["Number 2"])


def beside(client, document) -> list[str]:
    """The titles to which the page leads, before it or after it."""
    page = page_of(client, document)
    return [link.title for link in (page.before, page.after) if link]


def test_a_document_whose_sides_nobody_counted_opens_and_saves(client, amina, pair):
    Side.objects.all().delete()
    page = page_of(client, pair)
    client.post(at(pair), form(page, {"One: the border.": "Un !"}))

    assert texts(pair) == ["<p>Un !</p>", "<p>Deux : la nuit.</p>"]
