"""A picture's own page: the people in it, where it stands, its name; withdrawn and deleted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone
from lxml import html

from core.kept import RESTORE
from pictures import acts
from pictures.forms import what_is_known
from pictures.models import Consent, Picture
from tests import factories
from tests.accounts.people import editor, person
from tests.pictures.addresses import answers, every
from tests.pictures.factories import FACE, figure, picture

pytestmark = pytest.mark.django_db

LIST = "/admin/pictures/picture/"


@pytest.fixture
def edith(client):
    client.force_login(editor())
    return client


def at(picture: Picture, act: str = "change") -> str:
    return f"{LIST}{picture.pk}/{act}/"


def words(response) -> str:
    [main] = html.fromstring(response.text).xpath("//main")
    return " ".join(main.text_content().split())


def say(client, made: Picture, consent: str, **fields):
    """Send the form about the people in a picture, as it was shown."""
    seen = what_is_known(Picture.objects.get(pk=made.pk))
    fields = {"seen": seen, "agreed_on": "", "agreed_for": "", **fields}
    return client.post(at(made), {"consent": consent, **fields}, follow=True)


# The page ---------------------------------------------------------------------------------------


def test_it_tells_what_was_removed_and_where_it_stands(edith):
    made = picture(name="March")
    document = factories.live(title_en="Kitchen opens")
    figure(document, made)

    page = words(edith.get(at(made)))

    assert "Location and camera were removed." in page
    assert "Readers see it A public text shows it." in page
    assert "It stands in Kitchen opens bulletin, Below the text" in page


@pytest.mark.parametrize(
    ("consent", "said"),
    [
        (Consent.NOBODY, "May be shown Readers see it as soon as a public text shows it."),
        (Consent.UNKNOWN, "May not be shown yet Readers see it nowhere."),
    ],
)
def test_it_says_who_sees_it(edith, consent, said):
    assert said in words(edith.get(at(picture(consent))))


def test_what_is_covered_is_told(edith):
    made = picture(Consent.UNKNOWN)
    acts.apply_mask(made.pk, [FACE, FACE], all_covered=True)

    page = words(edith.get(at(made)))

    assert "2 regions, for good. All recognisable people are covered." in page


def test_what_is_not_there_is_not_found(edith):
    for address in ("change", "mask", "withdraw", "delete"):
        assert edith.get(f"{LIST}99/{address}/").status_code == 404
        assert edith.get(f"{LIST}x/{address}/").status_code == 404


# The people in it -------------------------------------------------------------------------------


def test_whoever_is_in_it_agreed(edith):
    made = picture(Consent.UNKNOWN)

    response = say(edith, made, "agreed", agreed_on="2026-03-08", agreed_for="this site")

    made.refresh_from_db()
    assert (made.consent, made.agreed_on, made.agreed_for) == (
        Consent.AGREED,
        date(2026, 3, 8),
        "this site",
    )
    assert "It may be shown: readers see it where a public text has it." in response.text


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"agreed_for": "this site"}, "Say when they agreed."),
        ({"agreed_on": "2026-03-08"}, "Say what they agreed to."),
        (
            {
                "agreed_on": str(timezone.localdate() + timedelta(days=1)),
                "agreed_for": "this site",
            },
            "This day is still to come.",
        ),
        ({"agreed_on": "soon", "agreed_for": "this site"}, "Enter a valid date."),
    ],
)
def test_when_and_for_what_is_asked(edith, fields, error):
    made = picture(Consent.UNKNOWN)

    response = say(edith, made, "agreed", **fields)

    made.refresh_from_db()
    assert error in words(response)
    assert made.consent == Consent.UNKNOWN


def test_taking_agreement_back_takes_it_from_readers_at_once(edith, client, commit):
    made = picture(Consent.AGREED)
    with commit():
        figure(factories.live(), made)
    addresses = every(made)
    assert answers(client, addresses) == {200}

    response = say(edith, made, "unknown")

    assert answers(client, addresses) == {404}
    assert "Nobody has said that the people in this picture agreed." in response.text


def test_an_old_page_puts_nothing_back(edith):
    made = picture(Consent.AGREED)
    old = what_is_known(made)
    acts.set_consent(made.pk, Consent.UNKNOWN)
    agreed = {"agreed_on": "2026-03-08", "agreed_for": "this site"}

    response = say(edith, made, "agreed", seen=old, **agreed)

    made.refresh_from_db()
    assert made.consent == Consent.UNKNOWN
    assert "It says now: “They did not agree, or nobody knows”." in words(response)
    [seen] = html.fromstring(response.text).xpath('//input[@name="seen"]/@value')

    say(edith, made, "agreed", seen=seen, **agreed)

    made.refresh_from_db()
    assert made.consent == Consent.AGREED


def test_nothing_is_said_of_what_was_withdrawn(edith):
    made = picture()
    acts.withdraw(made.pk)

    response = say(edith, made, "nobody")

    made.refresh_from_db()
    assert made.consent == Consent.UNKNOWN
    assert response.status_code == 200


@pytest.mark.parametrize("fields", [{"consent": "agreed"}, {"name": "New"}])
def test_a_form_that_is_only_given_back_saves_nothing(edith, fields):
    made = picture(Consent.UNKNOWN, name="Old")
    fields |= {"seen": what_is_known(made), "agreed_on": "2026-03-08", "agreed_for": "this site"}

    response = edith.post(at(made), fields | {RESTORE: "1"})

    made.refresh_from_db()
    assert (made.consent, made.name) == (Consent.UNKNOWN, "Old")
    assert "Nothing has been saved yet" in response.text


# Its name ---------------------------------------------------------------------------------------


def test_it_is_renamed(edith):
    made = picture(name="Old")

    response = edith.post(at(made), {"name": "  The  square "}, follow=True)

    made.refresh_from_db()
    assert made.name == "The square"
    assert "It is called “The square” now." in response.text


def test_a_name_that_is_too_long_is_told(edith):
    made = picture(name="Old")

    response = edith.post(at(made), {"name": "x" * 201})

    made.refresh_from_db()
    assert made.name == "Old"
    assert "at most 200 characters" in response.text


# Withdrawn --------------------------------------------------------------------------------------


def test_before_it_is_withdrawn_the_page_says_where_it_stands(edith):
    made = picture()
    figure(factories.live(title_en="Kitchen opens"), made)

    page = words(edith.get(at(made, "withdraw")))

    assert "Every file of it is deleted for ever" in page
    assert "It stands in these texts. They stay as they are, without it: Kitchen opens" in page
    made.refresh_from_db()
    assert not made.is_withdrawn


def test_withdrawn_it_is_gone_and_its_page_says_where_it_stood(edith, client, commit, listed):
    made = picture(name="March")
    with commit():
        figure(factories.live(title_en="Kitchen opens"), made)
    addresses = [*every(made), *every(made, is_private=True)]

    with commit():
        response = edith.post(at(made, "withdraw"), follow=True)

    assert answers(client, addresses) == {410}
    assert (listed("default"), listed("private")) == ([], [])
    page = words(response)
    assert "Nothing is left of this picture." in page
    assert "It stood in Kitchen opens" in page
    assert "The people in it" not in page
    assert [entry.change_message for entry in LogEntry.objects.all()] == ["withdrawn"]


# Deleted ----------------------------------------------------------------------------------------


def test_what_is_used_is_not_deleted_and_the_page_says_where(edith):
    made = picture(name="March")
    figure(factories.draft(title_en="Kitchen opens"), made)

    assert "Take it out of these texts first: Kitchen opens" in words(edith.get(at(made, "delete")))
    response = edith.post(at(made, "delete"))

    assert "This picture is in use: “Kitchen opens”." in response.text
    assert Picture.objects.filter(pk=made.pk).exists()
    assert not LogEntry.objects.exists()


def test_what_nobody_uses_is_deleted_with_its_files(edith, commit, listed):
    made = picture(name="March")

    with commit():
        response = edith.post(at(made, "delete"), follow=True)

    assert response.redirect_chain == [(LIST, 302)]
    assert "“March” is deleted, with its files." in response.text
    assert not Picture.objects.exists()
    assert listed("private") == []


# Who may ----------------------------------------------------------------------------------------


def test_whoever_may_only_look_changes_nothing(client):
    from django.contrib.auth.models import Permission

    made = picture(Consent.UNKNOWN, name="Old")
    looker = person("looker", is_staff=True)
    looker.user_permissions.add(Permission.objects.get(codename="view_picture"))
    client.force_login(looker)

    page = client.get(at(made))
    assert page.status_code == 200
    assert not html.fromstring(page.text).xpath('//main//input[@type="submit"]')
    statuses = [
        client.post(at(made), {"name": "New"}).status_code,
        say(client, made, "nobody").status_code,
        client.post(at(made, "withdraw")).status_code,
        client.post(at(made, "delete")).status_code,
        client.post(at(made, "mask"), {"do": "apply"}).status_code,
    ]

    made.refresh_from_db()
    assert statuses == [403] * 5
    assert (made.name, made.consent, made.is_withdrawn) == ("Old", Consent.UNKNOWN, False)
