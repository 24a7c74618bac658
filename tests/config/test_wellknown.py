"""What machines ask every host for."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from urllib.robotparser import RobotFileParser

import pytest
from django.utils import timezone

from pages.models import Identity
from tests import factories
from tests.config.commands import SITE
from tests.config.hosts import HOST, ONION, serve_publicly

pytestmark = pytest.mark.django_db

SECURITY = "/.well-known/security.txt"


def fields(response) -> list[tuple[str, str]]:
    """What a security.txt says: (name, value) of each line."""
    return [tuple(line.split(": ", 1)) for line in response.text.splitlines()]


# robots.txt ---------------------------------------------------------------------------------------


def test_robots_may_read_what_readers_read(client):
    response = client.get("/robots.txt")
    rules = RobotFileParser()
    rules.parse(response.text.splitlines())

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    for path in ("/", "/en/", "/fr/bulletins/a/", "/media/pictures/a.jpg", "/sitemap.xml"):
        assert rules.can_fetch("anybot", path)
    for path in ("/admin/", "/desk/", "/accounts/login/", "/pictures/1/"):
        assert not rules.can_fetch("anybot", path)


def test_robots_do_not_follow_searches(client):
    # The library of Python knows no wildcards; RFC 9309 (2.2.3) does.
    [pattern] = re.findall(r"^Disallow: (.*\*.*)$", client.get("/robots.txt").text, re.MULTILINE)
    rule = re.compile(re.escape(pattern).replace(r"\*", ".*"))

    assert rule.match("/fr/search/?q=kitchen")
    assert not rule.match("/fr/bulletins/search/".replace("search/", "research/"))


def test_robots_are_led_to_the_sitemap_of_the_host_that_they_asked(client, settings):
    serve_publicly(settings)

    def sitemap(host, **extra):
        return client.get("/robots.txt", headers={"host": host}, **extra).text.splitlines()[-1]

    assert sitemap(HOST, secure=True) == f"Sitemap: {SITE}/sitemap.xml"
    assert sitemap(ONION) == f"Sitemap: http://{ONION}/sitemap.xml"


# security.txt -------------------------------------------------------------------------------------


def test_whoever_finds_a_hole_is_told_whom_to_tell(client, settings):
    serve_publicly(settings)
    expires = timezone.now() + timedelta(days=180)

    assert fields(client.get(SECURITY, secure=True, headers={"host": HOST})) == [
        ("Contact", "mailto:hello@example.org"),
        ("Expires", f"{expires.astimezone(UTC):%Y-%m-%dT00:00:00Z}"),
        ("Preferred-Languages", "en, fr"),
        ("Canonical", f"{SITE}{SECURITY}"),
    ]


def test_it_holds_for_less_than_a_year_and_is_the_same_all_day(client, monkeypatch):
    factories.identity()
    texts = set()
    for hour in (0, 12, 23):
        moment = datetime(2026, 3, 29, hour, 59, tzinfo=UTC)
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        texts.add(client.get(SECURITY).text)

    [text] = texts
    assert "Expires: 2026-09-25T00:00:00Z" in text


def test_where_it_was_not_asked_for_under_https_it_names_no_address_of_its_own(client, settings):
    serve_publicly(settings)

    assert [name for name, _value in fields(client.get(SECURITY, headers={"host": ONION}))] == [
        "Contact",
        "Expires",
        "Preferred-Languages",
    ]


def test_only_public_languages_are_spoken(client, settings):
    settings.PUBLIC_LANGUAGES = ["fr"]
    factories.identity()

    assert ("Preferred-Languages", "fr") in fields(client.get(SECURITY))


def test_an_address_cannot_write_a_second_line(client):
    factories.identity(email='"a%b\r\nContact: x"@example.org')

    assert len(fields(client.get(SECURITY))) == 3


def test_nobody_is_named_where_nobody_can_be_written_to(client):
    Identity.objects.create(name_en="Quai Ouvert")

    assert client.get(SECURITY).status_code == 404


def test_a_password_manager_finds_where_to_change_a_password(client):
    response = client.get("/.well-known/change-password")

    assert (response.status_code, response["Location"]) == (302, "/accounts/password/change/")
    assert client.get(response["Location"]).status_code == 302
