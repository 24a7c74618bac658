"""Pictures in the form of a document, as it works without scripts."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import html

from bulletins.models import Bulletin, BulletinFigure
from pages.models import Page
from pictures import acts
from pictures.models import Consent, Picture, Place
from tests import factories
from tests.accounts.people import editor
from tests.forms import post, shown
from tests.pictures.factories import figure, in_text, picture

pytestmark = pytest.mark.django_db

ALT = {"figures-0-alt_en": "People on a bridge."}


@pytest.fixture
def edith(client):
    client.force_login(editor())
    return client


def at(document) -> str:
    meta = document._meta
    return f"/admin/{meta.app_label}/{meta.model_name}/{document.pk}/change/"


def file(name: str = "march.jpg", content: bytes = b"pixels") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def words(response) -> str:
    [main] = html.fromstring(response.text).xpath("//main")
    return " ".join(main.text_content().split())


def told(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def row_errors(response, number: int = 0) -> dict:
    [figures] = [
        one.formset
        for one in response.context["inline_admin_formsets"]
        if one.formset.prefix == "figures"
    ]
    return {name: list(errors) for name, errors in figures.forms[number].errors.items()}


# A row ------------------------------------------------------------------------------------------


def test_the_empty_row_adds_nothing(edith):
    document = factories.draft()

    response = post(edith, edith.get(at(document)), title_en="Another")

    document.refresh_from_db()
    assert (response.status_code, document.title_en) == (302, "Another")
    assert not document.figures.exists()


@pytest.mark.parametrize("written", ["{pk}", " {pk} ", "{pk} · March", "March {pk}", "#{pk}"])
def test_a_picture_is_chosen_by_its_number(edith, written):
    document, made = factories.draft(), picture(name="March")
    chosen = {"figures-0-picture": written.replace("{pk}", str(made.pk))}

    post(edith, edith.get(at(document)), **chosen, **ALT, **{"figures-0-place": "lead"})

    [shown] = document.figures.all()
    assert (shown.picture, shown.place, shown.alt_en) == (made, Place.LEAD, "People on a bridge.")


@pytest.mark.parametrize("written", ["99", "nothing", "9" * 40])
def test_a_picture_that_there_is_not_is_told(edith, written):
    page = edith.get(at(factories.draft()))

    response = post(edith, page, **{"figures-0-picture": written})

    assert row_errors(response) == {"picture": ["There is no such picture in the library."]}


def test_words_without_a_picture_are_told(edith):
    response = post(edith, edith.get(at(factories.draft())), **ALT)

    assert row_errors(response) == {"picture": ["Choose a picture, or upload one."]}
    assert "People on a bridge." in response.text


def test_the_newest_pictures_are_suggested(edith):
    picture(name="older")
    made, gone = picture(name="newer"), picture(name="gone")
    acts.withdraw(gone.pk)

    page = edith.get(at(factories.draft()))

    options = html.fromstring(page.text).xpath("//datalist/option/@value")
    assert options == [f"{made.pk} · newer", f"{made.pk - 1} · older"]


def test_a_row_shows_its_picture_and_why_readers_do_not_see_it(edith):
    document, made = factories.draft(), picture(Consent.UNKNOWN, name="March")
    figure(document, made)

    page = edith.get(at(document))

    [row] = html.fromstring(page.text).xpath('//*[@id="figures-0"]')
    assert row.xpath(".//img/@src") == [f"/pictures/{made.key}-480.webp"]
    assert f"/admin/pictures/picture/{made.pk}/change/" in row.xpath(".//a/@href")
    assert made.why_not() in " ".join(row.text_content().split())
    assert shown(page, "bulletin_form")["figures-0-picture"] == [f"{made.pk} · March"]


def test_a_row_is_left_alone_where_nobody_touched_it(edith):
    document = factories.draft()
    before = figure(document, picture(), alt_en="Before", caption_en="A caption")
    page = edith.get(at(document))
    other = BulletinFigure.objects.get()
    other.alt_en = "Somebody else’s"
    other.save()

    post(edith, page, title_en="Another")

    before.refresh_from_db()
    assert (before.alt_en, before.caption_en) == ("Somebody else’s", "A caption")


def test_the_same_picture_twice_is_told(edith):
    document, made = factories.draft(), picture()
    figure(document, made)

    response = post(edith, edith.get(at(document)), **{"figures-1-picture": str(made.pk)})

    assert "The same picture stands here twice: once is enough." in words(response)
    assert document.figures.count() == 1


def test_a_row_is_deleted(edith):
    document = factories.draft()
    figure(document, picture())

    post(edith, edith.get(at(document)), **{"figures-0-DELETE": "on"})

    assert not document.figures.exists()
    assert Picture.objects.count() == 1


def test_a_page_has_pictures_too(edith):
    document, made = factories.page(), picture()
    page = edith.get(at(document))

    post(edith, page, "page_form", "_save", **{"figures-0-picture": str(made.pk)}, **ALT)

    assert [one.picture for one in Page.objects.get().figures.all()] == [made]


@pytest.mark.parametrize("number", [1, 3])
def test_the_form_costs_the_same_for_one_picture_and_for_three(
    edith, django_assert_num_queries, number
):
    document = factories.draft()
    for _each in range(number):
        figure(document, picture())
    edith.get(at(document))  # What is asked once per process.

    # 20 of any bulletin; the figures with their pictures, and the suggestions.
    with django_assert_num_queries(22):
        edith.get(at(document))


# Published --------------------------------------------------------------------------------------


def test_nothing_is_published_with_a_picture_that_may_not_be_shown(edith):
    document, made = factories.draft(), picture(Consent.UNKNOWN)
    chosen = {"figures-0-picture": str(made.pk)}

    response = post(edith, edith.get(at(document)), button="_publish", **chosen, **ALT)

    document.refresh_from_db()
    assert not document.is_committed
    assert row_errors(response) == {"picture": [made.why_not()]}


def test_nothing_is_published_without_a_description(edith):
    document, made = factories.draft(), picture()
    chosen = {"figures-0-picture": str(made.pk)}

    response = post(edith, edith.get(at(document)), button="_publish", **chosen)

    document.refresh_from_db()
    assert not document.is_committed
    [message] = row_errors(response)["alt_en"]
    assert message.startswith("“Description” is missing in English")


@pytest.mark.parametrize("extra", [ALT, {"figures-0-is_decoration": "on"}])
def test_a_described_picture_and_a_decoration_are_published(edith, extra):
    document, made = factories.draft(), picture()
    chosen = {"figures-0-picture": str(made.pk), **extra}

    post(edith, edith.get(at(document)), button="_publish", **chosen)

    document.refresh_from_db()
    assert document.is_live
    assert [one.picture for one in document.figures.all()] == [made]


def test_a_withdrawn_picture_keeps_nothing_back_and_is_not_chosen_anew(edith):
    document, other, made = factories.draft(), factories.draft(title_en="Other"), picture()
    figure(document, made)
    acts.withdraw(made.pk)

    post(edith, edith.get(at(document)), button="_publish")
    response = post(edith, edith.get(at(other)), **{"figures-0-picture": str(made.pk)})

    document.refresh_from_db()
    assert document.is_live
    assert row_errors(response)["picture"] == [
        "This picture was withdrawn. Nobody sees it any more."
    ]


# Uploaded in the form ---------------------------------------------------------------------------


def test_a_file_is_added_and_chosen(edith):
    document = factories.draft()

    response = post(
        edith, edith.get(at(document)), **{"figures-0-upload": file("the march.jpg")}, **ALT
    )

    [shown] = document.figures.all()
    assert (shown.picture.name, shown.alt_en) == ("the march", "People on a bridge.")
    page = edith.get(response["Location"])
    assert "“the march”: Location and camera were removed." in told(page)


def test_a_file_is_added_with_a_new_document(edith):
    page = edith.get("/admin/bulletins/bulletin/add/")

    post(
        edith,
        page,
        button="_draft",
        title_en="New",
        **{"figures-0-upload": file("the march.jpg")},
    )

    [shown] = Bulletin.objects.get().figures.all()
    assert shown.picture.name == "the march"


def test_a_refused_form_keeps_the_uploaded_picture(edith):
    document = factories.draft(body_en=None)

    refused = post(
        edith,
        edith.get(at(document)),
        button="_publish",
        **{"figures-0-upload": file("the march.jpg")},
        **ALT,
    )

    made = Picture.objects.get()
    assert "body_en" in refused.context["adminform"].form.errors
    fields = shown(refused, "bulletin_form")
    assert fields["figures-0-picture"] == [f"{made.pk} · the march"]
    assert fields["figures-0-alt_en"] == ["People on a bridge."]

    post(edith, refused, button="_draft")

    assert Picture.objects.count() == 1
    assert [one.picture for one in document.figures.all()] == [made]


@pytest.mark.parametrize("error", [ValidationError("No."), "conflict"])
def test_a_save_that_fails_keeps_the_uploaded_picture(edith, monkeypatch, error):
    from django.db import IntegrityError

    document = factories.draft()
    page = edith.get(at(document))

    def save(self, **options):
        raise IntegrityError if error == "conflict" else error

    monkeypatch.setattr(Bulletin, "save", save)
    response = post(edith, page, title_en="New", **{"figures-0-upload": file("the march.jpg")})

    made = Picture.objects.get()
    assert f"{made.pk} · the march" in response.text


def test_a_refused_file_is_told_in_its_row_and_the_others_are_kept(edith):
    document = factories.draft()
    figure(document, picture(name="here"))
    page = edith.get(at(document))
    fields = shown(page, "bulletin_form")
    second = {name.replace("-1-", "-2-"): value for name, value in fields.items() if "-1-" in name}
    files = {
        "figures-1-upload": file("broken.jpg", b"bad"),
        "figures-2-upload": file("the march.jpg"),
    }

    response = post(edith, page, **second, **files, **{"figures-TOTAL_FORMS": "3"})

    [message] = row_errors(response, 1)["upload"]
    assert message.startswith("broken.jpg: This picture is damaged or incomplete.")
    assert list(row_errors(response, 1)) == ["upload"]
    assert row_errors(response, 2) == {}
    made = Picture.objects.get(name="the march")
    assert shown(response, "bulletin_form")["figures-2-picture"] == [f"{made.pk} · the march"]


def test_a_row_that_is_deleted_adds_no_file(edith):
    document = factories.draft()
    figure(document, picture())
    changes = {"figures-0-upload": file(), "figures-0-DELETE": "on"}

    post(edith, edith.get(at(document)), **changes)

    assert Picture.objects.count() == 1


def test_whoever_may_not_add_pictures_is_told(edith):
    Group.objects.get(name="Editors").permissions.remove(
        Permission.objects.get(codename="add_picture")
    )

    response = post(edith, edith.get(at(factories.draft())), **{"figures-0-upload": file()})

    assert row_errors(response) == {"upload": ["You may not add pictures."]}
    assert not Picture.objects.exists()


# In the text ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        "<p>One.</p><p>[picture {pk}]</p><p>Two.</p>",
        "<p>One.</p><p> [ Picture  {pk} ] </p><p>Two.</p>",
        "One.\r\n\r\n[picture {pk}]\r\n\r\nTwo.",
        '<p>One.</p><img src="ref:pictures.picture/{pk}"><p>Two.</p>',
    ],
)
def test_a_line_with_its_number_places_it(edith, written):
    document, made = factories.draft(), picture()
    figure(document, made, place=Place.TEXT)

    response = post(edith, edith.get(at(document)), body_en=written.replace("{pk}", str(made.pk)))

    document.refresh_from_db()
    assert document.body_en == f"<p>One.</p>{in_text(made)}<p>Two.</p>"
    assert not [m for m in told(edith.get(response["Location"])) if "does not" in m]


def test_a_line_with_its_number_places_it_in_an_answer(edith):
    document, made = factories.faq(entries=1), picture()
    figure(document, made, place=Place.TEXT)

    post(edith, edith.get(at(document)), **{"entries-0-answer_en": f"<p>[picture {made.pk}]</p>"})

    assert document.entries.get().answer_en == in_text(made)


def test_the_line_may_be_in_the_language_of_the_interface(client):
    from django.utils import translation

    client.force_login(editor(language="fr"))
    document, made = factories.draft(), picture()
    figure(document, made, place=Place.TEXT)
    with translation.override("fr"):
        word = translation.gettext("picture")

    post(client, client.get(at(document)), body_en=f"<p>[{word} {made.pk}]</p>")

    document.refresh_from_db()
    assert document.body_en == in_text(made)


def test_words_about_a_picture_stay_words(edith):
    document = factories.draft()

    post(edith, edith.get(at(document)), body_en="<p>See [picture 7] above.</p>")

    document.refresh_from_db()
    assert document.body_en == "<p>See [picture 7] above.</p>"


def test_a_picture_that_is_referred_to_and_not_there_is_told(edith):
    document, made = factories.draft(), picture()

    response = post(edith, edith.get(at(document)), body_en=in_text(made))

    assert (
        "The text has a picture that does not stand among its pictures, and shows nothing: "
        f"number {made.pk}. Add it below, or take it out of the text."
    ) in told(edith.get(response["Location"]))


def test_a_picture_that_is_to_stand_in_the_text_and_does_not_is_told(edith):
    document, made = factories.draft(), picture(name="March")
    figure(document, made, place=Place.TEXT)

    response = post(edith, edith.get(at(document)), title_en="Another")

    [warning] = [m for m in told(edith.get(response["Location"])) if "March" in m]
    assert warning.startswith("“March” is to stand in the text, and does not yet")
