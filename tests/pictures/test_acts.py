from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.utils import timezone

from core import images
from pictures import acts
from pictures.models import Consent, GoneKey, Picture
from tests import factories
from tests.pictures.addresses import answers, every
from tests.pictures.factories import FACE, figure, picture, processed, upload

pytestmark = pytest.mark.django_db


# Added ------------------------------------------------------------------------------------------


def test_a_new_picture_is_kept_in_private_and_asks_for_consent(stores, commit, listed):
    with commit():
        made = acts.add(upload("Marche des femmes 2.jpg"))

    assert (made.name, made.consent, made.may_be_public) == ("Marche des femmes", "unknown", False)
    assert (made.removed, made.was_animated) == (["location", "camera"], False)
    assert listed("private") == sorted([made.master, *made.files])
    assert listed("default") == []
    assert [(r["width"], list(r["files"])) for r in made.renditions] == [
        (480, ["avif", "webp", "jpeg"]),
        (960, ["avif", "webp", "jpeg"]),
    ]


def test_what_the_pipeline_refuses_leaves_nothing(stores, listed):
    with pytest.raises(images.Refused):
        acts.add(upload(content=b"bad"))

    assert (Picture.objects.count(), listed("private"), listed("default")) == (0, [], [])


def test_a_name_that_is_given_is_taken(commit):
    assert acts.add(upload("IMG_0001.jpg"), name="  The\nbridge ").name == "The bridge"
    assert acts.add(upload("IMG_0001.jpg")).name == ""


def test_a_first_frame_is_said_to_be_one(monkeypatch):
    monkeypatch.setattr(images, "process", lambda source: processed(removed=["animation"]))

    assert acts.add(upload()).was_animated


# Masked -----------------------------------------------------------------------------------------


@pytest.fixture
def shown(commit):
    """A public picture of people who agreed."""
    with commit():
        made = picture(Consent.AGREED)
        figure(factories.live(), made)
    return made


def test_a_mask_ends_every_address_and_every_file_of_what_was_seen(
    stores, shown, commit, client, listed
):
    old = [*every(shown), *every(shown, is_private=True)]
    assert answers(client, every(shown)) == {200}

    with commit():
        masked = acts.apply_mask(shown.pk, [FACE], all_covered=True)

    assert masked.key != shown.key
    assert answers(client, old[:6]) == {410}
    assert answers(client, every(masked)) == {200}
    assert listed("default") == sorted(masked.files)
    assert listed("private") == sorted([masked.master, *masked.files])
    assert (masked.masks, masked.faces_masked) == ([FACE], True)


def test_the_unmasked_pixels_leave_public_storage_before_the_transaction_ends(shown, listed):
    acts.apply_mask(shown.pk, [FACE], all_covered=False)

    assert listed("default") == []


def test_masks_that_were_applied_before_are_covered_again(monkeypatch):
    made = picture()
    covered = []

    def mask(master, regions):
        covered.append((master, regions))
        return processed()

    monkeypatch.setattr(images, "mask", mask)
    second = FACE | {"x": 0.7}

    acts.apply_mask(made.pk, [FACE], all_covered=False)
    found = acts.apply_mask(made.pk, [images.Region(**second)], all_covered=True)

    assert [regions for _master, regions in covered] == [
        [images.Region(**FACE)],
        [images.Region(**FACE), images.Region(**second)],
    ]
    assert covered[0][0] != covered[1][0]
    assert found.masks == [FACE, second]


def test_that_all_are_covered_is_said_of_masks_that_are_there():
    made = picture(Consent.UNKNOWN)
    made = acts.apply_mask(made.pk, [FACE], all_covered=False)
    assert not made.may_be_public

    found = acts.apply_mask(made.pk, [], all_covered=True)

    assert (found.may_be_public, found.key) == (True, made.key)


def test_that_all_are_covered_is_not_said_without_a_mask():
    made = picture(Consent.UNKNOWN)

    with pytest.raises(ValidationError, match="Draw at least one region"):
        acts.apply_mask(made.pk, [], all_covered=True)


