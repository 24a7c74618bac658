"""What the collective writes about: all topics, and one with its bulletins."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Count
from django.utils.translation import get_language

from bulletins.models import Bulletin
from bulletins.views import PER_PAGE, as_listed
from pages.finding import found_or_elsewhere
from pages.models import Topic
from pages.rendering import render_page
from pages.topics import in_order
from pictures import showing


def topics(request):
    """The topics of which something is live, by name, and how much."""
    live = Bulletin.objects.published().topics()
    found = in_order(live.annotate(total=Count("bulletins")))
    for text in found:
        text.total = text.document.total
    return render_page(request, "bulletins/topics.html", {"topics": found})


def topic(request, slug):
    """One topic with its bulletins, newest first.

    One of which nothing is live says so. It answers all the same: what a topic says is public as
    soon as it is saved, texts may link to it, and its bulletins may come back.
    """
    document, elsewhere = found_or_elsewhere(request, Topic.objects, slug)
    return elsewhere or _show(request, document)


def _show(request, document):
    bulletins = Bulletin.objects.published().about(document).light().latest_first()
    bulletins = bulletins.prefetch_related("topics", showing.leads(Bulletin))
    page = Paginator(bulletins, PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = [as_listed(bulletin) for bulletin in page.object_list]
    return render_page(
        request,
        "bulletins/topic.html",
        {
            "topic": document.side(get_language()),
            "page_obj": page,
            "previous_url": page.has_previous() and f"?page={page.previous_page_number()}",
            "next_url": page.has_next() and f"?page={page.next_page_number()}",
        },
        document=document,
    )
