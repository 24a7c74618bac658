"""A bulletin as a feed reader shows it: whole, without our style sheet and far from our pages."""

from __future__ import annotations

import nh3
from django.template.loader import render_to_string
from django.utils.translation import gettext

from bulletins import places
from bulletins.models import Kind
from pictures import showing
from translations.reading import SideText

# What feed readers know; the sizes, classes and formats of our own pages are nothing to them.
TAGS = set("p h2 h3 ul ol li blockquote hr strong em a span br div".split())
TAGS |= set("figure figcaption img dl dt dd".split())
ATTRIBUTES = {"*": {"lang", "dir"}, "a": {"href", "hreflang"}, "img": {"src", "alt"}}
SCHEMES = {"http", "https", "mailto", "tel"}


def title(text: SideText) -> str:
    """The title, which is all that many people see of an entry."""
    if text.document.kind == Kind.CALLOUT and text.document.cancelled:
        # Translators: the title of a call-out in a feed reader.
        return gettext("Cancelled: %(title)s") % {"title": text.title}
    return text.title


def body(text: SideText, url: str) -> str:
    """The whole text as plain HTML with absolute addresses; `url` is its page."""
    document, language = text.document, text.lang
    page = render_to_string(
        "feeds/entry.html",
        {
            "text": text,
            "entries": text.entries,
            "event_url": document.event_address(language),
            "map_url": document.kind == Kind.CALLOUT and places.map_url(text.place),
            "lead": showing.lead(document, language, around=language),
            "gallery": showing.gallery(document, language, around=language),
        },
    )
    return portable(page, url)


def portable(html: str, base: str) -> str:
    """`html` without what only our own pages understand; `base` completes its addresses."""
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        link_rel=None,
        url_schemes=SCHEMES,
        url_relative=("rewrite_with_base", base),
    )
    lines = (line.strip(" \t\r") for line in clean.split("\n"))
    return "\n".join(line for line in lines if line)
