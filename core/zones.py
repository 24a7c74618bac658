"""Time zones by their IANA names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, time
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# Old aliases and abbreviations; a region and a city say it better.
REGIONS = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia")
REGIONS += ("Europe", "Indian", "Pacific")

# Sentences of their own, because the name of a city changes with the language and bends the words
# around it. Any other city is called as its zone is.
LABELS = {
    # Translators: it stands after a time of day.
    "Europe/London": gettext_lazy("London time"),
    "Europe/Paris": gettext_lazy("Paris time"),
    "Europe/Brussels": gettext_lazy("Brussels time"),
    "Europe/Dublin": gettext_lazy("Dublin time"),
    "Europe/Lisbon": gettext_lazy("Lisbon time"),
    "Europe/Madrid": gettext_lazy("Madrid time"),
    "Europe/Rome": gettext_lazy("Rome time"),
    "Europe/Berlin": gettext_lazy("Berlin time"),
    "Europe/Vienna": gettext_lazy("Vienna time"),
    "Europe/Warsaw": gettext_lazy("Warsaw time"),
    "Europe/Athens": gettext_lazy("Athens time"),
    "Europe/Istanbul": gettext_lazy("Istanbul time"),
    "Africa/Algiers": gettext_lazy("Algiers time"),
    "Africa/Cairo": gettext_lazy("Cairo time"),
    "Africa/Tunis": gettext_lazy("Tunis time"),
    # Translators: Coordinated Universal Time; it stands after a time of day.
    "UTC": gettext_lazy("UTC"),
}

_shown: ContextVar[tuple[str, ...]] = ContextVar("zones_of_the_site", default=())


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


def label(name: str) -> str:
    """A zone in words, as it stands after a time of day: “Paris time”."""
    return str(LABELS[name]) if name in LABELS else _("%(city)s time") % {"city": city(name)}


def beginnings(now: datetime) -> list[tuple[datetime, list[str]]]:
    """When today began, in every zone: each moment with the zones in which it was midnight then."""
    # Days begin on the quarter of an hour, everywhere.
    now = now.astimezone(UTC)
    return _beginnings(now.replace(minute=now.minute // 15 * 15, second=0, microsecond=0))


@lru_cache(maxsize=4)
def _beginnings(now: datetime) -> list[tuple[datetime, list[str]]]:
    found = defaultdict(list)
    for name in names():
        zone = ZoneInfo(name)
        midnight = datetime.combine(now.astimezone(zone).date(), time(), zone)
        found[midnight.astimezone(UTC)].append(name)
    return sorted(found.items())


@contextmanager
def shown(*zones: str) -> Iterator[None]:
    """What is rendered inside gives its times on the clocks of these zones, too."""
    token = _shown.set(zones)
    try:
        yield
    finally:
        _shown.reset(token)


def elsewhere(moment: datetime, here: str) -> list[str]:
    """The zones that are `shown`, and whose clocks show another time then than the one `here`."""
    told = {moment.astimezone(zone(here)).utcoffset()}
    found = []
    for name in _shown.get():
        offset = moment.astimezone(zone(name)).utcoffset()
        if offset not in told:
            told.add(offset)
            found.append(name)
    return found
