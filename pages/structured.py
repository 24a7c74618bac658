"""What a page says of itself to machines: schema.org as JSON-LD, in the head.

Each side speaks for itself, in its own language. The collective signs; nobody else is named.
"""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import get_language

from pages.rendering import absolute


def collective(request) -> dict:
    """Who speaks: by the byline."""
    site = request.identity.side(get_language())
    home = absolute(request, f"/{get_language()}/")
    name = site.byline or site.name
    return {"@type": "Organization", "name": str(name), "url": home} if name else {}


def website(request) -> dict:
    """The site as a whole, for its front page: its name, and where to search in it."""
    language, site = get_language(), request.identity.side(get_language())
    search = absolute(request, reverse("search"))
    return {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": site.name,
        "description": site.tagline,
        "url": absolute(request, f"/{language}/"),
        "inLanguage": language,
        "publisher": collective(request),
        "license": request.identity.licence,
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{search}?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        },
    }


def work(request, type_: str, text, description: str) -> dict:
    """One side of a document as a work of the collective: an Article, a WebPage, …"""
    document = text.document
    since = getattr(document, "public_since", None) or document.published_at
    changed = getattr(document, "changed_at", None)
    who = collective(request)
    return {
        "@context": "https://schema.org",
        "@type": type_,
        "headline": text.title,
        "description": description,
        "url": _url(request, document, text.lang),
        "inLanguage": text.lang,
        "datePublished": since and since.isoformat(timespec="seconds"),
        "dateModified": changed and changed.isoformat(timespec="seconds"),
        "author": who,
        "publisher": who,
        "license": request.identity.licence,
        "isAccessibleForFree": True,
        **_translations(request, document, text.lang),
    }


def _translations(request, document, language: str) -> dict:
    """Of what this is a translation, or what its translations are."""
    source = document.source_language
    others = [code for code in document.sides() if code != language]
    named = {code: {"@id": _url(request, document, code)} for code in others}
    if language == source:
        return {"workTranslation": list(named.values())}
    return {"translationOfWork": named.get(source)}


def _url(request, document, language: str) -> str:
    return absolute(request, document.address(language) or "")
