"""What is kept of a visit, and when the next one is due."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from links.checking.outcomes import Outcome, Problem, Verdict
from links.models import CheckedLink

WORKS = timedelta(days=7)
FAILS = timedelta(days=1)
# What has been broken for a month is hardly mended overnight.
LONG = 30


def record(pk: int, outcome: Outcome, *, at: datetime | None = None):
    """Keep what a visit found. A link that is no longer there stays away."""
    link = CheckedLink.objects.filter(pk=pk).first()
    if link is None:
        return
    now = at or timezone.now()
    verdict = outcome.verdict
    failures, failing_since = link.failures, link.failing_since
    if verdict == Verdict.BROKEN:
        failures, failing_since = failures + 1, failing_since or now
    elif verdict != Verdict.UNSURE:
        # What is unsure neither fails once more nor works again.
        failures, failing_since = 0, None
    CheckedLink.objects.filter(pk=pk).update(
        verdict=verdict,
        problem=outcome.problem,
        status=outcome.status,
        moved_to=outcome.moved_to if verdict == Verdict.MOVED else "",
        checked_at=now,
        due_at=now + _pause(verdict, outcome.problem, failures),
        failures=failures,
        failing_since=failing_since,
    )


def _pause(verdict: str, problem: str, failures: int) -> timedelta:
    if verdict == Verdict.BROKEN:
        return FAILS if failures < LONG else WORKS
    if problem in (Problem.LATER, Problem.OUR_NETWORK):
        return FAILS
    return WORKS
