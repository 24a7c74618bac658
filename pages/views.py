from __future__ import annotations

from django.utils.translation import get_language

from pages.finding import found_or_elsewhere
from pages.models import Page
from pages.rendering import render_page


def page(request, slug):
    """A standing page, in the reader's language or in the next best one."""
    document, elsewhere = found_or_elsewhere(request, Page.objects, slug)
    return elsewhere or show_page(request, document)


def show_page(request, document, *, is_preview=False):
    """A standing page; as a preview it shows what is not public yet."""
    text = document.side(get_language())
    context = {"text": text, "is_preview": is_preview}
    return render_page(request, "pages/page_detail.html", context, document=document, texts=[text])
