"""Who comes in."""

from __future__ import annotations

import pytest

from tests import factories
from tests.translations.desk.desk_helpers import (
    BODY,
    at,
    form,
    page_of,
    person,
    posted,
    rows,
    save,
    side,
)

pytestmark = pytest.mark.django_db


def test_without_a_login_the_way_leads_through_it(client, pair):
    response = client.get(at(pair))

    assert (response.status_code, response["Location"]) == (
        302,
        f"/accounts/login/?next={at(pair)}",
    )


def test_a_script_without_a_login_is_told_where_to_log_in(client, pair):
    response = client.post(at(pair, "save/"), "{}", content_type="application/json")

    assert (response.status_code, response.json()) == (
        401,
        {"login": f"/accounts/login/?next={at(pair).replace('/', '%2F')}"},
    )


@pytest.mark.parametrize("view", ["", "save/", "preview/", "review/", "versions/"])
def test_nobody_without_a_role_reads_at_the_desk(client, pair, view):
    client.force_login(person("nobody"))

    assert client.get(at(pair, view)).status_code == 403


def test_who_translates_into_another_language_reads_and_does_not_write(client, pair):
    client.force_login(person("bo", "translate_en"))
    page = page_of(client, pair)
    response = client.post(at(pair), form(page, {"One: the border.": "Un !"}))

    assert (page.may.write, response.status_code, side(pair).draft) == (False, 403, None)


def test_a_script_without_the_right_is_told_so(client, pair):
    client.force_login(person("bo", "translate_en"))
    response = client.post(at(pair, "save/"), "{}", content_type="application/json")

    assert (response.status_code, list(response.json())) == (403, ["error"])


@pytest.mark.parametrize(
    "path",
    [
        "bulletins.bulletin-0/fr/",
        "bulletins.bulletin-x/fr/",
        "bulletins.faqentry-1/fr/",
        "accounts.user-1/fr/",
        "bulletins/fr/",
        f"bulletins.bulletin-{'9' * 30}/fr/",
    ],
)
def test_what_is_no_document_is_not_found(client, amina, path):
    factories.faq(entries=1)

    assert client.get(f"/desk/{path}").status_code == 404


def test_a_language_that_nobody_has_is_not_found(client, amina, pair):
    assert client.get(at(pair, language="xx")).status_code == 404


def test_the_source_is_not_open_at_the_desk(client, amina, pair):
    response = client.get(at(pair, language="en"), follow=True)

    assert response.redirect_chain == [("/desk/", 302)]
    assert "This is the original now" in response.text


def test_words_for_a_text_that_was_deleted_meanwhile_come_back(client, amina, pair):
    address = at(pair)
    pair.delete()

    response = client.post(address, {"text-a": "<p>Encore un titre.</p>", "do": "save"})
    answer = client.post(f"{address}save/", "{}", content_type="application/json")

    assert response.status_code == answer.status_code == 404
    assert "somebody has deleted it" in response.text
    assert "Encore un titre." in response.text
    assert answer.json() == {"error": "This text is no longer here: somebody has deleted it."}


def test_a_translator_does_not_publish(client, amina, pair):
    save(pair, amina, posted(rows(pair)[0], "<p>Un !</p>"))
    desk = client.post(at(pair), {"do": "publish"})
    review = client.post(at(pair, "review/"), {"do": "publish"})

    assert (desk.status_code, review.status_code) == (403, 403)
    pair.refresh_from_db()
    assert pair.body_fr == BODY["body_fr"]
