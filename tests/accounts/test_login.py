"""The login: who gets in, how often one may try, and what is kept of it."""

from __future__ import annotations

import hashlib
import hmac
import re

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from accounts import known
from accounts.adapter import spelling
from tests.accounts.people import PASSWORD, log_in, person

pytestmark = pytest.mark.django_db

TOO_MANY = "Too many wrong passwords have been tried. Wait five minutes, then try again."
ADDRESS = "203.0.113.77"


def fail(username: str, times: int, client: Client | None = None, **headers):
    for _time in range(times):
        response = (client or Client(headers=headers)).post(
            "/accounts/login/", {"login": username, "password": "wrong"}
        )
    return response


def cache_rows(connection_rows) -> str:
    return repr(connection_rows("SELECT * FROM cache"))


def test_a_person_logs_in_by_name_and_comes_to_the_admin(client):
    person()

    response = log_in(client, "robin")

    assert (response.status_code, response["Location"]) == (302, "/admin/")


def test_a_wrong_password_is_refused_in_plain_words(client):
    person()

    response = log_in(client, "robin", "wrong")

    assert response.status_code == 200
    assert "This name and this password do not go together." in response.text
    assert "_auth_user_id" not in client.session


def test_an_unknown_name_is_refused_in_the_same_words(client):
    person()

    known_name, unknown_name = fail("robin", 1), fail("nobody", 1)

    def words(response):
        return re.sub(r'value="[^"]*"', "", response.text)

    assert words(known_name) == words(unknown_name)


def test_a_closed_account_does_not_get_in(client):
    person(is_active=False)

    response = log_in(client, "robin")

    assert response["Location"] == "/accounts/inactive/"
    assert "_auth_user_id" not in client.session


def test_the_login_leads_to_no_other_site(client):
    person()

    response = log_in(client, "robin", next="https://evil.example/")

    assert response["Location"] == "/admin/"


@pytest.mark.parametrize(
    ("address", "goal"),
    [
        ("/admin/login/", "/accounts/login/?next=/admin/"),
        ("/admin/login/?next=/admin/pages/", "/accounts/login/?next=/admin/pages/"),
        ("/admin/bulletins/", "/accounts/login/?next=/admin/bulletins/"),
        ("/admin/nothing/", "/accounts/login/?next=/admin/nothing/"),
        ("/accounts/signup/", "/accounts/login/"),
    ],
)
def test_strangers_are_led_to_our_own_login(client, address, goal):
    response = client.get(address)

    assert (response.status_code, response["Location"]) == (302, goal)


def test_djangos_own_login_takes_no_password(client):
    person(is_staff=True)

    response = client.post("/admin/login/", {"username": "robin", "password": PASSWORD})

    assert (response.status_code, response["Location"]) == (302, "/accounts/login/?next=/admin/")
    assert "_auth_user_id" not in client.session


def test_whoever_is_logged_in_and_asks_for_djangos_login_ends_in_the_admin(client):
    client.force_login(person(is_staff=True, is_superuser=True))

    response = client.get("/admin/login/", follow=True)

    assert (response.status_code, response.redirect_chain[-1][0]) == (200, "/admin/")


# Tries ------------------------------------------------------------------------------------------


def test_the_sixth_try_for_one_account_is_refused_also_with_the_right_password():
    person()
    fail("robin", 5)

    response = log_in(Client(), "robin")

    assert response.status_code == 429
    assert TOO_MANY in response.text
    assert Session.objects.count() == 0


def test_four_wrong_tries_refuse_nobody(client):
    person()
    fail("robin", 4)

    assert log_in(client, "robin").status_code == 302


def test_other_accounts_are_not_touched_by_the_tries_for_one(client):
    person(), person("sam")
    fail("robin", 30)

    assert log_in(client, "sam").status_code == 302


def test_five_minutes_later_one_may_try_again(client, monkeypatch):
    person()
    fail("robin", 5)
    import time

    later = time.time() + 301
    monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: later)

    assert log_in(client, "robin").status_code == 302


def test_right_passwords_are_not_counted():
    person()

    assert [log_in(Client(), "robin").status_code for _time in range(8)] == [302] * 8


def test_another_host_header_is_no_way_round_the_limit():
    person()
    for number in range(5):
        fail("robin", 1, host=f"localhost:{8000 + number}")

    assert log_in(Client(headers={"host": "127.0.0.1"}), "robin").status_code == 429


@pytest.mark.parametrize("other", ["ROBIN", " robin ", "ｒobin"])
def test_another_spelling_is_no_way_round_the_limit(other):
    person()
    fail(other, 5)

    assert log_in(Client(), "robin").status_code == 429


def test_spellings_that_a_database_may_compare_as_one_are_one():
    assert {spelling(name) for name in ("KISS", "kiss", "kıſs", "ＫＩＳＳ")} == {"kiss"}


def test_a_hundred_wrong_tries_for_whatever_account_close_the_login():
    person()
    for number in range(50):
        fail(f"stranger{number}", 2)

    response = log_in(Client(), "robin")

    assert response.status_code == 429
    assert TOO_MANY in response.text


def test_hammering_one_account_does_not_close_the_login(client):
    person("sam")
    fail("robin", 110)

    assert log_in(client, "sam").status_code == 302


def test_refused_tries_write_nothing(connection_rows):
    for number in range(25):
        fail(f"stranger{number}", 4)
    before = connection_rows("SELECT count(*) FROM cache")

    for number in range(10):
        fail(f"invented{number}", 1)

    assert connection_rows("SELECT count(*) FROM cache") == before == [(26,)]


# Browsers that are known ------------------------------------------------------------------------


