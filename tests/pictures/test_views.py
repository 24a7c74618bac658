from __future__ import annotations

import pytest
from django.core.files.storage import storages
from django.test import Client

from accounts.models import User
from pictures import acts, publicity
from pictures.models import MEDIA_TYPES
from tests import factories
from tests.accounts.people import VISITORS, editor
from tests.pictures.addresses import answers, every
from tests.pictures.factories import figure, picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(commit):
    with commit():
        made = picture()
        figure(factories.live(), made)
    return made


# For readers ------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["avif", "webp", "jpeg"])
def test_a_public_picture_is_kept_for_a_day(stores, shown, client, format):
    response = client.get(shown.address(480, format))

    assert (response.status_code, response["Content-Type"]) == (200, MEDIA_TYPES[format])
    assert response["Cache-Control"] == "public, max-age=86400"
    assert response["Content-Length"] == str(shown.renditions[0]["files"][format])
    assert response.content.endswith(f"480 {format}".encode())


@pytest.mark.parametrize("is_private", [False, True])
def test_a_picture_may_do_nothing_but_be_seen(shown, admin_client, is_private):
    response = admin_client.get(shown.address(480, "avif", is_private=is_private))

    assert response.status_code == 200
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    # A feed reader's page may show it, when readers may see it at all.
    others = "same-origin" if is_private else "cross-origin"
    assert response["Cross-Origin-Resource-Policy"] == others


def test_a_reader_gets_no_cookie_and_is_asked_for_none(shown, client):
    client.force_login(editor())
    response = client.get(shown.address(480, "avif"))

    assert not response.cookies
    assert "Cookie" not in response["Vary"]


def test_a_browser_that_has_it_already_is_told_so(shown, client):
    address = shown.address(480, "avif")
    tag = client.get(address)["ETag"]

    response = client.get(address, HTTP_IF_NONE_MATCH=tag)

    assert (response.status_code, response.content, response["ETag"]) == (304, b"", tag)


def test_a_browser_that_has_what_is_gone_is_told_that_it_is_gone(shown, client):
    address = shown.address(480, "avif")
    tag = client.get(address)["ETag"]
    acts.withdraw(shown.pk)

    assert client.get(address, HTTP_IF_NONE_MATCH=tag).status_code == 410


def test_pictures_are_not_compressed_again(shown, client):
    response = client.get(shown.address(480, "avif"), HTTP_ACCEPT_ENCODING="gzip")

    assert "Content-Encoding" not in response
    assert response["ETag"].startswith('"')


def test_a_head_request_is_answered_without_a_body(shown, client):
    response = client.head(shown.address(480, "avif"))

    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_nobody_writes_to_a_picture(shown, client, method):
    assert getattr(client, method)(shown.address(480, "avif")).status_code == 405


def test_a_public_picture_costs_two_queries(shown, client, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert client.get(shown.address(480, "avif")).status_code == 200


@pytest.mark.parametrize(
    "change",
    [
        lambda a: a.replace("-480.", "-481."),
        lambda a: a.replace("-480.", "-1600."),
        lambda a: a.replace("-480.", "-0480."),
        lambda a: a.replace("-480.", "-99999999999999999999."),
        lambda a: a.replace("-480.", "."),
        lambda a: a.replace("-480.", "-٤٨٠."),
        lambda a: a.replace("avif", "png"),
        lambda a: a.replace("avif", "svg"),
        lambda a: a.replace("avif", "html"),
        lambda a: a.replace("avif", "AVIF"),
        lambda a: a + "/",
        lambda a: a + "%0a",
        lambda a: a + "%00",
        lambda a: a.replace("/media/", "/media/../media/"),
        lambda a: a.replace("/media/", "/media/%2e%2e/private/"),
        lambda a: "/media/" + "a" * 26 + "-480.avif",
        lambda a: "/media/" + "a" * 5000 + "-480.avif",
        lambda a: "/media/",
    ],
)
@pytest.mark.parametrize("is_private", [False, True])
def test_what_is_no_address_of_a_picture_is_not_found(shown, admin_client, change, is_private):
    address = change(shown.address(480, "avif"))
    if is_private:
        address = address.replace("/media/", "/pictures/")

    assert admin_client.get(address).status_code == 404


def test_no_other_file_of_public_storage_is_served(shown, client):
    from django.core.files.base import ContentFile

    name = storages["default"].save("notes.html", ContentFile(b"<script>alert(1)</script>"))

    assert client.get(f"/media/{name}").status_code == 404


def test_the_master_has_no_address(shown, admin_client):
    assert admin_client.get(f"/media/{shown.master}").status_code == 404
    assert admin_client.get(f"/pictures/{shown.master}").status_code == 404


def test_what_is_taken_back_between_two_looks_is_not_copied(commit, client, listed, monkeypatch):
    made = picture()
    figure(factories.live(), made)
    publish = publicity.publish

    def too_late(*args):
        acts.withdraw(made.pk)
        return publish(*args)

    monkeypatch.setattr(publicity, "publish", too_late)

    assert client.get(made.address(480, "avif")).status_code == 410
    assert listed("default") == []


def test_a_public_picture_whose_files_are_lost_is_not_found(shown, client):
    for name in shown.files:
        storages["default"].delete(name)
        storages["private"].delete(name)

    assert answers(Client(raise_request_exception=False), every(shown)) == {404}


# For those who work here ------------------------------------------------------------------------

MAY_LOOK = [404, 404, 200, 200, 200, 200, 200, 200]


def test_who_may_see_a_picture_that_readers_may_not(stores, client):
    made = picture("unknown")
    found = []
    for make in VISITORS.values():
        client.logout()
        if (user := make()) is not None:
            client.force_login(user)
        found.append(answers(client, every(made, is_private=True)))
        assert answers(client, every(made)) == {404}
        User.objects.filter(pk=user.pk if user else None).delete()

    assert dict(zip(VISITORS, found, strict=True)) == dict(
        zip(VISITORS, [{status} for status in MAY_LOOK], strict=True)
    )


def test_whoever_is_not_active_sees_nothing(client):
    user = editor()
    client.force_login(user)
    User.objects.filter(pk=user.pk).update(is_active=False)

    assert answers(client, every(picture(), is_private=True)) == {404}


def test_what_readers_may_not_see_is_kept_by_no_browser(admin_client):
    response = admin_client.get(picture().address(480, "avif", is_private=True))

    assert response["Cache-Control"] == "private, no-store"


def test_a_stranger_is_not_told_whether_a_private_picture_ever_was(client):
    made = picture()
    acts.withdraw(made.pk)

    assert answers(client, [made.address(480, "avif", is_private=True)]) == {404}
