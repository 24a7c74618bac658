"""The board: who comes in, and how documents stand in each language."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from bulletins.models import Bulletin
from core import zones
from tests import factories
from tests.accounts import people
from tests.links import factories as links
from tests.translations.desk.board_helpers import (
    begun,
    cells,
    find,
    missing,
    outdated,
    page,
    submitted,
    titles,
    words,
)
from tests.translations.desk.desk_helpers import edit_source, person, posted, rows, save, side
from translations.acts import publishing, reviewing
from translations.desk import people as at_the_desk

pytestmark = pytest.mark.django_db


SOON = timedelta(days=2)


# Who comes in -------------------------------------------------------------------------------------


def test_a_stranger_is_sent_to_the_login_and_back(client):
    assert client.get("/desk/?language=fr").url == "/accounts/login/?next=/desk/%3Flanguage%3Dfr"


def test_somebody_without_rights_at_the_desk_is_refused(client):
    client.force_login(person("robin"))

    assert client.get("/desk/").status_code == 403


def test_the_roles_come_in(client):
    for somebody in (people.translator(), people.editor()):
        client.force_login(somebody)
        assert client.get("/desk/").status_code == 200


def test_the_board_takes_no_post(client, amina):
    assert client.post("/desk/").status_code == 405


# Documents × languages ----------------------------------------------------------------------------


def test_a_row_tells_the_document_and_each_side(client, amina):
    missing("Kitchen opens", ago=timedelta(days=3, hours=1))

    [head] = find(page(client), ".board tbody th")
    assert words(head) == "Kitchen opens Update live written in English"
    assert cells(client) == ["original", "missing for 3 days 6 words left"]


def test_a_title_carries_its_language(client, amina):
    factories.live_french()

    [title] = find(page(client), ".board-title [lang]")
    assert (title.get("lang"), words(title)) == ("fr", "La cuisine ouvre")


def test_a_group_is_called_by_its_name_in_no_language(client, amina):
    links.group(links.section(name_en="Legal help", name_fr="Se défendre"))

    [name] = find(page(client, "?kind=links.group:"), ".board-title bdi")
    assert words(name) == "Les Toits"


def test_drafts_and_what_is_scheduled_say_so(client, amina):
    factories.draft(title_en="Not yet")
    factories.live(title_en="Soon", ago=-SOON)

    heads = [words(one) for one in find(page(client), ".board tbody th .board-facts")]
    published_at = Bulletin.objects.get(title_en="Soon").published_at
    # In the site's own time zone.
    at = timezone.localtime(published_at, zones.zone("Europe/Paris"))
    assert [facts.split(" written")[0] for facts in heads] == [
        f"Update scheduled for {date_format(at, 'DATETIME_FORMAT')}",
        "Update draft",
    ]


def test_what_is_scheduled_waits_for_nobody_yet(client, amina):
    factories.live(ago=-SOON)

    assert cells(client) == ["original", "missing 6 words left"]


def test_an_outdated_side_counts_the_words_that_changed(client, amina):
    outdated("Kitchen closes")

    assert cells(client) == ["original", "outdated for 1 hour 2 words left"]


def test_what_a_draft_has_done_is_not_left(client, amina):
    document = missing("Kitchen opens")
    begun(document, amina)
    in_progress = cells(client)[1]
    save(document, amina, posted(rows(document)[0], "<p>Nous ouvrons.</p>"))

    assert in_progress == "in progress for 1 hour 4 words left You are on it"
    # Nothing is left to write: it only has to be sent.
    assert cells(client)[1] == "in progress for 1 hour You are on it"


def test_what_the_original_says_besides_is_left_in_a_draft(client, amina):
    document = begun(missing("Kitchen opens"), amina)
    edit_source(document, body_en="<p>We open the kitchen.</p><p>At nine in the morning.</p>")

    assert cells(client)[1] == "in progress for 1 hour 9 words left You are on it"


def test_big_numbers_are_parted_as_the_language_does(client, amina):
    document = missing("Kitchen opens")
    document.side_rows.filter(language="fr").update(words_to_do=12_345)

    assert cells(client)[1] == "missing for 1 hour 12,345 words left"
    amina.language = "fr"
    amina.save()
    assert "12\u00a0345" in page(client).text_content()


def test_what_was_sent_back_says_by_whom_and_when(client, amina):
    document = submitted(missing("Kitchen opens"), amina)
    reviewing.send_back(Bulletin, document.pk, "fr", note="No.", person=person("esther"))

    day = date_format(timezone.localdate(timezone=zones.zone("Europe/Paris")), "DATE_FORMAT")
    assert cells(client)[1].startswith(f"in progress sent back by esther on {day}")


def test_both_axes_stand_in_one_badge(client, amina):
    begun(outdated("Kitchen closes"), amina)

    assert cells(client)[1].startswith("outdated, in progress")


def test_a_submitted_side_says_since_when(client, amina):
    submitted(missing("Kitchen opens", ago=timedelta(days=9)), amina, ago=timedelta(hours=5))

    # Whoever wrote is on it, until the claim expires.
    assert cells(client)[1] == "ready for review for 5 hours You are on it"


def test_who_is_on_it_is_named(client, amina):
    document = missing("Kitchen opens")
    at_the_desk.claim(document, "fr", person("basile", "translate_fr"))

    assert cells(client)[1] == "missing for 1 hour 6 words left basile is on it"


def test_a_claim_that_expired_is_forgotten(client, amina):
    document = missing("Kitchen opens")
    at_the_desk.claim(document, "fr", person("basile", "translate_fr"))
    document.side_rows.update(claimed_until=timezone.now() - timedelta(minutes=1))

    assert cells(client)[1] == "missing for 1 hour 6 words left"


def test_a_cell_leads_to_the_desk_only_where_the_person_may_write(client, amina):
    into_french = factories.live()
    factories.live_french()

    links_ = [one.get("href") for one in find(page(client), ".board a.board-link")]
    assert links_ == [f"/desk/bulletins.bulletin-{into_french.pk}/fr/"]


def title_link(client, query: str = "") -> str | None:
    [title] = find(page(client, query), ".board-title")
    return next((link.get("href") for link in title.iter("a")), None)


def test_a_title_leads_to_what_this_person_can_do(client, esther):
    document = factories.live()
    assert title_link(client) == f"/desk/bulletins.bulletin-{document.pk}/fr/"

    submitted(document, esther)
    assert title_link(client) == f"/desk/bulletins.bulletin-{document.pk}/fr/review/"


def test_a_title_leads_nowhere_where_this_person_has_no_business(client, amina):
    factories.live_french()

    assert title_link(client) is None


def test_a_title_of_what_is_up_to_date_leads_to_its_translation(client, amina):
    document = factories.live_pair()

    assert title_link(client) == f"/desk/bulletins.bulletin-{document.pk}/fr/"


def test_a_submitted_side_leads_those_who_publish_to_the_review(client, esther):
    document = submitted(factories.live(), esther)

    [link] = find(page(client), ".board a.board-link")
    assert link.get("href") == f"/desk/bulletins.bulletin-{document.pk}/fr/review/"


def test_a_link_says_which_text_in_which_language(client, amina):
    factories.live()

    [link] = find(page(client), ".board a.board-link")
    assert words(link) == "missing French: Kitchen opens"


def test_a_document_without_text_is_not_there(client, amina):
    links.group(links.section(name_en="Legal help", name_fr="Se défendre"), description_en=None)

    assert titles(client) == ["Legal help"]


def test_a_title_is_text_and_not_markup(client, amina):
    factories.live(title_en="<b>Bold</b>")

    assert titles(client) == ["<b>Bold</b>"]


def test_the_titles_of_sides_whose_document_is_gone_are_left_out(client, amina):
    document = factories.live()
    row = side(document)
    document.delete()
    row.pk, row._state.adding = None, True
    row.save()

    assert titles(client) == []


# How much it costs --------------------------------------------------------------------------------


# Session, person, identity and menu, their rights twice; standings, number, page, sides, next,
# ready, held, subscriptions; and the titles of one kind of document.
QUERIES = 15


@pytest.mark.parametrize("number", [1, 3])
def test_the_board_costs_the_same_for_one_text_and_for_three(
    client, esther, number, django_assert_num_queries
):
    for index in range(number):
        document = submitted(factories.live(title_en=f"Text {index}"), person(f"basile{index}"))
        at_the_desk.claim(document, "fr", esther)
        outdated(f"Outdated {index}")
        publishing.hold(Bulletin, factories.draft(title_en=f"Held {index}").pk, ["fr"])

    with django_assert_num_queries(QUERIES):
        client.get("/desk/")


def test_each_app_costs_one_query_more(client, esther, django_assert_num_queries):
    for number in range(3):
        factories.live(title_en=f"Text {number}")
        factories.page(title_en=f"Page {number}")

    with django_assert_num_queries(QUERIES + 1):
        client.get("/desk/")
