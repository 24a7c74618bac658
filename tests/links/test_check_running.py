"""What is visited when, by whom, and what is kept of it."""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from io import StringIO
from itertools import pairwise

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from links.checking import recording, running
from links.checking.addresses import Rules
from links.checking.fetching import Visitor
from links.checking.outcomes import Outcome, Problem, Verdict
from links.checking.turns import Turns
from links.models import CheckedLink
from tests import factories
from tests.links import factories as links
from tests.links.server import leading, serving, status
from tests.links.test_check_collecting import linking

pytestmark = pytest.mark.django_db

FINE, GONE = Outcome("", 200), Outcome(Problem.GONE, 404)


class Noting:
    """A visitor that goes nowhere, and says what it is told to say."""

    def __init__(self, outcome=FINE, **of):
        self.outcome, self.of = outcome, of
        self.visited: list[str] = []

    def visit(self, address, turn=None):
        self.visited.append(address)
        return self.of.get(address.rpartition("/")[2], self.outcome)


def visited(**options) -> list[str]:
    """What a run visits."""
    noting = Noting()
    running.run(visitor=noting, pause=0, **options)
    return sorted(noting.visited)


def linked(*addresses: str, **fields):
    factories.live(body_en=linking(*addresses), **fields)


def link(address: str = "https://a.example.org/") -> CheckedLink:
    return CheckedLink.objects.get_or_create(address=address)[0]


def test_what_was_found_is_kept():
    linked("https://a.example.org/", "https://b.example.org/gone")
    links.group(url="https://c.example.org/moved")
    moved = Outcome("", 200, "https://d.example.org/")

    counts = running.run(visitor=Noting(gone=GONE, moved=moved), pause=0)

    assert counts == {"fine": 1, "broken": 1, "moved": 1}
    found = CheckedLink.objects.order_by("address")
    assert list(found.values_list("address", "verdict", "problem", "status", "moved_to")) == [
        ("https://a.example.org/", "fine", "", 200, ""),
        ("https://b.example.org/gone", "broken", "gone", 404, ""),
        ("https://c.example.org/moved", "moved", "", 200, "https://d.example.org/"),
    ]


def test_an_address_is_visited_once_wherever_it_stands():
    linked("https://a.example.org/")
    linked("https://a.example.org/", "https://a.example.org/#team")
    links.group(url="https://a.example.org/")

    assert visited() == ["https://a.example.org/", "https://a.example.org/#team"]


def test_a_draft_is_not_visited_even_where_its_links_were_once():
    document = factories.live(body_en=linking("https://a.example.org/"))
    document.published_at = None
    document.save()
    linked("https://b.example.org/", ago=-timedelta(hours=1))

    assert visited(everything=True) == []


def test_only_what_is_due_is_visited_unless_all_is_asked_for():
    linked("https://a.example.org/", "https://b.example.org/")
    CheckedLink.objects.filter(address="https://a.example.org/").update(
        due_at=timezone.now() + timedelta(days=1)
    )

    assert visited() == ["https://b.example.org/"]
    assert visited() == []
    assert visited(everything=True) == ["https://a.example.org/", "https://b.example.org/"]


def test_the_longest_waiting_comes_first():
    linked(*(f"https://{number}.example.org/" for number in range(3)))
    CheckedLink.objects.filter(address="https://1.example.org/").update(
        due_at=timezone.now() - timedelta(days=1)
    )

    assert visited(limit=1) == ["https://1.example.org/"]


@pytest.mark.parametrize(
    ("outcome", "days"),
    [
        (FINE, 7),
        (Outcome("", 200, "https://b.example.org/"), 7),
        (GONE, 1),
        (Outcome(Problem.LATER, 429), 1),
        (Outcome(Problem.OUR_NETWORK), 1),
        (Outcome(Problem.LOGIN, 403), 7),
        (Outcome(Problem.ONION), 7),
    ],
)
def test_what_works_is_due_in_a_week_and_what_does_not_in_a_day(outcome, days):
    now = timezone.now()
    recording.record(link().pk, outcome, at=now)

    assert link().due_at == now + timedelta(days=days)


