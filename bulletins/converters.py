"""Years and months in addresses: four digits and two, each month at one address."""

from __future__ import annotations

from django.urls import register_converter
from django.urls.converters import get_converters


class Year:
    # Python counts to 9999, and whoever asks for a month asks for the one after it, too.
    regex = "[12][0-9]{3}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int | str) -> str:
        return f"{int(value):04}"


class Month(Year):
    regex = "0[1-9]|1[0-2]"

    def to_url(self, value: int | str) -> str:
        return f"{int(value):02}"


def register():
    """Called before the first address that has a year in it."""
    for name, converter in {"yyyy": Year, "mm": Month}.items():
        if name not in get_converters():
            register_converter(converter, name)
