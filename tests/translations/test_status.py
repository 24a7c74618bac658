"""A state is computed in Python and in SQL: both say the same of every combination of facts."""

from __future__ import annotations

from itertools import product

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from bulletins.models import Bulletin
from tests.translations import side_events as events
from translations.models import Side
from translations.status import Public, Status, Work

pytestmark = pytest.mark.django_db

FACTS = {
    "language": ["en", "fr"],
    "whole": [False, True],
    "begun": [False, True],
    "based_on_hash": [None, "", "one", "two"],
    "source_fingerprint": ["", "one"],
    "gaps": [0, 1],
    "has_draft": [False, True],
    "submitted_at": [None, timezone.now()],
}


def is_possible(facts: dict) -> bool:
    """A source is based on nothing: the database holds that."""
    return facts["language"] != "en" or facts["based_on_hash"] is None


@pytest.fixture
def every_side():
    """A side for each combination of facts, of English documents."""
    of_bulletins = ContentType.objects.get_for_model(Bulletin)
    combinations = [dict(zip(FACTS, found, strict=True)) for found in product(*FACTS.values())]
    Side.objects.bulk_create(
        Side(content_type=of_bulletins, object_id=number, source_language="en", **facts)
        for number, facts in enumerate(combinations, start=1)
        if is_possible(facts)
    )
    return list(Side.objects.all())


def numbers(found) -> list[int]:
    return sorted(side.pk for side in found)


def test_there_is_a_side_for_every_combination(every_side):
    assert len(every_side) == 2**5 * 4 * 2 + 2**5 * 2


@pytest.mark.parametrize("state", Public)
def test_the_first_axis_is_the_same_in_sql(every_side, state):
    in_python = [side for side in every_side if side.status.public == state]

    assert in_python
    assert numbers(Side.objects.public(state)) == numbers(in_python)


@pytest.mark.parametrize("state", Work)
def test_the_second_axis_is_the_same_in_sql(every_side, state):
    in_python = [side for side in every_side if side.status.work == state]

    assert in_python
    assert numbers(Side.objects.work(state)) == numbers(in_python)


def test_several_states_are_asked_for_together(every_side):
    wanted = (Public.MISSING, Public.OUTDATED)
    in_python = [side for side in every_side if side.status.public in wanted]

    assert numbers(Side.objects.public(*wanted)) == numbers(in_python)
    assert numbers(Side.objects.public()) == []


def test_what_wants_a_translator_is_no_source_and_has_something_to_translate(every_side):
    in_python = [
        side
        for side in every_side
        if side.status.public in (Public.MISSING, Public.OUTDATED) and side.source_fingerprint
    ]

    assert numbers(Side.objects.wanting()) == numbers(in_python)


@pytest.mark.parametrize("state", events.STATES)
def test_documents_are_found_by_the_state_of_their_side(state):
    events.document_in("C-")
    document = events.document_in(state)

    outdated = document in Bulletin.objects.outdated_in("fr")
    current = document in Bulletin.objects.up_to_date_in("fr")
    assert (outdated, current) == (state[0] == "O", state[0] == "C")


@pytest.mark.parametrize(
    ("public", "work", "label"),
    [
        (Public.OUTDATED, Work.NONE, "outdated"),
        (Public.OUTDATED, Work.IN_PROGRESS, "outdated, in progress"),
        (Public.CURRENT, Work.SUBMITTED, "up to date, ready for review"),
        (Public.MISSING, Work.NONE, "missing"),
        (Public.MISSING, Work.SUBMITTED, "ready for review"),
    ],
)
def test_one_badge_says_both(public, work, label):
    assert Status(public, work).label == label
