"""What a page says of itself to machines, and that nothing can break out of it."""

from __future__ import annotations

import json
import re

import pytest
from django.utils.safestring import SafeString

from pages.json_ld import block
from tests import factories
from tests.config.commands import SITE
from tests.config.hosts import HOST, ONION, serve_publicly

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
LICENCE = "https://creativecommons.org/licenses/by-sa/4.0/"
SITE_NAMES = {
    "name_fr": "Quai Ouvert",
    "byline_en": "The Quai Ouvert collective",
    "byline_fr": "Le collectif Quai Ouvert",
}


def read(client, path: str, **extra) -> dict | None:
    """The data of a page: one block, or none."""
    found = BLOCK.findall(client.get(path, **extra).text)
    assert len(found) <= 1
    return json.loads(found[0]) if found else None


# The block ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "</script><script>alert(1)</script>",
        "</SCRIPT >",
        "<!-- <script>",
        "]]>",
        "a & b &lt; c",
        "line\u2028para\u2029end",
        '"quoted" \\ back',
        "C’est l’été : où aller\u202f?",
        "\x00\x1f\n",
        "🌊",
    ],
)
def test_no_text_breaks_out_of_the_block_and_each_comes_back_whole(text):
    written = block({"@type": "Article", "headline": text})

    [inner] = BLOCK.findall(written)
    assert isinstance(written, SafeString)
    assert json.loads(inner) == {"@type": "Article", "headline": text}
    assert not set(inner) & set("<>&\u2028\u2029")


def test_what_is_not_known_is_not_said():
    data = {"a": "", "b": None, "c": [], "d": {"@type": "Place"}, "e": {"@type": "P", "x": "y"}}

    [inner] = BLOCK.findall(block(data | {"f": True}))

    assert json.loads(inner) == {"e": {"@type": "P", "x": "y"}, "f": True}


# Pages --------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_front_page_says_whose_site_it_is_and_where_to_search(client):
    factories.identity(**SITE_NAMES, tagline_fr="Nouvelles", licence=LICENCE)

    found = read(client, "/fr/")

    assert found.pop("image")[0].startswith("http://testserver/fr/pages/card.png")
    assert found == {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": "Quai Ouvert",
        "description": "Nouvelles",
        "url": "http://testserver/fr/",
        "inLanguage": "fr",
        "publisher": {
            "@type": "Organization",
            "name": "Le collectif Quai Ouvert",
            "url": "http://testserver/fr/",
        },
        "license": LICENCE,
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": "http://testserver/fr/search/?q={search_term_string}",
            },
            "query-input": "required name=search_term_string",
        },
    }


@pytest.mark.django_db
def test_a_standing_page_is_a_page_of_the_collective(client):
    factories.identity(**SITE_NAMES)
    factories.page(title_fr="Qui nous sommes", body_fr="<p>Nous.</p>")

    found = read(client, "/fr/pages/qui-nous-sommes/")

    assert (found["@type"], found["headline"], found["inLanguage"]) == (
        "WebPage",
        "Qui nous sommes",
        "fr",
    )
    assert found["author"]["name"] == "Le collectif Quai Ouvert"
    assert found["translationOfWork"] == {"@id": "http://testserver/en/pages/about-us/"}
    assert "license" not in found


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    ["/fr/pages/about-us/", "/en/pages/about-us/?from=mail", "/en/links/", "/en/nothing/"],
)
def test_what_does_not_stand_for_itself_says_nothing(client, path):
    factories.page()

    assert read(client, path) is None


@pytest.mark.django_db
def test_a_site_without_a_name_claims_no_author(client):
    factories.page()

    assert "author" not in read(client, "/en/pages/about-us/")


@pytest.mark.django_db
def test_it_names_the_public_address_also_at_the_onion_service(client, settings):
    serve_publicly(settings)
    factories.page()
    path = "/en/pages/about-us/"

    public = read(client, path, secure=True, headers={"host": HOST})
    onion = read(client, path, headers={"host": ONION})

    assert public["url"] == f"{SITE}{path}"
    # At the onion service the page is the same, to the last byte.
    assert onion == public
