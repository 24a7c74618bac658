"""Nothing is public before it may be, nor a moment longer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import QuerySet
from django.utils import timezone

from bulletins.models import Bulletin, BulletinFigure
from pictures import acts, publicity
from pictures.models import Consent, Picture, Place
from tests import factories
from tests.pictures.addresses import answers, every
from tests.pictures.factories import FACE, figure, in_text, picture
from translations.acts import publishing, withdrawing

pytestmark = pytest.mark.django_db


@pytest.fixture
def seen(client, commit, listed):
    """What a picture's readers get: the statuses of all its addresses, and how many public files
    there are, before anybody asks and after."""

    def seen(shown: Picture) -> tuple[set[int], int, int]:
        shown.refresh_from_db()
        before = len(listed("default"))
        found = answers(client, every(shown) + every(shown, is_private=True))
        return found, before, len(listed("default"))

    return seen


HIDDEN = ({404}, 0, 0)
# The private addresses stay closed to readers, of course.
PUBLIC = ({200, 404}, 6, 6)


# Not yet ----------------------------------------------------------------------------------------


def test_a_picture_that_nothing_shows_is_seen_by_nobody(stores, commit, seen):
    with commit():
        shown = picture()

    assert seen(shown) == HIDDEN


@pytest.mark.parametrize("make", [factories.draft, factories.page])
def test_a_picture_of_a_draft_is_seen_by_nobody(stores, commit, seen, make):
    with commit():
        shown = picture()
        figure(make(published_at=None), shown)

    assert seen(shown) == HIDDEN


def test_a_picture_of_what_is_scheduled_is_seen_by_nobody(stores, commit, seen):
    with commit():
        shown = picture()
        figure(factories.live(ago=-timedelta(hours=1)), shown)

    assert seen(shown) == HIDDEN


def test_a_picture_of_people_who_did_not_agree_is_seen_by_nobody_even_around_save(commit, seen):
    with commit():
        shown = picture()
        figure(factories.live(), shown)
        acts.set_consent(shown.pk, Consent.UNKNOWN)

    assert seen(shown) == HIDDEN


def test_a_picture_for_the_text_is_seen_by_nobody_while_no_text_shows_it(commit, seen):
    with commit():
        shown, other = picture(), picture()
        figure(factories.live(body_en=f"<p>A</p>{in_text(other)}"), shown, place=Place.TEXT)

    assert seen(shown) == HIDDEN


def test_a_reference_without_words_shows_nothing(commit, seen):
    with commit():
        shown = picture()
        factories.live(body_en=f"<p>A</p>{in_text(shown)}")

    assert seen(shown) == HIDDEN


def test_the_text_of_another_bulletin_shows_nothing(commit, seen):
    with commit():
        shown = picture()
        factories.live(body_en=f"<p>A</p>{in_text(shown)}")
        figure(factories.live(), shown, place=Place.TEXT)

    assert seen(shown) == HIDDEN


def test_a_description_is_needed_in_the_language_it_was_written_in(commit, seen):
    with commit():
        shown = picture()
        made = figure(factories.live(), shown)
        # Around save(), which refuses it.
        QuerySet(BulletinFigure).filter(pk=made.pk).update(alt_en=None, alt_fr="Un pont.")
        publicity.follow(made.bulletin, is_going=False)

    assert seen(shown) == HIDDEN


# Now --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", [Place.LEAD, Place.GALLERY])
@pytest.mark.parametrize("make", [factories.live, factories.page])
def test_what_is_live_shows_its_pictures(stores, commit, seen, make, place):
    with commit():
        shown = picture()
        figure(make(), shown, place=place)

    assert seen(shown) == PUBLIC


def test_a_picture_in_the_text_of_any_language_is_public(commit, seen):
    with commit():
        shown = picture()
        document = factories.live_pair(body_fr=f"<p>Un</p>{in_text(shown)}")
        figure(document, shown, place=Place.TEXT)

    assert seen(shown) == PUBLIC


def test_a_picture_in_an_answer_is_public(commit, seen):
    with commit():
        shown = picture()
        document = factories.faq(entries=1)
        factories.entry(document, answer_en=f"<p>Look.</p>{in_text(shown)}")
        figure(document, shown, place=Place.TEXT)

    assert seen(shown) == PUBLIC


def test_a_picture_whose_number_begins_alike_is_another(commit, seen):
    with commit():
        shown = picture()
        longer = in_text(shown).replace('">', '0">')
        document = factories.live(body_en=f"<p>A</p>{longer}")
        figure(document, shown, place=Place.TEXT)

    assert seen(shown) == HIDDEN


def test_a_decoration_needs_no_description(commit, seen):
    with commit():
        shown = picture()
        figure(factories.live(), shown, is_decoration=True, alt_en=None)

    assert seen(shown) == PUBLIC


def test_people_who_agreed_are_shown(commit, seen):
    with commit():
        shown = picture(Consent.AGREED)
        figure(factories.live(), shown)

    assert seen(shown) == PUBLIC


def test_people_who_are_masked_are_shown(commit, seen):
    with commit():
        shown = picture(Consent.UNKNOWN)
        shown = acts.apply_mask(shown.pk, [FACE], all_covered=True)
        figure(factories.live(), shown)

    assert seen(shown) == PUBLIC


def test_what_was_scheduled_is_copied_when_the_first_reader_comes(commit, client, listed):
    with commit():
        shown = picture()
        figure(factories.live(ago=-timedelta(hours=1)), shown)
    assert listed("default") == []

    # The hour has come; nobody has saved anything.
    QuerySet(Bulletin).update(published_at=timezone.now())

    assert client.get(every(shown)[0]).status_code == 200
    assert listed("default") == sorted(shown.files)


# No longer --------------------------------------------------------------------------------------


@pytest.fixture
def shown(commit):
    with commit():
        shown = picture()
        figure(factories.live_pair(), shown)
    return shown


def test_what_is_taken_back_takes_its_pictures_with_it(stores, shown, commit, seen):
    with commit():
        publishing.unpublish(Bulletin, Bulletin.objects.get().pk)

    assert seen(shown) == HIDDEN


def test_files_go_before_the_transaction_ends(shown, listed):
    publishing.unpublish(Bulletin, Bulletin.objects.get().pk)

    assert listed("default") == []


def test_what_is_scheduled_anew_takes_its_pictures_with_it(shown, commit, seen):
    document = Bulletin.objects.get()
    document.published_at = timezone.now() + timedelta(days=1)
    with commit():
        document.save()

    assert seen(shown) == HIDDEN


@pytest.mark.parametrize("how", ["one", "many"])
def test_what_is_deleted_takes_its_pictures_with_it(stores, shown, commit, seen, how):
    with commit():
        (Bulletin.objects.get() if how == "one" else Bulletin.objects.all()).delete()

    assert seen(shown) == HIDDEN


@pytest.mark.parametrize("how", ["one", "many"])
def test_a_picture_that_is_taken_out_is_public_no_more(stores, shown, commit, seen, how):
    found = BulletinFigure.objects
    with commit():
        (found.get() if how == "one" else found.all()).delete()

    assert seen(shown) == HIDDEN


def test_a_picture_that_another_takes_the_place_of_is_public_no_more(shown, commit, client, listed):
    made = BulletinFigure.objects.get()
    with commit():
        made.picture = other = picture()
        made.save()

    assert answers(client, every(shown)) == {404}
    assert listed("default") == sorted(other.files)


def test_a_picture_that_moves_into_the_text_is_public_only_if_the_text_shows_it(
    shown, commit, seen
):
    made = BulletinFigure.objects.get()
    made.place = Place.TEXT
    with commit():
        made.save()

    assert seen(shown) == HIDDEN


def test_a_picture_that_the_text_shows_no_more_is_public_no_more(commit, seen):
    with commit():
        shown = picture()
        document = factories.live(body_en=f"<p>A</p>{in_text(shown)}")
        figure(document, shown, place=Place.TEXT)
    assert seen(shown) == PUBLIC

    document.body_en = "<p>A</p>"
    with commit():
        document.save()

    assert seen(shown) == HIDDEN


def test_the_side_that_shows_it_is_taken_back(commit, seen):
    with commit():
        shown = picture()
        document = factories.live_pair(body_fr=f"<p>Un</p>{in_text(shown)}")
        figure(document, shown, place=Place.TEXT)

    with commit():
        withdrawing.withdraw(Bulletin, document.pk, "fr")

    assert seen(shown) == HIDDEN


def test_a_picture_stays_while_something_else_that_is_live_shows_it(shown, commit, seen):
    with commit():
        figure(factories.page(), shown)
        Bulletin.objects.get().delete()

    assert seen(shown) == PUBLIC


def test_consent_that_is_in_doubt_takes_it_back(stores, shown, commit, seen):
    with commit():
        acts.set_consent(shown.pk, Consent.UNKNOWN)

    assert seen(shown) == HIDDEN


def test_it_comes_back_with_consent(shown, commit, seen):
    acts.set_consent(shown.pk, Consent.UNKNOWN)
    with commit():
        acts.set_consent(shown.pk, Consent.NOBODY)

    assert seen(shown) == PUBLIC


# What it costs ----------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 3])
def test_what_many_pictures_may_do_is_asked_at_once(number, django_assert_num_queries):
    document = factories.live()
    for _number in range(number):
        figure(document, picture())
    found = list(Picture.objects.order_by("pk"))

    with django_assert_num_queries(2):
        assert publicity.public_among([*found, picture_of_nobody()]) == {p.pk for p in found}
    with django_assert_num_queries(3):
        assert publicity.public_pictures() == found


def picture_of_nobody() -> Picture:
    return Picture(pk=0, consent=Consent.NOBODY)


def test_a_document_without_pictures_costs_one_query(django_assert_num_queries):
    document, topic = factories.live(), factories.topic()

    with django_assert_num_queries(1):
        publicity.follow(document, is_going=False)
    with django_assert_num_queries(0):
        publicity.follow(topic, is_going=False)
