"""Pictures that an import takes from a folder, and what becomes of them."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.utils import timezone
from PIL import Image

from bulletins.models import Bulletin, BulletinFigure, ImportedPicture
from bulletins.wordpress import documents
from bulletins.wordpress.uploads import Uploads
from bulletins.wordpress.write import import_export
from bulletins.wordpress.wxr import parse
from core import images
from pages.models import Page
from pictures import acts, publicity
from pictures.models import Consent, Picture
from tests.bulletins.wordpress.exports import attachment, export, img, post
from tests.forms import post as send
from tests.pictures.factories import in_text, processed
from translations.models import Side
from translations.status import Public, status_of

pytestmark = pytest.mark.django_db

FILE = "2015/08/march.jpg"
ALT = "A march with kites."


@pytest.fixture(autouse=True)
def _storages(settings, tmp_path):
    backend = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = settings.STORAGES | {
        name: {"BACKEND": backend, "OPTIONS": {"location": tmp_path / name}}
        for name in ("default", "private")
    }


@pytest.fixture(autouse=True)
def decoded(request, monkeypatch) -> list[bytes]:
    """The files that were read, in place of the child process; b"bad" is refused."""
    found: list[bytes] = []

    def process(source, **options):
        found.append(source.read())
        if found[-1] == b"bad":
            raise images.Refused("broken")
        return processed()

    if "real_pipeline" not in request.fixturenames:
        monkeypatch.setattr(images, "process", process)
    return found


@pytest.fixture
def real_pipeline():
    """With the child process, as in life."""


@pytest.fixture
def folder(tmp_path):
    """Put files into the folder of uploads."""
    root = tmp_path / "uploads"

    def folder(*names: str, content: bytes | None = None) -> Path:
        for name in names:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(name.encode() if content is None else content)
        return root

    return folder


@pytest.fixture
def brought(folder):
    """Import items with whatever lies in the folder; without any, one picture does."""

    def brought(*items: str, **options):
        root = folder()
        uploads = Uploads(root if root.exists() else folder(FILE))
        return import_export(parse(export(*items)), uploads=uploads, **options)

    return brought


def figure() -> BulletinFigure:
    return BulletinFigure.objects.get()


def figures() -> list[tuple]:
    return [
        (one.picture_id, one.place, one.alt_en, one.alt_fr, one.caption_en, one.caption_fr)
        for one in BulletinFigure.objects.order_by("bulletin", "position")
    ]


def did_not_come(ledger) -> list[tuple[int, str]]:
    return [(remark.number, remark.text) for remark in ledger.pictures_left_out]


def files(name: str) -> list[str]:
    try:
        return sorted(storages[name].listdir("")[1])
    except FileNotFoundError:
        return []


# In a post --------------------------------------------------------------------------------------


def test_a_picture_stands_where_it_stood(brought):
    caption = f"[caption id='attachment_5']{img(alt=ALT, number=5)} In Calais.[/caption]"
    ledger = brought(post(1, body=f"One.\n\n{caption}\n\nTwo."), attachment(5))
    picture = Picture.objects.get()
    assert Bulletin.objects.get().body_en == f"<p>One.</p>{in_text(picture)}<p>Two.</p>"
    assert figures() == [(picture.pk, "text", ALT, None, "In Calais.", None)]
    assert (ledger.pictures, did_not_come(ledger), ledger.not_carried) == (1, [], [])


def test_a_page_has_its_pictures_too(brought):
    brought(post(1, kind="page", body=f"One.{img()}"))
    page = Page.objects.get()
    assert [one.picture for one in page.figures.all()] == [Picture.objects.get()]
    assert page.body_en == f"<p>One.</p>{in_text(Picture.objects.get())}"


def test_of_the_old_site_s_words_only_words_become_its_name(brought, folder):
    folder(FILE, "2015/08/IMG_20150820_101112.jpg", "2015/08/DSC_1.jpg", "2015/08/DSC_2.jpg")
    brought(
        post(1, body=f"[gallery ids='5,6,7,8']{img('2015/08/DSC_2.jpg', alt='A kite.')}"),
        attachment(5, title="Marche du 8 mars"),
        attachment(6, "2015/08/IMG_20150820_101112.jpg", title="IMG_20150820_101112"),
        attachment(7, "2015/08/DSC_1.jpg", title="DSC_1"),
    )
    # What cameras call a picture says nothing; how somebody described it does.
    assert sorted(Picture.objects.values_list("name", flat=True)) == [
        "",
        "",
        "A kite.",
        "Marche du mars",
    ]


def test_nobody_has_said_anything_about_its_people(brought):
    brought(post(1, body=f"One.{img()}"))
    picture = Picture.objects.get()
    assert (picture.consent, picture.may_be_public) == (Consent.UNKNOWN, False)


def test_a_gallery_stands_below_the_text_with_what_its_records_say(brought, folder):
    folder("2015/08/a.jpg", "2015/08/b.jpg")
    brought(
        post(1, body="One.[gallery ids='6,5']"),
        attachment(5, "2015/08/a.jpg"),
        attachment(6, "2015/08/b.jpg", alt=ALT, caption="In <b>Calais</b>."),
    )
    [first, second] = figures()
    assert first[1:] == ("gallery", ALT, None, "In Calais.", None)
    assert second[1:] == ("gallery", None, None, None, None)
    assert Bulletin.objects.get().body_en == "<p>One.</p>"


def test_what_was_uploaded_for_a_post_is_its_gallery(brought, folder):
    folder("2015/08/a.jpg", "2015/08/b.jpg")
    brought(
        post(1, body="One.[gallery]"),
        attachment(5, "2015/08/a.jpg", parent=1),
        attachment(6, "2015/08/b.jpg", parent=2),
    )
    assert Picture.objects.get().name == "Title"
    assert [place for _picture, place, *_words in figures()] == ["gallery"]


def test_a_featured_picture_stands_above_the_text(brought):
    ledger = brought(
        post(1, meta=(("_thumbnail_id", "5"),)), attachment(5, alt=ALT, caption="Calais.")
    )
    assert [one[1:] for one in figures()] == [("lead", ALT, None, "Calais.", None)]
    assert ledger.attachments_taken == 1


def test_a_text_that_begins_with_its_featured_picture_does_not_show_it_twice(brought):
    lead = (("_thumbnail_id", "5"),)
    brought(
        post(1, meta=lead, body=f"[caption]{img()} Calais.[/caption]\n\nOne."),
        post(2, meta=lead, body=f"One.\n\n{img()}"),
        attachment(5),
    )
    first, second = Bulletin.objects.order_by("pk")
    assert first.body_en == "<p>One.</p>"
    assert second.body_en == f"<p>One.</p>{in_text(Picture.objects.get())}"
    assert [(place, caption) for _p, place, _a, _b, caption, _c in figures()] == [
        ("lead", "Calais."),
        ("lead", None),
    ]


def test_pictures_come_in_the_order_in_which_a_page_shows_them(brought, folder):
    folder("a.jpg", "b.jpg", "c.jpg", "d.jpg")
    brought(
        post(
            1,
            body=f"[gallery ids='14']One.{img('b.jpg')}Two.{img('a.jpg')}",
            meta=(("_thumbnail_id", "13"),),
        ),
        attachment(13, "c.jpg"),
        attachment(14, "d.jpg"),
    )
    assert [(one.place, one.position) for one in BulletinFigure.objects.all()] == [
        ("lead", 0),
        ("text", 1),
        ("text", 2),
        ("gallery", 3),
    ]


@pytest.mark.parametrize(
    ("given", "stored"),
    [("x" * 300, "x" * 300), ("x" * 301, f"{'x' * 299}…"), (" a \n b ", "a b"), (" ", None)],
)
def test_a_description_fits(brought, given, stored):
    brought(post(1, body=f"One.{img(alt=given)}"))
    assert figure().alt_en == stored


# One file is one picture ------------------------------------------------------------------------


def test_one_file_is_one_picture_wherever_it_stands(brought, decoded):
    ledger = brought(
        post(1, body=f"One.{img('2015/08/march-300x200.jpg', number=5)}[gallery ids='6']"),
        post(2, body=f"Two.{img(alt=ALT)}{img('2015/08/MARCH.jpg')}"),
        post(3, language="fr", meta=(("_thumbnail_id", "6"),)),
        attachment(5, language="en"),
        attachment(6, language="fr", alt="Une marche."),
    )
    picture = Picture.objects.get()
    assert (len(decoded), ledger.pictures, ledger.attachments_taken) == (1, 1, 2)
    assert figures() == [
        (picture.pk, "text", None, None, None, None),
        (picture.pk, "text", ALT, None, None, None),
        (picture.pk, "lead", None, "Une marche.", None, None),
    ]


def test_a_pair_has_one_figure_with_the_words_of_both(brought):
    brought(
        post(1, pair="p", body=f"One.{img(alt=ALT)}"),
        post(2, pair="p", language="fr", body=f"[caption]{img(alt='Kites.')} Calais.[/caption]Un."),
    )
    picture, bulletin = Picture.objects.get(), Bulletin.objects.get()
    assert figures() == [(picture.pk, "text", ALT, "Kites.", None, "Calais.")]
    assert bulletin.body_en == f"<p>One.</p>{in_text(picture)}"
    assert bulletin.body_fr == f"{in_text(picture)}<p>Un.</p>"
    assert french_side() == Public.CURRENT


def french_side() -> Public:
    return status_of(Side.objects.get(language="fr")).public


def test_a_record_s_words_are_those_of_its_language(brought):
    lead = (("_thumbnail_id", "5"),)
    brought(
        post(1, pair="p", meta=lead),
        post(2, pair="p", language="fr", meta=lead),
        attachment(5, alt=ALT, language="en", caption="Kites."),
        attachment(6, alt="Une marche.", language="fr"),
    )
    assert [one[2:] for one in figures()] == [(ALT, "Une marche.", "Kites.", None)]


UNKNOWN = (
    "What a picture shows is said in no language that the export names, and was left out: “Kites?”."
)


@pytest.mark.parametrize(
    ("options", "words", "told"),
    [({}, (None, None), [(1, UNKNOWN)]), ({"language": "fr"}, (None, "Kites?"), [])],
)
def test_words_whose_language_nobody_knows_are_nobody_s_in_a_pair(brought, options, words, told):
    lead = (("_thumbnail_id", "5"),)
    ledger = brought(
        post(1, pair="p", meta=lead),
        post(2, pair="p", language="fr", meta=lead),
        attachment(5, alt="Kites?"),
        **options,
    )
    assert [one[2:4] for one in figures()] == [words]
    assert [(note.number, note.text) for note in ledger.notes] == told


def test_a_description_in_the_source_alone_makes_no_public_side_outdated(brought):
    ledger = brought(
        post(1, pair="p", body=f"One.{img(alt=ALT)}"),
        post(2, pair="p", language="fr", body=f"Un.{img()}", date="2016-01-02 10:00:00"),
    )
    assert [one[2:4] for one in figures()] == [(None, None)]
    assert french_side() == Public.CURRENT
    assert [(note.number, note.text) for note in ledger.notes] == [
        (
            1,
            f"Only in English it says what a picture shows, and that was left out: “{ALT}”.",
        )
    ]


def test_in_a_draft_it_stays(brought):
    brought(
        post(1, pair="p", status="draft", body=f"One.{img(alt=ALT)}"),
        post(2, pair="p", status="draft", language="fr", body=f"Un.{img()}"),
    )
    assert [one[2:4] for one in figures()] == [(ALT, None)]


def test_a_side_that_comes_later_brings_its_words_and_keeps_those_that_are_here(brought, folder):
    folder(FILE, "2015/08/crane.jpg")
    english = post(1, pair="p", body=f"One.{img(number=5)}")
    brought(english)
    made = figure()
    settle(made, "Written here.")
    brought(
        english,
        post(
            2,
            pair="p",
            language="fr",
            body=f"Un.[caption]{img(alt='Une marche.', number=5)} Ici.[/caption]"
            f"{img('2015/08/crane.jpg')}",
        ),
    )
    assert [one[2:] for one in figures()] == [
        ("Written here.", "Une marche.", None, "Ici."),
        (None, None, None, None),
    ]
    assert Picture.objects.count() == 2


def settle(made: BulletinFigure, alt: str):
    """Somebody says that nobody can be recognised in a picture, and then describes it."""
    acts.set_consent(made.picture_id, Consent.NOBODY)
    made = BulletinFigure.objects.get(pk=made.pk)
    made.alt_en = alt
    made.save()


# Readers see none of it before somebody says so ---------------------------------------------------


@pytest.fixture
def live(brought):
    """A bulletin that was public on the old site, with a picture."""
    brought(post(1, body=f"One.\n\n{img(alt=ALT)}\n\nTwo."))
    return Bulletin.objects.get()


def page(client, document) -> str:
    response = client.get(document.address("en"))
    assert response.status_code == 200
    return response.text


def test_a_live_text_stays_live_without_its_picture(live, client):
    assert live.is_live
    assert not figure().may_be_shown
    assert "One." in page(client, live)
    assert "/media/" not in page(client, live)
    assert (files("default"), publicity.public_pictures()) == ([], [])
    for name in Picture.objects.get().files:
        assert client.get(f"/media/{name}").status_code == 404


def test_once_it_is_settled_it_appears_where_it_stood(
    live, client, django_capture_on_commit_callbacks
):
    picture = Picture.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        acts.set_consent(picture.pk, Consent.NOBODY)
    text = page(client, live)
    [before, after] = [text.index(f"<p>{word}</p>") for word in ("One.", "Two.")]
    assert before < text.index(f"/media/{picture.key}-480.jpg") < after
    assert f'alt="{ALT}"' in text
    assert files("default") == sorted(picture.files)


def test_what_nobody_described_is_not_shown_when_its_people_agreed(brought, client):
    brought(post(1, body=f"One.{img()}"))
    acts.set_consent(Picture.objects.get().pk, Consent.NOBODY)
    document = Bulletin.objects.get()
    assert "/media/" not in page(client, document)
    settle(figure(), ALT)
    assert "/media/" in page(client, document)


def test_a_scheduled_text_appears_without_it(brought):
    brought(post(1, status="future", date="2999-01-01 10:00:00", body=f"One.{img()}"))
    assert Bulletin.objects.get().is_committed
    assert publicity.public_pictures() == []


def test_a_draft_is_not_published_before_it_is_settled(brought):
    brought(post(1, status="draft", body=f"One.{img(alt=ALT)}"))
    draft = Bulletin.objects.get()
    draft.published_at = timezone.now()
    with pytest.raises(ValidationError, match="Nobody has said that the people"):
        draft.save()


@pytest.fixture
def save(admin_client):
    """Send the form of the only bulletin, with some fields changed."""

    def save(**changes):
        address = f"/admin/bulletins/bulletin/{Bulletin.objects.get().pk}/change/"
        return send(admin_client, admin_client.get(address), **changes)

    return save


def errors(response) -> dict:
    """What is wrong with the picture, as the form says."""
    assert response.status_code == 200
    formsets = [one.formset for one in response.context["inline_admin_formsets"]]
    [figures] = [one for one in formsets if one.prefix == "figures"]
    return {name: list(found) for name, found in figures.forms[0].errors.items()}


def test_a_comma_is_mended_without_a_word_about_the_picture(save, live):
    response = save(title_en="Mended")
    live.refresh_from_db()
    assert (response.status_code, live.title_en, live.is_live) == (302, "Mended", True)
    assert not figure().may_be_shown


def test_whatever_is_said_of_the_picture_is_said_once_it_is_settled(save, live):
    response = save(**{"figures-0-alt_en": "Kites."})
    assert errors(response) == {"picture": [Picture.objects.get().why_not()]}
    assert figure().alt_en == ALT


def test_another_source_asks_about_it_anew(save, brought):
    brought(
        post(1, pair="p", body=f"One.{img(alt=ALT)}"),
        post(2, pair="p", language="fr", body=f"Un.{img(alt='Une marche.')}"),
    )
    response = save(source_language="fr")
    assert errors(response) == {"picture": [Picture.objects.get().why_not()]}
    assert Bulletin.objects.get().source_language == "en"


def test_taken_back_it_is_not_published_again_before_it_is_settled(save, live):
    save(button="_draft")
    response = save(button="_publish")
    assert errors(response) == {"picture": [Picture.objects.get().why_not()]}
    assert not Bulletin.objects.get().is_committed


def test_a_post_of_pictures_alone_comes_as_a_draft(brought, folder):
    folder("2015/08/a.jpg", "2015/08/b.jpg")
    ledger = brought(
        post(1, title="Photos", body="[gallery ids='5,6']"),
        attachment(5, "2015/08/a.jpg"),
        attachment(6, "2015/08/b.jpg"),
    )
    document = Bulletin.objects.get()
    first, second = Picture.objects.order_by("pk")
    assert (document.title_en, document.is_committed) == ("Photos", False)
    assert document.body_en == in_text(first) + in_text(second)
    assert [place for _picture, place, *_words in figures()] == ["text", "text"]
    assert [note.text for note in ledger.notes] == [
        "It has pictures and no text. It came as a draft."
    ]


@pytest.mark.parametrize("fields", [{"title": "", "body": img()}, {"body": img("2015/08/no.jpg")}])
def test_a_post_of_nothing_at_all_is_left_out_with_its_pictures(brought, fields):
    ledger = brought(post(1, **fields))
    assert [remark.text for remark in ledger.left_out] == ["It has no text."]
    assert not Picture.objects.exists()


# What does not come -----------------------------------------------------------------------------


def test_each_picture_that_does_not_come_is_told_with_its_reason(brought, folder):
    folder(FILE)
    folder("2015/08/bad.jpg", content=b"bad")
    broken = "This picture is damaged or incomplete. Open it, save it anew, and add that file."
    ledger = brought(
        post(
            1,
            body=f"One {img('2015/08/lost.jpg')} two. {img()}{img('2015/08/lost-300x200.jpg')}"
            f"{img('2015/08/bad.jpg')}{img('https://elsewhere.example/march.jpg')}"
            f"{img('data:image/png;base64,iVBO/a.jpg')}[gallery ids='99,7']",
            meta=(("_thumbnail_id", "98"),),
        ),
        post(2, body=f"Two.{img('2015/08/bad.jpg')}"),
        attachment(7, "2015/08/private.jpg", status="private"),
    )
    assert did_not_come(ledger) == [
        (1, "picture 99: The export does not say which file it is."),
        (1, "private.jpg: It is private."),
        (1, "lost.jpg: It is not in the folder."),
        (1, "lost-300x200.jpg: It is not in the folder."),
        (1, f"bad.jpg: {broken}"),
        (1, "march.jpg: It stood on another site."),
        (1, "a picture: It is no file: it is written into the text."),
        (1, "picture 98: The export does not say which file it is."),
        (2, f"bad.jpg: {broken}"),
    ]
    assert ledger.not_carried == []
    assert Bulletin.objects.earliest("pk").body_en == (
        f"<p>One two.</p>{in_text(Picture.objects.get())}"
    )


def test_a_file_that_is_refused_is_read_once(brought, folder, decoded):
    folder(FILE, content=b"bad")
    brought(post(1, body=f"One.{img()}"), post(2, body=f"Two.{img()}"))
    assert decoded == [b"bad"]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"status": "private"}, "It is private."),
        ({"status": "trash"}, "It is in the bin."),
        ({"password": "x"}, "It is protected by a password."),
    ],
)
def test_a_picture_that_was_not_public_does_not_come(brought, fields, why):
    ledger = brought(post(1, body=f"One.{img()}"), attachment(5, **fields))
    assert did_not_come(ledger) == [(1, f"march.jpg: {why}")]
    assert not Picture.objects.exists()


@pytest.mark.parametrize("status", ["private", "trash"])
def test_of_a_post_that_is_not_public_no_picture_is_read(brought, decoded, status):
    brought(post(1, body=img(), status=status))
    assert (decoded, Picture.objects.count()) == ([], 0)


def test_of_a_post_that_does_not_come_no_picture_stays(brought, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        ledger = brought(
            post(1, pair="p", body=f"One.{img()}", status="draft"),
            post(2, pair="p", language="fr"),
            attachment(5),
        )
    assert [remark.number for remark in ledger.left_out] == [1]
    assert (ledger.pictures, files("private")) == (0, [])
    assert not Picture.objects.exists()
    assert not ImportedPicture.objects.exists()


def test_a_document_that_fails_takes_its_pictures_along(brought, monkeypatch):
    keep = documents.redirects.keep

    def fail(document, post, *others):
        if post.id == 1:
            raise RuntimeError
        keep(document, post, *others)

    monkeypatch.setattr(documents.redirects, "keep", fail)
    ledger = brought(
        post(1, body=f"One.{img()}{img('2015/08/no.jpg')}"),
        post(2, body=f"Two.{img()}"),
        attachment(5),
    )
    assert [remark.number for remark in ledger.left_out] == [1]
    assert (ledger.pictures, did_not_come(ledger)) == (1, [])
    assert [one.bulletin.title_en for one in BulletinFigure.objects.all()] == ["Title 2"]
    assert ImportedPicture.objects.get().picture == Picture.objects.get()


def test_nothing_is_asked_of_the_network(brought, monkeypatch):
    def refuse(*arguments, **options):
        raise AssertionError("the network")

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)
    ledger = brought(post(1, body=f"One.{img('https://elsewhere.example/2015/08/far.jpg')}"))
    assert did_not_come(ledger) == [(1, "far.jpg: It is not in the folder.")]


# Again ------------------------------------------------------------------------------------------


def test_a_second_import_adds_nothing_twice(brought, decoded):
    items = [post(1, body=f"One.{img()}"), attachment(5)]
    brought(*items)
    before = (figures(), list(Picture.objects.values()), list(ImportedPicture.objects.values()))
    ledger = brought(*items)
    assert before == (
        figures(),
        list(Picture.objects.values()),
        list(ImportedPicture.objects.values()),
    )
    assert (ledger.unchanged, ledger.pictures, len(decoded)) == (1, 0, 1)


def test_a_picture_of_an_earlier_file_is_found_again_by_its_number(brought, decoded):
    brought(post(1, body=f"One.{img()}"), attachment(5), attachment(6))
    # The second file knows neither record, or another one of the same file.
    brought(post(2, body=f"Two.{img(number=5)}"))
    brought(post(3, body=f"Three.{img()}"), attachment(6), attachment(7))
    assert (len(decoded), BulletinFigure.objects.count()) == (1, 3)
    assert set(ImportedPicture.objects.values_list("attachment", "picture")) == {
        (number, Picture.objects.get().pk) for number in (5, 6, 7)
    }


def test_the_number_of_a_picture_that_was_cut_is_not_its_own(brought, folder, decoded):
    folder(FILE, "2015/08/march-e1439300000000.jpg")
    brought(post(1, body=f"One.{img(number=5)}"))
    brought(post(2, body=f"Two.{img('2015/08/march-e1439300000000.jpg', number=5)}"))
    assert decoded == [FILE.encode(), b"2015/08/march-e1439300000000.jpg"]


def test_another_site_has_its_own_numbers(brought, folder):
    brought(post(1, body=f"One.{img()}"), attachment(5))
    other = export(
        post(1, body=f"One.{img('https://other.example/2015/08/march.jpg')}"),
        attachment(5).replace("old.example.org", "other.example"),
        base="https://other.example",
    )
    import_export(parse(other), uploads=Uploads(folder()))
    assert Picture.objects.count() == 2


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (acts.withdraw, "It was imported before, and withdrawn here."),
        (acts.delete, "It was imported before, and deleted here."),
    ],
)
def test_what_was_taken_away_here_does_not_come_back(brought, act, why):
    brought(post(1, body=f"One.{img()}"), attachment(5))
    if act is acts.delete:
        figure().delete()
    act(Picture.objects.get().pk)
    ledger = brought(post(2, body=f"Two.{img()}"), attachment(5))
    assert did_not_come(ledger) == [(2, f"march.jpg: {why}")]
    assert Bulletin.objects.latest("pk").body_en == "<p>Two.</p>"


def test_a_dry_run_reads_every_picture_and_keeps_none(brought, decoded):
    ledger = brought(post(1, body=f"One.{img()}{img('2015/08/no.jpg')}"), dry_run=True)
    assert (ledger.pictures, len(decoded), len(did_not_come(ledger))) == (1, 1, 1)
    assert not Picture.objects.exists()
    assert (files("private"), files("default")) == ([], [])


# Without a folder, and as a command ---------------------------------------------------------------


def test_without_a_folder_pictures_are_counted_and_none_comes(decoded):
    ledger = import_export(
        parse(
            export(
                post(1, body=f"One.{img()}[gallery ids='5,6']", meta=(("_thumbnail_id", "7"),)),
                post(2, body=f"Two.{img('2015/08/march-300x200.jpg')}{img('x.jpg')}"),
                post(3, body=img(), status="private"),
                attachment(5),
                attachment(6, "2015/08/b.jpg"),
            )
        )
    )
    assert ledger.pictures_passed_over == 4
    assert (decoded, Picture.objects.count(), did_not_come(ledger)) == ([], 0, [])
    assert [remark.text for remark in ledger.not_carried] == ["gallery, image", "image"]


def run(tmp_path, *items: str, media=None, **options) -> str:
    path, out = tmp_path / "export.xml", io.StringIO()
    path.write_bytes(export(*items))
    arguments = [f"--media={media}"] if media is not None else []
    call_command("import_wordpress", str(path), *arguments, stdout=out, **options)
    return out.getvalue()


def test_the_ledger_tells_of_pictures(tmp_path, folder):
    told = run(
        tmp_path,
        post(1, title="Kites", body=f"One.{img()}{img('2015/08/no.jpg')}"),
        attachment(5),
        attachment(6, "2015/08/statement.pdf"),
        media=folder(FILE),
    )
    assert [line for line in told.splitlines() if "ictur" in line or "jpg" in line] == [
        "  1 picture, kept from readers until an editor says who can be recognised",
        "Pictures that did not come",
        "  Number 1 “Kites”: no.jpg: It is not in the folder.",
        "  1 attachment: pictures that no post shows, and other files",
    ]


def test_the_ledger_of_pictures_can_be_read_by_a_program(tmp_path, folder):
    told = json.loads(
        run(tmp_path, post(1, body=f"One.{img('no.jpg')}"), media=folder(FILE), json=True)
    )
    assert (told["pictures"], told["pictures_left_out"]) == (
        0,
        [{"number": 1, "title": "Title 1", "text": "no.jpg: It is not in the folder."}],
    )


def test_a_folder_that_is_not_there_is_said_before_anything_is_written(tmp_path):
    with pytest.raises(CommandError, match="There is no folder “/no/such/folder”"):
        run(tmp_path, post(1), media="/no/such/folder")
    assert not Bulletin.objects.exists()


# As in life -------------------------------------------------------------------------------------


@pytest.mark.usefixtures("real_pipeline")
def test_nothing_of_the_camera_s_file_is_kept(tmp_path, folder):
    photo, exif, file = (
        Image.effect_noise((640, 320), 90).convert("RGB"),
        Image.Exif(),
        io.BytesIO(),
    )
    exif[0x010E] = "Quai 7, by Robin"
    photo.save(file, "JPEG", exif=exif, comment=b"secret place")
    folder(FILE, content=file.getvalue() + b"secret appended")
    folder("2015/08/page.jpg", content=b"<html><script>secret</script></html>")
    folder("2015/08/drawing.svg", content=b"<svg xmlns='http://www.w3.org/2000/svg'></svg>")
    told = run(
        tmp_path,
        post(1, body=f"One.{img()}{img('2015/08/page.jpg')}{img('2015/08/drawing.svg')}"),
        media=folder(),
    )
    assert "page.jpg: This file is a web page, not a picture." in told
    assert "drawing.svg: SVG drawings are not taken" in told
    [picture] = Picture.objects.all()
    assert (picture.width, picture.height) == (640, 320)
    assert set(files("private")) == {picture.master, *picture.files}
    for name in files("private"):
        with storages["private"].open(name) as stored:
            data = stored.read()
        assert b"secret" not in data
        assert b"Robin" not in data
