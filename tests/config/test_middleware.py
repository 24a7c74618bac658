"""What the outermost layers give and take away."""

from __future__ import annotations

import pytest
from django.contrib import messages
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import path

from config import urls as real_urls
from config.middleware import ForgetAddress
from tests import factories
from tests.accounts.people import editor, log_in

pytestmark = pytest.mark.django_db

ADDRESS = "203.0.113.77"
CARRIERS = (
    *("x-forwarded-for", "forwarded", "x-real-ip", "x-client-ip", "true-client-ip", "via"),
    *("cf-connecting-ip", "cf-connecting-ipv6", "fastly-client-ip", "fly-client-ip"),
    *("x-cluster-client-ip", "x-original-forwarded-for", "x-envoy-external-address"),
    *("x-appengine-user-ip", "x-azure-clientip", "x-remote-addr", "client-ip", "x-forwarded"),
)
READER = (
    "base-uri 'none'; connect-src 'self'; default-src 'none'; font-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; img-src 'self' data:; script-src 'self'; style-src 'self'"
)
STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"


def break_down(request):
    raise RuntimeError("broken")


urlpatterns = [path("en/broken/", break_down), *real_urls.urlpatterns]
handler400, handler403 = real_urls.handler400, real_urls.handler403
handler404, handler500 = real_urls.handler404, real_urls.handler500


def policy(response) -> str:
    return "; ".join(sorted(response["Content-Security-Policy"].split("; ")))


@pytest.fixture
def quiet():
    """A client that gets the 500 page instead of the exception."""
    return Client(raise_request_exception=False)


# Addresses ----------------------------------------------------------------------------------------


def test_no_address_gets_past_the_first_layer():
    seen = []
    request = RequestFactory().get(
        "/", headers=dict.fromkeys(CARRIERS, ADDRESS), REMOTE_ADDR=ADDRESS, REMOTE_HOST=ADDRESS
    )

    ForgetAddress(lambda request: seen.append(repr(request.META)) or HttpResponse())(request)

    assert ADDRESS not in seen[0]
    assert request.META["REMOTE_ADDR"] == "0.0.0.0"


def test_what_is_no_address_stays():
    headers = {"x-forwarded-proto": "https", "user-agent": "a", "host": "b", "accept": "c"}
    request = RequestFactory().get("/", headers=headers)

    ForgetAddress(lambda request: HttpResponse())(request)

    kept = ("HTTP_X_FORWARDED_PROTO", "HTTP_USER_AGENT", "HTTP_HOST", "HTTP_ACCEPT")
    assert [request.META[name] for name in kept] == ["https", "a", "b", "c"]


# Headers ------------------------------------------------------------------------------------------


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("address", "status", "caching"),
    [
        ("/", 302, "public, no-cache"),
        ("/en/", 200, "public, no-cache"),
        ("/en/bulletins/old-name/", 301, "public, no-cache"),
        ("/en/bulletins/taken-back/", 410, "public, no-cache"),
        ("/en/nothing/", 404, "public, no-cache"),
        ("/media/nothing.png", 404, "public, no-cache"),
        ("/en/broken/", 500, "no-store"),
        ("/admin/", 302, "no-store"),
        ("/accounts/signup/", 302, "no-store"),
    ],
)
def test_every_kind_of_answer_says_how_it_may_be_used(quiet, address, status, caching):
    moved = factories.live(title_en="Old name")
    moved.slug_en = "new-name"
    moved.save()
    gone = factories.live(title_en="Taken back")
    gone.published_at = None
    gone.save()

    response = quiet.get(address)

    assert (response.status_code, response["Cache-Control"]) == (status, caching)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["Permissions-Policy"].startswith("camera=()")
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]


def test_a_host_that_is_not_ours_is_refused_with_all_headers(client):
    response = client.get("/en/", headers={"host": "evil.example"})

    assert response.status_code == 400
    assert policy(response) == READER


@pytest.mark.parametrize("address", ["/en/", "/fr/bulletins/", "/en/nothing/", "/accounts/login/"])
def test_pages_without_an_editor_allow_our_own_files_and_nothing_inline(client, address):
    assert policy(client.get(address)) == READER


def test_the_admins_forms_allow_one_style_and_their_own_nonce(client):
    client.force_login(editor())

    first, second = (policy(client.get("/admin/bulletins/bulletin/add/")) for _time in range(2))

    nonces = [text.partition("'nonce-")[2].partition("'")[0] for text in (first, second)]
    expected = READER.replace("style-src 'self'", f"style-src 'self' {STYLE}")
    for found, nonce in zip((first, second), nonces, strict=True):
        assert found == expected.replace("script-src 'self'", f"script-src 'self' 'nonce-{nonce}'")
    assert len(set(nonces)) == 2


def test_the_admins_other_pages_have_no_nonce(client):
    client.force_login(editor())

    assert "nonce" not in policy(client.get("/admin/bulletins/bulletin/"))


# Readers are nobody -------------------------------------------------------------------------------


ADDRESSES = ["/", "/en/", "/fr/bulletins/", "/en/faq/", "/en/nothing/", "/en/donate/", "/en/links/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_readers_page_has_no_cookie_and_is_the_same_for_everybody(client, address):
    factories.live_pair()
    editor()
    log_in(client, "edith")

    theirs, strangers = client.get(address), Client().get(address)

    assert theirs.content == strangers.content
    for response in (theirs, strangers):
        assert "Set-Cookie" not in response.headers
        assert response.cookies == {}
        assert "cookie" not in response.get("Vary", "").lower()


def test_a_readers_page_asks_neither_for_a_session_nor_for_a_person(client):
    editor()
    log_in(client, "edith")
    factories.live_pair()

    with CaptureQueriesContext(connection) as asked:
        client.get("/en/")

    tables = ("django_session", "accounts_user", "cache")
    assert asked.captured_queries != []
    assert [q for q in asked.captured_queries if any(name in q["sql"] for name in tables)] == []


def test_a_message_for_an_editor_stands_on_no_readers_page_and_waits_for_the_admin(client, rf):
    editor()
    log_in(client, "edith")
    bulletin = factories.live()
    client.post(f"/admin/bulletins/bulletin/{bulletin.pk}/unpublish/")

    assert "messages" in client.cookies or "_messages" in repr(dict(client.session))
    reader = client.get("/en/").text
    inside = client.get("/admin/")

    told = [str(message) for message in messages.get_messages(inside.wsgi_request)]
    assert told != []
    assert [text for text in told if text in reader] == []


def test_a_short_address_is_led_on_by_language_and_not_by_cookie(client):
    client.cookies["django_language"] = "en"

    response = client.get("/bulletins/", headers={"accept-language": "fr"})

    assert (response["Location"], response["Vary"]) == ("/fr/bulletins/", "Accept-Language")


def test_pages_whose_address_says_the_language_vary_by_no_wish_of_the_browser(client):
    vary = client.get("/fr/").get("Vary", "")

    assert vary in ("", "Accept-Encoding")


# Not sending twice --------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/en/", "/fr/bulletins/", "/en/donate/"])
def test_a_page_that_has_not_changed_is_not_sent_again(client, address):
    tag = client.get(address)["ETag"]

    again = client.get(address, headers={"if-none-match": tag})

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)


def test_a_page_that_has_changed_is_sent_again(client):
    tag = client.get("/en/")["ETag"]
    factories.live()

    assert client.get("/en/", headers={"if-none-match": tag}).status_code == 200
