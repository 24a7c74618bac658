"""What canonical HTML cannot carry, by name, so that it can be said before it is lost."""

from __future__ import annotations

import nh3

from core.addresses import SCHEMES, safe_href, safe_src
from core.markup import clean_characters, tokens

_LOSSES = {
    "applet": "embed",
    "audio": "audio",
    "button": "form",
    "canvas": "image",
    "del": "strikethrough",
    "embed": "embed",
    "iframe": "embed",
    "img": "image",
    "input": "form",
    "math": "formula",
    "object": "embed",
    "s": "strikethrough",
    "script": "script",
    "select": "form",
    "strike": "strikethrough",
    "svg": "image",
    "table": "table",
    "textarea": "form",
    "video": "video",
}

# fmt: off
# nh3 hides a link's address unless it knows the scheme; these are named so that `losses` sees them.
_KNOWN_REFUSED = {
    "about", "blob", "data", "file", "ftp", "geo", "irc", "ircs", "javascript", "magnet",
    "matrix", "sftp", "sgnl", "sms", "tg", "vbscript", "webcal", "whatsapp", "xmpp",
}
# fmt: on
_PARSER = nh3.Cleaner(
    tags={*_LOSSES, "a", "ol"},
    attributes={"a": {"href"}, "img": {"src"}, "ol": {"start", "reversed"}},
    clean_content_tags=set(),
    link_rel=None,
    url_schemes={*SCHEMES, *_KNOWN_REFUSED},
)


def losses(html: str | None) -> list[str]:
    """Name what `canonical` cannot carry: "table", "image", "embed", "link" …, sorted, each once.

    The words of a table, of struck-out text or of a refused link stay; the rest goes whole.
    """
    found = set()
    for closing, tag, attributes, _text in tokens(_PARSER.clean(clean_characters(html or ""))):
        if closing or not tag:
            continue
        if tag == "img" and safe_src(attributes.get("src", "")):
            continue
        if tag in _LOSSES:
            found.add(_LOSSES[tag])
        elif tag == "a" and safe_href(attributes.get("href", "#")) is None:
            found.add("link")
        elif tag == "ol" and ("reversed" in attributes or attributes.get("start", "1") != "1"):
            found.add("numbering")
    return sorted(found)
