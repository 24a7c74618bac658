from __future__ import annotations

from django.utils.translation import get_language

from pages.finding import found_or_elsewhere
from pages.models import Page
from pages.rendering import render_page


def page(request, slug):
    """A standing page, in the reader's language or in the next best one."""
    document, elsewhere = found_or_elsewhere(request, Page.objects, slug)
    if elsewhere:
        return elsewhere
    text = document.side(get_language())
    return render_page(request, "pages/page_detail.html", {"text": text}, document=document)
