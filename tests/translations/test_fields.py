"""The normal form of a text, on every way into the database."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from core import html
from tests import factories
from translations.fields import Body, Line, Text


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (None, None),
        ("", None),
        ("   ", None),
        ("  Two   words\n", "Two words"),
        ("A\x00B\x07", "AB"),
        ("Cafe\u0301", "Café"),
        ("Ici\u00a0: «\u202foui\u202f»", "Ici\u00a0: «\u202foui\u202f»"),
        ("lone \ud800 surrogate", "lone surrogate"),
        ("<b>not markup</b>", "<b>not markup</b>"),
    ],
)
def test_a_line_is_stored_as_one_clean_line(typed, stored):
    assert Line().normalise(typed) == stored


def test_a_line_that_is_too_long_says_how_much_fits():
    with pytest.raises(ValidationError, match="201 characters, 200 fit"):
        Line().normalise("x" * 201)


def test_a_text_keeps_its_line_breaks():
    assert Text().normalise("One  \r\n\r\nTwo\r") == "One\n\nTwo"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("", None),
        ("<p></p>", None),
        ("<p>\u00a0</p>", None),
        ("<b>x</b>", "<p><strong>x</strong></p>"),
        ("One\r\ntwo\r\n\r\nThree", "<p>One<br>two</p><p>Three</p>"),
        ("<p>One\n\ntwo</p>", "<p>One two</p>"),
    ],
)
def test_a_body_is_stored_as_canonical_html(typed, stored):
    assert Body().normalise(typed) == stored


@pytest.mark.parametrize("field", [Line, Text, Body])
def test_the_normal_form_is_its_own_normal_form(field):
    once = field().normalise("<p>A  b</p> c")

    assert field().normalise(once) == once


@pytest.mark.django_db
def test_a_canonical_body_is_stored_byte_identical():
    body = "<h2>Titre</h2><p>«\u00a0Oui\u202f!\u00a0» &amp; <strong>non</strong></p><hr><p>Fin</p>"

    bulletin = factories.live(body_en=body)
    bulletin.refresh_from_db()

    assert bulletin.body_en == body == html.canonical(body)
