"""What a crash leaves behind, and what a moment makes due, is found and set right."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db.models import QuerySet
from django.utils import timezone

from bulletins.models import Bulletin
from pictures import checking
from pictures.models import Picture, new_key
from tests import factories
from tests.pictures.factories import figure, picture

pytestmark = pytest.mark.django_db


def words() -> list[str]:
    return [finding.words for finding in checking.check()]


def repair() -> str:
    out = io.StringIO()
    call_command("check_pictures", "--repair", stdout=out, stderr=out)
    return out.getvalue()


@pytest.fixture
def shown(commit):
    with commit():
        made = picture()
        figure(factories.live(), made)
        picture("unknown")
    return made


@pytest.fixture
def later(monkeypatch):
    """Two hours on: nothing that was written now is being written any more."""
    monkeypatch.setattr(checking, "YOUNG", timedelta(0))


def put(storage: str, name: str):
    storages[storage].save(name, ContentFile(b"pixels"))


def test_all_is_well(stores, shown, later):
    out = io.StringIO()

    call_command("check_pictures", stdout=out)

    assert out.getvalue() == "All files are where they belong.\n"


def test_a_site_without_pictures_is_well(stores):
    assert words() == []


def test_a_public_copy_that_is_missing_is_made(stores, shown, listed):
    [name, *_others] = shown.files
    storages["default"].delete(name)

    assert words() == [f"picture {shown.pk} may be seen, and is not in public storage"]
    assert repair().endswith("1 mended.\n")
    assert (listed("default"), words()) == (sorted(shown.files), [])


def test_half_a_public_copy_is_made_whole(shown, listed):
    [name, *_others] = shown.files
    with storages["default"].open(name, "wb") as file:
        file.write(b"ha")

    assert len(words()) == 1
    repair()
    assert storages["default"].size(name) == shown.files[name]


def test_what_was_scheduled_is_copied_when_it_is_due(stores, commit, listed):
    with commit():
        made = picture()
        figure(factories.live(ago=-timedelta(hours=1)), made)
    assert words() == []

    QuerySet(Bulletin).update(published_at=timezone.now())
    call_command("run_due")

    assert listed("default") == sorted(made.files)


def test_a_public_file_that_nobody_may_see_goes(stores, shown, listed):
    made = Picture.objects.exclude(pk=shown.pk).get()
    [name, *_others] = made.files
    put("default", name)

    assert words() == [f"{name} is in public storage, and may not be seen"]
    repair()
    assert listed("default") == sorted(shown.files)


def test_a_public_file_of_a_picture_that_is_gone_goes(shown, listed):
    put("default", f"{new_key()}-480.avif")

    assert len(words()) == 1
    repair()
    assert listed("default") == sorted(shown.files)


def test_what_is_taken_back_around_save_goes(shown, listed):
    QuerySet(Bulletin).update(published_at=None)

    assert len(words()) == 6
    repair()
    assert listed("default") == []


def test_a_private_file_that_belongs_to_no_picture_goes(stores, shown, listed, later):
    before = listed("private")
    key = new_key()
    put("private", f"{key}.png")
    put("private", f"{key}-480.avif")

    assert words() == [
        f"{key}-480.avif is in private storage, and belongs to no picture",
        f"{key}.png is in private storage, and belongs to no picture",
    ]
    assert repair().endswith("2 mended.\n")
    assert listed("private") == before


def test_a_private_file_whose_row_is_being_written_stays(stores, listed):
    put("private", f"{new_key()}.png")

    assert words() == []
    repair()
    assert len(listed("private")) == 1


def test_files_that_are_not_ours_stay(shown, listed, later):
    names = ["notes.txt", "backup-2026.tar", "UPPER-480.avif", "short-480.avif"]
    for name in names:
        put("default", name)
        put("private", name)

    assert words() == []
    repair()
    assert set(names) < set(listed("default"))
    assert set(names) < set(listed("private"))


def test_what_is_lost_is_told_and_the_rest_is_mended(stores, shown, listed):
    [name, *_others] = shown.files
    storages["private"].delete(name)
    storages["private"].delete(shown.master)
    put("default", f"{new_key()}-480.avif")

    told = repair()

    lost = f"picture {shown.pk} has lost {shown.master}, {name}: only a backup has it"
    assert lost in told
    assert told.endswith("1 mended.\n")
    assert words() == [lost]


def test_what_is_public_and_lost_in_private_stays_public(shown, listed):
    for name in shown.files:
        storages["private"].delete(name)

    repair()

    assert listed("default") == sorted(shown.files)


def test_without_repair_nothing_is_touched_and_the_command_fails(shown, listed, later):
    put("default", f"{new_key()}-480.avif")
    put("private", f"{new_key()}-480.avif")
    before = listed("default"), listed("private")

    with pytest.raises(CommandError, match="2 things are not as they should be"):
        call_command("check_pictures", stdout=io.StringIO())

    assert (listed("default"), listed("private")) == before


@pytest.mark.parametrize("number", [1, 3])
def test_many_pictures_are_checked_with_as_many_queries(number, commit, django_assert_num_queries):
    with commit():
        document = factories.live()
        for _number in range(number):
            figure(document, picture())

    with django_assert_num_queries(8):
        assert words() == []
