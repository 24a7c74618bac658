"""What stands in a text by reference."""

from __future__ import annotations

from html import escape

import pytest
from django.utils.safestring import mark_safe

from tests import factories
from tests.leaflets.models import Leaflet
from translations import embeds

pytestmark = pytest.mark.django_db

SHOWN = '<img src="ref:leaflets.leaflet/7">'


@pytest.fixture
def leaflets(monkeypatch):
    """Leaflets may be shown in texts, for as long as a test runs."""
    monkeypatch.setattr(embeds, "kinds", {})
    embeds.register(
        "leaflets.leaflet",
        lambda side, pk: mark_safe(f"<figure>{side.lang} {pk} !</figure>"),
        preview=lambda side, pk: mark_safe(f"<i>{side.lang} {pk}</i>"),
    )


# For readers ------------------------------------------------------------------------------------


def test_a_reader_gets_what_a_reference_stands_for(leaflets):
    document = factories.live_french(body_fr=f"<p>Oui !</p>{SHOWN}<p>Non !</p>{SHOWN}")

    assert document.side("fr").body == (
        "<p>Oui\u202f!</p><figure>fr 7 !</figure><p>Non\u202f!</p><figure>fr 7 !</figure>"
    )
    assert document.side("en").body.count("<figure>fr 7 !</figure>") == 2


def test_a_preview_may_show_it_otherwise(leaflets):
    side = factories.live(body_en=f"<p>Yes.</p>{SHOWN}").side("en")
    side.is_preview = True

    assert side.body == "<p>Yes.</p><i>en 7</i>"


def test_without_a_preview_of_its_own_it_is_shown_alike(leaflets):
    embeds.register("leaflets.leaflet", lambda side, pk: mark_safe("<hr>"))
    side = factories.live(body_en=SHOWN).side("en")
    side.is_preview = True

    assert side.body == "<hr>"


@pytest.mark.parametrize(
    "reference", ["ref:pages.page/7", "ref:leaflets.panel/7", "ref:view.site/home"]
)
def test_what_nobody_registered_shows_nothing(leaflets, reference):
    document = factories.live(body_en=f'<p>Yes.</p><img src="{reference}">')

    assert document.side("en").body == "<p>Yes.</p>"


@pytest.mark.parametrize("nothing", ["", None])
def test_what_is_gone_shows_nothing(leaflets, nothing):
    embeds.register("leaflets.leaflet", lambda side, pk: nothing)

    assert factories.live(body_en=f"<p>Yes.</p>{SHOWN}").side("en").body == "<p>Yes.</p>"


def test_what_is_not_said_to_be_safe_is_escaped(leaflets):
    embeds.register("leaflets.leaflet", lambda side, pk: "<script>")

    assert factories.live(body_en=SHOWN).side("en").body == "&lt;script&gt;"


def test_an_image_that_somebody_wrote_as_words_stays_words(leaflets):
    document = factories.live(body_en=f"<p>{escape(SHOWN, quote=False)}</p>")

    assert document.side("en").body == '<p>&lt;img src="ref:leaflets.leaflet/7"&gt;</p>'


def test_a_text_without_a_reference_asks_nobody(leaflets, django_assert_num_queries):
    asked = []
    embeds.register("leaflets.leaflet", lambda side, pk: asked.append(pk))
    document = factories.live()

    with django_assert_num_queries(0):
        assert document.side("en").body == "<p>We open the kitchen.</p>"
    assert asked == []


def test_excerpt_and_word_count_do_not_know_of_it(leaflets):
    document = factories.live(body_en=f"{SHOWN}<p>One two.</p>{SHOWN}")

    assert (document.excerpt_en, document.words_en) == ("One two.", 2)


# In plain text ----------------------------------------------------------------------------------


@pytest.fixture
def leaflet(leaflets):
    return Leaflet.objects.create(title_en="Know your rights")


def body(text: str) -> str:
    return factories.live(body_en=text).body_en


def test_a_paragraph_that_names_it_becomes_the_reference(leaflet):
    shown = f'<img src="ref:leaflets.leaflet/{leaflet.pk}">'

    assert body(f"One\n\n[leaflet {leaflet.pk}]\n\ntwo") == f"<p>One</p>{shown}<p>two</p>"
    assert body(f"[Leaflet {leaflet.pk}]") == shown
    assert body(f"<ul><li>a</li><li>[leaflet {leaflet.pk}]</li></ul>") == (
        f"<ul><li><p>a</p></li></ul>{shown}"
    )


def test_saving_again_changes_nothing(leaflet):
    once = body(f"One\n\n[leaflet {leaflet.pk}]\n\ntwo")

    assert body(once) == once


@pytest.mark.parametrize(
    "words", ["[leaflet 999999]", "[panel 1]", "[leaflet]", "[leaflet x]", "[leaflet 1", "[1]"]
)
def test_what_names_nothing_stays_words(leaflet, words):
    assert body(f"One\n\n{words}") == f"<p>One</p><p>{words}</p>"


def test_among_other_words_it_stays_words(leaflet):
    text = f"<p>See [leaflet {leaflet.pk}]</p>"

    assert body(text) == text


def test_a_form_says_the_same(leaflet):
    leaflet.body_en = f"One\n\n[leaflet {leaflet.pk}]"
    leaflet.clean_fields()

    assert leaflet.body_en == f'<p>One</p><img src="ref:leaflets.leaflet/{leaflet.pk}">'


def test_a_reference_has_a_name_in_words():
    assert embeds.marker("ref:leaflets.leaflet/7") == "[leaflet 7]"
