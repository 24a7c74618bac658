"""Who follows whom, and with which bulletin a thread began."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from bulletins import threads
from bulletins.models import Bulletin
from tests import factories

pytestmark = pytest.mark.django_db


def chain(number: int, *, first: Bulletin | None = None) -> list[Bulletin]:
    """That many live bulletins, each following the one before it, a day apart."""
    made, above = [], first
    for index in range(number):
        ago = timedelta(days=number - index)
        above = factories.live(title_en=f"Part {index}", follows=above, ago=ago)
        made.append(above)
    return made


def follow(bulletin: Bulletin, other: Bulletin | None):
    bulletin = Bulletin.objects.get(pk=bulletin.pk)
    bulletin.follows = other
    bulletin.save()


def follows(*bulletins) -> list[int | None]:
    found = dict(Bulletin.objects.values_list("pk", "follows"))
    return [found[bulletin.pk] for bulletin in bulletins]


def roots(*bulletins) -> list[int]:
    found = Bulletin.objects.in_bulk([bulletin.pk for bulletin in bulletins])
    return [threads.root_of(found[bulletin.pk]) for bulletin in bulletins]


# Linking ----------------------------------------------------------------------------------------


def test_one_that_follows_nothing_is_its_own_beginning():
    [alone] = chain(1)

    assert (alone.thread_id, threads.root_of(alone)) == (None, alone.pk)


def test_all_that_follow_share_the_beginning():
    one, two, three = chain(3)

    assert roots(one, two, three) == [one.pk] * 3


def test_several_may_follow_one():
    one, two = chain(2)
    three = factories.live(title_en="Meanwhile", follows=one)

    assert roots(one, two, three) == [one.pk] * 3


def test_what_follows_a_bulletin_comes_along_when_that_begins_to_follow():
    one, two, three = chain(3)
    [older] = chain(1)

    follow(one, older)

    assert roots(older, one, two, three) == [older.pk] * 4


def test_one_in_the_middle_takes_its_followers_to_another_thread():
    one, two, three, four = chain(4)
    [other] = chain(1)

    follow(two, other)

    assert roots(one, two, three, four) == [one.pk, other.pk, other.pk, other.pk]


def test_one_in_the_middle_that_follows_nothing_any_more_is_a_beginning():
    one, two, three = chain(3)

    follow(two, None)

    assert roots(one, two, three) == [one.pk, two.pk, two.pk]
    assert Bulletin.objects.get(pk=two.pk).thread_id is None


def test_a_save_of_anything_else_asks_nothing_about_threads(django_assert_num_queries):
    one, _two = chain(2)
    one = Bulletin.objects.get(pk=one.pk)

    with django_assert_num_queries(0):
        threads.keep(one, {"follows_id": one.follows_id})


def test_an_old_copy_that_is_saved_puts_no_old_thread_back():
    one, two, _three = chain(3)
    copy = Bulletin.objects.get(pk=two.pk)
    [older] = chain(1)
    follow(one, older)

    copy.title_en = "Said better"
    copy.save()

    assert roots(two) == [older.pk]


# Circles ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("last", [0, 1, 2])
def test_a_circle_is_refused_in_words(last):
    made = chain(3)
    first = Bulletin.objects.get(pk=made[0].pk)
    first.follows = made[last]

    with pytest.raises(ValidationError) as refused:
        first.full_clean()

    own, other = "A bulletin cannot follow itself.", "That one follows this one already"
    [message] = refused.value.message_dict["follows"]
    assert message.startswith(own if last == 0 else other)


def test_a_command_cannot_save_a_circle_either():
    one, _two, three = chain(3)

    with pytest.raises(ValidationError):
        follow(one, three)

    assert follows(one) == [None]
    assert roots(one, three) == [one.pk, one.pk]


def test_a_circle_that_is_there_all_the_same_ends_every_walk():
    one, two = chain(2)
    Bulletin.objects.filter(pk=one.pk).update(follows=two.pk)

    follow(two, None)

    assert follows(one, two) == [two.pk, None]
    assert roots(one, two) == [two.pk, two.pk]


# Deleting ---------------------------------------------------------------------------------------


@pytest.fixture(params=["one by one", "as the admin does"])
def delete(request):
    def away(*bulletins):
        if request.param == "one by one":
            for bulletin in bulletins:
                Bulletin.objects.get(pk=bulletin.pk).delete()
        else:
            Bulletin.objects.filter(pk__in=[bulletin.pk for bulletin in bulletins]).delete()

    return away


def test_after_one_in_the_middle_the_next_follows_the_one_before(delete):
    one, two, three = chain(3)

    delete(two)

    assert follows(one, three) == [None, one.pk]
    assert roots(one, three) == [one.pk, one.pk]


def test_after_the_first_the_second_is_the_beginning(delete):
    one, two, three = chain(3)

    delete(one)

    assert follows(two, three) == [None, two.pk]
    assert roots(two, three) == [two.pk, two.pk]


def test_after_the_first_two_the_third_is_the_beginning(delete):
    one, two, three, four = chain(4)

    delete(one, two)

    assert follows(three, four) == [None, three.pk]
    assert roots(three, four) == [three.pk, three.pk]


def test_after_two_in_the_middle_the_rest_follows_the_first(delete):
    one, two, three, four, five = chain(5)

    delete(two, three)

    assert follows(four, five) == [one.pk, four.pk]
    assert roots(four, five) == [one.pk, one.pk]


def test_after_the_beginning_of_several_each_begins_a_thread(delete):
    one, two, three = chain(3)
    other = factories.live(title_en="Meanwhile", follows=one)

    delete(one)

    assert follows(two, other) == [None, None]
    assert roots(two, three, other) == [two.pk, two.pk, other.pk]


def test_after_the_last_nothing_else_changes(delete):
    one, two, three = chain(3)

    delete(three)

    assert roots(one, two) == [one.pk, one.pk]


# Order ------------------------------------------------------------------------------------------


def test_a_thread_is_in_the_order_of_publication_with_drafts_last():
    one, two, three = chain(3)
    draft = factories.draft(title_en="Soon", follows=one)
    factories.live(title_en="Of no thread")
    Bulletin.objects.filter(pk=two.pk).update(published_at=three.published_at)

    assert list(Bulletin.objects.in_thread(one.pk)) == [one, two, three, draft]
