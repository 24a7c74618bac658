"""What is said of a call-out at a moment, until when, and on which clocks."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from bulletins import places, timing
from bulletins.models import Bulletin, Kind
from core import zones
from tests import factories
from tests.bulletins import clock
from tests.bulletins.clock import london, paris

MINUTE = timedelta(minutes=1)


def callout(starts=None, ends=None, zone="Europe/Paris", **fields):
    return Bulletin(kind=Kind.CALLOUT, starts_at=starts, ends_at=ends, time_zone=zone, **fields)


HEARING = {"starts": paris(2026, 12, 2, 8), "ends": paris(2026, 12, 2, 12, 30)}


# States -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (paris(2026, 11, 30, 23, 59), "upcoming"),
        (paris(2026, 12, 1, 0, 0), "tomorrow"),
        (paris(2026, 12, 1, 23, 59), "tomorrow"),
        (paris(2026, 12, 2, 0, 0), "today"),
        (paris(2026, 12, 2, 7, 59), "today"),
        (paris(2026, 12, 2, 8, 0), "now"),
        (paris(2026, 12, 2, 12, 29), "now"),
        (paris(2026, 12, 2, 12, 30), "past"),
        (paris(2027, 12, 2), "past"),
    ],
)
def test_a_callout_goes_through_its_states(now, state):
    assert timing.state(callout(**HEARING), now) == state


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (paris(2026, 12, 2, 7, 59), "today"),
        # Nobody knows how long it goes on.
        (paris(2026, 12, 2, 22, 0), "today"),
        (paris(2026, 12, 3, 0, 0), "past"),
    ],
)
def test_one_without_an_end_is_today_until_its_day_is_over(now, state):
    assert timing.state(callout(HEARING["starts"]), now) == state


def test_one_that_takes_days_goes_on_over_midnight():
    camp = callout(paris(2026, 12, 4, 18), paris(2026, 12, 6, 12))

    states = [timing.state(camp, paris(2026, 12, day, 17)) for day in (3, 4, 5, 6)]
    assert states == ["tomorrow", "today", "now", "past"]


def test_today_is_the_day_where_it_takes_place():
    starts = datetime(2026, 12, 2, 9, tzinfo=ZoneInfo("Pacific/Auckland"))
    bulletin = callout(starts, zone="Pacific/Auckland")

    assert timing.state(bulletin, paris(2026, 12, 1, 12, 0)) == "today"


def test_a_cancelled_one_is_cancelled_at_any_time():
    bulletin = callout(**HEARING, cancelled=True)

    states = {timing.state(bulletin, paris(2026, 12, day, 9)) for day in (1, 2, 3)}
    assert states == {"cancelled"}


def test_one_without_a_date_is_undated_and_never_changes():
    assert timing.state(callout(), paris(2026, 12, 1)) == "undated"
    assert timing.next_change(callout(), paris(2026, 12, 1)) is None


def test_an_update_has_no_state():
    assert Bulletin(kind=Kind.UPDATE, starts_at=paris(2026, 12, 2)).state == ""


def test_when_and_state_agree_on_what_is_over():
    for bulletin in (callout(**HEARING), callout(HEARING["starts"])):
        for hour in range(96):
            with clock.at(paris(2026, 11, 30) + timedelta(hours=hour)):
                assert (bulletin.when == "past") == (bulletin.state == "past")


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        (HEARING["starts"], HEARING["ends"]),
        (HEARING["starts"], None),
        (paris(2026, 12, 4, 18), paris(2026, 12, 6, 12)),
        (paris(2026, 12, 2, 0), paris(2026, 12, 2, 0)),
        (paris(2026, 3, 29, 1, 30), paris(2026, 3, 29, 3, 30)),
        (paris(2026, 10, 25, 2, 30), None),
    ],
)
def test_nothing_else_is_said_before_the_next_change(starts, ends):
    bulletin = callout(starts, ends)
    now = starts - timedelta(days=3)
    states = [timing.state(bulletin, now)]
    while change := timing.next_change(bulletin, now):
        assert timing.state(bulletin, change - timedelta(microseconds=1)) == states[-1]
        states.append(timing.state(bulletin, change))
        now = change

    assert len(set(states)) == len(states)
    assert states[-1] == "past"


# Days and clocks ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ends", "last"),
    [
        (None, 2),
        (paris(2026, 12, 2, 8), 2),
        (paris(2026, 12, 3, 0, 0), 2),
        (paris(2026, 12, 3, 0, 1), 3),
    ],
)
def test_midnight_ends_a_day_and_begins_none(ends, last):
    days = timing.days(callout(HEARING["starts"], ends))

    assert days == (date(2026, 12, 2), date(2026, 12, last))


def told(bulletin, *names) -> list:
    with zones.shown(*names):
        return [
            (f"{c.start:%H:%M}", c.end and f"{c.end:%H:%M}", c.zone, c.is_other_day)
            for c in bulletin.elsewhere
        ]


BOTH = ("Europe/Paris", "Europe/London")


def test_the_other_clock_of_the_site_is_told_on_either_side():
    here, there = callout(**HEARING), callout(london(2026, 12, 2, 19), zone="Europe/London")

    assert told(here, *BOTH) == [("07:00", "11:30", "London time", False)]
    assert told(there, *BOTH) == [("20:00", None, "Paris time", False)]


def test_a_clock_that_shows_the_same_is_not_told_twice():
    brussels = callout(**HEARING, zone="Europe/Brussels")

    assert told(brussels, *BOTH) == [("07:00", "11:30", "London time", False)]


def test_no_other_clock_is_told_where_the_site_has_none():
    assert told(callout(**HEARING)) == []
    assert told(callout(), *BOTH) == []


def test_the_day_is_told_where_the_other_clock_is_on_another():
    assert told(callout(paris(2026, 12, 2, 0, 30)), *BOTH) == [("23:30", None, "London time", True)]


def test_nothing_is_shown_of_one_page_on_the_next():
    with zones.shown(*BOTH):
        pass

    assert told(callout(**HEARING)) == []


def test_the_two_clocks_agree_where_only_one_of_them_has_changed():
    # Between the two changes of spring, New York is an hour nearer.
    march = callout(paris(2026, 3, 20, 14))

    assert told(march, "Europe/Paris", "America/New_York") == [
        ("09:00", None, "New York time", False)
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("year", [1, 206, 2206, 9999])
@pytest.mark.parametrize("field", ["published_at", "starts_at", "ends_at"])
def test_a_slip_of_the_pen_for_a_year_is_refused(year, field):
    moment = datetime(year, 6, 2, 8, tzinfo=clock.PARIS)
    bulletin = Bulletin(kind=Kind.CALLOUT, title_en="x", body_en="<p>x</p>", **{field: moment})

    with pytest.raises(ValidationError) as refusal:
        bulletin.full_clean()

    assert refusal.value.message_dict[field] == ["Look at the year again."]


# Queries ------------------------------------------------------------------------------------------

ZONES = ("Europe/Paris", "Pacific/Auckland", "America/New_York", "Africa/Cairo", "UTC")


@pytest.mark.django_db
@pytest.mark.parametrize("now", [paris(2026, 10, 25, 12), paris(2026, 12, 2, 0, 5)])
def test_sql_and_python_agree_on_what_is_over(now):
    for hours in range(-30, 12, 3):
        starts = now + timedelta(hours=hours)
        for zone in ZONES:
            factories.live(kind=Kind.CALLOUT, starts_at=starts, time_zone=zone)
        factories.live(kind=Kind.CALLOUT, starts_at=starts, ends_at=starts + timedelta(hours=5))
    factories.live(kind=Kind.CALLOUT)

    with clock.at(now):
        expected = {b for b in Bulletin.objects.callouts() if b.when in ("upcoming", "now")}
        over = {b for b in Bulletin.objects.callouts() if b.when == "past"}
        assert set(Bulletin.objects.upcoming()) == expected
        assert set(Bulletin.objects.over()) == over
    assert expected
    assert over


@pytest.mark.django_db
def test_callouts_come_first_by_what_is_next_and_last_by_what_was_latest():
    now = paris(2026, 12, 2, 12)
    for title, days in {"Next week": 7, "Long over": -30, "Soon": 1, "Just over": -2}.items():
        starts = now + timedelta(days=days)
        factories.live(kind=Kind.CALLOUT, title_en=title, starts_at=starts)
    factories.live(kind=Kind.CALLOUT, title_en="No date")

    with clock.at(now):
        titles = [b.title_en for b in Bulletin.objects.callouts().coming_first()]

    assert titles == ["Soon", "Next week", "No date", "Just over", "Long over"]


# Places -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "query"),
    [
        ("Tar Lane, Selmouth", "Tar+Lane%2C+Selmouth"),
        ("The Ropewalk (step-free entrance (in the yard)), Selmouth", "The+Ropewalk%2C+Selmouth"),
        ("12\u00a0rue de l’Église (2\u1d49 étage)", "12+rue+de+l%E2%80%99%C3%89glise"),
    ],
)
def test_a_place_is_looked_for_without_remarks(place, query):
    assert places.map_url(place) == f"https://www.openstreetmap.org/search?query={query}"


@pytest.mark.parametrize("place", ["", "(to be said)", "https://meet.example.org/room"])
def test_what_is_on_no_map_is_not_looked_for(place):
    assert places.map_url(place) == ""
