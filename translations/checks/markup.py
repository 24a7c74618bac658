"""Broken markup: the only wall, since what is broken here is lost or breaks the page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from unicodedata import normalize

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import html
from core.markup import READABLE
from translations import losses
from translations.checks.base import Check, Pair, Problem, once, quoted, text_of

# The limits keep a text of nothing but quotation marks from taking seconds.
_TAG = re.compile(
    r"""<(?P<closing>/?)(?P<name>[a-z][a-z0-9-]*)(?:[\s/](?:[^<>"']|"[^"<>]*"|'[^'<>]*'){0,2500})?>""",
    re.IGNORECASE,
)
# Where every value is quoted, as a browser writes it, a > in one is part of it.
_WHOLE_TAG = re.compile(r"""<[a-z][a-z0-9-]*(?:\s+[a-z-]+="[^"<]*")+\s*/?>""", re.IGNORECASE)
# What `core.html.losses` names and what goes with all that is inside it.
THINGS = "applet audio button canvas iframe math object script select svg textarea video".split()
_OPENS_THING = re.compile(rf"<(?:{'|'.join(THINGS)})\b", re.IGNORECASE)
_WHOLE_THING = re.compile(rf"<({'|'.join(THINGS)})\b[^<>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
# Beyond so many, nobody wrote them; looking for the end of each would take seconds.
_MOST_THINGS = 100
# Other spellings of what can be carried: canonical HTML has its own for them.
# Pictures of ours stand in rows of their own (translations/desk/along.py), and in no cell of words.
_CARRIED = {*html.ALLOWED, "b", "i", "div", "h1", "h4", "h5", "h6", "pre"} - {"img"}
_VOID = {"br", "hr"}
_MAY_STAY_OPEN = {"p", "li"}  # HTML closes them by itself, where everybody would


class Markup(Check):
    """Looks at what was typed into a text area, before it became canonical."""

    id = "markup"
    title = gettext_lazy("broken markup")

    def problems(self, pair: Pair) -> Iterator[Problem]:
        # What is canonical already cannot be broken.
        typed = pair.typed if pair.is_rich and pair.typed != pair.target_html else None
        if typed and "<" in typed:
            message = _broken(typed)
            if message:
                yield self.problem(message, [typed], wall=True)
                return
        # Tags that are there to be read: in a title, or because somebody wrote &lt;.
        if "&lt;" in pair.target_html:
            tags = [match[0] for match in _TAG.finditer(pair.target) if _is_html(match)]
            shown = [tag for tag in once(tags) if tag not in pair.source]
            if shown:
                message = _("Readers would see %(tags)s as it stands here. Take it out.")
                yield self.problem(message % {"tags": quoted(shown)}, shown)


def _broken(typed: str) -> str:
    """What is broken in a text, in words; "" where nothing is."""
    lost = html.losses(typed)
    if lost:
        return _("This text cannot hold %(what)s: take it out.") % {"what": losses.named(lost)}
    text = _without_comments(typed)
    opened: list[str] = []
    for match in _TAG.finditer(text):
        name = match["name"].lower()
        if name not in _CARRIED:
            words = {"tag": quoted([match[0]])}
            return _("This text cannot hold %(tag)s. For a plain “<”, write “&lt;”.") % words
        if name in _VOID:
            continue
        if not match["closing"]:
            opened.append(name)
            continue
        while opened and opened[-1] != name and opened[-1] in _MAY_STAY_OPEN:
            opened.pop()
        if not opened:
            return _("%(tag)s closes what was never opened.") % {"tag": quoted([match[0]])}
        if (inner := opened.pop()) != name:
            words = {"tag": quoted([match[0]]), "inner": quoted([f"<{inner}>"])}
            return _("%(tag)s stands where %(inner)s must be closed first.") % words
    open_still = [name for name in opened if name not in _MAY_STAY_OPEN]
    if open_still:
        return _("%(tag)s is never closed.") % {"tag": quoted([f"<{open_still[-1]}>"])}
    return words_lost(text, html.canonical(text))


def words_lost(typed: str, kept: str) -> str:
    """What to tell a person who `typed` words that are not in `kept`, the canonical HTML made of
    it; "" where all are there.

    What goes with something that no text can hold (`core.html.losses`) does not count: that is
    named elsewhere.
    """
    text = _without_comments(typed)
    if len(_OPENS_THING.findall(text)) <= _MOST_THINGS:
        text = _WHOLE_THING.sub(" ", text)
    words = _without_tags(text)
    if not Counter(_letters(unescape(words))) - Counter(_letters(text_of(kept))):
        return ""
    # A quotation mark that was forgotten, a tag without its >: they take the words behind them
    # along, and the parser never tells. The first “<” that begins no tag is most likely the one.
    stray = re.search(r"<[^<\s]*(?:\s[^<\s]+)?", words)
    if stray:
        message = _(
            "Words would be lost: %(words)s is no complete tag, a quotation mark or a “>” is "
            "missing. For a plain “<”, write “&lt;”."
        )
        return message % {"words": quoted([stray[0]])}
    foreign = (tag[0] for tag in _TAG.finditer(text) if tag["name"].lower() not in _CARRIED)
    return _("This text cannot hold %(tag)s. For a plain “<”, write “&lt;”.") % {
        "tag": quoted([next(foreign, "<")])
    }


def _without_comments(text: str) -> str:
    # No pattern: it would look for the end of each of fifty thousand beginnings.
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        kept.append(text[at:start])
        at = end + 3
    return "".join([*kept, text[at:]])


def _without_tags(text: str) -> str:
    return _TAG.sub("", _WHOLE_TAG.sub("", text))


def _letters(text: str) -> str:
    return "".join(c for c in normalize("NFKC", text) if c.isalnum() and READABLE.match(c))


def _is_html(match: re.Match[str]) -> bool:
    return match["name"].lower() in {*_CARRIED, "font", "img", "u"}
