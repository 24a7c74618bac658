"""Links that are lost, added, or lead elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import html, languages
from translations.checks.base import Check, Pair, Problem, base, once, quoted

_LANGUAGE_IN_QUERY = re.compile(r"\b(?:lang|language|locale|hl)=([a-z]{2})\b")


class Links(Check):
    """Order does not matter, repetitions do.

    A reference to a page of our own follows the reader's language by itself, so that the same
    reference is right and any other one wrong.
    """

    id = "links"
    title = gettext_lazy("links")

    def problems(self, pair: Pair) -> Iterator[Problem]:
        if not (pair.is_rich and pair.is_comparable):
            return
        if "<a " not in pair.source_html and "<a " not in pair.target_html:
            return
        lost, new = _differences(pair)
        twins = []
        for href in list(lost):
            twin = next((other for other in new if _is_twin(href, other, pair)), None)
            if twin:
                lost.remove(href)
                new.remove(twin)
                twins.append((href, twin))
        for href, twin in dict.fromkeys(twins):
            yield self._twin(href, twin)
        if lost or new:
            shown = _shown(lost, pair.source_html), _shown(new, pair.target_html)
            yield self.problem(_message(*shown), [*lost, "", *new])

    def _twin(self, href: str, twin: str) -> Problem:
        message = _(
            "The link leads to %(here)s instead of %(original)s. That is fine if it is the same "
            "page in the other language."
        )
        words = {"original": quoted([href]), "here": quoted([twin])}
        return self.problem(message % words, [href, twin], note=True)


def _differences(pair: Pair) -> tuple[list[str], list[str]]:
    """The addresses that only the source has, and those that only the target has."""
    theirs, ours = html.links(pair.source_html), html.links(pair.target_html)
    written = {_compared(href): href for href in (*theirs, *ours)}
    source, target = (Counter(map(_compared, hrefs)) for hrefs in (theirs, ours))
    lost, new = ((source - target).elements(), (target - source).elements())
    return [written[key] for key in lost], [written[key] for key in new]


def _shown(hrefs: list[str], text: str) -> list[str]:
    """The addresses as a person knows them: a page of our own by the words that lead to it."""
    by_address = dict(html.anchors(text))
    return [by_address.get(href) or href if href.startswith("ref:") else href for href in hrefs]


def _message(lost: list[str], new: list[str]) -> str:
    words = {"original": quoted(once(lost)), "here": quoted(once(new))}
    if lost and new:
        return _("The original links to %(original)s, this to %(here)s.") % words
    if lost:
        return _("A link is missing here: %(original)s.") % words
    return _("A link is not in the original: %(here)s.") % words


def _compared(href: str) -> str:
    """http or https, and a slash at the end: the same page."""
    scheme, _colon, rest = href.partition(":")
    if scheme in ("http", "https"):
        return f"https:{rest.removesuffix('/')}"
    return href.lower() if scheme == "mailto" else href


def _is_twin(href: str, other: str, pair: Pair) -> bool:
    """`other` is said to be in the target language, by its address, and is of the same site."""
    site, marks = _site(href)
    other_site, other_marks = _site(other)
    source, target = base(pair.source_language), base(pair.target_language)
    if not site or site != other_site:
        return False
    return target in other_marks and target not in marks and source not in other_marks


def _site(href: str) -> tuple[str, set[str]]:
    """(host without its language, languages that the address names): en.wikipedia, /en/, lang=en"""
    try:
        parts = urlsplit(href)
    except ValueError:  # https://[x
        return "", set()
    known = {base(code) for code in languages.codes()}
    labels = (parts.hostname or "").removeprefix("www.").split(".")
    # The last two are the domain itself: ar.example is a site, not a language of "example".
    marks = {label for label in labels[:-2] if label in known}
    segments = re.split(r"[/_.-]", parts.path.lower())
    marks |= {segment for segment in segments if segment in known}
    marks |= set(_LANGUAGE_IN_QUERY.findall(parts.query))
    return ".".join(label for label in labels if label not in marks), marks
