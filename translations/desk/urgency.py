"""What to do first, said in SQL: the order of the board and of “next for me”.

Readers who are told something that is no longer so come before readers who are told nothing, and
those before texts that nobody can read yet.
"""

from __future__ import annotations

from enum import IntEnum

from django.db.models import Case, DateTimeField, F, IntegerField, Max, Min, Q, Value, When
from django.utils import timezone

from translations.status import PUBLIC, WORK, Public, Work


class Turn(IntEnum):
    """How soon a side's turn comes."""

    OUTDATED = 1
    MISSING = 2
    SCHEDULED = 3
    DRAFT = 4
    SUBMITTED = 5
    DONE = 6


def turn() -> Case:
    """A side's Turn."""
    now = timezone.now()
    wanting = PUBLIC[Public.MISSING] | PUBLIC[Public.OUTDATED]
    live = Q(public_from__lte=now)
    return Case(
        When(WORK[Work.SUBMITTED], then=Value(Turn.SUBMITTED)),
        When(PUBLIC[Public.OUTDATED] & live, then=Value(Turn.OUTDATED)),
        When(PUBLIC[Public.MISSING] & live, then=Value(Turn.MISSING)),
        When(wanting & Q(public_from__isnull=True), then=Value(Turn.DRAFT)),
        When(wanting, then=Value(Turn.SCHEDULED)),
        default=Value(Turn.DONE),
        output_field=IntegerField(),
    )


def _earliest() -> Case:
    """What is outdated has waited from then on; what is scheduled is due at that time."""
    return Case(
        When(PUBLIC[Public.OUTDATED], then=F("waiting_since")),
        When(public_from__gt=timezone.now(), then=F("public_from")),
        default=None,
        output_field=DateTimeField(),
    )


def _order(earliest, newest, latest) -> list:
    """Who comes first among those whose turn it is at the same time.

    What is outdated: who waits longest first. What is missing: the newest first, because a call-out
    is soon over. What is scheduled: the next first.
    """
    return [
        earliest.asc(nulls_last=True),
        newest.desc(nulls_last=True),
        latest.desc(nulls_last=True),
        F("content_type_id").asc(),
        F("object_id").desc(),
    ]


def documents(sides):
    """The documents of `sides`, each once: {"content_type_id", "object_id", "turn", …}."""
    grouped = sides.order_by().values("content_type_id", "object_id")
    return grouped.annotate(
        turn=Min(turn()),
        earliest=Min(_earliest()),
        newest=Max("public_from"),
        latest=Max("waiting_since"),
    ).order_by("turn", *_order(F("earliest"), F("newest"), F("latest")))


def for_all() -> list:
    """The order of the board, for sides instead of documents."""
    return [
        turn().asc(),
        *_order(_earliest(), F("public_from"), F("waiting_since")),
        F("language").asc(),
    ]


def for_one(person) -> list:
    """The order in which `person` would take sides: their own, then as on the board.

    Of those whose turn it is, what somebody else has begun comes after what nobody has.
    """
    now = timezone.now()
    mine = Q(claimed_by=person, claimed_until__gt=now) | Q(has_draft=True, draft_by=person)
    begun = Q(has_draft=True) & ~Q(draft_by=person)
    return [
        Case(When(mine, then=0), default=1, output_field=IntegerField()).asc(),
        turn().asc(),
        Case(When(begun, then=1), default=0, output_field=IntegerField()).asc(),
        *for_all()[1:],
    ]
