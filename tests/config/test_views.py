"""The front door, errors, health, files."""

from __future__ import annotations

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import OperationalError
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client, override_settings

from bulletins.models import Bulletin
from config import views
from tests import factories
from translations.acts import publishing
from translations.models import OldPath

pytestmark = pytest.mark.django_db


# The front door -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wish", "goal"),
    [
        ("fr", "/fr/"),
        ("fr-CA", "/fr/"),
        ("FR-fr, en;q=0.5", "/fr/"),
        ("ar", "/en/"),
        ("ar, fr;q=0.3", "/fr/"),
        ("en;q=0.2, fr;q=0.8", "/fr/"),
        ("fr;q=0, en", "/en/"),
        ("*", "/en/"),
        ("", "/en/"),
        (None, "/en/"),
        ("🎈;q=x,,;", "/en/"),
        ("fr," * 5000, "/fr/"),
    ],
)
def test_the_front_door_leads_to_the_language_that_the_browser_asks_for(client, wish, goal):
    response = client.get("/", headers={} if wish is None else {"accept-language": wish})

    assert (response.status_code, response["Location"]) == (302, goal)
    assert response["Vary"] == "Accept-Language"


def test_a_language_that_is_not_public_is_passed_over(client, settings):
    settings.PUBLIC_LANGUAGES = ["en"]

    assert client.get("/", headers={"accept-language": "fr"})["Location"] == "/en/"


# Health -------------------------------------------------------------------------------------------


def test_a_site_that_works_says_so_with_one_question_to_the_database(
    client, django_assert_num_queries
):
    client.get("/healthz")
    with django_assert_num_queries(2):  # is there the table; what is in it
        response = client.get("/healthz")

    assert (response.status_code, response.text) == (200, "ok")
    assert "no-store" in response["Cache-Control"]


def test_without_the_database_it_is_not_healthy(client, monkeypatch):
    def fail(recorder):
        raise OperationalError("gone")

    monkeypatch.setattr(MigrationRecorder, "applied_migrations", fail)

    response = client.get("/healthz")

    assert (response.status_code, response.text) == (503, "database")


def test_before_it_is_migrated_it_is_not_healthy(client):
    MigrationRecorder.Migration.objects.filter(app="bulletins").last().delete()

    response = client.get("/healthz")

    assert (response.status_code, response.text) == (503, "migrations")


def test_the_icon_is_found_where_browsers_look_for_it(client):
    response = client.get("/favicon.ico")

    assert (response.status_code, response["Location"]) == (302, "/static/favicon.ico")


# Errors -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "There is nothing at this address"), ("fr", 'lang="fr"')],
)
def test_what_is_not_there_is_told_in_the_language_of_the_address(client, language, words):
    response = client.get(f"/{language}/nothing/")

    assert (response.status_code, words in response.text) == (404, True)
    assert f'<html lang="{language}"' in response.text


@pytest.mark.parametrize("address", ["/%00", "/en/%00/", "/?p=%00", "/%ff%fe/", "/" + "a/" * 900])
def test_addresses_that_make_no_sense_are_no_error_of_ours(client, address):
    assert client.get(address).status_code in (302, 404)


def test_whoever_may_not_come_in_is_told_so(client):
    from tests.accounts.people import person

    client.force_login(person())

    response = client.get("/admin/")

    assert (response.status_code, "You may not come in here" in response.text) == (403, True)


def both_languages(text: str) -> bool:
    return "Something broke on our side" in text and "Quelque chose a cassé chez nous" in text


def test_an_error_of_ours_is_told_in_both_languages_without_the_database(monkeypatch):
    def fail():
        raise OperationalError("gone")

    monkeypatch.setattr("pages.models.Identity.current", fail)
    quiet = Client(raise_request_exception=False)

    response = quiet.get("/en/")

    assert (response.status_code, both_languages(response.text)) == (500, True)


def test_an_error_of_ours_asks_the_database_nothing(rf, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = views.server_error(rf.get("/en/"))

    assert (response.status_code, both_languages(response.text)) == (500, True)


def test_an_error_of_ours_is_told_without_the_list_of_static_files(rf, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "nothing"
    storages = settings.STORAGES | {"staticfiles": {"BACKEND": "config.storage.StaticStorage"}}
    with override_settings(STORAGES=storages):
        response = views.server_error(rf.get("/en/"))

    assert both_languages(response.text)


def test_an_error_in_the_error_page_is_still_a_500(monkeypatch):
    def fail(request):
        raise OperationalError("gone")

    monkeypatch.setattr(views, "_moved", fail)
    quiet = Client(raise_request_exception=False)

    response = quiet.get("/en/nothing/")

    assert (response.status_code, both_languages(response.text)) == (500, True)


# Where the old site's addresses lead --------------------------------------------------------------


def old(document, path: str, language: str = "en"):
    kind = ContentType.objects.get_for_model(document)
    OldPath.objects.create(content_type=kind, object_id=document.pk, path=path, language=language)


@pytest.mark.parametrize(
    ("stored", "asked"),
    [
        ("/2015/08/20/kitchen/", "/2015/08/20/kitchen/"),
        ("/2015/08/20/kitchen/", "/2015/08/20/kitchen"),
        ("/2015/08/20/kitchen", "/2015/08/20/kitchen/"),
        ("/?p=104", "/?p=104"),
        ("/?page_id=7", "/?page_id=7&utm=x"),
    ],
)
def test_an_old_address_leads_to_where_the_text_is_now(client, stored, asked):
    old(factories.live_pair(), stored)

    response = client.get(asked)

    assert (response.status_code, response["Location"]) == (301, "/en/bulletins/kitchen-opens/")


def test_an_old_address_keeps_its_language(client):
    old(factories.live_pair(), "/2015/cuisine/", "fr")

    assert client.get("/2015/cuisine/")["Location"] == "/fr/bulletins/la-cuisine-ouvre/"


def test_an_old_address_of_a_draft_looks_like_any_that_is_not_there(client):
    old(factories.draft(title_en="Secret plan"), "/2015/secret/")

    hidden, nothing = client.get("/2015/secret/"), client.get("/2015/quince/")

    assert (hidden.status_code, "Secret" in hidden.text) == (404, False)
    # Both say what was asked for themselves, and nothing else.
    assert hidden.text.replace("secret", "") == nothing.text.replace("quince", "")


def test_an_old_address_of_what_was_taken_back_says_so(client):
    bulletin = factories.live()
    OldPath.objects.create(path="/2015/08/kitchen/", document=bulletin, language="en")
    publishing.unpublish(Bulletin, bulletin.pk)

    assert client.get("/2015/08/kitchen/").status_code == 410