def test_what_is_broken_for_a_month_is_asked_once_a_week():
    CheckedLink.objects.filter(pk=link().pk).update(failures=30, verdict="broken")
    now = timezone.now()
    recording.record(link().pk, GONE, at=now)

    assert link().due_at == now + timedelta(days=7)


def test_failures_in_a_row_are_counted_and_end_with_the_first_success():
    first = timezone.now() - timedelta(days=3)
    for day in range(3):
        recording.record(link().pk, GONE, at=first + timedelta(days=day))
    assert (link().failures, link().failing_since) == (3, first)
    assert link().fails_for_long is True

    # What says nothing counts for nothing.
    recording.record(link().pk, Outcome(Problem.LOGIN, 403))
    assert (link().failures, link().failing_since) == (3, first)
    assert link().fails_for_long is False

    recording.record(link().pk, FINE)
    assert (link().failures, link().failing_since, link().fails_for_long) == (0, None, False)


def test_two_failures_are_no_reason_to_act():
    for _day in range(2):
        recording.record(link().pk, GONE)

    assert link().fails_for_long is False
    assert list(CheckedLink.objects.failing_for_long()) == []


def test_a_link_that_went_while_it_was_visited_stays_away():
    pk = link().pk
    CheckedLink.objects.all().delete()
    recording.record(pk, GONE)

    assert CheckedLink.objects.count() == 0


def test_an_answer_nobody_thought_of_ends_nothing(caplog):
    class Surprised(Noting):
        def visit(self, address, turn=None):
            if "a.example" in address:
                raise RuntimeError("surprise")
            return super().visit(address, turn)

    linked("https://a.example.org/secret", "https://b.example.org/")

    assert running.run(visitor=Surprised(), pause=0) == {"unsure": 1, "fine": 1}
    assert "secret" not in caplog.text


def test_what_stands_nowhere_any_more_is_forgotten():
    link("https://old.example.org/")
    linked("https://a.example.org/")

    visited()

    assert list(CheckedLink.objects.values_list("address", flat=True)) == ["https://a.example.org/"]


# One after the other -------------------------------------------------------------------------


def test_one_host_is_visited_once_at_a_time_with_a_pause_and_others_beside_it():
    times: dict[str, list] = {"a": [], "b": []}
    at_once = []
    busy: set[str] = set()

    class Slow(Noting):
        def visit(self, address, turn=None):
            host = address.removeprefix("https://")[0]
            at_once.append((host in busy, len(busy)))
            busy.add(host)
            times[host].append(time.monotonic())
            time.sleep(0.05)
            busy.discard(host)
            return FINE

    linked(*(f"https://{host}.example.org/{number}" for host in "ab" for number in range(3)))

    running.run(visitor=Slow(), pause=0.1)

    assert [again for again, _others in at_once] == [False] * 6
    assert max(others for _again, others in at_once) == 1
    for began in times.values():
        pauses = [later - before for before, later in pairwise(began)]
        assert min(pauses) >= 0.15


def test_no_visit_begins_once_the_time_is_over_and_the_rest_stays_due():
    linked(*(f"https://a.example.org/{number}" for number in range(3)))

    assert len(visited(seconds=0)) == 0
    noting = Noting()
    running.run(visitor=noting, pause=30, seconds=0.3)

    assert len(noting.visited) == 1
    assert CheckedLink.objects.due().count() == 2


def test_a_redirect_to_another_host_waits_for_its_turn():
    turns = Turns([("x", "a"), ("y", "b")], pause=0.1, until=time.monotonic() + 5)
    assert [turns.take(), turns.take()] == [("x", "a"), ("y", "b")]
    began = time.monotonic()
    threading.Timer(0.1, turns.leave, ["b"]).start()

    assert turns.move("a", "b") is True
    assert time.monotonic() - began >= 0.2


