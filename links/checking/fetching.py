"""One polite visit to one address."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable
from urllib.parse import urldefrag, urljoin

from core.addresses import safe_href
from links.checking import names, wire
from links.checking.addresses import Rules, Target, require_public, target
from links.checking.outcomes import Failed, Outcome, Problem
from links.checking.wire import Answer

MOST_REDIRECTS = 5
MOST_ADDRESSES = 3
REDIRECTS = {301, 302, 303, 307, 308}
PERMANENT = {301, 308}

# Called when a redirect leads from one host to another: waits for the other's turn. False: no more
# time for that.
Turn = Callable[[str, str], bool]


class OutOfTurn(Exception):
    """The visit led to a host whose turn did not come before the run was over."""


class Visitor:
    """Visits addresses, each within `seconds` of the wall clock, whatever the site does."""

    def __init__(
        self,
        rules: Rules | None = None,
        *,
        resolve: names.Resolve = names.system,
        connect_timeout: float = 5,
        seconds: float = 15,
        context: ssl.SSLContext | None = None,
    ):
        self.rules = rules or Rules()
        self.resolve = resolve
        self.connect_timeout = connect_timeout
        self.seconds = seconds
        self.context = context or ssl.create_default_context()

    def visit(self, address: str, turn: Turn | None = None) -> Outcome:
        """What is found at `address`. Raises OutOfTurn, and nothing else.

        `turn` is asked before a host is visited to which a redirect led.
        """
        trip = _Trip(self, address, turn)
        try:
            return trip.go()
        except Failed as failed:
            return Outcome(failed.problem, trip.status, is_unsure=trip.may_want_cookies(failed))


class _Trip:
    """One visit, from redirect to redirect."""

    def __init__(self, visitor: Visitor, address: str, turn: Turn | None):
        self.visitor, self.address, self.turn = visitor, address, turn
        self.deadline = time.monotonic() + visitor.seconds
        self.status: int | None = None
        self.was_given_cookies = False

    def go(self) -> Outcome:
        address, moved_to, only_permanent, host = self.address, "", True, ""
        seen = set()
        for _hop in range(MOST_REDIRECTS + 1):
            if urldefrag(address).url in seen:
                raise Failed(Problem.LOOP)
            seen.add(urldefrag(address).url)
            there = target(address, self.visitor.rules)
            if host and there.host != host:
                self._wait_for(host, there.host)
            host = there.host
            answer = self._answer(there)
            self.status = answer.status
            self.was_given_cookies |= answer.sets_cookies
            if answer.status not in REDIRECTS:
                return _outcome(answer.status, moved_to)
            address = _led_to(address, answer)
            only_permanent = only_permanent and answer.status in PERMANENT
            if only_permanent:
                moved_to = address
        raise Failed(Problem.MANY)

    def may_want_cookies(self, failed: Failed) -> bool:
        """A site that sets a cookie and leads in a circle works for those who send it back."""
        return self.was_given_cookies and failed.problem in (Problem.LOOP, Problem.MANY)

    def _wait_for(self, old: str, new: str):
        if self.turn is None:
            return
        began = time.monotonic()
        if not self.turn(old, new):
            raise OutOfTurn
        self.deadline += time.monotonic() - began

    def _answer(self, there: Target) -> Answer:
        found = self._addresses(there)
        # A site that does not know HEAD may let it hang: then half of the time is left for GET.
        half = time.monotonic() + (self.deadline - time.monotonic()) / 2
        try:
            answer = self._ask("HEAD", there, found, half)
        except Failed as failed:
            if failed.problem not in (Problem.TIME_OUT, Problem.CUT, Problem.ODD):
                raise
        else:
            # Some answer HEAD with an error and GET with the page, whatever the error.
            if answer.status < 400 or answer.status == 429:
                return answer
        return self._ask("GET", there, found, self.deadline)

    def _addresses(self, there: Target) -> list[str]:
        """The IP addresses to ask: looked up once, every one of them looked at.

        What is connected to is what was looked at. A second look-up might get another answer.
        """
        if there.host in self.visitor.rules.hosts:
            return [there.host]
        seconds = self.deadline - time.monotonic()
        found = names.look_up(there.host, there.port, self.visitor.resolve, seconds)
        for address in found:
            require_public(address)
        return found[:MOST_ADDRESSES]

    def _ask(self, method: str, there: Target, found: list[str], deadline: float) -> Answer:
        told = None
        for ip in found:
            try:
                return wire.ask(
                    method,
                    there,
                    ip,
                    deadline=deadline,
                    connect_timeout=self.visitor.connect_timeout,
                    context=self.visitor.context,
                )
            except Failed as failed:
                # There may be no way to one of them from here: then the others tell more.
                if told is None or told.problem == Problem.OUR_NETWORK:
                    told = failed
        raise told or Failed(Problem.NO_NAME)


def _led_to(address: str, answer: Answer) -> str:
    """Where a redirect leads. Raises Failed for one that leads nowhere."""
    try:
        # Headers are read as latin-1; what is not ASCII in them is UTF-8.
        location = answer.location.encode("latin-1").decode("utf-8", "replace").strip()
        if not location:
            raise Failed(Problem.ODD)
        joined = urljoin(address, location)
        fragment = urldefrag(address).fragment
        if fragment and not urldefrag(joined).fragment:
            # RFC 9110, section 10.2.2: it goes along.
            joined = f"{urldefrag(joined).url}#{fragment}"
    except ValueError as error:
        raise Failed(Problem.ODD) from error
    return joined


def _outcome(status: int, moved_to: str) -> Outcome:
    """What the last answer says about the address."""
    if status in (404, 410):
        problem = Problem.GONE
    elif status in (401, 402, 403, 407, 451, 999):
        # 999 is no code of HTTP: so LinkedIn turns away whatever is no browser.
        problem = Problem.LOGIN
    elif status == 429:
        problem = Problem.LATER
    elif status >= 500:
        problem = Problem.SERVER
    elif status >= 300 or status < 200:
        problem = Problem.ODD
    else:
        return Outcome("", status, safe_href(moved_to) or "")
    return Outcome(problem, status)
