"""Pictures come in: from the form, or one by one from a script; one refused loses no other."""

from __future__ import annotations

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile

from core import images
from pictures.models import Consent, Picture
from tests import factories
from tests.accounts.people import editor, translator
from tests.pictures.factories import figure, picture

pytestmark = pytest.mark.django_db

ADD, LIST = "/admin/pictures/picture/add/", "/admin/pictures/picture/"
UPLOAD, CHOOSE = "/admin/pictures/picture/upload/", "/admin/pictures/picture/choose/"


@pytest.fixture
def edith(client):
    client.force_login(editor())
    return client


def file(name: str = "march.jpg", content: bytes = b"pixels") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def told(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


# Without scripts --------------------------------------------------------------------------------


def test_several_files_come_in_at_once(edith):
    response = edith.post(ADD, {"files": [file("march.jpg"), file("kitchen.png")]}, follow=True)

    assert response.redirect_chain == [(LIST, 302)]
    assert {p.name: p.consent for p in Picture.objects.all()} == {
        "march": Consent.UNKNOWN,
        "kitchen": Consent.UNKNOWN,
    }
    march, kitchen = told(response)
    assert ">march</a>: It is in the library now. Location and camera were removed." in march
    assert ">kitchen</a>" in kitchen


def test_one_file_leads_to_its_page(edith):
    response = edith.post(ADD, {"files": [file()]})

    assert response["Location"] == f"/admin/pictures/picture/{Picture.objects.get().pk}/change/"


def test_a_refused_file_is_named_and_the_others_stay(edith):
    files = [file("one.jpg"), file("two & three.jpg", b"bad"), file("four.jpg")]

    response = edith.post(ADD, {"files": files}, follow=True)

    assert sorted(p.name for p in Picture.objects.all()) == ["four", "one"]
    one, refused, four = told(response)
    assert refused.startswith("<strong>two &amp; three.jpg</strong>: This picture is damaged")
    assert (">one</a>" in one, ">four</a>" in four) == (True, True)


def test_no_file_is_asked_for(edith):
    response = edith.post(ADD, {}, follow=True)

    assert response.redirect_chain == [(ADD, 302)]
    assert told(response) == ["Choose at least one picture."]


def test_who_added_what_is_remembered(edith):
    edith.post(ADD, {"files": [file()]})

    [entry] = LogEntry.objects.all()
    assert (entry.user.username, entry.object_repr, entry.is_addition()) == ("edith", "march", True)


# For scripts ------------------------------------------------------------------------------------


def test_a_script_is_told_what_became_of_a_file(edith):
    response = edith.post(UPLOAD, {"file": file()})

    answer = response.json()
    assert response.status_code == 200
    assert answer["told"] == ["Location and camera were removed."]
    assert (answer["picture"]["pk"], answer["picture"]["name"]) == (
        Picture.objects.get().pk,
        "march",
    )


@pytest.mark.parametrize(("code", "status"), [("broken", 400), ("svg", 400), ("busy", 503)])
def test_a_script_is_told_why_a_file_is_refused(edith, monkeypatch, code, status):
    def process(source):
        raise images.Refused(code)

    monkeypatch.setattr(images, "process", process)

    response = edith.post(UPLOAD, {"file": file()})

    assert (response.status_code, response.json()) == (
        status,
        {"error": images.Refused(code).message},
    )
    assert not Picture.objects.exists()


def test_a_script_without_a_file_is_told_so(edith):
    response = edith.post(UPLOAD, {})

    assert (response.status_code, response.json()) == (
        400,
        {"error": "Choose at least one picture."},
    )


def test_a_script_whose_login_has_ended_is_told_so(client):
    response = client.post(UPLOAD, {"file": file()})

    assert response.status_code == 401
    assert response.json()["error"].startswith("You are not logged in any more.")
    assert not Picture.objects.exists()


def test_whoever_may_not_add_pictures_adds_none(client):
    client.force_login(translator(is_staff=True))

    assert client.post(UPLOAD, {"file": file()}).status_code == 403
    assert client.post(ADD, {"files": [file()]}).status_code == 403
    assert client.get(CHOOSE).status_code == 403
    assert not Picture.objects.exists()


@pytest.mark.parametrize("address", [UPLOAD, ADD])
def test_a_foreign_form_adds_nothing(address):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor())

    assert strict.post(address, {"file": file(), "files": [file()]}).status_code == 403
    assert not Picture.objects.exists()


# To choose from ---------------------------------------------------------------------------------


def chosen(client, **query) -> list[str]:
    return [about["name"] for about in client.get(CHOOSE, query).json()["pictures"]]


def test_the_newest_can_be_chosen_and_what_was_withdrawn_cannot(edith):
    from pictures import acts

    older, gone = picture(name="older"), picture(name="gone")
    picture(name="newer")
    acts.withdraw(gone.pk)

    assert chosen(edith) == ["newer", "older"]
    assert chosen(edith, pk=[gone.pk, older.pk]) == ["gone", "older"]


def test_they_are_found_by_words_and_shown_in_pages(edith):
    figure(factories.live(), picture(name="found"), alt_en="A bridge")
    for number in range(25):
        picture(name=f"picture {number}")

    first = edith.get(CHOOSE).json()
    assert (len(first["pictures"]), first["more"]) == (24, True)
    assert chosen(edith, page=2) == ["picture 0", "found"]
    assert chosen(edith, q="bridge") == ["found"]


@pytest.mark.parametrize("query", ["pk=x", "pk=٣", f"pk={'9' * 30}", "page=x", "page=-1", "q=%00"])
def test_nonsense_is_no_error(edith, query):
    assert edith.get(f"{CHOOSE}?{query}").status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_choosing_costs_the_same_for_one_and_for_three(edith, django_assert_num_queries, number):
    for each in range(number):
        picture(name=f"picture {each}")

    # Who it is: 2, and what they may do: 2; whose site: 2; how many, and which: 2.
    with django_assert_num_queries(8):
        assert len(chosen(edith)) == number
