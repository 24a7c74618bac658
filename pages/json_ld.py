"""Data for machines in the head of a page (JSON-LD 1.1, 7)."""

from __future__ import annotations

import json

from django.utils.safestring import SafeString, mark_safe

# What would end the block or open another in HTML, and what ends a line in old JavaScript.
_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def block(data: dict) -> SafeString:
    """`data` as a block for the head. It is no script: browsers run nothing in it."""
    text = json.dumps(_without_gaps(data), ensure_ascii=False, separators=(",", ":"))
    # Nothing in it can end it any more.
    return mark_safe(f'<script type="application/ld+json">{text.translate(_ESCAPES)}</script>')


def _without_gaps(data: dict) -> dict:
    """Without what is not known."""
    filled = {
        name: _without_gaps(value) if isinstance(value, dict) else value
        for name, value in data.items()
    }
    known = {name: value for name, value in filled.items() if value not in (None, "", [], {})}
    return known if known.keys() - {"@type"} else {}
