"""What a licence is called, by its address."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_CREATIVE_COMMONS = re.compile(
    r"https?://(?:www\.)?creativecommons\.org/licenses/(?P<terms>[a-z-]+)/(?P<version>[\d.]+)"
)
_ZERO = re.compile(r"https?://(?:www\.)?creativecommons\.org/publicdomain/zero/")


def name(address: str) -> str:
    """The short name of a Creative Commons licence (“CC BY-SA 4.0”), else the host that has it."""
    if found := _CREATIVE_COMMONS.match(address):
        return f"CC {found['terms'].upper()} {found['version']}"
    if _ZERO.match(address):
        return "CC0"
    return (urlsplit(address).hostname or address).removeprefix("www.")