def test_a_redirect_to_a_host_that_stays_busy_gives_up_with_the_run():
    turns = Turns([("x", "a"), ("y", "b")], pause=0, until=time.monotonic() + 0.1)
    turns.take(), turns.take()

    assert turns.move("a", "b") is False
    assert turns.take() is None


def test_a_visit_over_several_hosts_leaves_them_free():
    with serving({"/": status(200)}) as one, serving({"/": leading(one.url)}) as other:
        # One host, two ports: the server of a test is known by its port.
        rules = Rules(ports=frozenset([one.port, other.port]), hosts=frozenset(["127.0.0.1"]))
        linked(other.url, one.url)

        counts = running.run(visitor=Visitor(rules), pause=0, seconds=5)

    assert counts == {"fine": 2}


def test_nothing_is_asked_of_the_database_while_a_site_is_visited():
    open_transactions = []

    class Looking(Noting):
        def visit(self, address, turn=None):
            open_transactions.append(threading.current_thread() is threading.main_thread())
            return super().visit(address, turn)

    linked("https://a.example.org/")
    running.run(visitor=Looking(), pause=0)

    # In a thread of its own, which has no connection.
    assert open_transactions == [False]
    assert connection.in_atomic_block is True  # the test's own


# Run by cron, and by hand --------------------------------------------------------------------


@pytest.fixture
def server(settings):
    with serving({"/": status(200), "/moved": leading("/", 301)}) as found:
        settings.LINK_CHECK_TEST_SERVER = found.address
        settings.LINK_CHECK = True
        yield found


def test_run_due_visits_what_is_due(server, monkeypatch):
    monkeypatch.setattr(running, "PAUSE", 0)
    linked(f"{server.url}/", f"{server.url}/gone")

    call_command("run_due")
    call_command("run_due")

    found = CheckedLink.objects.order_by("address").values_list("verdict", flat=True)
    assert list(found) == ["fine", "broken"]
    assert sorted(server.asked) == ["GET /gone", "HEAD /", "HEAD /gone"]


def test_run_due_visits_nothing_where_that_is_switched_off(server, settings):
    settings.LINK_CHECK = False
    linked(f"{server.url}/")

    call_command("run_due")

    assert server.asked == []


def test_two_at_once_do_not_visit_twice(server):
    linked(f"{server.url}/")
    cache.add(running.LOCK, True)
    try:
        assert running.run_share() == {}
        with pytest.raises(CommandError, match="already"):
            call_command("check_links")
    finally:
        cache.delete(running.LOCK)

    assert server.asked == []
    assert running.run_share() == {"fine": 1}


def test_the_lock_is_given_back_after_an_error(monkeypatch):
    monkeypatch.setattr(running.collecting, "collect", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        running.run()

    assert cache.get(running.LOCK) is None


def test_the_command_says_what_it_found(server, monkeypatch):
    monkeypatch.setattr(running, "PAUSE", 0)
    linked(f"{server.url}/moved", f"{server.url}/gone")
    said = StringIO()

    call_command("check_links", stdout=said)

    lines = sorted(said.getvalue().splitlines())
    assert lines == [
        "1 broken, 1 moved",
        f"broken: {server.url}/gone The page is gone.",
        f"moved: {server.url}/moved {server.url}/",
    ]


def test_the_command_may_be_limited_and_repeated(server):
    linked(f"{server.url}/")
    quiet = {"verbosity": 0, "stdout": StringIO()}
    call_command("check_links", **quiet)
    call_command("check_links", **quiet)
    assert server.asked == ["HEAD /"]

    call_command("check_links", "--all", "--limit", "1", **quiet)
    assert server.asked == ["HEAD /", "HEAD /"]


@pytest.mark.parametrize("limit", ["0", "-1", "many", ""])
def test_a_limit_that_is_none_is_refused(limit):
    with pytest.raises(CommandError):
        call_command("check_links", f"--limit={limit}")


def test_verdicts_are_told_in_words_for_every_problem():
    for problem in Problem:
        assert Outcome(problem).verdict in Verdict
        assert problem.label.endswith(".")
