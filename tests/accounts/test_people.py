"""People in the admin: made by a link, never raised to superuser, never shut out by themselves."""

from __future__ import annotations

import logging
import re

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client

from accounts.groups import ADMINISTRATORS, EDITORS, ROLES, translators
from accounts.models import User
from tests.accounts.people import (
    PASSWORD,
    administrator,
    editor,
    log_in,
    person,
    superuser,
    translator,
)

pytestmark = pytest.mark.django_db

LIST = "/admin/accounts/user/"
ADD = f"{LIST}add/"
NEW = "loud river pebble"


@pytest.fixture
def office(client):
    """The admin, in front of an administrator."""
    client.force_login(administrator())
    return client


def at(user, what: str = "change") -> str:
    return f"{LIST}{user.pk}/{what}/"


def words(username: str, *roles: str, **changed) -> dict:
    groups = list(Group.objects.filter(name__in=roles).values_list("pk", flat=True))
    words = {"username": username, "language": "en", "groups": groups, "is_active": "on"}
    return {name: value for name, value in (words | changed).items() if value is not None}


def link(client, user) -> str:
    """The path of a fresh one-time link."""
    page = client.post(at(user, "link")).text
    [address] = re.findall(r"http://testserver(/accounts/password/[^<\s]+)<", page)
    return address


def choose(address: str, password: str = NEW):
    """Open a link in a browser of its own and choose a password there; the answer."""
    visitor = Client()
    page = visitor.get(address, follow=True)
    if not page.redirect_chain:
        return page
    form = {"new_password1": password, "new_password2": password}
    return visitor.post(page.redirect_chain[-1][0], form, follow=True)


# Making a person --------------------------------------------------------------------------------


def test_an_administrator_makes_a_person_who_chooses_a_password_and_logs_in(office, client):
    response = office.post(ADD, words("newcomer", EDITORS))
    newcomer = User.objects.get(username="newcomer")
    assert response["Location"] == at(newcomer, "link")
    assert not newcomer.has_usable_password()

    done = choose(link(office, newcomer))

    assert "Your password is set" in done.text
    visitor = Client()
    assert log_in(visitor, "newcomer", NEW)["Location"] == "/admin/"
    assert visitor.get("/admin/").status_code == 200


def test_a_translator_is_made_in_the_same_way_and_lands_at_the_desk(office):
    office.post(ADD, words("newcomer", FRENCH))

    done = choose(link(office, User.objects.get(username="newcomer")))

    assert "Your password is set" in done.text
    visitor = Client()
    assert log_in(visitor, "newcomer", NEW)["Location"] == "/desk/"
    assert visitor.get("/desk/").status_code == 200


def test_a_link_is_shown_only_when_it_is_asked_for(office):
    user = person()

    assert "/accounts/password/" not in office.get(at(user, "link")).text.replace(
        "/accounts/password/change/", ""
    )
    assert link(office, user).startswith("/accounts/password/")


def test_the_form_of_a_person_leads_to_their_link(office):
    user = person()

    assert f'href="{at(user, "link")}"' in office.get(at(user)).text


def test_the_page_with_the_link_is_kept_by_no_cache_and_the_link_by_no_log(office, caplog):
    user = person()
    with caplog.at_level(logging.DEBUG):
        page = office.post(at(user, "link"))
        address = link(office, user)
        choose(address)

    assert "no-store" in page["Cache-Control"]
    assert address.split("/")[-2] not in caplog.text
    assert list(page.context["messages"]) == []


def test_the_page_behind_the_link_is_kept_by_no_cache(office):
    address = link(office, person())

    for page in (Client().get(address), Client().get(address, follow=True)):
        assert "no-store" in page["Cache-Control"]


def test_a_link_works_once(office):
    user = person()
    address = link(office, user)
    choose(address)

    again = choose(address, "third very long one")

    assert "This link no longer works" in again.text
    user.refresh_from_db()
    assert user.check_password(NEW)


def test_a_link_is_dead_after_its_person_has_logged_in(office):
    user = person()
    address = link(office, user)
    log_in(Client(), "robin")

    assert "This link no longer works" in choose(address).text


def test_a_link_ends_after_its_time(office, settings):
    address = link(office, person())
    settings.PASSWORD_RESET_TIMEOUT = -1

    assert "This link no longer works" in choose(address).text


def test_a_link_of_a_closed_account_is_dead(office):
    user = person()
    address = link(office, user)
    User.objects.filter(pk=user.pk).update(is_active=False)

    assert "This link no longer works" in choose(address).text
    assert office.post(at(user, "link")).status_code == 403


