"""The calendar: what is coming, month by month, and the same for people's own calendars."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby

from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import get_language

from bulletins import calendar as icalendar
from bulletins import timing
from bulletins.models import Bulletin
from bulletins.views import as_read
from core import zones
from pages.finding import found
from pages.rendering import render_page
from translations.models import Side
from translations.registry import column

# More than anybody reads; what comes after these stands in its month.
COMING = 100
DAY = timedelta(days=1)
# How long what is over stays in the calendars that follow ours.
KEPT = timedelta(days=90)


def calendar(request):
    """What is coming, the next first, and the way to what was."""
    live = Bulletin.objects.published().light()
    coming = list(live.upcoming()[: COMING + 1])
    latest = live.over().first()
    context = {
        "months": _programme((_next_day(bulletin), bulletin) for bulletin in coming[:COMING]),
        "earlier": _month(timing.days(latest)[1]) if latest else None,
        "later": _month(_next_day(coming[COMING])) if coming[COMING:] else None,
    }
    return render_page(request, "bulletins/calendar.html", context | _following(request))


def calendar_month(request, year, month):
    """One month, with all that is in it; it may be empty."""
    first, after = date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)
    # A month begins at another moment in each zone, but nowhere a day from here.
    low, high = _midnight(first) - DAY, _midnight(after) + DAY
    dated = Bulletin.objects.published().light().dated()
    near = [(b, *timing.days(b)) for b in dated.filter(starts_at__lt=high, last__gt=low)]
    within = [(max(start, first), b) for b, start, end in near if start < after and end >= first]
    before = [min(end, first - DAY) for _b, start, end in near if start < first]
    behind = [max(start, after) for _b, start, end in near if end >= after]
    if far := dated.filter(last__lte=low).order_by("-last", "-pk").first():
        before.append(timing.days(far)[1])
    if far := dated.filter(starts_at__gte=high).first():
        behind.append(timing.days(far)[0])
    context = {
        "first": first,
        "number": len(within),
        "days": next((found["days"] for found in _programme(within)), []),
        "previous": _month(max(before)) if before else None,
        "next": _month(min(behind)) if behind else None,
    }
    return render_page(request, "bulletins/calendar_month.html", context | _following(request))


def calendar_ics(request):
    """The calendar for people's own calendars: call-outs that exist in this very language.

    What is over stays for a while, and what is cancelled stays marked: who looks finds out.
    """
    language = get_language()
    kept = Bulletin.objects.published().light().dated().filter(last__gte=timezone.now() - KEPT)
    bulletins = kept.readable_in(language).prefetch_related("topics", _side_in(language))
    name = request.identity.side(language).name or "Tract"
    return _ics(request, [as_read(bulletin) for bulletin in bulletins], "calendar", name=name)


def event(request, slug):
    """One call-out for people's own calendars, at the slug that its page has."""
    document, elsewhere = found(request, Bulletin.objects.light(), slug)
    if elsewhere:
        return elsewhere
    address = document.event_address(get_language())
    if not address:
        raise Http404
    if address != request.path:
        return HttpResponsePermanentRedirect(address)
    side = document.language_for(get_language())
    prefetch_related_objects([document], "topics", _side_in(side))
    slug = getattr(document, column("slug", side))
    return _ics(request, [as_read(document)], slug)


# The programme ------------------------------------------------------------------------------------


def _programme(shown) -> list[dict]:
    """Pairs of day and call-out as months with their days, in order: `day` (the first of the
    month), `url`, and `days`, each with its `day` and `texts`."""
    days = [
        {"day": day, "texts": [bulletin.side(get_language()) for _day, bulletin in pairs]}
        for day, pairs in groupby(sorted(shown, key=_by_day), key=_day)
    ]
    by_month = groupby(days, key=lambda found: found["day"].replace(day=1))
    return [_month(first) | {"days": list(found)} for first, found in by_month]


def _day(pair) -> date:
    return pair[0]


def _by_day(pair) -> tuple:
    day, bulletin = pair
    return day, bulletin.starts_at, bulletin.pk


def _next_day(bulletin) -> date:
    """The day at which somebody who looks now finds it: today's, while it goes on."""
    today = timezone.now().astimezone(zones.zone(bulletin.time_zone)).date()
    return max(timing.days(bulletin)[0], today)


def _month(day: date) -> dict:
    """The month of a day: `day` (its first) and `url`, "" beyond the last year of addresses."""
    try:
        url = reverse("bulletins:calendar_month", args=[day.year, day.month])
    except NoReverseMatch:
        url = ""
    return {"day": day.replace(day=1), "url": url}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


# Calendars of people's own ------------------------------------------------------------------------


def _following(request) -> dict:
    """How to follow the calendar. The host is the one by which the reader came: no other scheme
    can be said without one."""
    path = reverse("bulletins:calendar_ics")
    return {"ics_url": path, "webcal_url": f"webcal://{request.get_host()}{path}"}


def _side_in(language: str) -> Prefetch:
    rows = Side.objects.light().filter(language=language)
    return Prefetch("side_rows", rows, to_attr="side_shown")


def _ics(request, texts, file_name: str, *, name: str = "") -> HttpResponse:
    """`texts` as a calendar; each with its topics and its `side_shown`.

    Its addresses are on the host that was asked for: nobody is led out of the onion service.
    """
    entries = [
        icalendar.Entry(text, request.build_absolute_uri(text.url), _changed_at(text.document))
        for text in texts
    ]
    site = request.identity.side(get_language())
    home = request.build_absolute_uri(reverse("home"))
    content = icalendar.write(entries, site, home, name=name)
    disposition = f'{"inline" if name else "attachment"}; filename="{file_name}.ics"'
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": disposition},
    )


def _changed_at(bulletin) -> datetime:
    # A row that was written around `save()` has no facts yet.
    known = [side.changed_at for side in bulletin.side_shown if side.changed_at]
    return known[0] if known else bulletin.published_at
