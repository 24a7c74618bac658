"""Which sides are to be sent, whatever is done to their bulletin."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from bulletins.announcing import queue
from bulletins.announcing.models import Announcement, MailingList, State, Why
from bulletins.models import Bulletin
from tests import factories
from tests.bulletins.announcing_helpers import announced, lists, states
from translations.acts import publishing, withdrawing

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
QUEUED = (State.QUEUED, "")
TAKEN_BACK = (State.DROPPED, Why.TAKEN_BACK)
NO_LIST = (State.DROPPED, Why.NO_LIST)
UNTICKED = (State.DROPPED, Why.UNTICKED)


@pytest.fixture(autouse=True)
def both_lists():
    lists()


def saved(bulletin, **fields):
    """`bulletin` saved anew, as a form does."""
    bulletin = Bulletin.objects.get(pk=bulletin.pk)
    for name, value in fields.items():
        setattr(bulletin, name, value)
    bulletin.save()
    return bulletin


# What is queued ----------------------------------------------------------------------------------


def test_nothing_is_queued_unless_somebody_ticked_the_box():
    factories.live_pair()

    assert states() == {}


def test_each_side_that_readers_have_is_queued():
    announced()

    assert states() == {"en": QUEUED, "fr": QUEUED}


def test_a_draft_is_queued_when_it_is_published():
    draft = factories.draft(announce=True)
    assert states() == {}

    saved(draft, published_at=timezone.now())

    assert states() == {"en": QUEUED}


def test_a_side_that_is_translated_later_is_queued_then():
    bulletin = factories.live(announce=True)
    assert states() == {"en": QUEUED}

    saved(bulletin, **factories.FR)

    assert states() == {"en": QUEUED, "fr": QUEUED}


def test_who_ticks_the_box_of_an_old_bulletin_asks_for_it_now():
    bulletin = factories.live_pair(ago=timedelta(days=400))

    saved(bulletin, announce=True)

    assert states() == {"en": QUEUED, "fr": QUEUED}
    assert [row.next_try_at <= timezone.now() for row in Announcement.objects.all()] == [True] * 2


def test_a_scheduled_bulletin_waits_for_its_day():
    day = timezone.now() + timedelta(days=2)

    bulletin = factories.draft(announce=True, published_at=day)

    [row] = bulletin.announcements.all()
    assert (row.state, row.next_try_at) == (State.QUEUED, day)


@pytest.mark.parametrize("days", [1, 5])
def test_a_scheduled_bulletin_that_is_moved_is_sent_on_its_new_day(days):
    bulletin = factories.draft(announce=True, published_at=timezone.now() + timedelta(days=2))
    day = timezone.now() + timedelta(days=days)

    saved(bulletin, published_at=day)

    assert bulletin.announcements.get().next_try_at == day


def test_a_scheduled_bulletin_that_is_published_at_once_is_due_at_once():
    bulletin = factories.draft(announce=True, published_at=timezone.now() + timedelta(days=2))

    saved(bulletin, published_at=timezone.now())

    assert bulletin.announcements.get().next_try_at <= timezone.now()


def test_a_language_that_readers_are_not_offered_is_left_out(settings):
    settings.PUBLIC_LANGUAGES = ["fr"]

    announced()

    assert states() == {"fr": QUEUED}


def test_other_documents_are_none_of_our_business():
    factories.page(title_fr="Qui", body_fr="<p>Nous</p>")

    assert states() == {}


def test_what_is_not_committed_is_not_queued():
    def fails():
        with transaction.atomic():
            announced()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()

    assert states() == {}


def test_a_save_without_a_tick_asks_the_log_nothing(django_assert_num_queries):
    bulletin = factories.live_pair()

    with django_assert_num_queries(0):
        queue.follow(bulletin, is_going=False)
        queue.ticked(bulletin, {"announce": False})


# What is dropped ---------------------------------------------------------------------------------


def test_what_is_taken_back_is_dropped():
    bulletin = announced()

    publishing.unpublish(Bulletin, bulletin.pk)

    assert states() == {"en": TAKEN_BACK, "fr": TAKEN_BACK}


def test_a_side_that_is_withdrawn_is_dropped_and_the_other_is_not():
    bulletin = announced()

    withdrawing.withdraw(Bulletin, bulletin.pk, "fr")

    assert states() == {"en": QUEUED, "fr": TAKEN_BACK}


def test_what_comes_back_is_queued_again():
    bulletin = announced()
    withdrawing.withdraw(Bulletin, bulletin.pk, "fr")

    withdrawing.put_back(Bulletin, bulletin.pk, "fr")

    assert states() == {"en": QUEUED, "fr": QUEUED}


def test_a_box_that_is_unticked_and_ticked_again_drops_and_queues():
    bulletin = saved(announced(), announce=False)
    assert states() == {"en": UNTICKED, "fr": UNTICKED}

    saved(bulletin, announce=True)

    assert states() == {"en": QUEUED, "fr": QUEUED}


def test_of_a_deleted_bulletin_the_log_stays_and_nothing_is_sent():
    bulletin = announced()
    bulletin.announcements.filter(language="en").update(state=State.SENT)

    bulletin.delete()

    assert states() == {"en": (State.SENT, ""), "fr": TAKEN_BACK}
    assert str(Announcement.objects.get(language="en")) == "A bulletin that was deleted (English)"


@pytest.mark.parametrize("state", [State.SENT, State.FAILED, State.UNSURE, State.SENDING])
def test_what_is_no_longer_waiting_stays_as_it_is(state):
    bulletin = announced()
    bulletin.announcements.update(state=state)

    saved(bulletin, announce=False)
    saved(bulletin, announce=True, title_en="Kitchen opens at last")
    publishing.unpublish(Bulletin, bulletin.pk)
    saved(bulletin, published_at=timezone.now())

    assert states() == {"en": (state, ""), "fr": (state, "")}


def test_what_a_person_dropped_stays_dropped_when_somebody_else_saves():
    bulletin = announced()
    by_hand = (State.DROPPED, Why.BY_HAND)
    assert [queue.drop(row.pk) for row in bulletin.announcements.all()] == [True, True]

    saved(bulletin, title_en="Kitchen opens at last", title_fr="La cuisine ouvre enfin")

    assert states() == {"en": by_hand, "fr": by_hand}


def test_a_save_moves_no_pause_between_two_tries():
    bulletin = announced()
    later = timezone.now() + HOUR
    bulletin.announcements.update(tries=1, next_try_at=later)

    saved(bulletin, title_en="Kitchen opens at last")

    assert {row.next_try_at for row in bulletin.announcements.all()} == {later}


# Without a list ----------------------------------------------------------------------------------


def put_away(language: str):
    MailingList.objects.filter(language=language).delete()


def test_a_side_that_is_due_without_a_list_is_dropped_at_once():
    put_away("en")

    announced()

    assert states() == {"en": NO_LIST, "fr": QUEUED}


def test_a_list_that_is_not_in_use_is_none():
    MailingList.objects.filter(language="en").update(is_active=False)

    announced()

    assert states() == {"en": NO_LIST, "fr": QUEUED}


def test_an_old_side_does_not_go_out_when_a_list_is_added():
    put_away("en")
    bulletin = announced()

    lists("en")
    saved(bulletin, title_en="Kitchen opens at last")
    publishing.unpublish(Bulletin, bulletin.pk)
    saved(bulletin, published_at=timezone.now())

    assert states()["en"] == NO_LIST


def test_a_person_sends_it_after_all_when_there_is_a_list():
    put_away("en")
    bulletin = announced()
    lists("en")

    assert queue.retry(bulletin.announcements.get(language="en").pk)

    assert states() == {"en": QUEUED, "fr": QUEUED}


def test_a_scheduled_side_waits_for_its_day_and_for_a_list():
    put_away("en")
    day = timezone.now() + timedelta(days=2)

    bulletin = factories.draft(announce=True, published_at=day)
    assert states() == {"en": QUEUED}
    lists("en")
    assert states() == {"en": QUEUED}

    put_away("en")
    saved(bulletin, published_at=timezone.now())
    assert states() == {"en": NO_LIST}


@pytest.mark.parametrize("act", ["add", "take into use"])
def test_what_came_due_without_a_list_does_not_wait_for_one(act):
    MailingList.objects.filter(language="en").update(is_active=False)
    day = timezone.now() + timedelta(days=2)
    factories.draft(announce=True, published_at=day)
    # Its day has come, and nobody has looked since.
    Announcement.objects.update(next_try_at=timezone.now() - HOUR)

    if act == "add":
        put_away("en")
        lists("en")
    else:
        one = MailingList.objects.get(language="en")
        one.is_active = True
        one.save()

    assert states() == {"en": NO_LIST}


def test_another_list_that_is_added_drops_nothing_that_has_one():
    put_away("fr")
    factories.live(announce=True)

    lists("fr")

    assert states() == {"en": QUEUED}


# What a person does in the log -------------------------------------------------------------------


@pytest.mark.parametrize("state", [State.FAILED, State.UNSURE, State.DROPPED])
def test_what_stopped_can_be_sent_after_all(state):
    row = announced().announcements.get(language="en")
    Announcement.objects.filter(pk=row.pk).update(state=state, error=Why.REFUSED, tries=6)

    assert queue.retry(row.pk)

    row.refresh_from_db()
    assert (row.state, row.error, row.tries) == (State.QUEUED, "", 0)
    assert row.next_try_at <= timezone.now()


@pytest.mark.parametrize("state", [State.SENT, State.SENDING, State.QUEUED])
def test_what_has_not_stopped_cannot(state):
    row = announced().announcements.get(language="en")
    Announcement.objects.filter(pk=row.pk).update(state=state)

    assert not queue.retry(row.pk)
    assert Announcement.objects.get(pk=row.pk).state == state


@pytest.mark.parametrize(
    ("do", "state", "then"),
    [
        (queue.drop, State.QUEUED, State.DROPPED),
        (queue.drop, State.SENDING, State.SENDING),
        (queue.drop, State.SENT, State.SENT),
        (queue.arrived, State.UNSURE, State.SENT),
        (queue.arrived, State.QUEUED, State.QUEUED),
        (queue.arrived, State.FAILED, State.FAILED),
    ],
)
def test_a_deed_is_done_only_where_it_means_something(do, state, then):
    row = announced().announcements.get(language="en")
    Announcement.objects.filter(pk=row.pk).update(state=state)

    assert do(row.pk) == (state != then)
    assert Announcement.objects.get(pk=row.pk).state == then


# The lists ---------------------------------------------------------------------------------------


def test_the_lists_in_use_are_those_of_languages_that_readers_are_offered(settings):
    addresses = lists()
    assert queue.lists() == addresses

    MailingList.objects.filter(language="en").update(is_active=False)
    assert queue.lists() == {"fr": "news-fr@lists.example.org"}
    settings.PUBLIC_LANGUAGES = ["en"]
    assert queue.lists() == {}
