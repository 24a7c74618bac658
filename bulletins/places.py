"""Where a call-out takes place, looked up on somebody else's map."""

from __future__ import annotations

import re
from urllib.parse import urlencode

_REMARK = re.compile(r"\([^()]*\)")


def map_url(place: str) -> str:
    """Where OpenStreetMap looks for `place`; "" for one that is on no map.

    What stands in parentheses ("step-free entrance in the yard") helps people and no search.
    """
    words = str(place)
    while words != (words := _REMARK.sub(" ", words)):
        pass
    address = " ".join(words.replace("(", " ").replace(")", " ").split())
    address = re.sub(r"\s+(?=,)", "", address).strip(" ,")
    if not address or "://" in address:
        return ""
    return f"https://www.openstreetmap.org/search?{urlencode({'query': address})}"
