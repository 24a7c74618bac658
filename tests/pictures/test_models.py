from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from core import images
from pictures import acts
from pictures.models import Consent, Picture, new_key
from tests import factories
from tests.pictures.factories import figure, picture, processed, upload

pytestmark = pytest.mark.django_db


def test_a_picture_says_where_its_files_are():
    made = picture()

    assert (made.formats, made.fallback) == (["avif", "webp", "jpeg"], "jpeg")
    assert made.address(480, "jpeg") == f"/media/{made.key}-480.jpg"
    assert made.address(960, "avif", is_private=True) == f"/pictures/{made.key}-960.avif"
    assert (
        made.srcset("webp") == f"/media/{made.key}-480.webp 480w, /media/{made.key}-960.webp 960w"
    )
    assert len(made.files) == 6


def test_what_can_be_seen_through_falls_back_on_png(monkeypatch):
    monkeypatch.setattr(images, "process", lambda source: processed(alpha=True))

    made = acts.add(upload())

    assert (made.formats, made.fallback, made.has_alpha) == (["avif", "webp", "png"], "png", True)


def test_a_small_picture_has_its_own_width(monkeypatch):
    monkeypatch.setattr(images, "process", lambda source: processed(width=300))

    assert [r["width"] for r in acts.add(upload()).renditions] == [300]


def test_sizes_stand_in_their_order(monkeypatch):
    made = processed(width=1600)
    mixed = replace(made, renditions=made.renditions[::-1])
    monkeypatch.setattr(images, "process", lambda source: mixed)

    assert [r["width"] for r in acts.add(upload()).renditions] == [480, 960, 1600]


def test_nothing_is_left_of_what_was_withdrawn():
    made = picture()
    acts.withdraw(made.pk)
    made = Picture.objects.get()

    assert (made.formats, made.fallback, made.srcset("avif"), made.files) == ([], "", "", {})


def test_keys_are_long_and_never_the_same():
    keys = {new_key() for _number in range(1000)}

    assert len(keys) == 1000
    assert {len(key) for key in keys} == {26}


@pytest.mark.parametrize(
    ("consent", "is_masked", "may"),
    [
        (Consent.NOBODY, False, True),
        (Consent.AGREED, False, True),
        (Consent.UNKNOWN, False, False),
        (Consent.UNKNOWN, True, True),
    ],
)
def test_when_a_picture_may_be_public(consent, is_masked, may):
    made = Picture(consent=consent, faces_masked=is_masked)

    assert (made.may_be_public, made.why_not() == "") == (may, may)
    made.withdrawn_at = timezone.now()
    assert (made.may_be_public, made.why_not()) == (
        False,
        "This picture was withdrawn. Nobody sees it any more.",
    )


def test_a_picture_without_a_name_has_a_number():
    made = picture(name="")

    assert str(made) == f"Picture {made.pk}"


@pytest.mark.parametrize(
    "columns",
    [{"consent": "agreed", "agreed_on": None}, {"withdrawn_at": timezone.now()}],
)
def test_the_database_holds_the_rules_too(columns):
    made = picture()

    with pytest.raises(IntegrityError), transaction.atomic():
        models.QuerySet(Picture).filter(pk=made.pk).update(**columns)


@pytest.mark.parametrize("number", [1, 3])
def test_the_figures_of_a_document_come_with_their_pictures(number, django_assert_num_queries):
    document = factories.live()
    for _number in range(number):
        figure(document, picture())

    with django_assert_num_queries(1):
        assert all(figure.may_be_shown for figure in document.figures.all())


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no row locks")
def test_a_picture_is_held_in_a_way_that_lets_others_refer_to_it(django_assert_num_queries):
    from django.test.utils import CaptureQueriesContext

    made = picture()
    with CaptureQueriesContext(connection) as queries:
        acts.rename(made.pk, "Bridge")

    assert any("FOR NO KEY UPDATE" in query["sql"] for query in queries)
