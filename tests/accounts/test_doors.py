"""A text that comes too late is not lost: not at the login, not with a stale token."""

from __future__ import annotations

import random

import pytest
from django.core import signing
from django.test import Client
from lxml import html

from bulletins.models import Bulletin
from core import kept
from tests import factories
from tests.accounts.people import editor, log_in, person

pytestmark = pytest.mark.django_db

ADD = "/admin/bulletins/bulletin/add/"
WRITTEN = {
    "kind": "update",
    "source_language": "en",
    "time_zone": "Europe/Paris",
    "title_en": "Kitchen opens",
    "body_en": "<p>We open the kitchen, and <strong>you</strong> are invited.</p>",
    "entries-TOTAL_FORMS": "0",
    "entries-INITIAL_FORMS": "0",
    "figures-TOTAL_FORMS": "0",
    "figures-INITIAL_FORMS": "0",
}


@pytest.fixture
def visitor():
    """A client that is checked for tokens, as a browser is."""
    return Client(enforce_csrf_checks=True)


def fields(response, form: int = -1) -> dict[str, str]:
    """What the page's form would send. A browser drops the line break before an area's text."""
    values = html.fromstring(response.text).forms[form].form_values()
    return {name: value.removeprefix("\n") for name, value in values}


def token(visitor) -> str:
    return fields(visitor.get("/accounts/login/"))["csrfmiddlewaretoken"]


def write(visitor, address: str = ADD, **changed):
    sent = {**WRITTEN, "csrfmiddlewaretoken": token(visitor), "_publish": "1", **changed}
    return visitor.post(address, sent)


def sealed_text(address: str, **text) -> str:
    """What a page of ours would carry for a form at `address`."""
    sealed = {"action": address, "fields": list(text.items())}
    return signing.dumps(sealed, salt=kept.SALT, compress=True)


# Without a login --------------------------------------------------------------------------------


def test_the_login_page_carries_what_was_written(visitor):
    page = write(visitor)

    assert page.status_code == 200
    assert "Your text is kept" in page.text
    assert page["Cache-Control"] == "no-store"
    text = kept.unseal(fields(page)["kept"])
    assert text["action"] == ADD
    assert dict(text["fields"]) == WRITTEN


def test_what_was_written_comes_back_into_the_form_and_nothing_is_saved_before_save(visitor):
    editor()
    page = write(visitor)
    page = log_in(visitor, "edith", **keeping(page))
    assert "no-store" in page["Cache-Control"]

    page = visitor.post(ADD, fields(page, form=0))
    assert "Your text is back. Nothing has been saved yet" in page.text
    assert Bulletin.objects.count() == 0
    words = fields(page)
    assert (words["title_en"], words["body_en"]) == (WRITTEN["title_en"], WRITTEN["body_en"])

    visitor.post(ADD, {**words, "_save": "Save"})
    assert Bulletin.objects.get().title_en == "Kitchen opens"


def keeping(page) -> dict[str, str]:
    return {name: fields(page)[name] for name in ("kept", "csrfmiddlewaretoken")}


def test_a_wrong_password_keeps_the_text(visitor):
    editor()
    page = log_in(visitor, "edith", "wrong", **keeping(write(visitor)))

    assert "Your text is kept" in page.text
    page = log_in(visitor, "edith", **keeping(page))
    assert fields(page, form=0)["title_en"] == "Kitchen opens"


def test_one_try_too_many_keeps_the_text_too(visitor):
    page = write(visitor)
    for _time in range(6):
        page = log_in(visitor, "edith", "wrong", **keeping(page))

    assert page.status_code == 429
    assert kept.unseal(fields(page)["kept"]) is not None


def test_the_page_that_gives_the_text_back_speaks_the_persons_language(visitor):
    editor(language="fr")
    page = log_in(visitor, "edith", **keeping(write(visitor)))

    assert html.fromstring(page.text).get("lang") == "fr"


def test_three_hundred_kilobytes_come_back_to_the_letter(visitor):
    editor()
    letters = random.Random(1)
    body = "".join(letters.choices("abcdefghij éüñ «»", k=300_000))

    page = log_in(visitor, "edith", **keeping(write(visitor, body_en=body)))

    assert fields(page, form=0)["body_en"] == body


def test_a_script_in_the_text_stands_in_no_page_as_a_script(visitor):
    editor()
    evil = '</textarea><script>alert(1)</script>"><img src=x onerror=alert(1)>'
    page = write(visitor, title_en=evil, body_en=evil)
    back = log_in(visitor, "edith", **keeping(page))

    for answer in (page, back):
        tree = html.fromstring(answer.text)
        assert tree.xpath("//script | //img") == []
    assert fields(back, form=0)["title_en"] == evil