def test_a_mask_that_does_not_cover_everybody_takes_back_the_word(shown):
    acts.apply_mask(shown.pk, [FACE], all_covered=True)

    assert not acts.apply_mask(shown.pk, [FACE], all_covered=False).faces_masked


@pytest.mark.parametrize(
    "region",
    [
        {},
        {"shape": "ellipse"},
        FACE | {"shape": "star"},
        FACE | {"width": 0},
        FACE | {"height": -0.1},
        FACE | {"x": 1.5},
        FACE | {"x": float("nan")},
        FACE | {"x": "0.1"},
        FACE | {"colour": "red"},
    ],
)
def test_a_region_that_makes_no_sense_changes_nothing(region, listed):
    made = picture()
    before = listed("private")

    with pytest.raises(ValidationError, match="outside of the picture"):
        acts.apply_mask(made.pk, [region], all_covered=True)

    assert listed("private") == before
    assert Picture.objects.get().key == made.key


def test_too_many_regions_change_nothing():
    made = picture()

    with pytest.raises(ValidationError, match="more than 200 regions"):
        acts.apply_mask(made.pk, [FACE] * 201, all_covered=True)


def test_a_picture_whose_file_is_lost_is_said_to_be_so():
    made = picture()
    storages["private"].delete(made.master)

    with pytest.raises(ValidationError, match="is lost"):
        acts.apply_mask(made.pk, [FACE], all_covered=True)


def test_two_people_who_mask_at_once_do_not_overwrite_each_other(monkeypatch, commit, listed):
    made = picture()
    once = images.mask

    def meanwhile(master, regions):
        monkeypatch.setattr(images, "mask", once)
        acts.apply_mask(made.pk, [FACE], all_covered=True)
        return processed()

    monkeypatch.setattr(images, "mask", meanwhile)
    with commit(), pytest.raises(ValidationError, match="masked this picture meanwhile"):
        acts.apply_mask(made.pk, [FACE | {"x": 0}], all_covered=True)

    stands = Picture.objects.get()
    assert stands.masks == [FACE]
    assert listed("private") == sorted([stands.master, *stands.files])


# Agreed -----------------------------------------------------------------------------------------


def test_consent_says_when_and_for_what():
    made = picture(Consent.UNKNOWN)

    with pytest.raises(ValidationError) as refusal:
        acts.set_consent(made.pk, Consent.AGREED)
    assert sorted(refusal.value.message_dict) == ["agreed_for", "agreed_on"]
    acts.set_consent(made.pk, "agreed", agreed_on=date(2026, 3, 8), agreed_for=" this site ")

    stands = Picture.objects.get()
    assert (stands.consent, stands.agreed_on, stands.agreed_for, stands.may_be_public) == (
        "agreed",
        date(2026, 3, 8),
        "this site",
        True,
    )


def test_nobody_agrees_tomorrow():
    made = picture(Consent.UNKNOWN)
    tomorrow = timezone.localdate() + timedelta(days=1)

    with pytest.raises(ValidationError) as refusal:
        acts.set_consent(made.pk, Consent.AGREED, agreed_on=tomorrow, agreed_for="this site")

    assert list(refusal.value.message_dict) == ["agreed_on"]


def test_consent_of_another_kind_is_refused():
    made = picture(Consent.UNKNOWN)

    with pytest.raises(ValidationError) as refusal:
        acts.set_consent(made.pk, "perhaps")

    assert list(refusal.value.message_dict) == ["consent"]


def test_when_they_agreed_is_forgotten_when_they_do_no_longer():
    made = picture(Consent.AGREED)

    acts.set_consent(made.pk, Consent.UNKNOWN, agreed_on=date(2026, 3, 8), agreed_for="this")

    stands = Picture.objects.get()
    assert (stands.agreed_on, stands.agreed_for) == (None, "")


def test_a_picture_gets_another_name():
    made = picture()

    acts.rename(made.pk, " The  bridge ")

    assert str(Picture.objects.get()) == "The bridge"


