from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.slugs import propose

PROPOSED = [
    ("Motorway blocked! – The answer", "motorway-blocked-the-answer"),
    ("Où aller à Noël ? Ça dépend", "ou-aller-a-noel-ca-depend"),
    ("Œuvres, Ægir & Straße", "oeuvres-aegir-strasse"),
    ("L’été d'hier", "l-ete-d-hier"),
    ("Les étudiant·e·s attaqué-e-s", "les-etudiantes-attaque-e-s"),
    ("A\u00a0: 12:30", "a-12-30"),
    ("Łódź, Ørsted, İzmir", "lodz-orsted-izmir"),
    ("  -- a -- ", "a"),
    ("ﬁn n° ②", "fin-n-2"),
    ("تضامن", ""),
    ("«\u00a0»", ""),
    ("", ""),
]


@pytest.mark.parametrize(("title", "slug"), PROPOSED)
def test_a_title_becomes_a_readable_slug(title, slug):
    assert propose(title) == slug


def test_a_long_title_is_cut_between_words():
    assert propose("one two three", max_length=9) == "one-two"


def test_a_word_that_just_fits_is_kept():
    assert propose("one two three", max_length=7) == "one-two"


def test_one_long_word_is_cut_anywhere():
    assert propose("a" * 100) == "a" * 80


@given(st.text(), st.integers(1, 20))
@settings(max_examples=300, deadline=None)
def test_a_slug_is_always_fit_for_an_address(title, length):
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", propose(title, length))
    assert len(propose(title, length)) <= length