def test_a_first_line_that_is_empty_stays_empty(visitor):
    editor()
    page = log_in(visitor, "edith", **keeping(write(visitor, body_en="\r\n\r\nHello")))

    tree = html.fromstring(page.text)
    # A browser drops the first line break of a textarea; lxml does not.
    assert tree.xpath("//textarea[@name='body_en']")[0].text == "\n\n\nHello"


def test_somebody_without_permission_is_refused_at_the_end(visitor):
    person()
    page = log_in(visitor, "robin", **keeping(write(visitor)))

    response = visitor.post(ADD, fields(page, form=0))

    assert (response.status_code, Bulletin.objects.count()) == (403, 0)


@pytest.mark.parametrize("part", ["delete", "unpublish", "withdraw/en"])
def test_what_would_be_carried_out_at_one_click_is_not_carried(visitor, part):
    bulletin = factories.live()
    address = f"/admin/bulletins/bulletin/{bulletin.pk}/{part}/"

    response = write(visitor, address, post="yes")

    assert (response.status_code, response["Location"]) == (
        302,
        f"/accounts/login/?next={address}",
    )


def test_an_action_of_the_list_is_not_carried(visitor):
    response = write(visitor, "/admin/bulletins/bulletin/", action="delete_selected")

    assert response.status_code == 302


# What others may put into `kept` ----------------------------------------------------------------


@pytest.mark.parametrize(
    "sealed",
    [
        "nonsense",
        sealed_text(ADD, title_en="x")[:-1] + "?",
        signing.dumps({"action": ADD, "fields": []}, salt="another"),
        sealed_text("https://evil.example/", title_en="x"),
        sealed_text("//evil.example/admin/", title_en="x"),
        sealed_text("/accounts/password/change/", password1="x"),
        sealed_text("/admin/../accounts/logout/", x="x"),
        sealed_text("/admin/%2e%2e/accounts/logout/", x="x"),
        sealed_text("/admin\\..\\accounts\\logout/", x="x"),
        sealed_text("javascript:alert(1)//admin/", x="x"),
    ],
)
def test_what_is_no_text_of_the_admins_forms_is_ignored(client, sealed):
    editor()
    shown = client.post("/accounts/login/", {"login": "edith", "password": "no", "kept": sealed})

    response = log_in(client, "edith", kept=sealed)

    assert "kept" not in fields(shown)
    assert (response.status_code, response["Location"]) == (302, "/admin/")


# With a stale token -----------------------------------------------------------------------------


OWN, FOREIGN = {"origin": "http://testserver"}, {"origin": "https://evil.example"}


def test_a_stale_token_gives_the_text_back(visitor):
    visitor.force_login(editor())

    page = visitor.post(ADD, {**WRITTEN, "csrfmiddlewaretoken": "stale"}, headers=OWN)

    assert page.status_code == 200
    back = fields(page, form=0)
    assert (back["title_en"], back["_restore"]) == ("Kitchen opens", "1")
    assert Bulletin.objects.count() == 0


def test_without_token_and_without_login_the_text_goes_through_the_login(visitor):
    page = visitor.post(ADD, WRITTEN, headers=OWN)

    assert "Your text is kept" in page.text
    assert dict(kept.unseal(fields(page)["kept"])["fields"]) == WRITTEN


@pytest.mark.parametrize("headers", [FOREIGN, {"origin": "null"}, {}])
@pytest.mark.parametrize("address", [ADD, "/accounts/login/"])
def test_a_form_of_another_site_is_refused_and_its_text_not_shown(visitor, headers, address):
    visitor.force_login(editor())

    response = visitor.post(address, {**WRITTEN, "kept": sealed_text(ADD)}, headers=headers)

    assert response.status_code == 403
    assert "This form is too old" in response.text
    assert "Kitchen opens" not in response.text


def test_a_stale_token_never_carries_out_a_deletion(visitor):
    bulletin = factories.live()
    visitor.force_login(editor())
    address = f"/admin/bulletins/bulletin/{bulletin.pk}/delete/"

    response = visitor.post(address, {"post": "yes"}, headers=OWN)

    assert (response.status_code, Bulletin.objects.count()) == (403, 1)


def test_a_second_login_page_gives_its_text_back_after_the_first_has_logged_in(visitor):
    editor()
    page = write(visitor)
    log_in(visitor, "edith", csrfmiddlewaretoken=token(visitor))

    sent = {"login": "edith", "password": "any", **keeping(page)}
    page = visitor.post("/accounts/login/", sent, headers=OWN)

    assert fields(page, form=0)["title_en"] == "Kitchen opens"


def test_a_login_page_without_its_token_is_shown_anew_with_the_text(visitor):
    sealed = sealed_text(ADD, title_en="Kitchen opens")

    page = visitor.post("/accounts/login/", {"kept": sealed, "next": ADD}, headers=OWN)

    assert (page.status_code, fields(page)["kept"], fields(page)["next"]) == (200, sealed, ADD)
