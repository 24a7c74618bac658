from __future__ import annotations

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
