"""The search page: what a reader asks for, what is found, and how to go on from there."""

from __future__ import annotations

from django.utils.cache import patch_cache_control
from django.utils.translation import get_language, override

from core import languages
from pages import narrowing
from pages.asking import LONGEST, Asked
from pages.rendering import render_page
from pages.topics import in_order
from search.finding import Found, find
from translations import registry


def search(request):
    """What readers find for `q`, narrowed down by kind, topic and year; without `q`, how to search.

    Raises Http404 for a kind, a topic or a year that there cannot be, as the lists do.
    """
    asked = Asked.of(request.GET)
    topics = narrowing.live_topics()
    narrowed = narrowing.narrowed(asked, topics)
    found = Found()
    if asked.query and not asked.is_too_long:
        page = _page(request.GET.get("page", ""))
        found = find(asked.query, get_language(), **narrowed, page=page)
    hits = [as_read(hit) for hit in found.hits]
    problem = _problem(asked, found)
    # Where a filter leaves nothing over, it must be there to be taken off.
    is_narrowable = found.hits or (asked.chosen and not problem)
    context = {
        "query": asked.query[:LONGEST],
        "said": asked.said,
        "longest": LONGEST,
        "problem": problem,
        "chosen": asked.chosen,
        "found": found,
        "own": [hit for hit in hits if not hit["is_fallback"]],
        "others": [hit for hit in hits if hit["is_fallback"]],
        "filters": narrowing.filters(asked, found, topics) if is_narrowable else [],
        "narrowed_to": narrowing.in_words(asked, topics),
        "topics": in_order(topics),
        **_ways_on(asked, found),
    }
    response = render_page(request, "search/search.html", context, keep=asked.parameters)
    if asked.query:
        # What somebody looked for is nobody's business: not of the next one at the same computer,
        # nor of a cache on the way, nor of the log of a proxy when they go on from here.
        patch_cache_control(response, no_store=True)
        response.headers["Referrer-Policy"] = "no-referrer"
    return response


def as_read(hit) -> dict:
    """A hit as templates show a text: its words, and which language they are in.

    `event` is its side where it asks people to come at some time: in which state that is, is known
    of no index.
    """
    return {
        "kind": narrowing.kind_name(hit.kind),
        "title": hit.title_html,
        "heading": hit.heading,
        "snippet": hit.snippet,
        "date": hit.date,
        "event": hit.document.side(get_language()) if _is_dated(hit.document) else None,
        "url": f"{hit.url}{hit.anchor}",
        "lang": hit.language,
        "dir": languages.direction(hit.language),
        "language_name": languages.name(hit.language),
        "is_fallback": hit.is_other_language,
    }


def _is_dated(document) -> bool:
    options = registry.options(document)
    return bool(options.kind) and getattr(document, options.kind) in options.dated_kinds


def _page(given: str) -> int:
    """The number of the page that is asked for; the first one where that is none."""
    is_number = given.isascii() and given.isdigit() and len(given) < 9
    return int(given) if is_number else 1


def _problem(asked: Asked, found: Found) -> str:
    """What keeps this from being looked for: “long”, “wordless”, or ""."""
    if asked.is_too_long:
        return "long"
    return "wordless" if asked.query and not found.terms else ""


def _ways_on(asked: Asked, found: Found) -> dict:
    """Where to go from here: to the next page, to everything, to words that are spelt better."""
    words, better = Asked(asked.query), Asked(found.suggestion)
    return {
        "previous_url": found.page > 1 and asked.url(page=found.page - 1),
        "next_url": found.page < found.pages and asked.url(page=found.page + 1),
        "suggestion": better.query and {"words": better.query, "url": better.url()},
        "everywhere_url": asked.chosen and words.url(),
        "has_several_words": len(asked.query.split()) > 1,
        "elsewhere": [_elsewhere(words, code, total) for code, total in found.elsewhere],
    }


def _elsewhere(asked: Asked, code: str, total: int) -> dict:
    """The way to the search in another language, where something is found."""
    with override(code):
        url = asked.url()
    return {"lang": code, "name": languages.name(code), "total": total, "url": url}
