"""Everything that was ever published here and still stands, by year and month.

A month is one of the site's own time zone, which the middleware has set.
"""

from __future__ import annotations

from datetime import date, datetime
from itertools import groupby

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.db.models.functions import TruncMonth
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from bulletins.models import Bulletin
from core import languages
from pages.rendering import render_page
from translations.registry import column

# An index is dense: a line each.
PER_PAGE = 100


def archive(request):
    """All years, with the months in which something was published."""
    months = _counted(_published())
    years = [
        {"year": year, "url": _address(year), "months": list(found)}
        for year, found in groupby(months, key=lambda month: month["day"].year)
    ]
    return render_page(
        request, "bulletins/archive.html", {"years": years, "languages": _languages()}
    )


def archive_year(request, year):
    """A year: its months, and what was published in them. Raises Http404 for an empty one."""
    start, end = _midnight(year, 1), _midnight(year + 1, 1)
    found = Bulletin.objects.published().between(start, end)
    months = _counted(found)
    if not months:
        raise Http404
    newer, older = _around(start, end)
    context = {
        "day": date(year, 1, 1),
        "months": months,
        "languages": _languages(),
        "newer": newer and _year(newer),
        "older": older and _year(older),
    }
    return _index(request, "bulletins/archive_year.html", found, context)


def archive_month(request, year, month):
    """A month, and what was published in it. Raises Http404 for an empty one."""
    start, end = _midnight(year, month), _midnight(year + month // 12, month % 12 + 1)
    found = Bulletin.objects.published().between(start, end)
    newer, older = _around(start, end)
    context = {
        "day": date(year, month, 1),
        "year_url": _address(year),
        "newer": newer and _month(newer),
        "older": older and _month(older),
    }
    return _index(request, "bulletins/archive_month.html", found, context)


def _published():
    """All that has a place here: no address knows a year before 1000, which a command may write."""
    return Bulletin.objects.published().filter(published_at__gte=_midnight(1000, 1))


def _counted(bulletins) -> list[dict]:
    """The months in which some of `bulletins` were published, newest first: `day` (the first),
    `total`, `sides` (how many there are in each public language, in order) and `url`."""
    # A live side is whole or absent: its title stands for it, and no text is read.
    titles = {code: Q(**{f"{column('title', code)}__isnull": False}) for code in languages.public()}
    counts = {f"in_{code}": Count("pk", filter=titled) for code, titled in titles.items()}
    months = bulletins.order_by().annotate(month=TruncMonth("published_at")).values("month")
    rows = months.annotate(total=Count("pk"), **counts).order_by("-month")
    return [
        _month(row["month"])
        | {"total": row["total"], "sides": [row[f"in_{code}"] for code in languages.public()]}
        for row in rows
    ]


def _index(request, template: str, bulletins, context: dict):
    """A page of titles under their months, newest first."""
    page = Paginator(bulletins.light().latest_first(), PER_PAGE).get_page(request.GET.get("page"))
    if not page.object_list:
        raise Http404
    texts = [bulletin.side(get_language()) for bulletin in page.object_list]
    by_month = groupby(texts, key=lambda text: _first_of_month(text.document.published_at))
    paged = {
        "page_obj": page,
        "index": [{"day": day, "texts": list(found)} for day, found in by_month],
        "previous_url": page.has_previous() and f"?page={page.previous_page_number()}",
        "next_url": page.has_next() and f"?page={page.next_page_number()}",
    }
    return render_page(request, template, context | paged)


def _around(start: datetime, end: datetime) -> tuple[datetime | None, datetime | None]:
    """When the next bulletin after `end` was published, and the last one before `start`."""
    moments = _published().values_list("published_at", flat=True)
    after = moments.filter(published_at__gte=end).order_by("published_at")
    before = moments.filter(published_at__lt=start).order_by("-published_at")
    return after.first(), before.first()


def _midnight(year: int, month: int) -> datetime:
    return datetime(year, month, 1, tzinfo=timezone.get_current_timezone())


def _first_of_month(moment: datetime) -> date:
    return timezone.localtime(moment).date().replace(day=1)


def _month(moment: datetime) -> dict:
    day = _first_of_month(moment)
    return {"day": day, "url": _address(day.year, day.month)}


def _year(moment: datetime) -> dict:
    day = _first_of_month(moment)
    return {"day": day, "url": _address(day.year)}


def _address(year: int, month: int | None = None) -> str:
    if month is None:
        return reverse("bulletins:archive_year", args=[year])
    return reverse("bulletins:archive_month", args=[year, month])


def _languages() -> list[dict]:
    return [{"code": code, "name": languages.name(code)} for code in languages.public()]
