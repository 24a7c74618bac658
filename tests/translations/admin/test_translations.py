"""What an editor says about the translations while saving a document's form."""

from __future__ import annotations

import pytest
from django.urls import reverse

from bulletins.models import Bulletin
from tests import factories
from tests.forms import post
from tests.translations.desk import desk_helpers as desk
from translations import sides
from translations.acts import publishing, sources
from translations.models import Side
from translations.status import Public

pytestmark = pytest.mark.django_db

ADD = "/admin/bulletins/bulletin/add/"


@pytest.fixture
def client(admin_client):
    return admin_client


def change(bulletin) -> str:
    return reverse("admin:bulletins_bulletin_change", args=[bulletin.pk])


def state(bulletin, language="fr") -> Public:
    return Side.objects.of(bulletin).get(language=language).status.public


def test_a_changed_word_makes_the_other_side_outdated(client):
    bulletin = factories.live_pair()

    post(client, client.get(change(bulletin)), body_en="<p>We open the large kitchen.</p>")

    assert state(bulletin) == Public.OUTDATED


def test_a_minor_change_leaves_the_other_side_up_to_date(client):
    bulletin = factories.live_pair()
    page = client.get(change(bulletin))

    post(client, page, minor="on", body_en="<p>We open the kitchen!</p>")

    assert Bulletin.objects.get().body_en == "<p>We open the kitchen!</p>"
    assert state(bulletin) == Public.CURRENT


def test_a_minor_change_does_not_whitewash_a_side_that_was_outdated(client):
    bulletin = factories.live_pair()
    post(client, client.get(change(bulletin)), body_en="<p>We open the large kitchen.</p>")

    page = client.get(change(bulletin))
    post(client, page, minor="on", title_en="The kitchen opens")

    assert state(bulletin) == Public.OUTDATED


def test_an_outdated_side_is_confirmed_by_a_tick(client):
    bulletin = factories.live_pair()
    post(client, client.get(change(bulletin)), body_en="<p>We open the large kitchen.</p>")

    post(client, client.get(change(bulletin)), confirms=["fr"])

    assert state(bulletin) == Public.CURRENT


def test_touching_an_outdated_side_does_not_confirm_it(client):
    bulletin = factories.live_pair()
    post(client, client.get(change(bulletin)), body_en="<p>We open the large kitchen.</p>")

    post(client, client.get(change(bulletin)), body_fr="<p>Nous ouvrons une cuisine.</p>")

    assert state(bulletin) == Public.OUTDATED


def test_both_languages_changed_in_one_save_stay_a_pair(client):
    bulletin = factories.live_pair()

    post(
        client,
        client.get(change(bulletin)),
        body_en="<p>We open the large kitchen.</p>",
        body_fr="<p>Nous ouvrons la grande cuisine.</p>",
    )

    assert state(bulletin) == Public.CURRENT


def test_one_form_leaves_one_version_of_each_side_that_it_changed(client):
    faq = factories.faq(entries=2, title_fr="Questions")
    before = faq.side_versions.count()
    page = client.get(change(faq))

    post(
        client,
        page,
        **{
            "title_en": "Questions of today",
            "entries-0-question_en": "First?",
            "entries-1-question_en": "Second?",
        },
    )

    assert faq.side_versions.count() == before + 1


def write_in_french(bulletin, person):
    title, body = desk.rows(bulletin, ":title")[0], desk.rows(bulletin)[0]
    desk.save(
        bulletin,
        person,
        desk.posted(title, "La cuisine ouvre", ":title"),
        desk.posted(body, "<p>Nous ouvrons.</p>"),
    )


def test_both_sides_are_published_together(client, admin_user):
    post(
        client,
        client.get(ADD),
        button="_publish",
        source_language="en",
        title_en="Kitchen opens",
        body_en="<p>We open the kitchen.</p>",
        wait_for=["fr"],
    )
    bulletin = Bulletin.objects.get()
    waiting = bulletin.is_committed
    write_in_french(bulletin, admin_user)

    publishing.publish_side(Bulletin, bulletin.pk, "fr", person=admin_user)

    assert (waiting, Bulletin.objects.get().sides(), Bulletin.objects.get().is_live) == (
        False,
        ["en", "fr"],
        True,
    )


def test_what_is_urgent_is_published_without_waiting(client):
    bulletin = factories.draft()
    post(client, client.get(change(bulletin)), button="_publish", wait_for=["fr"])
    waited = Side.objects.of(bulletin).get(language="fr").hold

    post(client, client.get(change(bulletin)), button="_publish", wait_for=[])

    side = Side.objects.of(bulletin).get(language="fr")
    assert (waited, side.hold, Bulletin.objects.get().is_live) == (True, False, True)


