from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from core.addresses import is_onion_service
from links.web_address import normalise

ONION = "exampleonlynobodyanswershereitwasinventedfortheportfpiqd.onion"
BIDI_OVERRIDE = "\u202e"


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("https://example.org", "https://example.org"),
        ("http://example.org/a/b?c=d#e", "http://example.org/a/b?c=d#e"),
        ("  HTTPS://Example.ORG/Path  ", "https://example.org/Path"),
        ("https://example.org:8443/", "https://example.org:8443/"),
        ("https://sub.sub.example.org", "https://sub.sub.example.org"),
        ("https://xn--caf-dma.example", "https://xn--caf-dma.example"),
        ("https://Café-Été.example/carte", "https://café-été.example/carte"),
        ("https://مثال.example/", "https://مثال.example/"),
        ("https://उदाहरण.example", "https://उदाहरण.example"),
        ("https://example.org/my page", "https://example.org/my%20page"),
        ('https://example.org/"><script>', "https://example.org/%22%3E%3Cscript%3E"),
        (f"http://{ONION}", f"http://{ONION}"),
        (f"https://{ONION}/a", f"https://{ONION}/a"),
        (f"http://www.{ONION}", f"http://www.{ONION}"),
        (f"http://{ONION.upper()}", f"http://{ONION}"),
    ],
)
def test_an_address_of_the_web_is_stored_in_one_form(written, stored):
    assert normalise(written) == stored
    assert normalise(stored) == stored


@pytest.mark.parametrize(
    "written",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "ftp://example.org",
        "file:///etc/passwd",
        "mailto:toits@example.org",
        "tel:+33100000000",
        "ref:pages.page/1",
        "//example.org",
        "/fr/links/",
        "example.org",
        "www.example.org/a",
        "toits@example.org",
        "https:",
        "https://",
        "https:///a",
        "https:example.org",
        "just words",
    ],
)
def test_what_is_no_whole_address_is_refused(written):
    with pytest.raises(ValidationError) as refusal:
        normalise(written)

    assert refusal.value.messages == [
        "Write the whole address, beginning with https:// or http://."
    ]


@pytest.mark.parametrize(
    "written",
    [
        "https://user:secret@example.org",
        "https://user@example.org/a",
        "https://@example.org",
        "https://example.org@evil.example",
        "http://:secret@example.org",
    ],
)
def test_a_user_name_or_password_is_refused(written):
    with pytest.raises(ValidationError) as refusal:
        normalise(written)

    assert refusal.value.messages == [
        "The address holds a user name or password. Leave out all up to the “@”."
    ]


@pytest.mark.parametrize(
    "written",
    [
        "https://localhost",
        "https://example",
        "https://127.0.0.1/",
        "https://192.168.1.1:8080",
        "https://[::1]/",
        "https://[::1",
        "https://exa mple.org",
        "https://example..org",
        "https://.example.org",
        "https://-example.org",
        "https://exam_ple.org",
        "https://example.org:port",
        "https://example.org:99999",
        "https://" + "a" * 64 + ".org",
        f"https://exam{BIDI_OVERRIDE}ple.org",
        "https://example.org%2Fevil.example",
        "https://℀.example.org",
    ],
)
def test_what_names_no_site_is_refused(written):
    with pytest.raises(ValidationError) as refusal:
        normalise(written)

    [message] = refusal.value.messages
    assert message.endswith("is not the name of a site. Check it for typing errors.")


@pytest.mark.parametrize(
    "host",
    [
        "example.onion",
        "onion",
        "expyuzz4wqqyqhjn.onion",
        ONION.replace("example", "example1", 1),
        ONION.replace("onlynobody", "onlynobodi"),
        ONION.replace("qd.onion", "qe.onion"),
        ONION.replace("ex", "e1", 1),
        ONION.replace("ex", "é", 1),
        "www.onion",
        ONION.replace(".onion", ".www.onion"),
    ],
)
def test_an_onion_address_with_a_wrong_character_is_refused(host):
    assert is_onion_service(host) is False
    with pytest.raises(ValidationError):
        normalise(f"http://{host}")


def test_an_onion_address_with_one_letter_changed_is_told_from_a_right_one():
    with pytest.raises(ValidationError, match="This onion address cannot be right"):
        normalise(f"http://{ONION.replace('port', 'part')}")


def test_a_host_that_only_ends_like_an_onion_address_is_none():
    assert normalise("https://onion.example.org") == "https://onion.example.org"
    assert is_onion_service("red-onion.example.org") is False


def test_an_address_of_ten_thousand_characters_is_refused():
    with pytest.raises(ValidationError) as refusal:
        normalise("https://example.org/" + "a" * 10_000)

    assert refusal.value.messages == ["The address is too long: 500 characters fit."]
