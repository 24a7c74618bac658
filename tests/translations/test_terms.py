"""Terms are marked in a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.html import canonical
from core.markup import words
from core.segments import segments
from tests.core.strategies import messy_html
from tests.translations.glossary_helpers import concept, hits
from translations import terms
from translations.glossary import mark

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("inner", "marked"),
    [
        ("The squat.", 'The <mark class="term">squat</mark>.'),
        (
            "A &lt;squat&gt; &amp; squats",
            'A &lt;<mark class="term">squat</mark>&gt; &amp; <mark class="term">squats</mark>',
        ),
        (
            "an <em>open</em> <strong>squat</strong>",
            'an <em><mark class="term">open</mark></em><mark class="term"> </mark>'
            '<strong><mark class="term">squat</mark></strong>',
        ),
        (
            'one<br><a href="/squat">squat</a>',
            'one<br><a href="/squat"><mark class="term">squat</mark></a>',
        ),
        ("squ<em>at</em>", '<mark class="term">squ</mark><em><mark class="term">at</mark></em>'),
        ("open<br>squat", '<mark class="term">open</mark><br><mark class="term">squat</mark>'),
        ("nothing", "nothing"),
    ],
)
def test_terms_are_marked_in_the_words_and_nowhere_else(inner, marked):
    concept(en="squat", fr="squat")
    concept(en="open squat", fr="squat ouvert")

    assert mark(inner, hits(words(inner))) == marked


@given(messy_html, st.lists(st.integers(0, 12), max_size=6))
def test_marking_adds_marks_and_changes_nothing_else(messy, steps):
    cuts = [sum(steps[: number + 1]) for number in range(len(steps))]
    for segment in segments(canonical(messy)):
        if segment.is_picture:
            continue
        spans = list(zip(cuts[::2], cuts[1::2], strict=False))

        marked = terms.mark(segment.html, spans)

        assert marked.replace('<mark class="term">', "").replace("</mark>", "") == segment.html
        inside = "".join(segment.text[start:end] for start, end in spans).replace("\n", "")
        pieces = [piece.split("</mark>")[0] for piece in marked.split('<mark class="term">')[1:]]
        assert "".join(words(piece) for piece in pieces) == inside
