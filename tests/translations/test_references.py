"""Links to our own pages are stored as references and lead to the reader's side."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests import factories
from translations.references import References, reference

pytestmark = pytest.mark.django_db


def linking_to(href: str):
    return factories.live(title_en="Linking", body_en=f'<p>See <a href="{href}">this</a>.</p>')


@pytest.mark.parametrize(
    "href",
    [
        "/en/bulletins/kitchen-opens/",
        "/fr/bulletins/la-cuisine-ouvre/",
        "/fr/bulletins/kitchen-opens/",
        "http://localhost/en/bulletins/kitchen-opens/",
    ],
)
def test_an_address_of_a_text_is_stored_as_a_reference(href):
    target = factories.live_pair()

    body = linking_to(href).body_en

    assert body == f'<p>See <a href="{reference(target)}">this</a>.</p>'


def test_a_reference_keeps_the_anchor_of_an_entry():
    faq = factories.faq(entries=1)
    anchor = faq.entries.get().anchor

    body = linking_to(f"/en/bulletins/common-questions/#{anchor}").body_en

    assert f'href="{reference(faq)}#{anchor}"' in body


def test_an_address_of_a_fixed_page_is_stored_as_a_reference():
    assert 'href="ref:view.bulletins/faq"' in linking_to("/fr/faq/").body_en


@pytest.mark.parametrize(
    "href",
    [
        "https://example.org/en/bulletins/kitchen-opens/",
        "/en/bulletins/nobody-knows-this/",
        "/en/bulletins/?kind=faq",
        "mailto:bonjour@example.org",
    ],
)
def test_any_other_address_is_stored_as_it_is(href):
    factories.live_pair()

    assert f'href="{href}"' in linking_to(href).body_en


def test_a_reference_leads_to_the_side_of_the_reader():
    body = linking_to(reference(factories.live_pair())).side("fr").body

    assert 'href="/fr/bulletins/la-cuisine-ouvre/"' in body


def test_a_reference_survives_a_new_slug():
    target = factories.live()
    linking = linking_to("/en/bulletins/kitchen-opens/")
    target.slug_en = "soup"
    target.save()

    assert 'href="/en/bulletins/soup/"' in linking.side("en").body


@pytest.mark.parametrize("published_at", [None, timezone.now() + timezone.timedelta(days=1)])
def test_a_reference_to_what_is_not_live_renders_as_its_words(published_at):
    target = factories.draft(published_at=published_at)

    assert linking_to(reference(target)).side("en").body == "<p>See this.</p>"


def test_a_reference_to_what_is_gone_renders_as_its_words():
    target = factories.live()
    linking = linking_to(reference(target))
    target.delete()

    assert linking.side("en").body == "<p>See this.</p>"


@pytest.mark.parametrize(
    "href", ["ref:nothing.here/1", "ref:view.bulletins/nowhere", "ref:accounts.user/1"]
)
def test_a_reference_that_means_nothing_renders_as_its_words(href):
    assert linking_to(href).side("en").body == "<p>See this.</p>"


def test_an_editor_sees_an_address_even_of_a_draft():
    target = factories.draft()
    stored = linking_to(reference(target)).body_en

    assert 'href="/en/bulletins/kitchen-opens/"' in References("en", editing=True).show(stored)


def test_links_to_one_kind_of_text_cost_one_query(django_assert_num_queries):
    targets = [factories.live() for _ in range(3)]
    body = "".join(f'<p><a href="{reference(target)}">x</a></p>' for target in targets)

    with django_assert_num_queries(1):
        References("en").show(body)
