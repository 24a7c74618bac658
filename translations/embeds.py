"""What stands in a text by reference: pictures, as long as nothing else is registered.

A text holds `<img src="ref:<app>.<model>/<pk>">` between its blocks and nothing else about it
(`core.canonical`); what readers get in its place is made by whoever registers the model, for each
reader and each time. A reference to what nobody registered, or to what is gone, shows nothing.

    embeds.register("app.model", show, preview=preview)

Somebody who writes without the editor can say `[model pk]`, alone in a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape, unescape

from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from core.html import canonical
from core.segments import Segment

REFERENCE = re.compile(r"ref:(?P<label>[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*)/(?P<pk>[A-Za-z0-9_-]+)")
_EMBEDDED = re.compile(r'<img src="([^"]*)">')
_MARKER = re.compile(r"<p>\s*\[(?P<word>[A-Za-z0-9_]+)[\s\u00a0]+(?P<pk>\d{1,18})\]\s*</p>")

# Given the side in whose text it stands (`translations.reading.SideText`) and a primary key, it
# gives safe HTML, "" for nothing.
Show = Callable[[object, str], str]


@dataclass(frozen=True)
class Kind:
    """How one model is shown in texts."""

    show: Show
    preview: Show


kinds: dict[str, Kind] = {}


def register(label: str, show: Show, *, preview: Show | None = None):
    """Let texts show objects of the model `label` ("app.model").

    `show` is for readers; `preview` (else `show`) for people who work here, who may see what
    readers do not see yet.
    """
    kinds[label] = Kind(show, preview or show)


def reference(label: str, pk) -> str:
    """The stored form of a reference."""
    return f"ref:{label}/{pk}"


def embedded(address: str) -> str:
    """The canonical HTML of a reference in a text."""
    return f'<img src="{escape(address)}">'


def shown(html: str, side) -> str:
    """Canonical HTML with what its references stand for, as the reader of `side` gets it."""
    if "<img " not in html:
        return html
    return _EMBEDDED.sub(lambda match: one(unescape(match[1]), side), html)


def one(address: str, side) -> SafeString:
    """What one reference stands for, as safe HTML; "" for nothing."""
    match = REFERENCE.fullmatch(address)
    kind = kinds.get(match["label"]) if match else None
    if kind is None:
        return mark_safe("")
    show = kind.preview if side.is_preview else kind.show
    return conditional_escape(show(side, match["pk"]) or "")


# In plain text ----------------------------------------------------------------------------------


def marker(address: str) -> str:
    """A reference in words, as a person without the editor writes it: “[model 7]”."""
    match = REFERENCE.fullmatch(address)
    return f"[{match['label'].partition('.')[2]} {match['pk']}]" if match else f"[{address}]"


def in_words(segment: Segment) -> str:
    """The words of a segment, or the marker of what it refers to."""
    return marker(segment.html) if segment.is_picture else segment.text


def from_markers(html: str) -> str:
    """Canonical HTML with references where a paragraph is a marker of something that is there.

    What is not there stays as it was written: these may be somebody's words.
    """
    if "[" not in html:
        return html
    found = _MARKER.sub(_referred, html)
    # A picture ends the list or quotation that the paragraph stood in.
    return html if found == html else canonical(found)


def _referred(match: re.Match[str]) -> str:
    word, pk = match["word"].lower(), str(int(match["pk"]))
    for label in kinds:
        if label.partition(".")[2] == word and _is_there(label, pk):
            return embedded(reference(label, pk))
    return match[0]


def _is_there(label: str, pk: str) -> bool:
    try:
        return apps.get_model(label)._base_manager.filter(pk=pk).exists()
    except (LookupError, ValueError, ValidationError):  # no such model, or no such kind of key
        return False
