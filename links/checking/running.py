"""What is due, visited: several hosts at once, by a few threads that know no database."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.db import connection

from links.checking import collecting, recording
from links.checking.addresses import Rules
from links.checking.fetching import OutOfTurn, Visitor
from links.checking.outcomes import Outcome, Problem
from links.checking.turns import Turns
from links.models import CheckedLink

log = logging.getLogger(__name__)

WORKERS = 4
PAUSE = 2  # seconds between two visits to one host
A_DAY = 24 * 3600
# A run by `run_due`, which has more to do.
SHARE, SHARE_SECONDS = 50, 60
# Held while addresses are visited, and held anew with each of them: a run that was killed is soon
# forgotten.
LOCK, LOCKED_FOR = "links.checking", 10 * 60
COLLECTED = "links.collected"


class AlreadyRunning(Exception):
    """Another process is visiting addresses."""


def run_share() -> Counter:
    """The share of `run_due`: little, and nothing where another run is under way."""
    if not settings.LINK_CHECK:
        return Counter()
    try:
        # Whatever is saved is followed at once; once a day all is looked through.
        is_new_day = cache.add(COLLECTED, True, A_DAY)
        return run(limit=SHARE, seconds=SHARE_SECONDS, collect=is_new_day)
    except AlreadyRunning:
        return Counter()


def run(
    *,
    limit: int | None = None,
    seconds: float = A_DAY,
    everything: bool = False,
    collect: bool = True,
    visitor: Visitor | None = None,
    pause: float | None = None,
    told: Callable[[str, Outcome], None] = lambda address, outcome: None,
) -> Counter:
    """Visit what is due, or `everything`; gives how many were found in which state.

    At most `limit` addresses; no visit begins after `seconds`. `told` is called with each address.
    Raises AlreadyRunning.
    """
    visitor = visitor or Visitor(Rules.with_test_server(settings.LINK_CHECK_TEST_SERVER))
    pause = PAUSE if pause is None else pause
    with _alone():
        if collect:
            collecting.collect()
        found = CheckedLink.objects.public().order_by("due_at", "pk")
        links = dict((found if everything else found.due()).values_list("pk", "address")[:limit])
        counts = Counter()
        for pk, outcome in _visited(links, visitor, pause, time.monotonic() + seconds):
            recording.record(pk, outcome)
            cache.touch(LOCK, LOCKED_FOR)
            # The next answer may take a while.
            _let_go()
            counts[str(outcome.verdict)] += 1
            told(links[pk], outcome)
        collecting.forget_unused()
    return counts


@contextmanager
def _alone() -> Iterator[None]:
    if not cache.add(LOCK, True, LOCKED_FOR):
        raise AlreadyRunning
    try:
        yield
    finally:
        cache.delete(LOCK)


def _visited(links: dict[int, str], visitor, pause, until) -> Iterator[tuple[int, Outcome]]:
    """What was found, one after the other as it comes in."""
    turns = Turns([(pk, _host(address)) for pk, address in links.items()], pause=pause, until=until)
    answers: queue.SimpleQueue = queue.SimpleQueue()
    _let_go()
    threads = [
        threading.Thread(target=_work, args=(turns, links, visitor, answers), daemon=True)
        for _number in range(min(WORKERS, len(links)))
    ]
    for thread in threads:
        thread.start()
    at_work = len(threads)
    try:
        while at_work:
            answer = answers.get()
            if answer is None:
                at_work -= 1
            else:
                yield answer
    finally:
        turns.stop()


def _let_go():
    """Hold no connection to the database while others' servers take their time."""
    if not connection.in_atomic_block:
        connection.close()


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _work(turns: Turns, links: dict[int, str], visitor: Visitor, answers: queue.SimpleQueue):
    try:
        while (taken := turns.take()) is not None:
            pk, host = taken
            outcome = _visit(turns, links[pk], host, visitor)
            if outcome is not None:
                answers.put((pk, outcome))
    finally:
        answers.put(None)


def _visit(turns: Turns, address: str, host: str, visitor: Visitor) -> Outcome | None:
    held = host

    def turn(_old: str, new: str) -> bool:
        nonlocal held
        old, held = held, ""
        if not turns.move(old, new):
            return False
        held = new
        return True

    try:
        return visitor.visit(address, turn)
    except OutOfTurn:
        return None
    except Exception:
        # One answer that nobody has thought of does not end the run. Not the address: a log is
        # read by others than the list of links.
        log.exception("A link could not be visited.")
        return Outcome(Problem.ODD)
    finally:
        if held:
            turns.leave(held)