# Withdrawn --------------------------------------------------------------------------------------


def test_withdrawal_ends_every_address_and_every_file(
    stores, shown, commit, client, listed, admin_client
):
    with commit():
        draft, page = factories.draft(), factories.page()
        figure(draft, shown)
        figure(page, shown)
        other = picture()
    both = [*every(shown), *every(shown, is_private=True)]

    with commit():
        documents = acts.withdraw(shown.pk)

    assert answers(client, every(shown)) == {410}
    assert answers(admin_client, both) == {410}
    assert listed("default") == []
    assert listed("private") == sorted([other.master, *other.files])
    assert [str(d) for d in documents] == ["Kitchen opens", "Kitchen opens", "About us"]
    assert documents[1:] == [draft, page]


def test_no_address_of_it_ever_existed_that_does_not_answer(shown, client):
    acts.withdraw(shown.pk)

    invented = shown.address(1600, "png").replace("1600", "77")
    assert client.get(invented).status_code == 410


def test_public_files_go_before_the_transaction_ends(shown, client, listed):
    acts.withdraw(shown.pk)

    assert listed("default") == []
    assert answers(client, every(shown)) == {410}


def test_nothing_is_known_of_who_agreed_once_it_is_withdrawn(shown):
    acts.withdraw(shown.pk)

    stands = Picture.objects.get()
    assert (stands.consent, stands.agreed_on, stands.agreed_for) == ("unknown", None, "")
    assert (stands.files, stands.master, stands.masks) == ({}, "", [])


def test_withdrawing_twice_says_again_where_it_was(shown):
    assert acts.withdraw(shown.pk) == acts.withdraw(shown.pk)
    assert GoneKey.objects.count() == 1


@pytest.mark.parametrize(
    "act",
    [
        lambda pk: acts.set_consent(pk, Consent.NOBODY),
        lambda pk: acts.apply_mask(pk, [FACE], all_covered=True),
    ],
)
def test_what_was_withdrawn_does_not_come_back(shown, act):
    acts.withdraw(shown.pk)

    with pytest.raises(ValidationError, match="was withdrawn"):
        act(shown.pk)


def test_a_picture_that_was_read_before_cannot_bring_it_back(shown):
    acts.withdraw(shown.pk)

    with pytest.raises(TypeError):
        shown.save()

    assert Picture.objects.get().is_withdrawn


# Deleted ----------------------------------------------------------------------------------------


def test_a_picture_in_use_is_not_deleted(shown, listed):
    with pytest.raises(ValidationError) as refusal:
        acts.delete(shown.pk)

    assert refusal.value.messages == [
        "This picture is in use: “Kitchen opens”. Take it out there first."
    ]
    assert Picture.objects.count() == 1
    assert len(listed("default")) == 6


def test_a_picture_that_nothing_uses_goes_with_its_files(stores, commit, client, listed):
    with commit():
        made, other = picture(), picture()

    with commit():
        acts.delete(made.pk)

    assert list(Picture.objects.all()) == [other]
    assert answers(client, every(made)) == {410}
    assert listed("private") == sorted([other.master, *other.files])


def test_what_was_withdrawn_can_be_deleted(commit):
    made = picture()
    acts.withdraw(made.pk)

    acts.delete(made.pk)

    assert Picture.objects.count() == 0


@pytest.mark.parametrize("delete", [lambda p: p.delete(), lambda p: Picture.objects.all().delete()])
def test_nobody_deletes_a_picture_and_leaves_its_files(delete):
    with pytest.raises(TypeError, match=r"pictures\.acts\.delete"):
        delete(picture())


@pytest.mark.parametrize(
    "act",
    [
        acts.withdraw,
        acts.delete,
        lambda pk: acts.rename(pk, "A"),
        lambda pk: acts.set_consent(pk, Consent.NOBODY),
        lambda pk: acts.apply_mask(pk, [FACE], all_covered=True),
    ],
)
def test_what_is_not_there_is_said_to_be_so(act):
    with pytest.raises(Picture.DoesNotExist):
        act(404)
