"""A database rolls back and a storage does not: no file too many, none too few."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, storages
from django.db import transaction

from bulletins.models import Bulletin
from config import settings as live_settings
from pictures import acts, files
from pictures.models import Picture
from tests import factories
from tests.pictures.addresses import answers, every
from tests.pictures.factories import FACE, figure, picture, upload
from translations.acts import publishing

pytestmark = pytest.mark.django_db(transaction=True)


def test_private_files_are_their_owners_only(tmp_path):
    options = live_settings.STORAGES["private"]["OPTIONS"] | {"location": tmp_path / "private"}
    storage = FileSystemStorage(**options)

    storage.save("a.png", ContentFile(b"pixels"))

    modes = [
        path.stat().st_mode & 0o777 for path in (tmp_path / "private", tmp_path / "private/a.png")
    ]
    assert modes == [0o700, 0o600]


class Stop(Exception):
    """What makes a transaction roll back."""


def rolled_back(act):
    """Do it in a transaction that then fails."""

    def failing():
        with transaction.atomic():
            act()
            raise Stop

    with pytest.raises(Stop):
        failing()


@pytest.fixture
def shown():
    made = picture()
    figure(factories.live(), made)
    return made


def all_of(*pictures: Picture) -> list[str]:
    return sorted(name for p in pictures for name in (p.master, *p.files))


def test_a_picture_that_is_not_added_leaves_no_file(stores, listed):
    other = picture()

    rolled_back(lambda: acts.add(upload()))

    assert listed("private") == all_of(other)


def test_in_a_larger_transaction_too_only_what_is_rolled_back_goes(stores, listed):
    with transaction.atomic():
        kept = picture()
        rolled_back(lambda: acts.add(upload()))
        assert listed("private") == all_of(kept)

    assert listed("private") == all_of(kept)


def test_a_rehearsal_leaves_no_file(stores, listed):
    with transaction.atomic():
        acts.add(upload())
        transaction.set_rollback(True)

    assert listed("private") == []


def test_a_storage_that_fails_half_way_is_left_empty(stores, listed, monkeypatch):
    class Full(OSError):
        pass

    saved, save = [], storages["private"].save

    def until_full(name, content):
        if len(saved) == 3:
            raise Full
        saved.append(name)
        return save(name, content)

    monkeypatch.setattr(storages["private"], "save", until_full)
    with pytest.raises(Full):
        acts.add(upload())

    assert (len(saved), listed("private"), Picture.objects.count()) == (3, [], 0)


def test_a_mask_that_is_not_applied_leaves_what_was(stores, shown, client, listed):
    rolled_back(lambda: acts.apply_mask(shown.pk, [FACE], all_covered=True))

    assert listed("private") == all_of(shown)
    assert answers(client, every(shown)) == {200}


def test_a_withdrawal_that_fails_leaves_what_was(stores, shown, client, listed):
    rolled_back(lambda: acts.withdraw(shown.pk))

    assert listed("private") == all_of(shown)
    assert answers(client, every(shown)) == {200}
    assert listed("default") == sorted(shown.files)


def test_a_deletion_that_fails_leaves_what_was(stores, listed):
    made = picture()

    rolled_back(lambda: acts.delete(made.pk))

    assert listed("private") == all_of(made)


def test_what_is_taken_back_and_then_is_not_is_shown_again(stores, shown, client, listed):
    rolled_back(lambda: publishing.unpublish(Bulletin, Bulletin.objects.get().pk))
    assert listed("default") == []

    assert answers(client, every(shown)) == {200}
    assert listed("default") == sorted(shown.files)


def test_what_is_published_and_then_is_not_leaves_no_public_file(stores, listed):
    made = picture()

    rolled_back(lambda: figure(factories.live(), made))

    assert listed("default") == []


def test_a_public_file_of_which_a_crash_left_half_is_copied_anew(shown, client):
    [name, *_] = shown.files
    with storages["default"].open(name, "wb") as file:
        file.write(b"ha")

    response = client.get(f"/media/{name}")

    assert response.status_code == 200
    assert len(response.content) == shown.files[name]


def test_what_fails_after_a_commit_costs_no_file(listed):
    def fail():
        raise Stop

    def adding():
        with transaction.atomic():
            transaction.on_commit(fail)
            acts.add(upload())

    with pytest.raises(Stop):
        adding()

    assert listed("private") == all_of(Picture.objects.get())


def test_files_that_cannot_be_copied_are_no_reason_not_to_publish(
    shown, client, monkeypatch, caplog
):
    def full(names):
        raise OSError("No space left on device")

    other = picture()
    monkeypatch.setattr(files, "copy_out", full)

    document = factories.live()
    figure(document, other)

    assert Bulletin.objects.get(pk=document.pk).is_live
    assert "No space left on device" in caplog.text
