"""Call-outs as iCalendar (RFC 5545), for the calendars that people carry with them.

A call-out is the same event in every language: its UID is its own (RFC 7986, 5.3: a UUID, which
tells of no host), so that nobody who follows two calendars has it twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from django.utils import timezone
from django.utils.translation import gettext, override
from icalendar import (
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vCalAddress,
    vDuration,
    vText,
)

from core import zones

PRODUCT = "-//Tract//Tract//EN"
# How often a calendar that follows ours may ask: a cancellation should not wait for a day.
REFRESH = timedelta(hours=1)


@dataclass(frozen=True)
class Entry:
    """A side of a call-out, with what the calendar needs beside it: its absolute address, and when
    the side last said something new."""

    text: object
    url: str
    changed_at: datetime


def write(entries: list[Entry], site, address: str, *, name: str = "") -> bytes:
    """A calendar of call-outs that have a date, each in the language of its side.

    `site` is the side of the identity, `address` its absolute address, `name` what people see
    above the calendar that they follow; without one it is a file of one event.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", vDuration(REFRESH), {"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vDuration(REFRESH))
    bulletins = [entry.text.document for entry in entries]
    # A calendar without anything in it would be none (3.6).
    for zone in _zones(bulletins) or [_now(site.document.default_time_zone)]:
        calendar.add_component(zone)
    organizer = _organizer(site, address)
    for entry in entries:
        calendar.add_component(_event(entry, organizer))
    return calendar.to_ical()


def _event(entry: Entry, organizer: vCalAddress) -> Event:
    text, bulletin = entry.text, entry.text.document
    language = {"LANGUAGE": text.lang}
    event = Event()
    event.add("uid", str(bulletin.uid))
    # Of a published calendar these may be when it was written, or when it last changed: only the
    # second leaves the bytes, and so the ETag, as they were.
    event.add("dtstamp", entry.changed_at.astimezone(UTC))
    event.add("last-modified", entry.changed_at.astimezone(UTC))
    event.add("sequence", bulletin.sequence)
    event.add("status", "CANCELLED" if bulletin.cancelled else "CONFIRMED")
    for field, moment in zip(("dtstart", "dtend"), _moments(bulletin), strict=False):
        event.add(field, moment)
    event.add("summary", _summary(text), language)
    words = text.summary or text.excerpt
    event.add("description", f"{words}\n\n{entry.url}" if words else entry.url, language)
    if text.place:
        event.add("location", str(text.place), {"LANGUAGE": text.place.lang})
    if names := [topic.name for topic in text.topics]:
        event.add("categories", [vText(name) for name in names])
    event.add("url", entry.url)
    event.add("organizer", organizer)
    return event


def _summary(text) -> str:
    """The title. Many calendars show a cancelled event like any other: it says so itself."""
    if not text.document.cancelled:
        return text.title
    with override(text.lang):
        # Translators: the title of a call-out in people's own calendars.
        return gettext("Cancelled: %(title)s") % {"title": text.title}


def _organizer(site, address: str) -> vCalAddress:
    """The collective: RFC 5546, 3.2.1, wants one of each event that is published."""
    email = site.document.email
    organizer = vCalAddress(f"mailto:{email}" if email else address)
    if name := site.byline or site.name:
        organizer.params["CN"] = str(name)
    return organizer


def _moments(bulletin) -> list[datetime]:
    """When it starts and, where that is said, ends: on its own clock.

    An end has to be later than the start (3.8.2.2), so one that is not says nothing. In the hour
    that comes twice when summer ends, that clock could only mean the first (3.3.5).
    """
    has_end = bulletin.ends_at and bulletin.ends_at > bulletin.starts_at
    moments = [bulletin.local_start, *([bulletin.local_end] if has_end else [])]
    if bulletin.time_zone == "UTC" or any(moment.fold for moment in moments):
        return [moment.astimezone(UTC) for moment in moments]
    return moments


# Time zones ---------------------------------------------------------------------------------------


def _zones(bulletins) -> list[Timezone]:
    """A VTIMEZONE for each zone that is used, for the years in which it is."""
    years: dict[str, set[int]] = {}
    for bulletin in bulletins:
        for moment in _moments(bulletin):
            if moment.tzinfo is not UTC:
                years.setdefault(moment.tzinfo.key, set()).add(moment.year)
    return [_zone(name, found) for name, found in sorted(years.items())]


def _now(name: str) -> Timezone:
    return _zone(name, {timezone.now().year})


def _zone(name: str, years: set[int]) -> Timezone:
    # Written here because icalendar 7.3 dates the beginning of summer by the clock after the change
    # (3.6.5 wants the one before it), which makes an hour of that day wrong.
    zone = Timezone()
    zone.add("tzid", name)
    for year in sorted(years):
        changes = _changes(name, year)
        for change in changes[1:] if year - 1 in years else changes:
            observance = TimezoneDaylight() if change.is_summer else TimezoneStandard()
            observance.add("dtstart", (change.moment + change.before).replace(tzinfo=None))
            observance.add("tzoffsetfrom", change.before)
            observance.add("tzoffsetto", change.after)
            observance.add("tzname", change.abbreviation)
            zone.add_component(observance)
    return zone


@dataclass(frozen=True)
class _Change:
    """A zone's clock is set: the offset before, and what holds after."""

    moment: datetime
    before: timedelta
    after: timedelta
    is_summer: bool
    abbreviation: str


@lru_cache(maxsize=256)
def _changes(name: str, year: int) -> list[_Change]:
    """How a zone's clock stands when a year begins, then each time that it is set in it."""
    zone = zones.zone(name)
    # A day more at either end: the year begins and ends at another moment in each zone.
    moment = datetime(year, 1, 1, tzinfo=UTC) - timedelta(days=1)
    before = moment.astimezone(zone).utcoffset()
    found = [_change(moment, before, zone)]
    for _day in range(368):
        following = moment + timedelta(days=1)
        if following.astimezone(zone).utcoffset() != before:
            found.append(_change(_set_between(moment, following, zone), before, zone))
            before = found[-1].after
        moment = following
    return found


def _change(moment: datetime, before: timedelta, zone) -> _Change:
    local = moment.astimezone(zone)
    return _Change(moment, before, local.utcoffset(), bool(local.dst()), local.tzname())


def _set_between(low: datetime, high: datetime, zone) -> datetime:
    """The second between two moments at which a zone's clock was set."""
    offset = low.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = (low + (high - low) / 2).replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return high
