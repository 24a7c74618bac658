"""A state never changes without an event, and after every event what is known is true.

Sequences of events, made up by chance: whatever happened, the stored facts are those that the rows
tell, and looking at the desk changes none of them.
"""

from __future__ import annotations

from collections import Counter

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from bulletins.models import Bulletin
from core.segments import segment
from tests.translations import side_events as events
from translations import carrying, sides
from translations.management.commands import check_sides
from translations.models import Side
from translations.parts import given as given_base
from translations.parts import kept

PAGES = ("", "save/", "preview/", "review/", "versions/")

sequences = st.lists(st.sampled_from(list(events.EVENTS)), min_size=1, max_size=6)


def known() -> list[dict]:
    return list(Side.objects.order_by("pk").values())


def meets(document, name: str):
    """An event, refused or not."""
    try:
        with transaction.atomic():
            events.EVENTS[name](document)
    except (ValidationError, ValueError, Http404):
        pass


class NoEvent(TestCase):
    @given(st.sampled_from(events.STATES), sequences)
    @settings(max_examples=40, deadline=None)
    def test_after_every_event_the_facts_are_true_and_reading_changes_none(self, state, names):
        document = events.document_in(state)
        reader = Client()
        reader.force_login(events.somebody())
        for name in names:
            meets(document, name)
            assert [*check_sides.drifted(), *check_sides.orphans()] == [], name

        before = known()
        self.look(reader, document)
        events.fresh(document).save()
        sides.refresh(document)
        assert known() == before

    def look(self, reader, document):
        assert reader.get("/desk/").status_code == 200
        # Who asks for the original is led to the board.
        expected = {302, 404} if events.fresh(document).source_language == "fr" else {200}
        for page in PAGES:
            answer = reader.get(f"/desk/bulletins.bulletin-{document.pk}/fr/{page}")
            assert answer.status_code in expected, page
        assert Bulletin.objects.count() == 1


# What a minor change carries --------------------------------------------------------------------

# Two that are alike enough to be taken for one that was changed.
texts = st.lists(st.sampled_from(["a b c d", "a b c e", "B", "C"]), max_size=4)
orders = st.permutations("ABCD").flatmap(lambda found: st.integers(0, 4).map(lambda n: found[:n]))


def carried(base, before, after) -> list[str]:
    """What a side is based on after the source was changed from `before` to `after`."""
    maps = [{":body": [segment("p", text) for text in found]} for found in (base, before, after)]
    held = {":body": kept(maps[0][":body"])}
    found = carrying.carried(held, *maps[1:]).get(":body", [])
    return [each.html for each in given_base(found)]


@given(texts, texts, texts)
@settings(max_examples=500, deadline=None)
def test_a_minor_change_says_nothing_that_it_did_not_write(base, before, after):
    found = carried(base, before, after)

    if base == before:
        assert found == after
    said, says, was, is_now = map(Counter, (base, found, before, after))
    for text in {*after, *found}:
        assert says[text] <= said[text] + max(0, is_now[text] - was[text]) or found == base


@given(orders, orders, orders)
@settings(max_examples=500, deadline=None)
def test_a_minor_change_never_passes_another_order_for_the_same(base, before, after):
    found = carried(base, before, after)
    common = {*base} & {*before} & {*after}

    def order(texts):
        return [text for text in texts if text in common]

    if order(base) != order(before) and found == after:
        assert order(base) == order(after)
