"""One visit: what is found, how long it takes at most, and where it never goes."""

from __future__ import annotations

import socket
import ssl
import time
import tracemalloc

import pytest

from links.checking import wire
from links.checking.addresses import Rules
from links.checking.fetching import Visitor
from links.checking.outcomes import Outcome, Problem, Verdict
from tests.links.server import (
    CERTIFICATE,
    cut,
    drip,
    endless_head,
    endless_line,
    huge_body,
    leading,
    nonsense,
    only_by,
    serving,
    silent,
    status,
)

# A visit may take so long here, and a test so long after it on a machine that is busy.
SECONDS, PATIENCE = 0.4, 4

PAGES = {
    "/fine": status(200),
    "/no-content": status(204),
    "/gone": status(404),
    "/gone-for-good": status(410),
    "/broken": status(500),
    "/away": status(503),
    "/login": status(401),
    "/forbidden": status(403),
    "/law": status(451),
    "/linked-in": status(999),
    "/later": status(429, "Retry-After: 3600"),
    "/teapot": status(418),
    "/no-head": only_by("GET", status(405)),
    "/head-unknown": only_by("GET", status(501)),
    "/head-not-found": only_by("GET", status(404)),
    "/head-cut": only_by("GET", cut),
    "/head-silent": only_by("GET", silent),
    "/moved": leading("/fine", 301),
    "/moved-twice": leading("/moved", 308),
    "/elsewhere-for-now": leading("/fine", 302),
    "/see": leading("/fine", 303),
    "/moved-then-not": leading("/elsewhere-for-now", 301),
    "/not-then-moved": leading("/moved", 307),
    "/moved-to-nothing": leading("/gone", 301),
    "/moved-with-accent": leading("/fine?é", 301),
    "/no-location": status(302),
    "/odd-scheme": leading("ftp://example.org/"),
    "/mail": leading("mailto:somebody@example.org"),
    "/bad-location": leading("http://[::1"),
    "/circle": leading("/circle"),
    "/ping": leading("/pong"),
    "/pong": leading("/ping", 301),
    "/cookies": leading("/cookies", 302, "Set-Cookie: seen=1"),
    **{f"/{number}": leading(f"/{number + 1}") for number in range(20)},
    "/huge": huge_body,
    "/endless-head": endless_head,
    "/endless-line": endless_line,
    "/drip": drip,
    "/silent": silent,
    "/cut": cut,
    "/nonsense": nonsense,
    "/into-private": leading("http://10.0.0.1/"),
    "/into-metadata": leading("http://169.254.169.254/latest/"),
    "/into-loopback": leading("http://127.0.0.1/"),
    "/into-odd-spelling": leading("http://2130706433/"),
    "/into-name": leading("http://inside.example.org/"),
    "/into-onion": leading("http://example.onion/"),
    "/into-port": leading("http://example.org:22/"),
}


@pytest.fixture(scope="module")
def server():
    with serving(PAGES) as found:
        yield found


def inside(host: str, port: int) -> list[str]:
    """A name server that leads into this machine, or knows nothing."""
    found = {
        "inside.example.org": ["127.0.0.1"],
        "half.example.org": ["93.184.216.34", "127.0.0.1"],
        "six.example.org": ["::1"],
        "mapped.example.org": ["::ffff:127.0.0.1"],
    }
    if host not in found:
        raise socket.gaierror(socket.EAI_NONAME, "no such name")
    return found[host]


def visitor(server, **options) -> Visitor:
    rules = Rules.with_test_server(server.address)
    given = {"resolve": inside, "seconds": SECONDS, "connect_timeout": SECONDS, **options}
    return Visitor(rules, **given)


def found(server, path: str, **options) -> Outcome:
    return visitor(server, **options).visit(server.url + path)


@pytest.mark.parametrize("path", ["/fine", "/no-content", "/elsewhere-for-now", "/see"])
def test_what_works_is_fine(server, path):
    assert found(server, path, seconds=PATIENCE).verdict == Verdict.FINE


@pytest.mark.parametrize(
    ("path", "problem", "number"),
    [
        ("/nowhere", Problem.GONE, 404),
        ("/gone-for-good", Problem.GONE, 410),
        ("/moved-to-nothing", Problem.GONE, 404),
        ("/broken", Problem.SERVER, 500),
        ("/away", Problem.SERVER, 503),
        ("/cut", Problem.CUT, None),
        ("/circle", Problem.LOOP, 302),
        ("/ping", Problem.LOOP, 301),
        ("/1", Problem.MANY, 302),
    ],
)
def test_what_does_not_is_broken_and_says_how(server, path, problem, number):
    outcome = found(server, path, seconds=PATIENCE)

    assert outcome == Outcome(problem, number)
    assert outcome.verdict == Verdict.BROKEN


