"""Editors write, publish and take back."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from bulletins.models import Bulletin, FAQEntry, Kind
from tests import factories
from tests.forms import post, shown

pytestmark = pytest.mark.django_db

ADD = "/admin/bulletins/bulletin/add/"
LIST = "/admin/bulletins/bulletin/"


@pytest.fixture
def client(admin_client):
    return admin_client


def change(bulletin) -> str:
    return reverse("admin:bulletins_bulletin_change", args=[bulletin.pk])


def errors(response) -> dict:
    found = dict(response.context["adminform"].form.errors)
    for inline in response.context["inline_admin_formsets"]:
        for form in inline.formset.forms:
            found |= form.errors
    return found


# Writing ----------------------------------------------------------------------------------------


def test_french_alone_can_be_written_and_published(client):
    response = post(
        client,
        client.get(ADD),
        button="_publish",
        source_language="fr",
        title_fr="Tous au port",
        body_fr="<p>Venez.</p>",
    )

    bulletin = Bulletin.objects.get()
    assert response.status_code == 302
    assert (bulletin.is_live, bulletin.sides(), bulletin.slug_fr) == (True, ["fr"], "tous-au-port")


def test_english_alone_can_be_written_and_kept_as_a_draft(client):
    post(client, client.get(ADD), title_en="To the port")

    bulletin = Bulletin.objects.get()
    assert (bulletin.is_committed, bulletin.title_en) == (False, "To the port")


@pytest.mark.parametrize("days", [-1, 1])
def test_saving_a_draft_never_publishes_whatever_the_date(client, days):
    date = (timezone.now() + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")

    response = post(
        client,
        client.get(ADD),
        button="_draft",
        title_en="To the port",
        body_en="<p>Come.</p>",
        published_at=date,
    )

    assert Bulletin.objects.get().published_at is None
    assert "saved as a draft" in client.get(response["Location"]).text


def test_publishing_with_a_date_to_come_waits_for_it_and_says_so(client):
    date = (timezone.now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")

    response = post(
        client,
        client.get(ADD),
        button="_publish",
        title_en="To the port",
        body_en="<p>Come.</p>",
        published_at=date,
    )

    bulletin = Bulletin.objects.get()
    assert (bulletin.is_live, bulletin.is_committed) == (False, True)
    assert "It will be public by itself" in client.get(response["Location"]).text


def test_an_empty_date_takes_nothing_back_and_the_next_save_goes_through(client):
    live = factories.live_pair()
    soon = factories.draft(title_en="Soon", published_at=timezone.now() + timedelta(days=2))
    for bulletin in (live, soon):
        # What a browser sends for a date of which the hour was taken out.
        refused = post(client, client.get(change(bulletin)), published_at="", summary_en="New")
        stood = Bulletin.objects.get(pk=bulletin.pk)
        response = post(client, refused)

        stored = Bulletin.objects.get(pk=bulletin.pk)
        assert list(errors(refused)) == ["published_at"]
        assert "An empty date does not take this back" in refused.text
        assert (stood.published_at, stood.summary_en) == (bulletin.published_at, None)
        assert response.status_code == 302
        assert (stored.published_at, stored.summary_en) == (bulletin.published_at, "New")


def test_a_page_is_not_taken_back_by_an_empty_date_either(client):
    page = factories.page()
    form = client.get(reverse("admin:pages_page_change", args=[page.pk]))

    refused = post(client, form, "page_form", published_at="")

    assert list(errors(refused)) == ["published_at"]
    page.refresh_from_db()
    assert page.is_live


def test_an_older_form_with_an_empty_date_is_no_attempt_to_take_it_back(client):
    bulletin = factories.draft()
    mine = client.get(change(bulletin))
    post(client, client.get(change(bulletin)), button="_publish")

    response = post(client, mine, button="_draft", summary_en="In short")

    stored = Bulletin.objects.get()
    assert (response.status_code, stored.is_live, stored.summary_en) == (302, True, "In short")


def test_a_date_that_is_no_date_is_told_once(client):
    bulletin = factories.live()

    response = post(client, client.get(change(bulletin)), published_at="2026-13-45T99:99")

    assert [len(found) for found in errors(response).values()] == [1]
    assert Bulletin.objects.get().is_live


def test_a_new_text_is_written_in_the_language_of_the_person(client, admin_user):
    admin_user.language = "fr"
    admin_user.save()

    form = client.get(ADD).context["adminform"].form

    assert form["source_language"].value() == "fr"


def test_the_column_of_the_source_language_comes_first(client):
    titles = [
        [name for name, options in client.get(change(b)).context["adminform"].fieldsets if name]
        for b in (factories.live_pair(), factories.live_french())
    ]

    assert [
        [name.split(">")[1].split("<")[0] for name in names if "lang=" in name] for names in titles
    ] == [["English", "Français"], ["Français", "English"]]


def test_publishing_half_a_side_names_what_is_missing_and_keeps_what_was_typed(client):
    response = post(
        client, client.get(ADD), button="_publish", title_en="To the port", title_fr="Au port"
    )

    assert list(errors(response)) == ["body_en", "body_fr"]
    assert 'value="To the port"' in response.text
    assert 'value="Au port"' in response.text
    assert Bulletin.objects.count() == 0


def test_saving_half_a_side_on_a_live_text_is_refused(client):
    bulletin = factories.live()

    response = post(client, client.get(change(bulletin)), title_fr="La cuisine ouvre")

    assert list(errors(response)) == ["body_fr"]
    assert Bulletin.objects.get().title_fr is None


def test_a_slug_of_another_text_is_refused_with_the_text_in_the_form(client):
    factories.live(title_en="Taken")

    response = post(
        client, client.get(ADD), title_fr="Pris", slug_fr="taken", body_fr="<p>Texte.</p>"
    )

    assert list(errors(response)) == ["slug_fr"]
    assert "belongs to another text" in response.text
    assert 'value="Pris"' in response.text


def test_a_title_of_ten_thousand_characters_comes_back_with_a_message(client):
    response = post(client, client.get(ADD), title_en="x" * 10_000)

    assert list(errors(response)) == ["title_en"]
    assert Bulletin.objects.count() == 0


def test_a_title_that_is_too_long_is_not_called_missing_as_well(client):
    response = post(
        client, client.get(ADD), button="_publish", title_en="x" * 300, body_en="<p>Come.</p>"
    )

    assert [len(found) for found in errors(response).values()] == [1]


def test_a_script_in_a_form_is_not_stored_and_the_person_is_told(client):
    response = post(
        client, client.get(ADD), title_en="T", body_en="<p>Hi<script>alert(1)</script></p>"
    )

    page = client.get(response["Location"])
    assert Bulletin.objects.get().body_en == "<p>Hi</p>"
    assert "it cannot hold" in page.text


def test_a_link_to_our_own_page_is_shown_as_an_address_and_stored_as_a_reference(client):
    target = factories.live_pair()
    linking = factories.draft(
        title_en="Linking", body_en='<p><a href="/en/bulletins/kitchen-opens/">it</a></p>'
    )

    page = client.get(change(linking))
    post(client, page, summary_en="New")

    stored = Bulletin.objects.get(pk=linking.pk)
    assert "/en/bulletins/kitchen-opens/" in shown(page, "bulletin_form")["body_en"][0]
    assert stored.body_en == f'<p><a href="ref:bulletins.bulletin/{target.pk}">it</a></p>'


def test_saving_what_was_shown_changes_nothing(client):
    bulletin = factories.live_pair(
        kind=Kind.CALLOUT,
        starts_at=timezone.now().replace(second=17, microsecond=3),
        ago=timedelta(minutes=5, seconds=3),
    )
    before, versions = Bulletin.objects.values().get(), Bulletin.history.count()

    response = post(client, client.get(change(bulletin)))

    assert response.status_code == 302
    assert (Bulletin.objects.values().get(), Bulletin.history.count()) == (before, versions)


# Times ------------------------------------------------------------------------------------------


def test_times_are_written_as_the_clock_where_it_takes_place(client):
    post(
        client,
        client.get(ADD),
        kind=Kind.CALLOUT,
        title_en="Vigil",
        starts_at="2026-07-14T18:30",
        time_zone="Europe/London",
    )

    bulletin = Bulletin.objects.get()
    assert bulletin.starts_at == datetime(2026, 7, 14, 18, 30, tzinfo=ZoneInfo("Europe/London"))
    assert client.get(change(bulletin)).context["adminform"].form["starts_at"].value() == datetime(
        2026, 7, 14, 18, 30
    )


def test_an_unknown_time_zone_comes_back_with_a_message(client):
    response = post(client, client.get(ADD), title_en="Vigil", time_zone="Calais")

    assert list(errors(response)) == ["time_zone"]


# Two people on one text -------------------------------------------------------------------------


def test_changes_of_different_languages_both_stay(client):
    bulletin = factories.live_pair()
    mine = client.get(change(bulletin))
    theirs = client.get(change(bulletin))

    post(client, theirs, title_fr="La cuisine rouvre")
    response = post(client, mine, title_en="Kitchen reopens")

    stored = Bulletin.objects.get()
    assert response.status_code == 302
    assert (stored.title_en, stored.title_fr) == ("Kitchen reopens", "La cuisine rouvre")


def test_changes_of_the_same_text_are_a_conflict_that_shows_both(client):
    bulletin = factories.live_pair()
    mine = client.get(change(bulletin))
    theirs = client.get(change(bulletin))

    post(client, theirs, body_en="<p>Their words.</p>")
    response = post(client, mine, body_en="<p>My words.</p>")

    assert list(errors(response)) == ["body_en"]
    assert "<del>My</del><ins>Their</ins> words." in response.text
    assert shown(response, "bulletin_form")["body_en"] == ["<p>My words.</p>"]
    assert Bulletin.objects.get().body_en == "<p>Their words.</p>"


def test_saving_again_after_having_seen_both_is_accepted(client):
    bulletin = factories.live_pair()
    mine = client.get(change(bulletin))
    post(client, client.get(change(bulletin)), body_en="<p>Their words.</p>")
    refused = post(client, mine, body_en="<p>My words.</p>")

    response = post(client, refused, body_en="<p>Both our words.</p>")

    assert response.status_code == 302
    assert Bulletin.objects.get().body_en == "<p>Both our words.</p>"


def test_a_third_change_after_the_conflict_is_a_conflict_again(client):
    bulletin = factories.live_pair()
    mine = client.get(change(bulletin))
    post(client, client.get(change(bulletin)), body_en="<p>Their words.</p>")
    refused = post(client, mine, body_en="<p>My words.</p>")
    post(client, client.get(change(bulletin)), body_en="<p>A third text.</p>")

    response = post(client, refused, body_en="<p>Both our words.</p>")

    assert list(errors(response)) == ["body_en"]
    assert Bulletin.objects.get().body_en == "<p>A third text.</p>"


def test_a_text_published_meanwhile_is_not_taken_back_by_an_older_form(client):
    bulletin = factories.draft()
    mine = client.get(change(bulletin))
    post(client, client.get(change(bulletin)), button="_publish")

    post(client, mine, summary_en="In short")

    stored = Bulletin.objects.get()
    assert (stored.is_live, stored.summary_en) == (True, "In short")


def test_topics_chosen_meanwhile_stay(client):
    bulletin, topic = factories.live(), factories.topic()
    mine = client.get(change(bulletin))
    post(client, client.get(change(bulletin)), topics=[str(topic.pk)])

    post(client, mine, summary_en="In short")

    assert list(Bulletin.objects.get().topics.all()) == [topic]


def test_the_same_change_by_two_people_is_no_conflict(client):
    bulletin = factories.live_pair()
    mine = client.get(change(bulletin))
    post(client, client.get(change(bulletin)), title_en="Kitchen reopens")

    assert post(client, mine, title_en="Kitchen reopens").status_code == 302


def test_an_entry_changed_by_two_people_is_a_conflict_too(client):
    faq = factories.faq(entries=1)
    mine = client.get(change(faq))
    post(client, client.get(change(faq)), **{"entries-0-question_en": "Their question?"})

    response = post(client, mine, **{"entries-0-question_en": "My question?"})

    assert list(errors(response)) == ["question_en"]
    assert FAQEntry.objects.get().question_en == "Their question?"


def test_entries_in_different_languages_both_stay(client):
    faq = factories.faq(entries=1)
    mine = client.get(change(faq))
    french = {"entries-0-question_fr": "Pourquoi ?", "entries-0-answer_fr": "<p>Voilà.</p>"}
    post(client, client.get(change(faq)), **french)

    post(client, mine, **{"entries-0-question_en": "My question?"})

    entry = FAQEntry.objects.get()
    assert (entry.question_en, entry.question_fr) == ("My question?", "Pourquoi ?")


def test_the_text_of_a_form_whose_bulletin_was_deleted_is_given_back(client):
    bulletin = factories.draft()
    mine = client.get(change(bulletin))
    bulletin.delete()

    response = post(client, mine, body_en="<p>An hour of work.</p>")

    assert response.status_code == 200
    assert "An hour of work." in response.text


def test_an_entry_deleted_by_somebody_else_is_told_and_its_text_stays(client):
    faq = factories.faq(entries=1)
    mine = client.get(change(faq))
    faq.entries.get().delete()

    response = post(client, mine, **{"entries-0-question_en": "An hour of work?"})

    assert "Somebody deleted one of these" in response.text
    assert "An hour of work?" in response.text


def test_its_text_becomes_a_new_entry_when_the_form_is_sent_again(client):
    faq = factories.faq(entries=2)
    mine = client.get(change(faq))
    faq.entries.first().delete()
    told = post(client, mine, **{"entries-0-question_en": "An hour of work?"})

    response = post(client, told)

    questions = FAQEntry.objects.order_by("question_en").values_list("question_en", flat=True)
    assert (response.status_code, list(questions)) == (302, ["An hour of work?", "Question 2?"])


def test_an_entry_deleted_by_somebody_else_stays_deleted_where_i_did_not_touch_it(client):
    faq = factories.faq(entries=2)
    mine = client.get(change(faq))
    faq.entries.first().delete()

    response = post(client, mine, **{"entries-1-question_en": "Another question?"})

    assert (response.status_code, FAQEntry.objects.get().question_en) == (302, "Another question?")


# Questions and answers --------------------------------------------------------------------------


def new_entry(**fields) -> dict:
    return {"entries-TOTAL_FORMS": "1"} | {f"entries-0-{k}": v for k, v in fields.items()}


def test_an_faq_is_written_with_its_entries(client):
    post(
        client,
        client.get(ADD),
        button="_publish",
        kind=Kind.FAQ,
        title_en="Questions",
        **new_entry(position="1", question_en="Why?", answer_en="<p>Because.</p>"),
    )

    assert Bulletin.objects.get().entries.get().question_en == "Why?"


def test_half_an_entry_keeps_an_faq_from_being_published(client):
    response = post(
        client,
        client.get(ADD),
        button="_publish",
        kind=Kind.FAQ,
        title_en="Questions",
        **new_entry(position="1", question_en="Why?"),
    )

    assert list(errors(response)) == ["answer_en"]
    assert (Bulletin.objects.count(), FAQEntry.objects.count()) == (0, 0)


# Taking back ------------------------------------------------------------------------------------


def act(bulletin, name: str, *args) -> str:
    return reverse(f"admin:bulletins_bulletin_{name}", args=[bulletin.pk, *args])


def test_taking_back_asks_first_and_then_answers_410(client):
    bulletin = factories.live()

    asked = client.get(act(bulletin, "unpublish"))
    before = client.get("/en/bulletins/kitchen-opens/").status_code
    client.post(act(bulletin, "unpublish"))

    assert asked.status_code == 200
    assert (before, client.get("/en/bulletins/kitchen-opens/").status_code) == (200, 410)


def test_one_side_is_taken_back_and_put_back(client):
    bulletin = factories.live_pair()

    client.post(act(bulletin, "withdraw", "fr"))
    taken = Bulletin.objects.get().sides()
    page = client.get(change(bulletin)).text
    client.post(act(bulletin, "put_back", "fr"))

    assert (taken, Bulletin.objects.get().sides()) == (["en"], ["en", "fr"])
    assert "its text is kept" in page


def test_a_side_written_anew_after_it_was_taken_back_is_shown_as_public(client):
    bulletin = factories.live_pair()
    client.post(act(bulletin, "withdraw", "fr"))
    post(client, client.get(change(bulletin)), title_fr="Neuf", body_fr="<p>Neuf.</p>")

    french = client.get(change(bulletin)).context["sides"][1]

    assert (french["exists"], french["is_empty"]) == (True, False)
    assert "its text is kept" not in client.get(change(bulletin)).text


def test_the_source_side_cannot_be_taken_back_alone_and_says_why(client):
    bulletin = factories.live_pair()

    response = client.post(act(bulletin, "withdraw", "en"), follow=True)

    assert "the language it was written in" in response.text
    assert Bulletin.objects.get().sides() == ["en", "fr"]


def test_a_preview_shows_a_draft_to_editors_and_is_never_cached(client):
    bulletin = factories.draft()

    response = client.get(act(bulletin, "preview", "en"))

    assert "We open the kitchen." in response.text
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"


def test_a_preview_speaks_the_language_it_is_asked_for(client):
    response = client.get(act(factories.draft(source_language="fr"), "preview", "fr"))

    assert '<html lang="fr"' in response.text


@pytest.mark.parametrize("name", ["preview", "withdraw", "put_back"])
def test_an_unknown_language_is_not_found(client, name):
    assert client.get(act(factories.live(), name, "xx")).status_code == 404


def test_a_preview_stands_in_the_sites_own_frame(client):
    factories.identity()

    assert "Quai Ouvert" in client.get(act(factories.draft(), "preview", "en")).text


# The list and the history -----------------------------------------------------------------------


def listed(response) -> list[str]:
    return sorted(str(bulletin) for bulletin in response.context["cl"].result_list)


def test_the_list_finds_what_has_no_french(client):
    factories.live(title_en="English only")
    factories.live_pair(title_en="Both")
    factories.live_french(title_fr="Seulement")

    assert listed(client.get(f"{LIST}?missing=fr")) == ["English only"]
    assert listed(client.get(f"{LIST}?missing=en")) == ["Seulement"]


def test_the_list_is_filtered_by_publication(client):
    factories.live(title_en="Live")
    factories.draft(title_en="Draft")
    factories.draft(title_en="Soon", published_at=timezone.now() + timedelta(days=1))

    found = {
        state: listed(client.get(f"{LIST}?publication={state}"))
        for state in ("live", "scheduled", "draft")
    }

    assert found == {"live": ["Live"], "scheduled": ["Soon"], "draft": ["Draft"]}


def test_search_goes_over_both_languages(client):
    factories.live_pair()
    factories.live(title_en="Another text", body_en="<p>Other words.</p>")

    for words in ("kitchen", "cuisine"):
        assert listed(client.get(f"{LIST}?q={words}")) == ["Kitchen opens"]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(client, django_assert_num_queries, number):
    for _ in range(number):
        factories.live_pair().topics.add(factories.topic())
        factories.draft(title_fr="Un titre seul")

    with django_assert_num_queries(8) as captured:
        page = client.get(LIST).text

    assert "begun" in page
    assert [q["sql"] for q in captured if '"bulletins_bulletin"."body' in q["sql"]] == []


def test_the_history_shows_who_changed_which_words(client):
    bulletin = factories.live_pair()
    post(client, client.get(change(bulletin)), body_en="<p>We open the garden.</p>")

    page = client.get(reverse("admin:bulletins_bulletin_history", args=[bulletin.pk]))

    assert "<del>kitchen</del><ins>garden</ins>" in page.text
    assert "admin" in page.context["versions"][0].author


def test_the_history_of_an_faq_tells_of_its_entries(client):
    faq = factories.faq(entries=1)
    post(client, client.get(change(faq)), **{"entries-0-question_en": "Another question?"})

    versions = client.get(reverse("admin:bulletins_bulletin_history", args=[faq.pk])).context[
        "versions"
    ]

    assert versions[0].part == "Another question?"
