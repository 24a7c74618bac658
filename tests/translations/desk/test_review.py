"""Confirming, submitting, publishing, sending back."""

from __future__ import annotations

import pytest
from django.utils import timezone
from django.utils.formats import date_format
from lxml import html

from bulletins.models import Bulletin
from core import zones
from tests import factories
from tests.translations.desk.desk_helpers import (
    BODY,
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
    told,
)
from translations.acts import publishing, reviewing

pytestmark = pytest.mark.django_db


def test_still_correct_is_true_at_once_when_its_sayer_may_publish(client, editor, pair):
    edit_source(pair, body_en=NIGHT)
    page = page_of(client, pair)
    client.post(at(pair), form(page, do=f"confirm:{page.changed[0].key}"))

    assert (side(pair).status.public, side(pair).draft) == ("current", None)


def test_still_correct_of_a_translator_waits_for_review(client, amina, pair):
    edit_source(pair, body_en=NIGHT)
    page = page_of(client, pair)
    client.post(at(pair), form(page, do=f"confirm:{page.changed[0].key}"))

    assert (side(pair).status.public, page_of(client, pair).changed) == ("outdated", [])


def test_the_whole_side_is_still_correct(client, editor, pair):
    edit_source(pair, body_en=NIGHT, title_en="Kitchen closes")
    client.post(at(pair), form(page_of(client, pair), do="confirm_all"))

    assert side(pair).status.public == "current"


def test_a_translator_submits_and_an_editor_publishes(client, amina, pair):
    page = page_of(client, pair)
    client.post(at(pair), form(page, {"One: the border.": "Un !"}, do="submit"))
    assert side(pair).status.work == "submitted"

    client.force_login(person("esther", "publish_fr"))
    client.post(at(pair, "review/"), {"do": "publish"})

    pair.refresh_from_db()
    assert (pair.body_fr, side(pair).status.work) == (
        "<p>Un !</p><p>Deux : la nuit.</p>",
        "none",
    )


def test_an_editor_sends_back_with_a_note_that_the_translator_reads(client, amina, pair):
    client.post(at(pair), form(page_of(client, pair), {"One: the border.": "Un !"}, do="submit"))
    client.force_login(person("esther", "publish_fr"))
    client.post(at(pair, "review/"), {"do": "send_back", "note": "The comma."})
    client.force_login(amina)

    page = page_of(client, pair)
    assert (page.note, page.submitted_at, page.has_draft) == ("The comma.", None, True)


def test_who_may_both_publishes_in_one_step(client, editor, pair):
    page = page_of(client, pair)
    response = client.post(
        at(pair), form(page, {"One: the border.": "Un !"}, do="publish"), follow=True
    )

    assert told(response) == ["Published: readers see it now."]
    pair.refresh_from_db()
    assert pair.body_fr == "<p>Un !</p><p>Deux : la nuit.</p>"


def test_publishing_is_refused_when_the_source_moved_and_shows_what_changed(client, editor, pair):
    page = page_of(client, pair)
    data = form(page, {"One: the border.": "Un !"}, do="publish")
    edit_source(pair, body_en=NIGHT)
    response = client.post(at(pair), data)

    assert response.status_code == 409
    moved = response.context["page"].moved
    assert [[change.kind for change in part.changes] for part in moved.source] == [
        ["same", "changed"]
    ]
    assert moved.side == []
    pair.refresh_from_db()
    assert pair.body_fr == BODY["body_fr"]


def test_publishing_anyway_is_honestly_outdated(client, editor, pair):
    data = form(page_of(client, pair), {"One: the border.": "Un !"})
    edit_source(pair, body_en=NIGHT)
    client.post(at(pair), data)
    assert client.post(at(pair, "review/"), {"do": "publish"}).status_code == 409

    client.post(at(pair, "review/"), {"do": "publish_anyway"})

    pair.refresh_from_db()
    assert (pair.body_fr, side(pair).status.public) == (
        "<p>Un !</p><p>Deux : la nuit.</p>",
        "outdated",
    )


def test_publishing_is_refused_when_the_side_was_changed_elsewhere(client, editor, pair):
    client.post(at(pair), form(page_of(client, pair), {"One: the border.": "Un !"}))
    edit_source(pair, body_fr="<p>Un : autre chose.</p><p>Deux : la nuit.</p>")
    response = client.post(at(pair), form(page_of(client, pair), do="publish"))

    assert response.status_code == 409
    assert [part.label for part in response.context["page"].moved.side] == ["Text"]


def test_a_side_without_a_required_text_is_not_published(client, editor):
    document = factories.live(body_en=BODY["body_en"])
    data = form(page_of(client, document), {"One: the border.": "Un !"}, do="publish")
    response = client.post(at(document), data)

    assert response.status_code == 400
    assert [row.fault.message for row in response.context["page"].faulty] == [
        "“Title” is missing: without it, this cannot be sent."
    ]
    document.refresh_from_db()
    assert (document.body_fr, texts(document)[0]) == (None, "<p>Un !</p>")


def verdict(client, document) -> dict[str, str]:
    """What the review's form posts beside its button."""
    page = html.fromstring(client.get(at(document, "review/")).content)
    [form] = page.xpath("//form[@class='verdict']")
    return {field.name: field.value for field in form.xpath(".//input")}


