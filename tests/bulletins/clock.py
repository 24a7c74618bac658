"""A clock that tests can set."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime
from unittest import mock
from zoneinfo import ZoneInfo

PARIS, LONDON = ZoneInfo("Europe/Paris"), ZoneInfo("Europe/London")


@contextmanager
def at(moment: datetime):
    """Inside, it is `moment`: for models, queries and pages alike."""
    with mock.patch("django.utils.timezone.now", return_value=moment):
        yield moment


def paris(*numbers: int) -> datetime:
    return datetime(*numbers, tzinfo=PARIS)


def london(*numbers: int) -> datetime:
    return datetime(*numbers, tzinfo=LONDON)
