"""Broken markup: the only wall, since what is broken here is lost or breaks the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from unicodedata import normalize

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import html
from translations.checks.base import Check, Pair, Problem, once, quoted, text_of
from translations.forms import LOST

# The limits keep a text of nothing but quotation marks from taking seconds.
_TAG = re.compile(
    r"""<(?P<closing>/?)(?P<name>[a-z][a-z0-9-]*)(?:[\s/](?:[^<>"']|"[^"<>]*"|'[^'<>]*'){0,2500})?>""",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
# Other spellings of what can be carried: canonical HTML has its own for them.
_CARRIED = {*html.ALLOWED, "b", "i", "div", "h1", "h4", "h5", "h6", "pre"}
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
        what = ", ".join(str(LOST[name]) for name in lost)
        return _("This text cannot hold %(what)s: take it out.") % {"what": what}
    text = _COMMENT.sub("", typed)
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
    return _gone(text)


def _gone(text: str) -> str:
    """A tag without its > takes the words behind it along, and the parser never tells."""
    meant = _letters(unescape(_TAG.sub("", text)))
    if _letters(text_of(html.canonical(text))) == meant:
        return ""
    # The first “<” that begins no tag of ours is most likely the culprit.
    stray = re.search(r"<[^<\s]*(?:\s[^<\s]+)?", _TAG.sub("", text))
    return _(
        "Words would be lost: %(words)s is no complete tag. For a plain “<”, write “&lt;”."
    ) % {"words": quoted([stray[0] if stray else "<"])}


def _letters(text: str) -> str:
    return "".join(c for c in normalize("NFKC", text) if c.isalnum())


def _is_html(match: re.Match[str]) -> bool:
    return match["name"].lower() in {*_CARRIED, "font", "img", "u"}