@pytest.mark.parametrize(
    ("path", "problem", "number"),
    [
        ("/login", Problem.LOGIN, 401),
        ("/forbidden", Problem.LOGIN, 403),
        ("/law", Problem.LOGIN, 451),
        ("/linked-in", Problem.LOGIN, 999),
        ("/later", Problem.LATER, 429),
        ("/teapot", Problem.ODD, 418),
        ("/no-location", Problem.ODD, 302),
        ("/bad-location", Problem.ODD, 302),
        ("/nonsense", Problem.ODD, None),
        ("/endless-line", Problem.ODD, None),
    ],
)
def test_what_may_work_for_people_is_unsure(server, path, problem, number):
    outcome = found(server, path, seconds=PATIENCE)

    assert outcome == Outcome(problem, number)
    assert outcome.verdict == Verdict.UNSURE


def test_a_circle_around_a_cookie_is_unsure(server):
    outcome = found(server, "/cookies", seconds=PATIENCE)

    assert (outcome.problem, outcome.verdict) == (Problem.LOOP, Verdict.UNSURE)


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/moved", "/fine"),
        ("/moved-twice", "/fine"),
        ("/moved#team", "/fine#team"),
        ("/moved-with-accent", "/fine?é"),
        # What is only for now is no new address.
        ("/moved-then-not", "/elsewhere-for-now"),
        ("/not-then-moved", ""),
    ],
)
def test_a_new_address_is_proposed_where_it_moved_for_good(server, path, to):
    outcome = found(server, path, seconds=PATIENCE)

    assert outcome.moved_to == (to and server.url + to)
    assert outcome.verdict == (Verdict.MOVED if to else Verdict.FINE)


def test_five_redirects_are_followed_and_no_sixth(server):
    server.asked.clear()

    assert found(server, "/1", seconds=PATIENCE).problem == Problem.MANY
    assert server.asked == [f"HEAD /{number}" for number in range(1, 7)]


@pytest.mark.parametrize(
    "path", ["/no-head", "/head-unknown", "/head-not-found", "/head-cut", "/head-silent"]
)
def test_a_site_that_does_not_know_head_is_asked_again(server, path):
    server.asked.clear()

    assert found(server, path, seconds=1).verdict == Verdict.FINE
    assert server.asked == [f"HEAD {path}", f"GET {path}"]


def test_a_site_that_wants_no_more_questions_is_not_asked_again(server):
    server.asked.clear()
    found(server, "/later", seconds=PATIENCE)

    assert server.asked == ["HEAD /later"]


def test_a_request_tells_neither_who_nor_from_where(server, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    server.heads.clear()

    found(server, "/fine?a=1", seconds=PATIENCE)

    assert server.heads == [
        "HEAD /fine?a=1 HTTP/1.1\r\n"
        f"Host: {server.address}\r\n"
        "User-Agent: Tract link check\r\n"
        "Accept: text/html, */*;q=0.5\r\n"
        "Accept-Encoding: identity\r\n"
        "Connection: close\r\n\r\n"
    ]


def test_no_cookie_is_sent_back(server):
    server.heads.clear()
    found(server, "/cookies", seconds=PATIENCE)

    assert [head for head in server.heads if "cookie:" in head.lower()] == []


# Time and memory -----------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/drip", "/silent"])
def test_a_slow_site_takes_no_more_than_its_time(server, path):
    began = time.monotonic()
    outcome = found(server, path)

    assert (outcome.problem, outcome.verdict) == (Problem.TIME_OUT, Verdict.BROKEN)
    assert time.monotonic() - began < PATIENCE


def test_a_slow_certificate_takes_no_more_than_its_time():
    with serving({}) as server:
        # It waits for a request, and gets a greeting: nobody goes on.
        address = server.url.replace("http:", "https:")
        began = time.monotonic()

        assert visitor(server).visit(address).problem == Problem.TIME_OUT
        assert time.monotonic() - began < PATIENCE


def test_a_name_server_that_hangs_takes_no_more_than_its_time(server):
    def hangs(host, port):
        time.sleep(3 * SECONDS)
        return ["93.184.216.34"]

    began = time.monotonic()
    outcome = visitor(server, resolve=hangs).visit("http://slow.example.org/")

    assert outcome.problem == Problem.TIME_OUT
    assert time.monotonic() - began < 3 * SECONDS


@pytest.mark.parametrize(
    ("path", "verdict"),
    [
        ("/huge", Verdict.FINE),
        ("/endless-head", Verdict.UNSURE),
        ("/endless-line", Verdict.UNSURE),
    ],
)
def test_a_huge_answer_is_not_read(server, path, verdict):
    tracemalloc.start()
    try:
        outcome = found(server, path, seconds=PATIENCE)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert outcome.verdict == verdict
    # The whole of it is 64 MB. What the server's own threads make counts here, too.
    assert peak < 2 * 1024 * 1024


def test_of_an_answer_only_the_head_is_read(server):
    visits = visitor(server, seconds=PATIENCE)
    there = wire.Target("http", "127.0.0.1", server.port, "/huge")
    answer = wire.ask(
        "GET",
        there,
        "127.0.0.1",
        deadline=time.monotonic() + PATIENCE,
        connect_timeout=PATIENCE,
        context=visits.context,
    )

    assert answer.status == 200
    assert answer.read <= 4096


# Where nobody goes ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("/into-private", Problem.PRIVATE),
        ("/into-metadata", Problem.PRIVATE),
        ("/into-odd-spelling", Problem.PRIVATE),
        ("/into-name", Problem.PRIVATE),
        ("/into-onion", Problem.ONION),
        ("/into-port", Problem.PORT),
        ("/odd-scheme", Problem.NO_SITE),
        ("/mail", Problem.NO_SITE),
    ],
)
def test_a_redirect_that_leads_inside_is_refused(server, path, problem, monkeypatch):
    connected = watch_connections(monkeypatch)
    outcome = found(server, path, seconds=PATIENCE)

    assert (outcome.problem, outcome.verdict) == (problem, Verdict.REFUSED)
    assert connected == [("127.0.0.1", server.port)]