@pytest.mark.parametrize("address", ["/accounts/password/MQ/x-y/", "/accounts/password/%00/a-b/"])
def test_a_made_up_link_is_told_plainly(client, address):
    assert "This link no longer works" in client.get(address).text


@pytest.mark.parametrize(
    "password", ["short", "password1234", "1234567890123", "robin-robin-robin"]
)
def test_a_weak_password_is_refused_behind_the_link_too(office, password):
    user = person("robin-robin")

    page = choose(link(office, user), password)

    user.refresh_from_db()
    assert (page.status_code, user.check_password(PASSWORD)) == (200, True)


def test_a_new_password_by_link_ends_that_persons_sessions(office):
    user, elsewhere = editor(), Client()
    elsewhere.force_login(user)

    choose(link(office, user))

    assert elsewhere.get("/admin/").status_code == 302


# Roles ------------------------------------------------------------------------------------------


FRENCH, ENGLISH = translators("fr"), translators("en")


@pytest.mark.parametrize(
    ("roles", "is_staff"),
    [
        ([], False),
        ([FRENCH], False),
        ([FRENCH, ENGLISH], False),
        ([EDITORS], True),
        ([ADMINISTRATORS], True),
        ([EDITORS, FRENCH], True),
        ([ADMINISTRATORS, FRENCH, ENGLISH], True),
    ],
)
def test_editors_and_administrators_are_staff_whatever_else_they_are_and_nobody_else(
    office, roles, is_staff
):
    office.post(ADD, words("newcomer", *roles, is_staff="on"))

    newcomer = User.objects.get(username="newcomer")
    assert newcomer.is_staff is is_staff
    assert set(newcomer.groups.values_list("name", flat=True)) == set(roles)


def test_an_editor_who_becomes_a_translator_only_loses_the_admin_at_once(office):
    user, theirs = editor(), Client()
    theirs.force_login(user)
    before = theirs.get("/admin/").status_code

    office.post(at(user), words("edith", FRENCH))

    assert (before, theirs.get("/admin/").status_code) == (200, 403)


def test_a_translator_who_becomes_an_editor_may_enter_the_admin_at_once(office):
    user, theirs = translator(), Client()
    theirs.force_login(user)
    before = theirs.get("/admin/").status_code

    office.post(at(user), words("tariq", FRENCH, EDITORS))

    assert (before, theirs.get("/admin/").status_code) == (403, 200)


def test_there_are_translators_for_every_language():
    names = Group.objects.order_by("name").values_list("name", flat=True)

    assert list(names) == [
        "Administrators",
        "Editors",
        "Translators (English)",
        "Translators (French)",
    ]


def test_the_form_offers_the_roles_from_the_one_who_may_least(office):
    choices = office.get(ADD).context["adminform"].form.fields["groups"].choices

    assert [choice[0].instance.name for choice in choices] == list(ROLES)
    assert list(ROLES) == [ENGLISH, FRENCH, EDITORS, ADMINISTRATORS]


def test_the_list_of_people_can_be_asked_for_the_translators_of_a_language(office):
    translator("fr", "tariq"), translator("en", "tess"), editor()

    page = office.get(LIST, {"role": FRENCH})

    assert [user.username for user in page.context["cl"].result_list] == ["tariq"]


def test_the_list_of_people_names_their_roles(office):
    person("both", FRENCH, EDITORS)

    page = office.get(LIST, {"q": "both"}).text

    assert ("Translators (French)" in page, "Editors" in page) == (True, True)


def test_whoever_loses_the_last_role_loses_the_admin(office):
    user, theirs = editor(), Client()
    theirs.force_login(user)

    office.post(at(user), words("edith"))

    assert theirs.get("/admin/").status_code == 403


def test_a_closed_account_ends_the_sessions_of_its_person(office):
    user, theirs = editor(), Client()
    theirs.force_login(user)

    office.post(at(user), words("edith", EDITORS, is_active=None))

    assert theirs.get("/admin/").status_code == 302


def test_the_form_says_what_each_role_may_do(office):
    page = office.get(ADD).text

    assert "publish and take back bulletins, pages, topics, links and pictures." in page
    assert "They put texts into French at the desk." in page
    assert "They put texts into English at the desk." in page
    assert "look after people, bank details" in page


@pytest.mark.parametrize("name", ["Edith", "EDITH", "ｅdith", "edıth"])
def test_two_names_that_the_login_takes_for_one_are_refused(office, name):
    editor()

    response = office.post(ADD, words(name))

    assert "Somebody has this name already." in response.text
    assert User.objects.count() == 2


