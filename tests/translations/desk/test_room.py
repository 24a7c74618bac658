"""Room on the interpreter's stack."""

from __future__ import annotations

import pytest

from translations.desk import views
from translations.desk.room import SLOTS, with_room


def test_what_is_called_with_room_is_called_as_it_is():
    def named(one, *, two):
        """Told."""
        return one, two

    roomy = with_room(named)

    assert (roomy(1, two=2), roomy.__name__, roomy.__doc__) == ((1, 2), "named", "Told.")


def test_errors_come_through():
    with pytest.raises(ZeroDivisionError):
        with_room(lambda: 1 / 0)()


def test_the_frame_claims_more_than_a_chunk_of_the_stack():
    assert with_room(len).__code__.co_stacksize == SLOTS
    assert SLOTS * 8 > 16 * 1024


def test_the_pages_of_the_desk_have_room():
    found, view = [], views.desk
    while view := getattr(view, "__wrapped__", None):
        found.append(view.__code__.co_stacksize)

    assert SLOTS in found