def test_what_the_editor_has_read_is_published(client, editor, pair):
    save(pair, person("bo", "translate_fr"), posted(rows(pair)[0], "<p>Un !</p>"))
    data = verdict(client, pair)
    response = client.post(at(pair, "review/"), data | {"do": "publish"}, follow=True)

    assert told(response) == ["Published: readers see it now."]
    pair.refresh_from_db()
    assert pair.body_fr == "<p>Un !</p><p>Deux : la nuit.</p>"


def test_what_changed_while_the_editor_read_it_is_not_published(client, editor, pair):
    save(pair, editor, posted(rows(pair)[0], "<p>Un !</p>"))
    data = verdict(client, pair)
    save(pair, person("bo", "translate_fr"), posted(rows(pair)[1], "<p>Deux !</p>"))
    response = client.post(at(pair, "review/"), data | {"do": "publish"}, follow=True)

    assert told(response) == [
        "Somebody has changed this translation while you read it. Look again."
    ]
    pair.refresh_from_db()
    assert pair.body_fr == BODY["body_fr"]


def test_a_draft_is_sent_back_with_a_note_only(client, editor, pair):
    save(pair, person("bo", "translate_fr"), posted(rows(pair)[0], "<p>Un !</p>"))
    reviewing.submit(Bulletin, pair.pk, "fr", person=None)
    response = client.post(at(pair, "review/"), {"do": "send_back", "note": " \n "})

    tree = html.fromstring(response.content)
    [note] = tree.xpath("//textarea[@name='note']")
    [error] = tree.xpath(f"//*[@id='{note.get('aria-describedby')}']")
    assert (response.status_code, error.text_content()) == (
        400,
        "Say in the note what is still to be done.",
    )
    assert (note.get("aria-invalid"), side(pair).status.work) == ("true", "submitted")


def test_who_sent_it_back_and_when_stands_above_the_note(client, amina, pair):
    save(pair, amina, posted(rows(pair)[0], "<p>Un !</p>"))
    esther = person("esther", "publish_fr")
    reviewing.send_back(Bulletin, pair.pk, "fr", note="The comma.", person=esther)
    [note] = html.fromstring(client.get(at(pair)).content).xpath("//*[@role='note'][.//strong]")

    day = date_format(timezone.localdate(timezone=zones.zone("Europe/Paris")), "DATE_FORMAT")
    assert " ".join(note.text_content().split()) == (
        f"Sent back by esther on {day}, with a note: The comma."
    )


def test_what_is_sent_again_is_no_longer_sent_back(client, amina, pair):
    save(pair, amina, posted(rows(pair)[0], "<p>Un !</p>"))
    reviewing.send_back(Bulletin, pair.pk, "fr", note="The comma.", person=amina)
    reviewing.submit(Bulletin, pair.pk, "fr", person=amina)

    found = side(pair)
    assert (found.note, found.sent_back_at, found.sent_back_by) == ("", None, None)


def test_what_is_published_is_no_longer_sent_back(client, editor, pair):
    save(pair, editor, posted(rows(pair)[0], "<p>Un !</p>"))
    reviewing.send_back(Bulletin, pair.pk, "fr", note="The comma.", person=editor)
    publishing.publish_side(Bulletin, pair.pk, "fr", person=editor)

    assert (side(pair).sent_back_at, side(pair).sent_back_by) == (None, None)


def test_after_publishing_the_review_leads_to_the_public_page(client, editor, pair):
    save(pair, person("bo", "translate_fr"), posted(rows(pair)[0], "<p>Un !</p>"))
    response = client.post(at(pair, "review/"), verdict(client, pair) | {"do": "publish"})

    tree = html.fromstring(client.get(response["Location"]).content)
    [section] = tree.xpath("//section[@aria-labelledby='judged-name']")
    pair.refresh_from_db()
    assert section.xpath("string(h2)") == "This is published"
    assert section.xpath(".//a/@href")[0] == pair.address("fr")
    assert tree.xpath("//button[@name='do']") == []


def test_a_side_that_nobody_has_begun_has_nothing_to_judge(client, editor):
    document = factories.live()
    tree = html.fromstring(client.get(at(document, "review/")).content)

    assert tree.xpath("string(//*[@id='judged-name'])") == "There is nothing to review"
    assert tree.xpath("//button[@name='do']") == []


def test_the_review_names_who_sent_it_and_leads_to_the_preview(client, editor, pair):
    amina = person("amina", "translate_fr")
    save(pair, amina, posted(rows(pair)[0], "<p>Un !</p>"))
    reviewing.submit(Bulletin, pair.pk, "fr", person=amina)
    page = html.fromstring(client.get(at(pair, "review/")).content)

    [head] = page.xpath("//header[@class='desk-head']")
    # In the site's own time zone.
    sent_at = timezone.localtime(side(pair).submitted_at, zones.zone("Europe/Paris"))
    told_at = date_format(sent_at, "DATETIME_FORMAT")
    assert f"amina sent this to be reviewed: {told_at}" in head.text_content()
    assert head.xpath(".//a[text()='Preview']/@href") == [at(pair, "preview/")]


def test_the_review_shows_what_changes_for_readers(client, editor, pair):
    save(pair, editor, posted(rows(pair)[0], "<p>Un !</p>"))
    response = client.get(at(pair, "review/"))

    assert [part.label for part in response.context["changes"]] == ["Text"]
