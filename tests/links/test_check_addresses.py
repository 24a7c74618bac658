"""Which addresses may be visited: a link is no way into this machine or its network."""

from __future__ import annotations

import pytest

from links.checking.addresses import Rules, Target, is_public, require_public_name, target
from links.checking.outcomes import Problem, Refused


def refusal(address: str, rules: Rules | None = None) -> str:
    """Why an address is not visited, "" where it is."""
    try:
        target(address, rules or Rules())
    except Refused as refused:
        return refused.problem
    return ""


@pytest.mark.parametrize(
    ("address", "there"),
    [
        ("https://Example.ORG", Target("https", "example.org", 443, "/")),
        ("http://example.org/a b?q=é#top", Target("http", "example.org", 80, "/a%20b?q=%C3%A9")),
        ("http://example.org:80/%20", Target("http", "example.org", 80, "/%20")),
        ("https://héberge.example.org./", Target("https", "xn--hberge-bva.example.org", 443, "/")),
        ("http://example.org:443/", Target("http", "example.org", 443, "/")),
        ("https://[2a00:1450::5]/", Target("https", "2a00:1450::5", 443, "/")),
        ("https://93.184.216.34/", Target("https", "93.184.216.34", 443, "/")),
    ],
)
def test_an_address_is_taken_apart(address, there):
    assert target(address, Rules()) == there


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("http://example.org/", "example.org"),
        ("http://example.org:443/", "example.org:443"),
        ("https://[2a00:1450::5]/", "[2a00:1450::5]"),
    ],
)
def test_a_request_names_the_port_where_it_is_not_the_usual_one(address, named):
    assert target(address, Rules()).authority == named


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "127.255.255.254", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255"),
        *("192.168.1.1", "169.254.169.254", "100.64.0.1", "100.127.255.255", "192.0.0.8"),
        *("198.18.0.1", "224.0.0.251", "239.255.255.255", "240.0.0.1", "255.255.255.255"),
        *("192.0.2.1", "198.51.100.1", "203.0.113.1", "192.88.99.1"),
        *("[::1]", "[::]", "[fe80::1]", "[fc00::1]", "[fd12:3456::1]", "[ff02::1]"),
        *("[::ffff:127.0.0.1]", "[::ffff:10.0.0.1]", "[::ffff:93.184.216.34]", "[::127.0.0.1]"),
        *("[64:ff9b::7f00:1]", "[64:ff9b:1::a00:1]", "[2002:7f00:1::]", "[2002:a00:1::]"),
        *("[2001::1]", "[2001:db8::1]", "[fec0::1]", "[100::1]", "[3fff::1]", "[5f00::1]"),
        # The same in other spellings.
        *("2130706433", "0x7f000001", "017700000001", "127.1", "127.0.1", "0x7f.1", "0177.0.0.1"),
        *(
            "127.0.0.1.",
            "１２７.０.０.１",
            "127。0。0。1",
            "①27.0.0.1",
            "0",
            "0x",
            "1.2.3",
            "256.1.1.1",
        ),
        # Names of one's own.
        *("localhost", "LOCALHOST", "localhost.", "api.localhost", "printer.local", "nas.lan"),
        *("metadata.google.internal", "router.home.arpa", "box.home", "wiki.corp", "x.test"),
    ],
)
def test_what_is_not_public_is_refused(host):
    assert refusal(f"http://{host}/") == Problem.PRIVATE


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("http://example.org:8080/", Problem.PORT),
        ("http://example.org:22/", Problem.PORT),
        ("http://example.org:0/", Problem.PORT),
        ("http://user@example.org/", Problem.LOGIN_INSIDE),
        ("http://user:secret@example.org/", Problem.LOGIN_INSIDE),
        ("http://example.org@127.0.0.1/", Problem.LOGIN_INSIDE),
        (f"http://{'a' * 56}.onion/", Problem.ONION),
        ("http://www.short.onion/", Problem.ONION),
        ("http://wiki/", Problem.NO_SITE),
        ("http://a..example.org/", Problem.NO_SITE),
        (f"http://{'a' * 64}.example.org/", Problem.NO_SITE),
        ("http://exa%6dple.org/", Problem.NO_SITE),
        ("http://[fe80::1%25eth0]/", Problem.NO_SITE),
        ("http://example.org:99999/", Problem.NO_SITE),
        ("http://[::1/", Problem.NO_SITE),
        ("http:///path", Problem.NO_SITE),
        ("ftp://example.org/", Problem.NO_SITE),
        ("file:///etc/passwd", Problem.NO_SITE),
        ("//example.org/", Problem.NO_SITE),
        ("", Problem.NO_SITE),
    ],
)
def test_what_is_no_visit_to_a_site_is_refused(address, problem):
    assert refusal(address) in (problem, Problem.PRIVATE if "fe80" in address else problem)


@pytest.mark.parametrize("ip", ["fe80::1%eth0", "", "example.org", "::ffff:8.8.8.8", "2002::1"])
def test_an_address_that_a_name_leads_to_may_be_none_of_a_site(ip):
    assert is_public(ip) is False


@pytest.mark.parametrize("ip", ["8.8.8.8", "93.184.216.34", "2a00:1450:4007::200e", "2606:2800::1"])
def test_a_public_address_is_public(ip):
    assert is_public(ip) is True


def test_a_request_holds_no_line_of_its_own():
    there = target("http://example.org/\r\nX: y/é?a b\r\n", Rules())

    assert there.path == "/X:%20y/%C3%A9?a%20b"


def test_the_server_of_a_test_is_one_host_and_one_port():
    rules = Rules.with_test_server("127.0.0.1:8001")

    assert refusal("http://127.0.0.1:8001/", rules) == ""
    assert refusal("http://127.0.0.1:8002/", rules) == Problem.PORT
    assert refusal("http://127.0.0.2:8001/", rules) == Problem.PRIVATE
    assert refusal("http://localhost:8001/", rules) == Problem.PRIVATE
    assert refusal("http://127.0.0.1:8001/", Rules.with_test_server("")) == Problem.PRIVATE


def test_a_public_name_is_let_through():
    for name in (
        "example.org",
        "a-b.example.org",
        "xn--hberge-bva.fr",
        "1und1.de",
        "_x.example.org",
    ):
        require_public_name(name)
