"""Call-outs in people's own calendars, read by the library that writes them and by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from icalendar import Calendar

from bulletins import calendar as writing
from bulletins.models import Bulletin, Kind
from tests import factories
from tests.bulletins import clock
from tests.bulletins.clock import PARIS, london, paris
from tests.config.hosts import ONION, serve_publicly
from translations.acts import publishing, withdrawing

pytestmark = pytest.mark.django_db

NOW = paris(2026, 11, 23, 17)
EVENT = "/en/bulletins/hearing/event.ics"


@pytest.fixture(autouse=True)
def _now():
    with clock.at(NOW):
        yield


def callout(title="Hearing", starts=None, ends=None, **fields):
    starts = starts or paris(2026, 12, 2, 8)
    return factories.live(
        kind=Kind.CALLOUT, title_en=title, starts_at=starts, ends_at=ends, **fields
    )


def pair(**fields):
    return callout(title_fr="Audience", body_fr="<p>Venez.</p>", **fields)


def read(client, path="/en/calendar.ics"):
    response = client.get(path)
    assert response.status_code == 200
    return Calendar.from_ical(response.content)


def events(client, path="/en/calendar.ics") -> list:
    return read(client, path).walk("VEVENT")


def titles(client, path="/en/calendar.ics") -> list[str]:
    return [str(event["SUMMARY"]) for event in events(client, path)]


def saved(bulletin, **fields):
    bulletin = Bulletin.objects.get(pk=bulletin.pk)
    for name, value in fields.items():
        setattr(bulletin, name, value)
    bulletin.save()


# One event ----------------------------------------------------------------------------------------


def test_an_event_says_what_when_and_where(client):
    factories.identity(byline_en="The collective", email="hello@example.org")
    ends = paris(2026, 12, 2, 12, 30)
    bulletin = callout(ends=ends, place_en="Courthouse, Aubremer", summary_en="Fill the room.")
    bulletin.topics.add(factories.topic())

    [event] = events(client, EVENT)

    assert event["UID"] == str(bulletin.uid)
    assert (event.start, event.end) == (bulletin.starts_at, ends)
    assert event["DTSTART"].params["TZID"] == "Europe/Paris"
    assert (event["SUMMARY"], event["SUMMARY"].params["LANGUAGE"]) == ("Hearing", "en")
    assert event["LOCATION"] == "Courthouse, Aubremer"
    address = "http://testserver/en/bulletins/hearing/"
    assert event["DESCRIPTION"] == f"Fill the room.\n\n{address}"
    assert event["URL"] == address
    assert [str(name) for name in event["CATEGORIES"].cats] == ["Housing"]
    assert (event["STATUS"], event["SEQUENCE"]) == ("CONFIRMED", 0)
    assert event["ORGANIZER"] == "mailto:hello@example.org"
    assert event["ORGANIZER"].params["CN"] == "The collective"
    assert "ATTENDEE" not in event


def test_an_event_says_the_same_at_every_look_until_it_says_something_new(client):
    bulletin = callout()
    first = client.get(EVENT)
    with clock.at(NOW + timedelta(hours=2)):
        assert client.get(EVENT).content == first.content
        again = client.get(EVENT, headers={"If-None-Match": first["ETag"]})
        assert again.status_code == 304
        saved(bulletin, place_en="Elsewhere")
        [event] = events(client, EVENT)

    assert event["LAST-MODIFIED"].dt == NOW + timedelta(hours=2)
    assert event["SEQUENCE"] == 1


def test_a_cancelled_callout_is_cancelled_with_a_raised_sequence_and_stays(client):
    bulletin = callout()
    saved(bulletin, cancelled=True)

    for path in (EVENT, "/en/calendar.ics"):
        [event] = events(client, path)
        assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)
        assert event["UID"] == str(bulletin.uid)
        assert event["SUMMARY"] == "Cancelled: Hearing"


def test_the_uid_outlives_title_slug_and_host(client):
    bulletin = callout()
    saved(bulletin, title_en="The great hearing", slug_en="great-hearing")

    response = client.get(EVENT, follow=True, HTTP_HOST="localhost")
    [event] = Calendar.from_ical(response.content).walk("VEVENT")

    assert response.redirect_chain == [("/en/bulletins/great-hearing/event.ics", 301)]
    assert event["UID"] == str(bulletin.uid)
    assert (event["SUMMARY"], event["SEQUENCE"]) == ("The great hearing", 0)


def test_whoever_follows_both_calendars_has_an_event_once(client):
    pair()

    [english], [french] = events(client), events(client, "/fr/calendar.ics")

    assert english["UID"] == french["UID"]
    assert (english["SUMMARY"], french["SUMMARY"]) == ("Hearing", "Audience")


def test_the_slug_of_another_side_leads_to_the_readers_own(client):
    pair()

    response = client.get("/fr/bulletins/hearing/event.ics")

    assert (response.status_code, response["Location"]) == (
        301,
        "/fr/bulletins/audience/event.ics",
    )


def test_a_callout_without_a_side_is_one_event_in_the_language_that_it_has(client):
    callout()

    [event] = events(client, "/fr/bulletins/hearing/event.ics")

    assert (event["SUMMARY"], event["SUMMARY"].params["LANGUAGE"]) == ("Hearing", "en")


def test_what_has_no_date_is_no_event(client):
    factories.live(kind=Kind.CALLOUT, title_en="Hearing")
    factories.live(title_en="News", starts_at=NOW)

    assert client.get(EVENT).status_code == 404
    assert client.get("/en/bulletins/news/event.ics").status_code == 404


def test_what_readers_may_not_see_is_no_event(client):
    factories.draft(kind=Kind.CALLOUT, title_en="Draft", starts_at=NOW)
    later = {"starts_at": NOW, "published_at": NOW + timedelta(days=1)}
    factories.draft(kind=Kind.CALLOUT, title_en="Scheduled", **later)
    gone = callout("Gone")
    publishing.unpublish(Bulletin, gone.pk)

    statuses = [
        client.get(f"/en/bulletins/{slug}/event.ics").status_code
        for slug in ("draft", "scheduled", "gone", "nothing")
    ]
    assert statuses == [404, 404, 410, 404]
    assert titles(client) == []


# The calendar of a language -----------------------------------------------------------------------


def test_a_calendar_holds_what_exists_in_its_very_language(client):
    callout("English only")
    factories.live_french(
        kind=Kind.CALLOUT, title_fr="En français", starts_at=paris(2026, 12, 3, 9)
    )
    pair()

    assert titles(client) == ["English only", "Hearing"]
    assert titles(client, "/fr/calendar.ics") == ["Audience", "En français"]


def test_a_side_that_was_withdrawn_leaves_its_calendar(client):
    bulletin = pair()
    withdrawing.withdraw(Bulletin, bulletin.pk, "fr")

    assert titles(client, "/fr/calendar.ics") == []


def test_what_is_over_stays_for_ninety_days(client):
    callout("Last week", NOW - timedelta(days=7))
    callout("In summer", NOW - timedelta(days=91))
    callout("All year", NOW - timedelta(days=200), NOW - timedelta(days=1))
    factories.live(title_en="No call-out", starts_at=NOW)

    assert titles(client) == ["All year", "Last week"]


def test_a_calendar_says_its_name_and_how_often_to_ask(client):
    factories.identity(name_fr="Quai Ouvert")

    response = client.get("/fr/calendar.ics")
    calendar = Calendar.from_ical(response.content)

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'inline; filename="calendar.ics"'
    assert response["Cache-Control"] == "public, no-cache"
    assert (calendar["METHOD"], calendar["X-WR-CALNAME"]) == ("PUBLISH", "Quai Ouvert")
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=1)
    assert calendar["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"


def test_a_file_of_one_event_has_a_name_of_its_own(client):
    callout()

    assert client.get(EVENT)["Content-Disposition"] == 'attachment; filename="hearing.ics"'


def test_an_empty_calendar_is_one_all_the_same(client):
    """RFC 5545, 3.6: there is at least one component."""
    assert [component.name for component in read(client).subcomponents] == ["VTIMEZONE"]


def test_an_end_that_is_no_later_than_the_start_is_none(client):
    """RFC 5545, 3.8.2.2."""
    callout(ends=paris(2026, 12, 2, 8))

    [event] = events(client, EVENT)
    assert ("DTSTART" in event, "DTEND" in event) == (True, False)


def test_whoever_came_to_the_onion_service_is_not_led_out_of_it(settings):
    serve_publicly(settings)
    callout()

    for path in (EVENT, "/en/calendar.ics"):
        [event] = events(Client(headers={"host": ONION}), path)
        assert event["URL"] == f"http://{ONION}/en/bulletins/hearing/"


def test_a_site_without_an_address_is_still_the_organizer(client):
    factories.identity(email="")
    callout()

    assert events(client, EVENT)[0]["ORGANIZER"] == "http://testserver/en/"


# The bytes ----------------------------------------------------------------------------------------


def test_long_lines_are_folded_between_letters_and_unfold_whole(client):
    title = "Rassemblement à l’été : « où étaient-ils, ces élu·es ? » " * 3
    factories.live_french(
        kind=Kind.CALLOUT,
        title_fr=title.strip(),
        summary_fr="À la Criée ; l’« été » commence, et après : on verra… " * 6,
        place_fr="Ponton, devant la capitainerie; Aubremer \\ quai",
        starts_at=paris(2026, 12, 2, 8),
    )
    content = client.get("/fr/calendar.ics").content

    lines = content.split(b"\r\n")
    assert lines[-1] == b""
    assert [line for line in lines if len(line) > 75 or b"\n" in line] == []
    # Every line can be read by itself: no letter was cut in two.
    assert "\ufffd" not in "".join(line.decode() for line in lines)
    text = Bulletin.objects.get().side("fr")
    [event] = Calendar.from_ical(content).walk("VEVENT")
    assert event["SUMMARY"] == text.title
    assert event["DESCRIPTION"].startswith(text.summary)
    assert event["LOCATION"] == text.place


def test_nobody_is_named(client, django_user_model):
    django_user_model.objects.create_user("morag", email="morag@example.org")
    factories.identity()
    callout()

    assert b"morag" not in client.get(EVENT).content


# Clocks -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "starts",
    [
        # Two o'clock does not come on this day; then three does twice.
        *(paris(2026, 3, 29, hour) for hour in (1, 3, 4, 12)),
        *(paris(2026, 10, 25, hour) for hour in (1, 2, 3, 12)),
        datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=PARIS),
    ],
)
def test_an_event_is_right_on_the_day_the_clocks_change(client, starts):
    ends = (starts.astimezone(UTC) + timedelta(hours=1)).astimezone(PARIS)
    callout(starts=starts, ends=ends)

    [event] = events(client, EVENT)

    assert event.start.astimezone(UTC) == starts.astimezone(UTC)
    assert event.end.astimezone(UTC) == ends.astimezone(UTC)
    kinds = {event[name].params.get("TZID", "UTC") for name in ("DTSTART", "DTEND")}
    assert len(kinds) == 1


@pytest.mark.parametrize(
    "name",
    [
        *("Europe/Paris", "Europe/London", "Europe/Dublin", "Africa/Cairo", "America/New_York"),
        *("Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca", "Pacific/Kiritimati"),
    ],
)
def test_a_zone_is_described_as_its_clock_goes(name):
    """The description by itself, as a calendar reads it that does not know the zone's name."""
    zone = ZoneInfo(name)
    changes = described(writing._zone(name, {2026, 2027, 2028}))

    hour = datetime(2026, 1, 1, tzinfo=UTC)
    while hour < datetime(2029, 1, 1, tzinfo=UTC):
        begun = [offset for moment, offset in changes if moment <= hour]
        assert begun[-1] == hour.astimezone(zone).utcoffset(), hour
        hour += timedelta(minutes=30)


