"""The day after, no page speaks of yesterday's call-out as if it were to come, and nothing that was
kept from yesterday passes for fresh."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.db import transaction
from django.test import Client, TestCase, override_settings
from django.utils import translation
from django.utils.translation import gettext
from icalendar import Calendar
from lxml import etree
from lxml import html as parsing

from bulletins import timing
from bulletins.models import Bulletin
from config import sample
from core import languages
from pages.models import Identity
from tests.bulletins import clock
from tests.bulletins.clock import paris
from tests.config.crawling import Crawl

pytestmark = pytest.mark.django_db

LOADED = paris(2026, 11, 23, 17)
# The benefit night of the sample is on the 28th, from 19:00 to 22:30 in London.
SLUGS = {"en": "a-night-for-the-strike-fund", "fr": "une-soiree-pour-la-caisse-de-greve"}
MOMENTS = {
    "days before": paris(2026, 11, 25, 12),
    "the day before": paris(2026, 11, 27, 12),
    "that day": paris(2026, 11, 28, 12),
    "while it goes on": paris(2026, 11, 28, 21),
    "the day after": paris(2026, 11, 29, 12),
}
WHOLE = ("that day", "the day after")
SAYS = {
    "days before": "Coming up",
    "the day before": "Tomorrow",
    "that day": "Today",
    "while it goes on": "Happening now",
    "the day after": "This is over",
}
# What shows no state: a picture of a title, at an address that changes with the title.
PICTURES = ("image/png", "image/jpeg", "image/webp", "image/avif")


class Keeping(Client):
    """A client that keeps every answer."""

    def __init__(self):
        super().__init__()
        self.kept = {}

    def get(self, path, *args, **more):
        response = super().get(path, *args, **more)
        self.kept[path] = response
        return response


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker, tmp_path_factory):
    """The sample site, with a call-out that names no end; walked through at each moment."""
    folder, backend = tmp_path_factory.mktemp("clock"), storages.backends["default"]["BACKEND"]
    own = {
        name: {"BACKEND": backend, "OPTIONS": {"location": folder / name}}
        for name in ("default", "private")
    }
    of_this_module = override_settings(STORAGES=settings.STORAGES | own)
    with django_db_blocker.unblock(), of_this_module, transaction.atomic():
        with clock.at(LOADED), TestCase.captureOnCommitCallbacks(execute=True):
            sample.load(LOADED)
            _more()
        yield {name: _walk(moment, is_whole=name in WHOLE) for name, moment in MOMENTS.items()}
        transaction.set_rollback(True)


def _more():
    site = Identity.objects.get()
    site.second_time_zone = "Europe/London"
    site.save()
    Bulletin.objects.create(
        kind="callout",
        source_language="en",
        title_en="Painting banners",
        body_en="<p>Bring brushes.</p>",
        starts_at=paris(2026, 11, 28, 14),
        published_at=LOADED,
    )


def _walk(moment: datetime, *, is_whole: bool) -> dict:
    """Every page that can be reached, or those alone that speak of call-outs."""
    client = Keeping()
    with clock.at(moment):
        for code in languages.public():
            home = f"/{code}/"
            if is_whole:
                Crawl(client).walk(home)
            # Some of them no link leads to, and yet somebody may keep them.
            own = f"bulletins/{SLUGS[code]}/"
            places = ("", "bulletins/", "bulletins/?kind=callout", "calendar/", "calendar.ics")
            places += ("calendar/2026/11/", own, f"{own}event.ics", f"{own}card.png")
            for place in places:
                client.get(home + place)
    return client.kept


def pages(kept) -> dict:
    return {
        path: parsing.fromstring(response.content.decode())
        for path, response in kept.items()
        if response.status_code == 200 and response["Content-Type"].startswith("text/html")
    }


def told(page, path: str, slug: str) -> list[str]:
    """The words of each place of a page that speaks of the call-out, once."""
    if path.rstrip("/").endswith(slug):
        found = page.xpath("//section[contains(@class, 'event')]")
    else:
        found = page.xpath(f"//main//article[.//a[contains(@href, '/{slug}/')]]")
    return [" ".join(one.text_content().split()) for one in found]


def words(language: str, *names: str) -> list[str]:
    with translation.override(language):
        return [gettext(name) for name in names]


def everything_told(site, moment: str) -> list[tuple[str, str, str]]:
    """(language, path, words) of all that is said of the call-out at a moment, in cards, agendas,
    the calendar and its own page."""
    return [
        (path[1:3], path, said)
        for path, page in pages(site[moment]).items()
        for said in told(page, path, SLUGS.get(path[1:3], "-"))
    ]


# What is said -------------------------------------------------------------------------------------


def test_the_walk_sees_the_callout_on_many_pages(site):
    for moment in MOMENTS:
        kinds = {path[3:] for _language, path, _said in everything_told(site, moment)}
        assert {"/bulletins/", "/calendar/2026/11/", "/bulletins/?kind=callout"} <= kinds


@pytest.mark.parametrize("moment", MOMENTS)
def test_its_own_page_and_the_lists_say_what_it_is_now_and_nothing_else(site, moment):
    spoken = {language: set() for language in languages.public()}
    for language, path, said in everything_told(site, moment):
        right, *wrong = words(
            language, SAYS[moment], *(word for word in SAYS.values() if word != SAYS[moment])
        )
        found = [word for word in wrong if word in said]
        assert found == [], (path, said)
        spoken[language] |= {path} if right in said else set()

    for language, paths in spoken.items():
        assert f"/{language}/bulletins/" in paths
    own = [f"/{code}/bulletins/{SLUGS[code]}/" for code in spoken]
    assert (moment == "days before") or all(path in spoken[path[1:3]] for path in own)


@pytest.mark.parametrize("moment", MOMENTS)
def test_it_is_among_what_is_coming_until_it_is_over(site, moment):
    for code, slug in SLUGS.items():
        kept = pages(site[moment])
        agenda = kept[f"/{code}/"].xpath("//*[contains(@class, 'front-agenda')]")
        calendar = kept[f"/{code}/calendar/"].xpath("//main")
        for place in (*agenda, *calendar):
            linked = place.xpath(f".//article//a[contains(@href, '/{slug}/')]")
            assert bool(linked) == (moment != "the day after")


@pytest.mark.parametrize(
    ("moment", "is_coming"), [("while it goes on", True), ("the day after", False)]
)
def test_one_without_an_end_is_over_when_its_day_is(site, moment, is_coming):
    kept = pages(site[moment])

    assert ("Painting banners" in kept["/en/calendar/"].text_content()) == is_coming


def test_no_feed_speaks_of_yesterdays_callout_as_if_it_were_to_come(site):
    for path, response in site["the day after"].items():
        if "atom" not in response.get("Content-Type", ""):
            continue
        names = words(path[1:3], "Coming up", "Today", "Tomorrow", "Happening now")
        for entry in etree.fromstring(response.content).iter("{*}entry"):
            said = "".join(entry.itertext())
            if SLUGS[path[1:3]] in said:
                assert [word for word in names if word in said] == [], path


# What is kept -------------------------------------------------------------------------------------


def fresh_for(response) -> timedelta:
    """How long a cache may give an answer to others without asking (RFC 9111, 4.2.1)."""
    directives = {}
    for directive in response.get("Cache-Control", "").split(","):
        name, _equals, value = directive.strip().lower().partition("=")
        directives[name] = value.strip('"')
    if directives.keys() & {"no-cache", "no-store"}:
        return timedelta()
    for name in ("s-maxage", "max-age"):
        if name in directives:
            return timedelta(seconds=int(directives[name]))
    if "Expires" in response:
        begins = parsedate_to_datetime(response["Date"]) if "Date" in response else LOADED
        return parsedate_to_datetime(response["Expires"]) - begins
    # Nothing is said: a cache may guess (4.2.2).
    return timedelta.max


def test_a_cache_is_read_as_the_rfc_reads_it():
    def answer(**headers):
        return {name.replace("_", "-"): value for name, value in headers.items()}

    assert fresh_for(answer(Cache_Control="public, no-cache, max-age=60")) == timedelta()
    assert fresh_for(answer(Cache_Control="max-age=60, s-maxage=5")) == timedelta(seconds=5)
    date, expires = "Mon, 23 Nov 2026 16:00:00 GMT", "Mon, 23 Nov 2026 17:00:00 GMT"
    assert fresh_for(answer(Date=date, Expires=expires)) == timedelta(hours=1)
    assert fresh_for(answer()) == timedelta.max


@pytest.mark.parametrize("moment", MOMENTS)
def test_nothing_is_fresh_beyond_the_next_change_of_what_it_shows(site, moment):
    now = MOMENTS[moment]
    changes = [
        change
        for bulletin in Bulletin.objects.published()
        if (change := timing.next_change(bulletin, now))
    ]
    left = min(changes, default=now + timedelta(days=1)) - now

    late = [
        path
        for path, response in site[moment].items()
        if fresh_for(response) > left and response["Content-Type"] not in PICTURES
    ]
    assert late == []
    assert len(site[moment]) > (100 if moment in WHOLE else 15)


def test_what_was_kept_of_a_page_is_not_confirmed_once_something_else_is_to_be_said(site):
    client = Client()
    before, after = site["that day"], site["the day after"]
    paths = [f"/{code}/{rest}" for code in SLUGS for rest in ("", "calendar/", "bulletins/")]
    paths += [f"/{code}/bulletins/{slug}/" for code, slug in SLUGS.items()]

    with clock.at(MOMENTS["the day after"]):
        for path in paths:
            tags = {"If-None-Match": before[path]["ETag"]}
            assert client.get(path, headers=tags).status_code == 200, path
            tags = {"If-None-Match": after[path]["ETag"]}
            assert client.get(path, headers=tags).status_code == 304, path


# Calendars of people's own ------------------------------------------------------------------------


@pytest.mark.parametrize("moment", MOMENTS)
def test_every_calendar_of_the_sample_can_be_read(site, moment):
    files = {path: r for path, r in site[moment].items() if path.endswith(".ics")}
    assert len(files) >= 4

    for path, response in files.items():
        calendar = Calendar.from_ical(response.content)
        assert calendar.get_missing_tzids() == set(), path
        for event in calendar.walk("VEVENT"):
            assert event.errors == []
            bulletin = Bulletin.objects.get(uid=str(event["UID"]))
            assert event.start == bulletin.starts_at
            cancelled = "CANCELLED" if bulletin.cancelled else "CONFIRMED"
            assert event["STATUS"] == cancelled
