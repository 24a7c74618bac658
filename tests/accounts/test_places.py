"""Where people land, and how they find back to where they work."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.groups import ADMINISTRATORS, EDITORS, translators
from tests.accounts.people import (
    PASSWORD,
    administrator,
    editor,
    log_in,
    person,
    superuser,
    translator,
)

pytestmark = pytest.mark.django_db

FRENCH, ENGLISH = translators("fr"), translators("en")
SIDE = "/desk/bulletins.bulletin-1/fr/"
NEW = "loud river pebble"


@pytest.mark.parametrize(
    ("roles", "place"),
    [
        ([FRENCH], "/desk/"),
        ([FRENCH, ENGLISH], "/desk/"),
        ([EDITORS], "/admin/"),
        ([EDITORS, FRENCH], "/admin/"),
        ([ADMINISTRATORS], "/admin/"),
        ([], "/admin/"),
    ],
)
def test_everybody_lands_where_their_work_is(client, roles, place):
    person("robin", *roles)

    assert log_in(client, "robin")["Location"] == place


def test_a_superuser_lands_in_the_admin(client):
    superuser()

    assert log_in(client, "root")["Location"] == "/admin/"


@pytest.mark.parametrize(
    ("make", "goal", "place"),
    [
        (translator, SIDE, SIDE),
        (translator, f"{SIDE}?a=b", f"{SIDE}?a=b"),
        (translator, f"http://testserver{SIDE}", f"http://testserver{SIDE}"),
        (translator, "/fr/", "/fr/"),
        (translator, "/accounts/password/change/", "/accounts/password/change/"),
        (translator, "/admin/", "/desk/"),
        (translator, "/admin/bulletins/bulletin/1/change/", "/desk/"),
        (translator, "http://testserver/admin/", "/desk/"),
        (translator, "https://evil.example/desk/", "/desk/"),
        (translator, "//evil.example/desk/", "/desk/"),
        (translator, "", "/desk/"),
        (editor, SIDE, SIDE),
        (editor, "/admin/pages/page/", "/admin/pages/page/"),
        (administrator, SIDE, SIDE),
        (person, SIDE, "/admin/"),
        (person, "/admin/pages/", "/admin/"),
        (person, "/fr/", "/fr/"),
    ],
)
def test_the_wished_page_wins_unless_they_may_not_enter_there(client, make, goal, place):
    user = make()

    assert log_in(client, user.username, next=goal)["Location"] == place
    # Whoever is logged in already is led on in the same way.
    assert client.get("/accounts/login/", {"next": goal})["Location"] == place


@pytest.mark.parametrize(("make", "place"), [(translator, "/desk/"), (editor, "/admin/")])
def test_a_login_form_with_a_stale_token_leads_on_too(make, place):
    visitor = Client(enforce_csrf_checks=True)
    visitor.force_login(make())

    sent = {"login": "x", "password": "y", "next": "https://evil.example/"}
    response = visitor.post("/accounts/login/", sent, headers={"origin": "http://testserver"})

    assert response["Location"] == place


@pytest.mark.parametrize(("make", "place"), [(translator, "/desk/"), (editor, "/admin/")])
@pytest.mark.parametrize("page", ["/accounts/password/change/", "/accounts/logout/"])
def test_the_pages_of_an_account_lead_back_to_where_the_person_works(client, make, place, page):
    client.force_login(make())

    assert f'<a href="{place}">Back to your work</a>' in client.get(page).text


@pytest.mark.parametrize(("make", "place"), [(translator, "/desk/"), (editor, "/admin/")])
def test_a_changed_password_leads_back_to_where_the_person_works(client, make, place):
    user = make()
    client.force_login(user)
    words = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}

    response = client.post("/accounts/password/change/", words)

    user.refresh_from_db()
    assert (response["Location"], user.check_password(NEW)) == (place, True)
    assert client.get(place).status_code == 200


@pytest.mark.parametrize(("make", "place"), [(translator, "/desk/"), (editor, "/admin/")])
def test_choosing_a_language_leads_back_to_where_the_person_works(client, make, place):
    client.force_login(make())

    response = client.post("/accounts/language/", {"language": "fr", "next": "//evil.example"})

    assert response["Location"] == place


def test_the_desk_speaks_the_persons_language(client):
    client.force_login(translator())

    assert client.get("/desk/")["Content-Language"] == "en"

    client.post("/accounts/language/", {"language": "fr", "next": "/desk/"})
    assert client.get("/desk/")["Content-Language"] == "fr"


def test_the_desk_is_kept_by_no_cache(client):
    client.force_login(translator())

    assert "no-store" in client.get("/desk/")["Cache-Control"]


def test_a_translator_logs_out_of_the_desk(client):
    client.force_login(translator())

    client.post("/accounts/logout/")

    assert client.get("/desk/")["Location"] == "/accounts/login/?next=/desk/"


# Whom the admin refuses -----------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/admin/", "/admin/bulletins/bulletin/", "/admin/nothing/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_admin_tells_a_translator_where_their_place_is(client, address, method):
    client.force_login(translator())

    response = getattr(client, method)(address)

    assert response.status_code == 403
    assert "Translators work at the desk." in response.text
    assert '<a class="button" href="/desk/">' in response.text


def test_the_admin_tells_whoever_has_no_role_whom_to_ask(client):
    client.force_login(person())

    page = client.get("/admin/").text

    assert "Your account has no role yet." in page
    assert "/desk/" not in page


def test_whoever_is_refused_may_log_out(client):
    client.force_login(person())

    assert 'href="/accounts/logout/"' in client.get("/admin/").text


def test_the_refusal_speaks_the_persons_language(client):
    client.force_login(translator(language="fr"))

    assert '<html lang="fr"' in client.get("/admin/").text
