"""From an address to a document: each side at its own, everything ever public somewhere."""

from __future__ import annotations

from django.http import Http404, HttpResponsePermanentRedirect
from django.utils.translation import get_language

from pages.rendering import render_page


def found(request, queryset, slug: str):
    """(document, None) for any slug that it has or had, (None, 410) for what was taken back.

    Raises Http404 for a slug that readers have never seen.
    """
    language = get_language()
    document = queryset.at(slug).with_outdated(language).with_tidings(language).first()
    if document is None or not (document.is_live or _was_public(document, slug)):
        raise Http404
    return (document, None) if document.is_live else (None, gone(request))


def found_or_elsewhere(request, queryset, slug: str):
    """As `found`, but (None, redirect) where the document's address in the reader's language is
    another than the one that was asked for."""
    document, elsewhere = found(request, queryset, slug)
    if elsewhere:
        return None, elsewhere
    address = document.address(get_language())
    if address != request.path:
        return None, HttpResponsePermanentRedirect(address)
    return document, None


def gone(request):
    """410: this was here, and the collective took it back."""
    return render_page(request, "410.html", {}, status=410)


def _was_public(document, slug: str) -> bool:
    return document.addresses.filter(slug=slug, was_public=True).exists()
