from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from core import zones


@pytest.mark.parametrize("name", ["Europe/Paris", "America/Argentina/Buenos_Aires", "UTC"])
def test_region_and_city_name_a_zone(name):
    zones.validate(name)

    assert zones.zone(name) == ZoneInfo(name)


@pytest.mark.parametrize(
    "name", ["", "CET", "EST5EDT", "US/Eastern", "Etc/GMT+5", "Paris", "europe/paris", "../../etc"]
)
def test_what_is_no_region_and_city_is_refused_and_read_as_utc(name):
    with pytest.raises(ValidationError, match="is no time zone"):
        zones.validate(name)

    assert zones.zone(name) == ZoneInfo("UTC")


def test_a_zone_is_called_by_its_city():
    cities = [zones.city(name) for name in ("Europe/Paris", "America/New_York", "UTC")]

    assert cities == ["Paris", "New York", "UTC"]


def test_the_names_are_each_there_once_with_utc_at_their_end():
    names = zones.names()

    assert (len(names), names[-1]) == (len(set(names)), "UTC")


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Europe/London", "London time"),
        ("America/New_York", "New York time"),
        ("UTC", "UTC"),
    ],
)
def test_a_zone_has_words_that_stand_after_a_time(name, label):
    assert zones.label(name) == label


def test_every_zone_with_words_of_its_own_is_one():
    assert [name for name in zones.LABELS if name not in zones.names()] == []


def test_today_began_once_in_each_zone_and_not_long_ago():
    now = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    began = zones.beginnings(now)

    assert sorted(name for _moment, names in began for name in names) == sorted(zones.names())
    for moment, names in began:
        assert now - timedelta(hours=25) < moment <= now
        assert {moment.astimezone(ZoneInfo(name)).strftime("%H:%M") for name in names} == {"00:00"}


def test_the_clocks_that_are_shown_are_those_that_differ():
    moment = datetime(2026, 12, 2, 7, tzinfo=UTC)
    with zones.shown("Europe/Paris", "Europe/London", "Europe/Berlin"):
        assert zones.elsewhere(moment, "Europe/Paris") == ["Europe/London"]
        assert zones.elsewhere(moment, "Europe/Athens") == ["Europe/Paris", "Europe/London"]
    assert zones.elsewhere(moment, "Europe/Paris") == []
