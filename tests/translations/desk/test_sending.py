"""Before a draft leaves the desk: what must be in it, and what somebody is asked about."""

from __future__ import annotations

import pytest
from lxml import html

from tests import factories
from tests.translations.desk.desk_helpers import at, form, page_of, side, texts, told

pytestmark = pytest.mark.django_db

TITLE = {"Kitchen opens": "La cuisine"}
TWO = {"body_en": "<p>One.</p><p>Two.</p>"}
SENDS = pytest.mark.parametrize("button", ["submit", "publish"])


def send(client, document, texts, button, **fields):
    return client.post(at(document), form(page_of(client, document), texts, do=button, **fields))


def is_sent(document) -> bool:
    document.refresh_from_db()
    return bool(side(document).submitted_at or document.title_fr)


def faults(response) -> list[tuple[str, str]]:
    """(label of the part, what is wrong) of each row in which something is."""
    return [
        (part.label, row.fault.message)
        for group in response.context["page"].groups
        for part in group.parts
        for row in part.rows
        if row.fault
    ]


@SENDS
def test_without_a_title_nothing_is_sent_and_the_row_says_so(client, editor, button):
    document = factories.live(**TWO)
    response = send(client, document, {"One.": "Un.", "Two.": "Deux."}, button)

    assert (response.status_code, is_sent(document)) == (400, False)
    assert faults(response) == [("Title", "“Title” is missing: without it, this cannot be sent.")]
    assert texts(document) == ["<p>Un.</p>", "<p>Deux.</p>"]


@SENDS
def test_a_title_that_is_too_long_is_kept_and_not_sent(client, editor, button):
    document = factories.live(**TWO)
    long = "x" * 201
    typed = {"Kitchen opens": long, "One.": "Un.", "Two.": "Deux."}
    response = send(client, document, typed, button)

    [(label, message)] = faults(response)
    assert (label, is_sent(document)) == ("Title", False)
    assert message.endswith("is too long: 201 characters, 200 fit.")
    assert texts(document, ":title") == [long]


@SENDS
def test_empty_rows_are_asked_about_first(client, editor, button):
    document = factories.live(**TWO)
    response = send(client, document, TITLE | {"One.": "Un."}, button)

    tree = html.fromstring(response.content)
    [left] = tree.xpath("//ul[@class='found']/li")
    assert (response.status_code, is_sent(document)) == (200, False)
    assert " ".join(left.text_content().split()) == "Segment 3 to do · Two."
    assert tree.xpath("//a[text()='Go back']/@href") == [f"{at(document)}?show=left"]
    assert texts(document) == ["<p>Un.</p>", ""]


@SENDS
def test_it_goes_out_as_it_is_for_who_says_so(client, editor, button):
    document = factories.live(**TWO)
    asked = html.fromstring(send(client, document, TITLE | {"One.": "Un."}, button).content)
    [sure] = asked.xpath("//form[@class='verdict']")
    client.post(at(document), dict(sure.form_values()) | {"do": button})

    assert is_sent(document)


def test_who_was_asked_about_another_draft_is_asked_again(client, editor):
    document = factories.live(body_en=f"{TWO['body_en']}<p>Three.</p>")
    typed = TITLE | {"One.": "Un.", "Two.": "Deux."}
    asked = send(client, document, typed, "submit").context["page"]
    send(client, document, {"One.": ""}, "save")
    response = send(client, document, {}, "submit", sure=asked.revision)

    assert (response.templates[0].name, is_sent(document)) == ("desk/unfinished.html", False)


def test_what_is_left_out_on_purpose_is_not_asked_about(client, editor):
    document = factories.live(**TWO)
    page = page_of(client, document)
    omitted = {f"omit-{page.rows[2].key}": "on"}
    send(client, document, TITLE | {"One.": "Un."}, "submit", **omitted)

    assert is_sent(document)


def test_what_is_complete_is_sent_without_a_question(client, editor):
    document = factories.live(**TWO)
    response = send(client, document, TITLE | {"One.": "Un.", "Two.": "Deux."}, "submit")

    assert (response.status_code, is_sent(document)) == (302, True)


def test_a_question_that_nobody_has_begun_needs_no_answer(client, editor):
    faq = factories.faq(entries=2)
    typed = {"Common questions": "Questions", "We open the kitchen.": "Ici.", "Question 1?": "Q ?"}
    response = send(client, faq, typed, "submit")

    # Of the first one, half is there; of the second one, nothing: readers get it as it is.
    assert faults(response) == [("Answer", "“Answer” is missing: without it, this cannot be sent.")]


def test_where_nothing_was_written_it_is_said_as_before(client, amina):
    document = factories.live(**TWO)
    response = client.post(at(document), form(page_of(client, document), do="submit"), follow=True)

    assert told(response) == ["There is nothing to submit yet: write something first."]


def test_who_may_not_publish_is_not_asked_but_refused(client, amina):
    document = factories.live(**TWO)

    assert send(client, document, {"One.": "Un."}, "publish").status_code == 403
