"""The social card of a side: its address, and what a page's head says of it."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.translation import get_language

from core.cards import HEIGHT, WIDTH
from pictures import cards
from pictures.serving import sent
from translations import registry


def show_card(request, queryset, slug: str, extension: str):
    """The card of the side that stands at `slug` in the reader's language, while it is public.

    Raises Http404 for any other slug, and for what is not public, or not any more.
    """
    language = get_language()
    document = queryset.at(slug).first()
    if document is None or getattr(document, registry.column("slug", language)) != slug:
        raise Http404
    return _answer(request.identity, document, language, extension)


def show_site_card(request):
    """The card of the site itself: its name, and the line under it."""
    identity = request.identity
    return _answer(identity, identity, identity.language_for(get_language()), "png")


def head(identity, document, language: str) -> dict | None:
    """What the head of a page says of its card: path, width, height, type and alt; None for none.

    `document` is what the page shows; None for a page that shows none: it has the site's.
    """
    if document is not None and "title" not in registry.options(document).fields:
        document = None  # A topic has no card of its own.
    about = identity if document is None else document
    card = _card(identity, about, about.language_for(language))
    if card is None:
        return None
    folder = f"/{language}/pages/" if document is None else document.address(card.language)
    return {
        # With its fingerprint: other sites keep what they have once seen at an address.
        "path": f"{folder}card.{card.extension}?{card.fingerprint}",
        "width": WIDTH,
        "height": HEIGHT,
        "type": card.media_type,
        "alt": card.alt,
    }


def _card(identity, document, language: str) -> cards.Card | None:
    """The card of a side that readers may see now, None of any other."""
    if document.pk is None or not document.is_live or language not in document.sides():
        return None
    text, site = document.side(language), identity.side(language)
    if document == identity:
        return cards.of(document, language, title=site.name, name=site.tagline)
    return cards.of(document, language, title=text.title, name=site.name)


def _answer(identity, document, language: str, extension: str) -> HttpResponse:
    card = _card(identity, document, language)
    if card is None or card.extension != extension:
        raise Http404
    data = cards.drawn(card, lambda now: _card(identity, now, language))
    if data is None:
        raise Http404
    # Other sites are what it is for.
    caching = "public, max-age=86400"
    return sent(data, card.media_type, caching, etag=card.fingerprint, others_may_show=True)
