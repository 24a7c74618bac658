"""The second address: nobody is sent away from it, and whoever could use it is told."""

from __future__ import annotations

import ast

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from config import environment
from pages.models import Identity
from tests import factories
from tests.accounts.people import PASSWORD, editor
from tests.config.commands import SITE, ask, manage
from tests.config.crawling import Parsed
from tests.config.hosts import HOST, ONION, serve_publicly

HSTS = "Strict-Transport-Security"


@pytest.fixture
def public(settings, db):
    """A reader of a public site with an onion service, at its own address."""
    serve_publicly(settings)
    return Client(headers={"host": HOST})


@pytest.fixture
def onion(public):
    """A reader who came by the onion service."""
    return Client(headers={"host": ONION})


# What an operator sets ----------------------------------------------------------------------------


def refusal(monkeypatch, tmp_path, host: str, site_url: str = SITE) -> str:
    monkeypatch.setenv("ONION_HOST", host)
    monkeypatch.delenv("SECRET_KEY_FILE", raising=False)
    tmp_path.chmod(0o700)
    with pytest.raises(ImproperlyConfigured) as refused:
        environment.refuse_unsafe(
            site_url=site_url,
            debug=False,
            key="k" * 50,
            data=tmp_path,
            onion_host=environment.onion_host(site_url),
        )
    return str(refused.value)


@pytest.mark.parametrize(
    "host",
    [
        ONION.replace("port", "part"),
        ONION.removesuffix(".onion"),
        f"http://{ONION}",
        f"{ONION}/en/",
        f"{ONION}:80",
        "expyuzz4wqqyqhjn.onion",
        "tract.example.org",
    ],
)
def test_what_is_no_onion_address_is_refused_with_what_to_set(monkeypatch, tmp_path, host):
    assert f"ONION_HOST={host} is no onion address" in refusal(monkeypatch, tmp_path, host)


def test_a_second_address_needs_a_first_one(monkeypatch, tmp_path):
    assert "Set SITE_URL too" in refusal(monkeypatch, tmp_path, ONION, site_url="")


def test_a_site_that_is_an_onion_service_already_needs_no_second(monkeypatch, tmp_path):
    assert "Unset ONION_HOST" in refusal(monkeypatch, tmp_path, ONION, f"http://{ONION}")


def test_capitals_and_blanks_around_it_are_no_error(monkeypatch):
    monkeypatch.setenv("ONION_HOST", f" {ONION.upper()}\n")

    assert environment.onion_host(SITE) == ONION


def test_a_site_with_an_onion_service_answers_to_both_names(tmp_path):
    expression = (
        "[settings.ALLOWED_HOSTS, settings.CSRF_TRUSTED_ORIGINS, settings.SECURE_SSL_REDIRECT, "
        "settings.ONION_HOST]"
    )
    found = ast.literal_eval(ask(tmp_path / "data", expression, SITE_URL=SITE, ONION_HOST=ONION))

    assert found == [["tract.example.org", ONION], [SITE, f"http://{ONION}"], True, ONION]


def test_a_wrong_one_stops_the_start_in_words(tmp_path):
    done = manage(tmp_path / "data", "check", SITE_URL=SITE, ONION_HOST="tract.onion")

    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "ONION_HOST=tract.onion is no onion address" in done.stderr


# On the site's own address ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/en/", "/fr/bulletins/?kind=update", "/en/bulletins/kitchen-opens/"]
)
def test_a_page_says_where_the_onion_service_has_it(public, path):
    factories.live_pair()

    assert public.get(path, secure=True)["Onion-Location"] == f"http://{ONION}{path}"


@pytest.mark.parametrize(
    "path", ["/", "/en/nothing/", "/robots.txt", "/accounts/login/", "/healthz", "/favicon.ico"]
)
def test_what_is_no_readers_page_says_nothing_of_it(public, path):
    assert "Onion-Location" not in public.get(path, secure=True).headers


def test_a_site_without_an_onion_service_says_nothing_of_one(public, settings):
    settings.ONION_HOST = ""

    assert "Onion-Location" not in public.get("/en/", secure=True).headers


def test_without_tls_one_is_sent_to_tls_and_told_nothing(public):
    response = public.get("/en/")

    assert (response.status_code, response["Location"]) == (301, f"{SITE}/en/")
    assert "Onion-Location" not in response.headers


# At the onion service -----------------------------------------------------------------------------


@pytest.mark.parametrize("proto", [None, "http", "https"])
def test_nobody_is_sent_away_from_the_onion_service(onion, settings, proto):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

    response = onion.get("/en/", headers={"x-forwarded-proto": proto} if proto else {})

    assert response.status_code == 200
    assert (HSTS in response.headers, "Onion-Location" in response.headers) == (False, False)


@pytest.mark.parametrize(
    ("path", "goal"),
    [
        ("/", "/en/"),
        ("/bulletins/", "/en/bulletins/"),
        ("/en/bulletins/kitchen-opens", "/en/bulletins/kitchen-opens/"),
        ("/fr/bulletins/kitchen-opens/", "/fr/bulletins/la-cuisine-ouvre/"),
        ("/favicon.ico", "/static/favicon.ico"),
        ("/admin/", "/accounts/login/?next=/admin/"),
        ("/desk/", "/accounts/login/?next=/desk/"),
        ("/.well-known/change-password", "/accounts/password/change/"),
    ],
)
def test_a_redirect_stays_at_the_onion_service(onion, path, goal):
    factories.live_pair()

    assert onion.get(path)["Location"] == goal


def test_a_page_is_the_same_at_both_addresses(public, onion):
    factories.live_pair()

    for path in ("/en/", "/fr/bulletins/la-cuisine-ouvre/"):
        assert onion.get(path).content == public.get(path, secure=True).content


@pytest.mark.parametrize(
    "path",
    [
        "/en/",
        "/fr/bulletins/la-cuisine-ouvre/",
        "/en/calendar/",
        "/en/archive/",
        "/en/topics/housing/",
        "/en/feeds/",
        "/en/search/?q=kitchen",
        "/en/nothing/",
        "/accounts/login/",
    ],
)
def test_no_link_leads_away_from_the_onion_service(onion, path):
    factories.live_pair().topics.add(factories.topic())

    page = Parsed(onion.get(path).text)

    assert page.links != []
    assert [link for link in (*page.links, *page.files) if HOST in link] == []


def test_the_addresses_that_name_a_host_name_the_public_one(onion):
    context = onion.get("/en/").context

    assert context["canonical_url"] == f"{SITE}/en/"


def test_one_can_log_in_and_work_at_the_onion_service(onion, public):
    editor()
    visitor = Client(enforce_csrf_checks=True, headers={"host": ONION})
    token = visitor.get("/accounts/login/").context["csrf_token"]

    response = visitor.post(
        "/accounts/login/",
        {"login": "edith", "password": PASSWORD, "csrfmiddlewaretoken": str(token)},
        headers={"origin": f"http://{ONION}"},
    )

    assert (response.status_code, response["Location"].startswith("/")) == (302, True)
    assert visitor.get("/admin/").status_code == 200


def test_another_onion_address_is_not_ours(onion):
    other = f"a.{ONION}"

    assert onion.get("/en/", headers={"host": other}).status_code in (301, 400)
    assert Identity.objects.count() == 1
