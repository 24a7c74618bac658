"""Time zones by their IANA names."""

from __future__ import annotations

from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Old aliases and abbreviations; a region and a city say it better.
REGIONS = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia")
REGIONS += ("Europe", "Indian", "Pacific")


@cache
def names() -> list[str]:
    """Every zone named by region and city, and UTC."""
    return [*sorted(n for n in available_timezones() if n.split("/")[0] in REGIONS), "UTC"]


def validate(name: str):
    """Raise ValidationError unless `name` is a time zone."""
    if name not in names():
        raise ValidationError(
            _("“%(name)s” is no time zone. Write region and city, such as Europe/Paris.")
            % {"name": name}
        )


def zone(name: str) -> ZoneInfo:
    """The zone called `name`; UTC for one that this machine does not know."""
    return ZoneInfo(name if name in names() else "UTC")


def city(name: str) -> str:
    """The city that gives a zone its name: Europe/Paris → Paris."""
    return name.rsplit("/", 1)[-1].replace("_", " ")
