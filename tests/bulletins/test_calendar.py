"""The calendar, page by page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from bulletins.models import Kind
from tests import factories
from tests.bulletins import clock
from tests.bulletins.clock import london, paris

pytestmark = pytest.mark.django_db

NOW = paris(2026, 11, 23, 17)


@pytest.fixture(autouse=True)
def _now():
    with clock.at(NOW):
        yield


def callout(title="Hearing", starts=None, ends=None, **fields):
    return factories.live(
        kind=Kind.CALLOUT, title_en=title, starts_at=starts, ends_at=ends, **fields
    )


def days(found) -> list:
    """[(day, [title, …]), …] of a programme."""
    return [(f"{day['day']:%m-%d}", [text.title for text in day["texts"]]) for day in found]


def programme(client, path="/en/calendar/") -> dict:
    months = client.get(path).context["months"]
    return {f"{month['day']:%Y-%m}": days(month["days"]) for month in months}


def month(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return response


# What is coming -----------------------------------------------------------------------------------


def test_the_calendar_shows_what_is_coming_by_month_and_day_the_next_first(client):
    callout("Later", paris(2026, 12, 2, 8))
    callout("Evening", london(2026, 11, 28, 19), time_zone="Europe/London")
    callout("Morning", paris(2026, 11, 28, 9))
    callout("Over", paris(2026, 11, 22, 9))
    callout("No date")
    factories.draft(title_en="Draft", kind=Kind.CALLOUT, starts_at=paris(2026, 12, 1))
    factories.live(title_en="An update")

    assert programme(client) == {
        "2026-11": [("11-28", ["Morning", "Evening"])],
        "2026-12": [("12-02", ["Later"])],
    }


def test_what_goes_on_stands_at_today(client):
    callout("Camp", paris(2026, 10, 30, 12), paris(2026, 12, 5, 12))

    assert programme(client) == {"2026-11": [("11-23", ["Camp"])]}


def test_a_cancelled_callout_stays_and_is_marked(client):
    callout("Boat trip", paris(2026, 11, 26, 13), cancelled=True)

    page = client.get("/en/calendar/").text

    assert "Boat trip" in page
    assert "Cancelled" in page


@pytest.mark.parametrize(
    ("starts", "word"),
    [
        (paris(2026, 11, 23, 20), "Today"),
        (paris(2026, 11, 24, 20), "Tomorrow"),
        (paris(2026, 11, 23, 9), "Today"),
    ],
)
def test_the_calendar_says_today_and_tomorrow(client, starts, word):
    callout(starts=starts)

    assert f'<strong class="kicker-strong">{word}</strong>' in client.get("/en/calendar/").text


def test_a_callout_in_another_language_is_marked(client):
    factories.live_french(kind=Kind.CALLOUT, starts_at=paris(2026, 12, 2, 8))

    page = client.get("/en/calendar/").text

    assert '<h3 lang="fr" dir="ltr"' in " ".join(page.split())
    assert "in French" in page


@pytest.mark.parametrize("path", ["/en/calendar/", "/en/"])
def test_a_place_in_the_language_of_its_callout_is_not_marked_again(client, path):
    factories.live_french(kind=Kind.CALLOUT, starts_at=paris(2026, 12, 2, 8), place_fr="Calais")
    [item] = agenda(client.get(path))

    assert item.count("in French") == 1
    assert item.index("in French") < item.index("</h3>") < item.index(">Calais</span>")


@pytest.mark.parametrize("path", ["/en/calendar/", "/en/"])
def test_a_place_in_another_language_than_its_callout_is_marked(client, path):
    bulletin = callout(starts=paris(2026, 12, 2, 8), title_fr="Audience", body_fr="<p>Venez.</p>")
    bulletin.place_fr = "Calais"
    bulletin.save()
    [item] = agenda(client.get(path))

    assert item.count("in French") == 1
    assert item.index("</h3>") < item.index(">Calais</span>") < item.index("in French")


def agenda(response) -> list[str]:
    """What is said of each call-out that is coming."""
    found = response.text.split("<h3")[1:]
    return [item.split("</article>")[0] for item in found if "event-when" in item]


def test_an_empty_calendar_says_so(client):
    assert "Nothing is planned at the moment." in client.get("/en/calendar/").text


def test_the_calendar_leads_back_to_the_month_in_which_something_was(client):
    callout("Old", paris(2026, 3, 2, 9))
    callout("Older", paris(2026, 1, 2, 9))

    context = client.get("/en/calendar/").context

    assert (context["earlier"]["url"], context["later"]) == ("/en/calendar/2026/03/", None)


def test_what_does_not_fit_is_led_to(client, monkeypatch):
    monkeypatch.setattr("bulletins.calendar_views.COMING", 2)
    for day in (1, 2, 3):
        callout(f"Day {day}", paris(2027, day, day, 9))

    response = client.get("/en/calendar/")

    assert list(programme(client)) == ["2027-01", "2027-02"]
    assert response.context["later"]["url"] == "/en/calendar/2027/03/"


def test_the_calendar_tells_how_to_follow_it(client):
    page = client.get("/fr/calendar/", HTTP_HOST="localhost:8000").text

    assert 'href="webcal://localhost:8000/fr/calendar.ics"' in page
    assert 'href="/fr/calendar.ics"' in page


# By month -----------------------------------------------------------------------------------------


def test_a_month_holds_what_takes_place_in_it_where_it_does(client):
    # In Auckland it is December already.
    callout("There", paris(2026, 11, 30, 13), paris(2026, 11, 30, 14), time_zone="Pacific/Auckland")
    callout("Here", paris(2026, 11, 30, 13), paris(2026, 11, 30, 14))
    callout("First", paris(2026, 12, 1, 0, 0))
    callout("Last", paris(2026, 11, 1, 0, 0))

    november = month(client, "/en/calendar/2026/11/").context
    december = month(client, "/en/calendar/2026/12/").context

    assert days(november["days"]) == [("11-01", ["Last"]), ("11-30", ["Here"])]
    assert days(december["days"]) == [("12-01", ["There", "First"])]


def test_what_takes_days_stands_in_each_of_its_months_with_its_span(client):
    callout("Camp", paris(2026, 11, 29, 18), paris(2026, 12, 1, 0, 0))
    callout("March", paris(2026, 11, 30, 18), paris(2026, 12, 2, 10))

    november = month(client, "/en/calendar/2026/11/")
    december = month(client, "/en/calendar/2026/12/")

    assert days(november.context["days"]) == [("11-29", ["Camp"]), ("11-30", ["March"])]
    assert days(december.context["days"]) == [("12-01", ["March"])]
    assert "Monday 30 November, 18:00 – Wednesday 2 December, 10:00 Paris time" in november.text


def test_an_empty_month_says_so(client):
    page = month(client, "/en/calendar/2026/05/").text

    assert "Nothing stands in the calendar for this month." in page


@pytest.mark.parametrize(
    "path", ["2026/00", "2026/13", "0001/01", "9999/12", "3000/01", "26/01", "2026/1", "2026/x"]
)
def test_a_month_that_is_none_is_not_found(client, path):
    assert client.get(f"/en/calendar/{path}/").status_code == 404


@pytest.mark.parametrize("path", ["1000/01", "2999/12"])
def test_the_first_and_the_last_month_are_pages(client, path):
    assert client.get(f"/en/calendar/{path}/").status_code == 200


def around(client, path) -> tuple:
    context = month(client, path).context
    found = (context["previous"], context["next"])
    return tuple(one and one["url"].removeprefix("/en/calendar/") for one in found)


def test_a_month_leads_to_the_next_ones_in_which_something_is(client):
    callout("Old", paris(2025, 2, 3, 9))
    callout("Cancelled", paris(2026, 8, 31, 23), paris(2026, 9, 1, 1), cancelled=True)
    callout("Far", paris(2027, 7, 1, 0, 0))
    factories.draft(title_en="Draft", kind=Kind.CALLOUT, starts_at=paris(2026, 12, 1))

    assert around(client, "/en/calendar/2026/11/") == ("2026/09/", "2027/07/")
    assert around(client, "/en/calendar/2026/08/") == ("2025/02/", "2026/09/")
    assert around(client, "/en/calendar/2025/02/") == (None, "2026/08/")
    assert around(client, "/en/calendar/2027/07/") == ("2026/09/", None)


def test_a_month_within_a_long_callout_leads_both_ways(client):
    callout("Sit-in", paris(2026, 10, 5), paris(2027, 1, 5))

    assert around(client, "/en/calendar/2026/11/") == ("2026/10/", "2026/12/")
    assert around(client, "/en/calendar/2027/06/") == ("2027/01/", None)


def test_a_slip_of_the_pen_for_a_year_breaks_nothing(client):
    callout("Slip", paris(9026, 12, 2, 8))

    assert around(client, "/en/calendar/2026/11/") == (None, "")
    assert "Months" not in client.get("/en/calendar/2026/11/").text
    assert list(programme(client)) == ["9026-12"]
    assert client.get("/en/calendar.ics").status_code == 200


# On the page of a call-out, and in lists ----------------------------------------------------------


def test_a_callout_leads_to_its_place_and_into_ones_own_calendar(client):
    callout(starts=paris(2026, 12, 2, 8), place_en="Tar Lane (upstairs)")

    page = client.get("/en/bulletins/hearing/").text

    assert (
        '<a href="https://www.openstreetmap.org/search?query=Tar+Lane" '
        'rel="noopener noreferrer">Find it on OpenStreetMap</a>'
    ) in page
    assert '<a href="/en/bulletins/hearing/event.ics">Add to your calendar</a>' in page


@pytest.mark.parametrize(
    "fields", [{"starts": paris(2026, 11, 2)}, {"starts": paris(2026, 12, 2), "cancelled": True}]
)
def test_nobody_is_offered_to_note_what_will_not_be(client, fields):
    callout(**fields)

    assert "event.ics" not in client.get("/en/bulletins/hearing/").text


def test_a_preview_leads_to_no_file_that_is_not_there(admin_client):
    draft = factories.draft(kind=Kind.CALLOUT, starts_at=paris(2026, 12, 2, 8))
    page = admin_client.get(reverse("admin:bulletins_bulletin_preview", args=[draft.pk, "en"]))

    assert page.status_code == 200
    assert "event.ics" not in page.text


@pytest.mark.parametrize("path", ["/en/", "/en/bulletins/", "/en/bulletins/hearing/"])
def test_times_are_told_on_both_clocks_where_the_site_has_two(client, path):
    factories.identity(second_time_zone="Europe/London")
    callout(starts=paris(2026, 12, 2, 14))

    page = " ".join(client.get(path).text.split())

    assert "Paris time" in page
    assert "(13:00 London time)" in page


def test_the_other_clock_says_its_day_where_that_is_another(client):
    factories.identity(second_time_zone="Europe/London")
    callout(starts=paris(2026, 12, 2, 0, 30))

    assert "(Tuesday 1 December, 23:30 London time)" in client.get("/en/bulletins/hearing/").text


def test_the_list_of_callouts_begins_with_the_next(client):
    for title, day in {"Later": 28, "Next": 25, "Over": 2}.items():
        callout(title, paris(2026, 11, day, 9))

    page = client.get("/en/bulletins/?kind=callout")

    assert [text.title for text in page.context["page_obj"]] == ["Next", "Later", "Over"]
    assert [text.document.state for text in page.context["page_obj"]] == [
        *("upcoming", "upcoming", "past")
    ]


def test_what_was_over_yesterday_takes_nobodys_place_on_the_front_page(client):
    for number in range(12):
        callout(f"Over {number}", NOW - timedelta(hours=18))
    callout("Next", paris(2026, 11, 25, 9))

    assert [text.title for text in client.get("/en/").context["upcoming"]] == ["Next"]


# What it costs ------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/en/calendar/", 3),
        ("/fr/calendar/2026/12/", 4),
        ("/en/calendar.ics", 4),
        ("/en/bulletins/call-0/event.ics", 4),
    ],
)
def test_a_calendar_costs_the_same_for_one_and_for_three(
    client, django_assert_num_queries, number, path, queries
):
    factories.identity()
    for index in range(number):
        topic = factories.topic(name_en=f"Topic {index}", name_fr=f"Thème {index}")
        callout(f"Call {index}", paris(2026, 12, 2 + index, 9)).topics.add(topic)
        callout(f"Over {index}", paris(2026, 11, 2 + index, 9))

    with django_assert_num_queries(queries) as captured:
        assert client.get(path).status_code == 200

    assert [q["sql"] for q in captured if '"bulletins_bulletin"."body' in q["sql"]] == []