def described(zone) -> list[tuple[datetime, timedelta]]:
    """The moments at which a VTIMEZONE says that a clock is set, and to which offset (RFC 5545,
    3.6.5: an onset is told by the clock as it went before)."""
    return sorted(
        (
            (part["DTSTART"].dt - part["TZOFFSETFROM"].td).replace(tzinfo=UTC),
            part["TZOFFSETTO"].td,
        )
        for part in zone.subcomponents
    )


def test_only_the_years_in_use_are_described(client):
    callout(starts=paris(2026, 12, 2, 8), ends=paris(2199, 7, 2, 8))

    [zone] = read(client, EVENT).walk("VTIMEZONE")

    years = [part["DTSTART"].dt.year for part in zone.subcomponents]
    assert years == [2025, 2026, 2026, 2198, 2199, 2199]


def test_each_zone_is_described_once_and_before_the_events(client):
    callout("Here")
    callout("There", london(2026, 12, 5, 19), time_zone="Europe/London")
    callout("Also here", paris(2027, 2, 5, 19))
    callout("At sea", paris(2027, 2, 5, 19), time_zone="UTC")

    calendar = read(client)

    names = [component.name for component in calendar.subcomponents]
    assert names == ["VTIMEZONE"] * 2 + ["VEVENT"] * 4
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == [
        "Europe/London",
        "Europe/Paris",
    ]
    assert calendar.get_missing_tzids() == set()
