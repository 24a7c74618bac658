"""Call-outs in time: what can be said of one at a moment, and until when.

All of it in the zone where the call-out takes place: “today” is the day of those who go there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from core import zones

CANCELLED, UNDATED = "cancelled", "undated"
UPCOMING, TOMORROW, TODAY, NOW, PAST = "upcoming", "tomorrow", "today", "now", "past"

# Any other is a slip of the pen, and at both ends of time calendars cannot count on.
YEARS = range(1900, 2200)


@dataclass(frozen=True)
class Clock:
    """The times of a call-out as the clocks of one zone show them."""

    start: datetime
    end: datetime | None
    zone: str
    # Whether it is another day there than where the call-out takes place.
    is_other_day: bool = False

    @property
    def is_long(self) -> bool:
        """Whether it ends on another day than it starts."""
        return self.end is not None and self.end.date() != self.start.date()


def course(bulletin) -> list[tuple[datetime, str]]:
    """From when on a call-out is what, in order: tomorrow, today, now, past.

    Before the first of these it is upcoming. Empty for one without a date. One that names no end is
    never “now”, because nobody knows how long it goes on: it is today, until its day is over.
    """
    if not bulletin.starts_at:
        return []
    changes = [
        (_midnight(bulletin, -1), TOMORROW),
        (_midnight(bulletin, 0), TODAY),
        *([(bulletin.starts_at, NOW)] if bulletin.ends_at else []),
        (over_at(bulletin), PAST),
    ]
    return [(moment, state) for moment, state in changes if moment <= over_at(bulletin)]


def over_at(bulletin) -> datetime | None:
    """When a call-out is over: at its end, or with its day where it takes place."""
    return bulletin.starts_at and (bulletin.ends_at or _midnight(bulletin, 1))


def state(bulletin, now: datetime) -> str:
    """What is said of a call-out: whether it is cancelled, else where it stands in its course."""
    if bulletin.cancelled:
        return CANCELLED
    if not bulletin.starts_at:
        return UNDATED
    begun = [state for moment, state in course(bulletin) if moment <= now]
    return begun[-1] if begun else UPCOMING


def next_change(bulletin, now: datetime) -> datetime | None:
    """When something else will have to be said of a call-out; None where nothing will."""
    return next((moment for moment, _state in course(bulletin) if moment > now), None)


def days(bulletin) -> tuple[date, date]:
    """The first and the last day of a call-out that has a date.

    Midnight is the end of a day, and only where something starts the beginning of one.
    """
    start, end = bulletin.local_start, bulletin.local_end
    if end is None or end == start:
        return start.date(), start.date()
    return start.date(), (end - timedelta(microseconds=1)).date()


def here(bulletin) -> Clock | None:
    """The times of a call-out where it takes place; None for one without a date."""
    if not bulletin.starts_at:
        return None
    return _clock(bulletin, bulletin.time_zone)


def elsewhere(bulletin) -> list[Clock]:
    """The times of a call-out on the site's other clocks, where they show other times."""
    if not bulletin.starts_at:
        return []
    own = here(bulletin)
    names = zones.elsewhere(bulletin.starts_at, bulletin.time_zone)
    clocks = [_clock(bulletin, name) for name in names]
    return [replace(clock, is_other_day=_days(clock) != _days(own)) for clock in clocks]


def _clock(bulletin, name: str) -> Clock:
    zone = zones.zone(name)
    end = bulletin.ends_at and bulletin.ends_at.astimezone(zone)
    return Clock(bulletin.starts_at.astimezone(zone), end, zones.label(name))


def _days(clock: Clock) -> list[date]:
    return [moment.date() for moment in (clock.start, clock.end) if moment]


def _midnight(bulletin, further: int) -> datetime:
    """The midnight with which the day of a call-out begins, or another one so many days further."""
    zone = zones.zone(bulletin.time_zone)
    day = bulletin.starts_at.astimezone(zone).date() + timedelta(days=further)
    return datetime.combine(day, time(), zone)
