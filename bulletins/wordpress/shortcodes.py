"""WordPress shortcodes (`[gallery ids="1,2"]`) taken out of a text.

Which shortcodes a site knew is not in its export. Taken for one is what core and the usual
plugins register, what has an attribute (`[x y="z"]`), and what is closed (`[x]…[/x]`).
Everything else in brackets is an author's own words: [sic], [EN], [Calais, 20 August].
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable

# A comment survives in any place of an HTML text and cannot be taken for words.
BREAK = "<!--break-->"
# Around a picture and the words under it.
CAPTION, CAPTION_END = "<!--caption-->", "<!--/caption-->"

_KINDS = {
    "gallery": "gallery nggallery slideshow",
    "video": "video wpvideo videopress youtube vimeo dailymotion googlevideo blip.tv",
    "audio": "audio playlist soundcloud bandcamp",
    "embed": "embed tweet instagram facebook flickr scribd slideshare googleapps",
    "map": "googlemaps",
    "table": "tablepress",
    "form": (
        "contact-form contact-field contact-form-7 gravityform gravityforms wpforms "
        "ninja_form mailpoet_form blog_subscription_form jetpack_subscription_form"
    ),
    "poll": "polldaddy crowdsignal",
    "": "caption wp_caption",
}
_KIND_OF = {name: kind for kind, names in _KINDS.items() for name in names.split()}
_WITH_ADDRESS = {"video", "audio", "embed"}
# Page builders wrap each paragraph; without a break two of them would run together.
_BUILDER = re.compile(r"(?:et_pb|vc|fusion|av|cs|ux)_")

# HTML tags and addresses such as https://example.org/?a[gallery]=1 are matched so as to be passed
# over. Each part stops at the next bracket or tag: the time stays in proportion to the text.
_TOKEN = re.compile(
    r"<[!/a-zA-Z][^<>]*>"
    r"|https?://[^\s<>\"'\[\]]+(?:\[[^\s\[\]/=]*\]=?[^\s<>\"'\[\]]*)*"
    r"|(?P<open>\[?)\[(?P<slash>/?)(?P<name>[^\W\d_][\w.-]{0,60})"
    r"(?P<attributes>(?:[\s=/][^\[\]]*)?)\](?P<close>\]?)"
)
_ATTRIBUTE = re.compile(r"""[\w-]=(?:["'“”″«\d]|&quot;|&#82\d\d;)""")
_CLOSING = re.compile(r"\[/([^\W\d_][\w.-]{0,60})\](\]?)")
_ADDRESS = re.compile(r"""https?://[^\s"'<>\[\]“”″]+""")
_NEXT_CAPTION = re.compile(r"\[(/?)(?:wp_)?caption(?:[\s=/][^\[\]]*)?\]", re.IGNORECASE)
_CAPTION = re.compile(r"""caption=(?:"([^"]*)"|'([^']*)')""")


def remove(
    text: str, note: Callable[[str], None], gallery: Callable[[str], bool] | None = None
) -> str:
    """The text without its shortcodes; what each one stood for is told to `note`.

    `gallery` is given the attributes of a gallery of WordPress's own, and says whether there is
    nothing left to tell of it. CAPTION and CAPTION_END stand around a picture with words under it.
    Words between an opening and a closing shortcode stay. Addresses of videos, sounds and
    embedded pages stay on a line of their own. `[[gallery]]`, which WordPress shows as
    [gallery], becomes that.
    """
    if "[" not in text:
        return text
    closed = {name.lower() for name, _ in _CLOSING.findall(text)}
    closed_escaped = {name.lower() for name, last in _CLOSING.findall(text) if last}
    escaping: set[str] = set()
    captions = _Captions(text)

    def replaced(token: re.Match[str]) -> str:
        if token["name"] is None:
            return token[0]
        name, attributes = token["name"].lower(), token["attributes"]
        if not (name in _KIND_OF or name in closed or _ATTRIBUTE.search(attributes)):
            return token[0]
        opens, closes = token["open"], token["close"]
        if opens and closes:
            return token[0][1:-1]
        if opens and name in closed_escaped:
            escaping.add(name)
            return token[0][1:]
        if token["slash"] and closes and name in escaping:
            escaping.discard(name)
            return token[0][:-1]
        if _KIND_OF.get(name) == "":
            return opens + captions.stand_in(token) + closes
        if name == "gallery" and gallery and not token["slash"] and gallery(attributes):
            return opens + BREAK + closes
        return opens + _stand_in(name, bool(token["slash"]), attributes, note) + closes

    return _TOKEN.sub(replaced, text)


def _stand_in(name: str, is_end: bool, attributes: str, note: Callable[[str], None]) -> str:
    kind = _KIND_OF.get(name)
    if not is_end:
        note(kind or f"shortcode “{name}”")
    if kind in _WITH_ADDRESS:
        address = _ADDRESS.search(html.unescape(attributes))
        return BREAK + (f"{html.escape(address[0])}{BREAK}" if address else "")
    if kind is not None or _BUILDER.match(name):
        return BREAK
    return ""


class _Captions:
    """The captions of one text, whose shortcodes are met in their order."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._words: dict[int, str] = {}

    def stand_in(self, token: re.Match[str]) -> str:
        at = token.start("slash") - 1
        if token["slash"]:
            return f"{self._words.pop(at, '')}{CAPTION_END}"
        # The oldest form has the words as an attribute, and then the picture alone inside.
        found = _CAPTION.search(token["attributes"])
        words = (found[1] or found[2] or "") if found else ""
        following = _NEXT_CAPTION.search(self._text, token.end())
        if following and following[1]:
            self._words[following.start()] = words
            return CAPTION
        return f"{BREAK}{words}{BREAK}" if words else BREAK
