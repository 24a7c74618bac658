from __future__ import annotations

from django.utils.translation import get_language

from core import html
from pages import structured
from pages.cards import show_card
from pages.finding import found_or_elsewhere
from pages.models import Page
from pages.rendering import render_page
from pictures import showing
from translations.registry import column


def page(request, slug):
    """A standing page, in the reader's language or in the next best one."""
    document, elsewhere = found_or_elsewhere(request, Page.objects, slug)
    return elsewhere or show_page(request, document)


def card(request, slug, extension):
    """What other sites show where somebody links to a page."""
    return show_card(request, Page.objects, slug, extension)


def show_page(request, document, *, is_preview=False):
    """A standing page; as a preview it shows what is not public yet."""
    language = get_language()
    text = document.side(language)
    text.is_preview = is_preview
    context = {
        "text": text,
        "description": html.excerpt(getattr(document, column("body", text.lang)) or ""),
        "is_preview": is_preview,
        "lead": showing.lead(document, language, around=text.lang, is_preview=is_preview),
        "gallery": showing.gallery(document, language, around=text.lang, is_preview=is_preview),
    }
    return render_page(
        request,
        "pages/page_detail.html",
        context,
        document=document,
        texts=[text],
        structured=structured.work(request, "WebPage", text, context["description"]),
    )