@pytest.mark.parametrize("language", ["xx", "", "fr-CA"])
def test_a_language_that_the_interface_does_not_speak_is_refused(office, language):
    assert office.post(ADD, words("newcomer", language=language)).status_code == 200
    assert User.objects.count() == 1


# Nobody becomes superuser -----------------------------------------------------------------------


CRAFTED = {"is_superuser": "on", "is_staff": "on", "password": "md5$x$y", "user_permissions": "1"}


@pytest.mark.parametrize("make", [administrator, superuser])
def test_no_form_makes_a_superuser_or_hands_out_a_permission(client, make):
    client.force_login(make("boss"))
    user = person()
    everything = [str(pk) for pk in Permission.objects.values_list("pk", flat=True)]
    crafted = CRAFTED | {"user_permissions": everything}

    client.post(ADD, words("newcomer", **crafted))
    client.post(at(user), words("robin", **crafted))

    for name in ("newcomer", "robin"):
        made = User.objects.get(username=name)
        assert (made.is_superuser, made.is_staff) == (False, False)
        assert made.user_permissions.count() == 0
    assert User.objects.get(username="robin").check_password(PASSWORD)


@pytest.mark.parametrize("what", ["change", "delete", "link"])
def test_an_administrator_cannot_touch_a_superuser(office, what):
    boss = superuser()
    crafted = words("taken", is_active=None, post="yes")

    assert office.post(at(boss, what), crafted).status_code == 403

    boss.refresh_from_db()
    assert (boss.username, boss.is_active, boss.check_password(PASSWORD)) == ("root", True, True)


def test_a_superuser_keeps_the_admin_without_a_role(client):
    boss = superuser()
    client.force_login(boss)

    client.post(at(boss), words("root"))

    boss.refresh_from_db()
    assert (boss.is_staff, boss.is_superuser) == (True, True)


def test_several_people_cannot_be_deleted_at_once(office):
    boss, user = superuser(), person()
    picked = {"action": "delete_selected", "_selected_action": [boss.pk, user.pk], "post": "yes"}

    office.post(LIST, picked)

    assert User.objects.count() == 3


def test_a_person_can_be_deleted(office):
    user = person()

    office.post(at(user, "delete"), {"post": "yes"})

    assert not User.objects.filter(pk=user.pk).exists()


def test_the_list_does_not_give_a_password_away(office):
    person()

    response = office.get(f"{LIST}?password__startswith=md5")

    assert (response.status_code, response.get("Location", "")) == (400, "")


# Nobody shuts themselves out --------------------------------------------------------------------


def test_nobody_deletes_their_own_account(office):
    me = User.objects.get()

    page = office.post(at(me, "delete"), {"post": "yes"}, follow=True)

    assert "You cannot delete your own account." in page.text
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"is_active": None}, "You cannot close your own account."),
        ({"groups": []}, "You cannot take this role from yourself."),
    ],
)
def test_nobody_shuts_themselves_out(office, changed, message):
    page = office.post(at(User.objects.get()), words("ada", ADMINISTRATORS, **changed))

    assert message in page.text
    me = User.objects.get()
    assert (me.is_active, me.is_staff, me.groups.count()) == (True, True, 1)


def test_one_may_change_everything_else_of_oneself(office):
    office.post(at(User.objects.get()), words("ada", ADMINISTRATORS, language="fr"))

    assert User.objects.get().language == "fr"


# The interface's language -----------------------------------------------------------------------


def test_a_person_chooses_the_language_of_the_interface(client):
    client.force_login(editor())

    response = client.post("/accounts/language/", {"language": "fr", "next": "/admin/pages/"})

    assert response["Location"] == "/admin/pages/"
    assert client.get("/admin/")["Content-Language"] == "fr"
    assert '<html lang="fr"' in client.get("/admin/").text


@pytest.mark.parametrize("goal", ["https://evil.example/", "//evil.example", "javascript:x", ""])
def test_choosing_a_language_leads_to_no_other_site(client, goal):
    client.force_login(editor())

    response = client.post("/accounts/language/", {"language": "xx", "next": goal})

    assert (response["Location"], User.objects.get().language) == ("/admin/", "en")


def test_a_stranger_who_chooses_a_language_is_led_to_the_login(client):
    response = client.post("/accounts/language/", {"language": "fr"})

    assert response["Location"] == "/accounts/login/"


def test_the_login_speaks_the_browsers_language_and_the_inside_the_persons(client):
    client.force_login(editor(language="fr"))
    english = {"accept-language": "en"}

    assert client.get("/accounts/password/change/", headers=english)["Content-Language"] == "fr"
    assert Client().get("/accounts/login/", headers=english)["Content-Language"] == "en"
