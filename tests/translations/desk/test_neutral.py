"""A place may stay empty in a translation: readers then get the original's, which is no lack."""

from __future__ import annotations

import pytest

from bulletins.models import Kind
from tests import factories
from tests.forms import post
from tests.translations.desk.desk_helpers import (
    at,
    edit_source,
    form,
    page_of,
    posted,
    rows,
    save,
    side,
    told,
)
from tests.translations.side_bases import check_found
from translations.models import Side

pytestmark = pytest.mark.django_db

TITLE, BODY = {"Kitchen opens": "La cuisine"}, {"We open the kitchen.": "Ici."}
PLACE = {"Old harbour": "Vieux port"}
SENDS = pytest.mark.parametrize("button", ["submit", "publish"])


def callout(make=factories.live, **fields):
    return make(**{"kind": Kind.CALLOUT, "place_en": "Old harbour", **fields})


def send(client, document, texts, button):
    return client.post(at(document), form(page_of(client, document), texts, do=button), follow=True)


def public(document) -> str:
    return side(document).status.public


@SENDS
def test_an_empty_place_keeps_nobody_from_sending(client, editor, button):
    document = callout()

    response = send(client, document, TITLE | BODY, button)

    assert told(response) == [
        "Sent for review. Thank you!" if button == "submit" else "Published: readers see it now."
    ]


def test_a_side_without_a_place_of_its_own_is_up_to_date(client, editor):
    document = callout()
    send(client, document, TITLE | BODY, "publish")

    page = client.get("/fr/bulletins/la-cuisine/").text
    assert (public(document), side(document).words_left, check_found()) == ("current", 0, [])
    assert '<span lang="en" dir="ltr">Old harbour</span>' in page
    assert "a changé depuis" not in page


def test_it_stays_so_whatever_becomes_of_the_place(client, editor):
    document = callout()
    send(client, document, TITLE | BODY, "publish")
    edit_source(document, place_en="New harbour")

    assert (public(document), side(document).words_to_do) == ("current", 0)


def test_a_side_with_a_place_of_its_own_is_outdated_by_another_one(client, editor):
    document = callout()
    send(client, document, TITLE | BODY | PLACE, "publish")
    before = public(document)
    edit_source(document, place_en="New harbour")

    assert (before, public(document)) == ("current", "outdated")
    assert side(document).words_to_do == 2


def test_with_its_own_words_taken_out_it_is_behind_nothing(client, editor):
    document = callout()
    send(client, document, TITLE | BODY | PLACE, "publish")
    edit_source(document, place_en="New harbour")
    send(client, document, {"New harbour": ""}, "publish")

    document.refresh_from_db()
    assert (document.place_fr, public(document)) == (None, "current")


def test_an_optional_text_is_still_asked_about(client, editor):
    document = callout(summary_en="In short.")

    response = send(client, document, TITLE | BODY, "publish")

    assert response.templates[0].name == "desk/unfinished.html"
    assert [row.source_text for row in response.context["page"].rows if not row.is_done] == [
        "In short."
    ]


def test_an_empty_place_is_counted_nowhere(client, editor):
    document = callout()
    before, on_the_board = page_of(client, document).progress, side(document).words_to_do
    save(document, editor, posted(rows(document, ":title")[0], "La cuisine", ":title"))
    after = page_of(client, document).progress

    # Six words without “Old harbour”.
    assert (before.done, before.of, before.words, on_the_board) == (0, 2, 6, 6)
    assert (after.done, after.of, after.words) == (1, 2, 4)
    assert side(document).words_to_do == 4


def test_the_desk_says_that_readers_get_the_originals(client, editor):
    document = callout()
    send(client, document, TITLE | BODY, "publish")

    [place] = rows(document, ":place")
    [row] = [row for row in page_of(client, document).rows if row.part == ":place"]
    assert (place.is_done, row.omitted, row.can_omit) == (True, False, False)
    assert "may stay empty: readers then get the original’s" in client.get(at(document)).text


def test_a_side_that_becomes_whole_in_the_admin_falls_back_as_well(admin_client):
    document = callout()
    page = admin_client.get(f"/admin/bulletins/bulletin/{document.pk}/change/")
    post(admin_client, page, title_fr="La cuisine", body_fr="<p>Ici.</p>")
    edit_source(document, place_en="New harbour")

    assert (public(document), check_found()) == ("current", [])


def test_a_place_written_later_in_the_admin_is_outdated_by_another_one(admin_client):
    document = callout(factories.live_pair)
    edit_source(document, place_en="New harbour")
    page = admin_client.get(f"/admin/bulletins/bulletin/{document.pk}/change/")
    post(admin_client, page, place_fr="Nouveau port")
    before = public(document)
    edit_source(document, place_en="Town hall")

    assert (before, public(document)) == ("current", "outdated")


def test_what_is_really_outdated_stays_so(client, editor):
    document = callout(factories.live_pair)
    edit_source(document, place_en="New harbour", title_en="Kitchen closes")

    assert public(document) == "outdated"


def test_a_side_called_outdated_before_this_was_known_is_mended():
    document = callout(factories.live_pair)
    found = side(document)
    base = {key: said for key, said in found.based_on.items() if key != ":place"}
    Side.objects.filter(pk=found.pk).update(based_on=base, based_on_hash="0" * 32)

    assert [line.partition(": ")[2] for line in check_found()] == ["fr based_on_hash, fr based_on"]