def test_a_browser_that_is_known_still_gets_in_while_strangers_flood_the_login(client):
    person()
    log_in(client, "robin")
    client.post("/accounts/logout/")
    for number in range(20):
        fail(f"stranger{number}", 5)
    fail("robin", 5)

    assert log_in(client, "robin").status_code == 302


def test_a_known_browser_has_five_tries_too(client):
    person()
    log_in(client, "robin")
    client.post("/accounts/logout/")
    fail("robin", 5, client)

    assert log_in(client, "robin").status_code == 429


def test_a_browser_is_known_for_its_own_person_only(client):
    person(), person("sam")
    log_in(client, "robin")
    client.post("/accounts/logout/")
    fail("sam", 5)

    assert log_in(client, "sam").status_code == 429


def test_a_browser_is_a_stranger_again_when_the_password_has_changed(client):
    user = person()
    log_in(client, "robin")
    client.post("/accounts/logout/")
    user.set_password("another long password")
    user.save()
    fail("robin", 5)

    assert log_in(client, "robin", "another long password").status_code == 429


def test_the_mark_of_a_known_browser_goes_to_the_login_only_and_names_nobody(client):
    person()
    log_in(client, "robin")
    cookie = client.cookies["known"]

    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/accounts/", True, "Lax")
    assert cookie["max-age"] == 30 * 24 * 3600
    assert "robin" not in cookie.value


def test_a_made_up_mark_opens_nothing(client):
    person()
    fail("robin", 5)
    client.cookies[known.cookie_name()] = "WzEsIngiLCJ5Il0:1abcde:forged"

    assert log_in(client, "robin").status_code == 429


# What is kept of it -----------------------------------------------------------------------------


def test_neither_an_address_nor_a_name_stands_in_the_cache(connection_rows):
    person()
    fail("robin", 2, **{"x-forwarded-for": ADDRESS, "x-real-ip": ADDRESS})
    client = Client(headers={"x-forwarded-for": ADDRESS}, REMOTE_ADDR=ADDRESS)
    fail("robin", 1, client)
    log_in(client, "robin")
    rows = cache_rows(connection_rows)

    assert "login_failed" in rows
    key = settings.SECRET_KEY.encode()
    for secret in (ADDRESS, "127.0.0.1", "robin"):
        assert secret not in rows
        for name in ("md5", "sha1", "sha256", "blake2b"):
            assert getattr(hashlib, name)(secret.encode()).hexdigest() not in rows
        for name in ("md5", "sha1", "sha256"):
            assert hmac.new(key, secret.encode(), name).hexdigest() not in rows


def test_a_session_holds_no_address(client):
    person()
    log_in(client, "robin", headers={"x-forwarded-for": ADDRESS})

    kept = repr(dict(client.session))

    assert "_auth_user_id" in kept
    assert (ADDRESS in kept, "127.0.0.1" in kept) == (False, False)


def test_the_session_is_a_new_one_after_logging_in(client):
    person()
    client.get("/accounts/login/")
    session = client.session
    session["seen"] = True
    session.save()
    client.cookies["sessionid"] = session.session_key

    log_in(client, "robin")

    assert client.cookies["sessionid"].value != session.session_key
    assert not Session.objects.filter(pk=session.session_key).exists()


def test_the_session_cookie_ends_with_the_browser_and_is_kept_from_scripts(client):
    person()
    log_in(client, "robin")
    cookie = client.cookies["sessionid"]

    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", "")


# Doors that are not there -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/",
        "/accounts/email/",
        "/accounts/confirm-email/",
        "/accounts/password/reset/",
        "/accounts/password/reset/key/1-abc/",
        "/accounts/password/set/",
        "/accounts/login/code/confirm/",
        "/accounts/phone/change/",
        "/admin/auth/group/",
        "/admin/account/emailaddress/",
    ],
)
def test_allauths_and_djangos_other_doors_are_not_there(client, address):
    client.force_login(person(is_superuser=True, is_staff=True))

    assert client.get(address).status_code == 404


def test_the_login_names_neither_sign_up_nor_reset(client):
    page = client.get("/accounts/login/").text

    assert ("signup" in page, "password/reset" in page) == (False, False)


# Logging out, changing the password -------------------------------------------------------------


def test_looking_at_the_logout_page_logs_nobody_out(client):
    client.force_login(person())
    client.get("/accounts/logout/")

    assert "_auth_user_id" in client.session


def test_logging_out_ends_the_session(client):
    client.force_login(person())
    client.post("/accounts/logout/")

    assert Session.objects.count() == 0


def change_password(client, old: str = PASSWORD, new: str = "loud river pebble"):
    words = {"oldpassword": old, "password1": new, "password2": new}
    return client.post("/accounts/password/change/", words)


def test_a_changed_password_ends_all_other_sessions(client):
    user, elsewhere = person(is_superuser=True, is_staff=True), Client()
    client.force_login(user)
    elsewhere.force_login(user)

    assert change_password(client).status_code == 302

    assert client.get("/admin/").status_code == 200
    assert elsewhere.get("/admin/").status_code == 302


def test_a_weak_password_is_refused(client):
    user = person()
    client.force_login(user)

    response = change_password(client, new="password")

    assert response.status_code == 200
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_whoever_finds_an_open_session_cannot_try_passwords_for_ever(client):
    client.force_login(person())
    for _time in range(5):
        change_password(client, old="wrong")

    response = change_password(client)

    assert response.status_code == 429
    assert "Too many tries were made in a short time." in response.text


def test_strangers_do_not_reach_the_change_of_a_password(client):
    response = client.get("/accounts/password/change/")

    assert response["Location"] == "/accounts/login/?next=/accounts/password/change/"
