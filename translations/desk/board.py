"""The board: what is missing, what has changed, who is on it, and what to do next."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import render
from django.views.decorators.http import require_safe

from translations.desk import entries, overview, subscribing, titles, urgency
from translations.desk.board_filters import Filters
from translations.desk.doors import guarded
from translations.desk.entries import Viewer
from translations.desk.faulty_forms import point_out
from translations.desk.page import Language
from translations.models import Side

PER_PAGE = 50


@require_safe
@guarded
def board(request):
    """Documents × languages, what is most urgent first."""
    return show(request)


def show(request, *, wrong: subscribing.MailForm | None = None):
    """The board as a page; `wrong` is a form for the daily mail that could not be taken."""
    viewer = Viewer(request.user)
    filters = Filters(request.GET, viewer)
    page = Paginator(urgency.documents(filters.sides()), PER_PAGE).get_page(request.GET.get("page"))
    documents = [(row["content_type_id"], row["object_id"]) for row in page.object_list]
    sides = _sides_of(documents)
    following = overview.next_for(viewer.person, viewer.translates)
    ready = overview.ready(viewer.publishes) if viewer.publishes else []
    held = overview.held() if viewer.publishes else []
    names = titles.of([*sides, *following, *ready, *held])
    context = {
        "filters": filters,
        "page": page,
        "previous_url": page.has_previous() and _page_url(request, page.number - 1),
        "next_url": page.has_next() and _page_url(request, page.number + 1),
        "columns": [Language.of(code) for code in filters.codes],
        "rows": entries.rows(documents, sides, names, viewer, filters.codes),
        "standings": overview.standings(),
        "following": entries.entries(following, names, viewer),
        "may_publish": bool(viewer.publishes),
        "ready": entries.entries(ready, names, viewer),
        "held": entries.entries(held, names, viewer),
        "translates": [Language.of(code) for code in viewer.translates],
        "told": point_out(wrong) if wrong else [],
        "mails": subscribing.forms_for(viewer, wrong),
    }
    return render(request, "desk/board.html", context, status=400 if wrong else 200)


def _sides_of(documents: list[titles.Key]) -> list[Side]:
    """Every side of these documents; one query."""
    if not documents:
        return []
    wanted = Q()
    for content_type in {content_type for content_type, _pk in documents}:
        pks = [pk for its_type, pk in documents if its_type == content_type]
        wanted |= Q(content_type=content_type, object_id__in=pks)
    return list(Side.objects.light().filter(wanted).select_related(*entries.ON_IT))


def _page_url(request, number: int) -> str:
    query = request.GET.copy()
    query["page"] = number
    return f"?{query.urlencode()}"