def test_nothing_waits_for_a_side_that_is_here_already(client):
    bulletin = factories.draft(title_fr="La cuisine", body_fr="<p>Ici.</p>")

    post(client, client.get(change(bulletin)), button="_publish", wait_for=["fr"])

    assert Bulletin.objects.get().is_live


def offered(response) -> list[str]:
    """The languages that “Publish together with” offers."""
    return [code for code, _name in response.context["adminform"].form.fields["wait_for"].choices]


def test_the_language_it_is_written_in_is_none_to_wait_for(client):
    written = {"source_language": "fr", "title_fr": "La cuisine", "body_fr": "<p>Ici.</p>"}
    french = factories.draft(**written)

    assert (offered(client.get(ADD)), offered(client.get(change(french)))) == (["fr"], ["en"])


def test_nothing_is_published_at_once_for_who_wanted_it_to_wait(client):
    response = post(
        client,
        client.get(ADD),
        button="_publish",
        source_language="fr",
        title_fr="La cuisine",
        body_fr="<p>Ici.</p>",
        # As it was offered before “written in” was changed.
        wait_for=["fr"],
    )

    form = response.context["adminform"].form
    assert form.errors["wait_for"] == [
        "This is written in French, so it does not wait for French. Choose another language, or "
        "publish without a tick."
    ]
    assert (offered(response), Bulletin.objects.count()) == (["en"], 0)


def test_the_language_it_is_written_in_is_passed_over_beside_another_and_said_so(client):
    response = post(
        client,
        client.get(ADD),
        button="_publish",
        source_language="fr",
        title_fr="La cuisine",
        body_fr="<p>Ici.</p>",
        wait_for=["fr", "en"],
    )

    told = [str(message) for message in client.get(response.url).context["messages"]]
    assert told[0] == "This is written in French: it does not wait for that side."
    assert list(Side.objects.filter(hold=True).values_list("language", flat=True)) == ["en"]
    assert not Bulletin.objects.get().is_committed


def test_a_text_that_waits_is_checked_as_if_it_were_published(client):
    response = post(
        client,
        client.get(ADD),
        button="_publish",
        source_language="en",
        title_en="Kitchen opens",
        wait_for=["fr"],
    )

    assert list(response.context["adminform"].form.errors) == ["body_en"]
    assert Bulletin.objects.count() == 0


def test_the_source_may_change_places_only_with_a_side_that_is_up_to_date(client):
    bulletin = factories.live_pair()
    post(client, client.get(change(bulletin)), body_en="<p>We open the large kitchen.</p>")

    response = post(client, client.get(change(bulletin)), source_language="fr")

    assert list(response.context["adminform"].form.errors) == ["source_language"]


def test_a_side_that_somebody_is_translating_does_not_take_the_place_of_the_source(client):
    bulletin = factories.live_pair()
    page = client.get(change(bulletin))
    [title] = desk.rows(bulletin, ":title")
    desk.save(bulletin, desk.person(), desk.posted(title, "Une cuisine", ":title"))

    response = post(client, page, source_language="fr")

    assert response.context["adminform"].form.errors == {
        "source_language": [
            "Somebody has begun a draft of the French side. Publish it at the translators’ desk or "
            "throw it away there; then this side can take the original’s place."
        ]
    }
    assert Bulletin.objects.get().source_language == "en"


def test_after_a_swap_the_old_source_is_an_up_to_date_translation():
    bulletin = factories.live_pair()

    sources.swap_source(Bulletin, bulletin.pk, "fr")

    assert (state(bulletin, "fr"), state(bulletin, "en")) == (Public.SOURCE, Public.CURRENT)


def test_the_list_marks_an_outdated_side(client):
    bulletin = factories.live_pair()
    current = client.get("/admin/bulletins/bulletin/").text
    bulletin.body_en = "<p>Something else.</p>"
    bulletin.save()

    outdated = client.get("/admin/bulletins/bulletin/").text

    assert ("side-state-outdated" in current, "side-state-outdated" in outdated) == (False, True)


def test_a_minor_change_outside_a_form_is_carried_into_what_the_others_are_based_on():
    bulletin = factories.live_pair()

    with sources.minor_change(bulletin):
        bulletin.title_en = "The kitchen opens"
        bulletin.save()

    assert sides.is_current(bulletin, "fr")