@pytest.mark.parametrize("name", ["inside", "half", "six", "mapped"])
def test_a_name_that_leads_inside_is_refused(server, name, monkeypatch):
    connected = watch_connections(monkeypatch)
    server.asked.clear()
    # At the very port at which a server waits.
    address = f"http://{name}.example.org:{server.port}/fine"

    outcome = visitor(server, seconds=PATIENCE).visit(address)

    assert (outcome.problem, outcome.verdict) == (Problem.PRIVATE, Verdict.REFUSED)
    assert (connected, server.asked) == ([], [])


def test_a_name_is_looked_up_once_and_what_was_looked_at_is_asked(server, monkeypatch):
    answers = [["93.184.216.34"], ["127.0.0.1"]]
    connected = watch_connections(monkeypatch, refuse=True)

    def rebinding(host, port):
        return answers.pop(0)

    outcome = visitor(server, resolve=rebinding).visit(f"http://two.example.org:{server.port}/")

    assert outcome.problem == Problem.NO_ANSWER
    assert answers == [["127.0.0.1"]]
    assert connected == [("93.184.216.34", server.port)]


def test_every_redirect_looks_its_name_up_anew(server):
    asked = []

    def resolve(host, port):
        asked.append(host)
        return inside(host, port)

    found(server, "/into-name", resolve=resolve, seconds=PATIENCE)

    assert asked == ["inside.example.org"]


@pytest.mark.parametrize(
    ("number", "problem"),
    [(socket.EAI_NONAME, Problem.NO_NAME), (socket.EAI_AGAIN, Problem.OUR_NETWORK)],
)
def test_a_name_that_is_not_there_differs_from_a_name_server_that_is_not(server, number, problem):
    def resolve(host, port):
        raise socket.gaierror(number, "no")

    assert visitor(server, resolve=resolve).visit("http://example.org/").problem == problem


def test_nobody_at_home_is_told(server):
    with serving({}) as gone:
        pass
    rules = Rules.with_test_server(gone.address)

    outcome = Visitor(rules, seconds=PATIENCE).visit(gone.url)

    assert (outcome.problem, outcome.verdict) == (Problem.NO_ANSWER, Verdict.BROKEN)


# Certificates --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def secure():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    with serving(PAGES, context=context) as found:
        yield found


def secure_visit(secure, monkeypatch, host: str, *, trusted: bool) -> Outcome:
    """A visit to `host`, whose public address is this machine's server for once."""
    monkeypatch.setattr("links.checking.fetching.require_public", lambda address: None)
    context = ssl.create_default_context(cafile=CERTIFICATE if trusted else None)
    rules = Rules(ports=frozenset([secure.port]))
    visits = Visitor(rules, resolve=lambda *name: ["127.0.0.1"], context=context, seconds=PATIENCE)
    return visits.visit(f"https://{host}:{secure.port}/fine")


def test_a_right_certificate_is_fine(secure, monkeypatch):
    outcome = secure_visit(secure, monkeypatch, "secure.example.org", trusted=True)

    assert outcome.verdict == Verdict.FINE


@pytest.mark.parametrize(
    ("host", "trusted"), [("secure.example.org", False), ("other.example.org", True)]
)
def test_a_wrong_certificate_is_broken(secure, monkeypatch, host, trusted):
    outcome = secure_visit(secure, monkeypatch, host, trusted=trusted)

    assert (outcome.problem, outcome.verdict) == (Problem.CERTIFICATE, Verdict.BROKEN)


def test_a_site_that_speaks_no_tls_is_told(server, monkeypatch):
    monkeypatch.setattr("tests.links.test_check_fetching.PATIENCE", SECONDS)
    outcome = secure_visit(server, monkeypatch, "secure.example.org", trusted=True)

    assert outcome.problem in (Problem.INSECURE, Problem.CUT, Problem.TIME_OUT)


def watch_connections(monkeypatch, *, refuse: bool = False) -> list[tuple]:
    """Every address that something connects to from now on."""
    connected = []
    real = socket.socket.connect

    def connect(self, address):
        connected.append(address)
        if refuse:
            raise ConnectionRefusedError
        return real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)
    return connected
