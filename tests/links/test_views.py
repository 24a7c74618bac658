from __future__ import annotations

import pytest
from lxml import html

from pages.models import Identity, MenuEntry
from tests.links import factories

pytestmark = pytest.mark.django_db


def page(client, path: str):
    response = client.get(path)
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


def words(tree, path: str) -> list[str]:
    return [node.text_content().strip() for node in tree.xpath(path)]


def names(tree) -> list[str]:
    return words(tree, "//article[@class='group']//h3")


def headings(tree) -> list[str]:
    return words(tree, "//section[@class='link-section']/h2")


def marks(tree) -> list[str]:
    return words(tree, "//*[@class='language-mark']")


def offered(tree, name: str) -> list[tuple[str, str]]:
    options = tree.xpath(f"//select[@name='{name}']/option")
    return [(option.get("value"), option.text_content()) for option in options]


def selected(tree, name: str) -> list[str]:
    return tree.xpath(f"//select[@name='{name}']/option[@selected]/@value")


@pytest.fixture
def directory():
    """Two sections, an empty one, and a delisted group with facts that nobody else has."""
    second = factories.section(position=2, name_en="Food", name_fr="Manger")
    first = factories.section(position=1, name_en="Legal help", name_fr="Se défendre")
    factories.section(position=3, name_en="Empty", name_fr="Vide")
    gone = factories.section(position=4, name_en="All gone", name_fr="Parti")
    factories.group(second, name="Louche", languages=["fr", "ti"], country="FR")
    factories.group(first, position=2, name="Visitors", languages=["en", "ti"], country="GB")
    factories.group(first, position=1, name="Toits", languages=["fr", "ar"], country="FR")
    factories.group(first, position=3, name="Nowhere in particular")
    factories.delisted(
        gone,
        name="Comfort Fund",
        url="https://comfort.example.com",
        languages=["pl", "ar"],
        country="PL",
        description_en="Hands out blankets.",
        delisted_reason="Asks for papers.",
    )


def test_sections_stand_in_order_with_their_groups(client, directory):
    tree = page(client, "/en/links/")

    assert headings(tree) == ["Legal help", "Food"]
    assert names(tree) == ["Toits", "Visitors", "Nowhere in particular", "Louche"]


def test_a_french_reader_gets_french_headings(client, directory):
    tree = page(client, "/fr/links/")

    assert headings(tree) == ["Se défendre", "Manger"]
    assert tree.get("lang") == "fr"


def test_nothing_of_a_delisted_group_is_shown(client, directory):
    for path in ("/en/links/", "/fr/links/", "/en/links/?language=ar", "/en/links/?country=PL"):
        shown = client.get(path).content.decode()
        for secret in ("Comfort Fund", "comfort.example", "blankets", "papers", "All gone"):
            assert secret not in shown


def test_a_group_leads_to_its_address(client, directory):
    tree = page(client, "/en/links/?language=ar")

    [link] = tree.xpath("//article[@class='group']/h3/a")
    assert link.get("href") == "https://toits.example.org"
    assert link.get("rel") == "noopener noreferrer"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("language=ti", ["Visitors", "Louche"]),
        ("country=FR", ["Toits", "Louche"]),
        ("language=ti&country=FR", ["Louche"]),
        ("language=ar&country=GB", []),
        ("language=&country=", ["Toits", "Visitors", "Nowhere in particular", "Louche"]),
        ("colour=red", ["Toits", "Visitors", "Nowhere in particular", "Louche"]),
    ],
)
def test_filters_leave_out_everybody_else(client, directory, query, found):
    assert names(page(client, f"/en/links/?{query}")) == found


def test_only_what_some_listed_group_has_is_offered(client, directory):
    tree = page(client, "/en/links/")

    assert offered(tree, "language") == [
        ("", "All"),
        ("ar", "Arabic"),
        ("en", "English"),
        ("fr", "French"),
        ("ti", "Tigrinya"),
    ]
    assert offered(tree, "country") == [("", "All"), ("FR", "France"), ("GB", "United Kingdom")]
    assert selected(tree, "language") == [""]


def test_a_choice_stays_selected_and_the_others_stay_on_offer(client, directory):
    tree = page(client, "/en/links/?language=ti&country=GB")

    assert selected(tree, "language") == ["ti"]
    assert selected(tree, "country") == ["GB"]
    assert [value for value, _ in offered(tree, "country")] == ["", "FR", "GB"]


def test_a_language_that_no_listed_group_speaks_finds_none_and_says_so(client, directory):
    tree = page(client, "/en/links/?language=pl")

    assert names(tree) == []
    assert selected(tree, "language") == ["pl"]
    assert words(tree, "//p[@class='empty']") == ["Nothing here with this choice. Try another."]


@pytest.mark.parametrize(
    "query",
    [
        *("language=klingon", "language=AR", "country=fr", "country=ZZ", "language=%25"),
        *("language=%00", "country=%F0%9F%8F%B4", "language=" + "a" * 5000, "language=ar%20en"),
        "language=ar&country=ZZ",
    ],
)
def test_a_code_that_is_in_no_list_is_not_found(client, directory, query):
    assert client.get(f"/en/links/?{query}").status_code == 404


def test_an_empty_directory_says_so(client, db):
    tree = page(client, "/en/links/")

    assert words(tree, "//p[@class='empty']") == ["No links yet."]


def test_a_description_in_another_language_is_marked(client):
    factories.group(
        source_language="fr", description_en=None, description_fr="Locataires à la même table."
    )

    tree = page(client, "/en/links/")

    [text] = tree.xpath("//article[@class='group']/p[@lang='fr']")
    assert text.text_content() == "Locataires à la même table."
    assert text.get("dir") == "ltr"
    assert marks(tree) == ["in French"]


def test_a_description_in_the_readers_language_is_not_marked(client):
    factories.group(source_language="fr", description_fr="Locataires à la même table.")

    tree = page(client, "/en/links/")

    assert tree.xpath("//article[@class='group']//*[@lang]") == []
    assert marks(tree) == []


def test_a_group_without_a_description_is_not_marked(client):
    factories.group(source_language="fr", description_en=None, country="FR")

    tree = page(client, "/en/links/")

    assert names(tree) == ["Les Toits"]
    assert marks(tree) == []


def test_a_section_named_in_another_language_says_which(client):
    factories.group(factories.section(source_language="fr", name_en=None))

    tree = page(client, "/en/links/")

    assert headings(tree) == ["Se défendre"]
    assert tree.xpath("//section[@class='link-section']/h2/@lang") == ["fr"]


def test_a_description_is_text_and_no_markup(client):
    factories.group(description_en="<script>alert(1)</script> & more", name="<b>Toits</b>")

    tree = page(client, "/en/links/")

    assert names(tree) == ["<b>Toits</b>"]
    assert words(tree, "//article[@class='group']/p[not(@class)]") == [
        "<script>alert(1)</script> & more"
    ]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("query", ["", "?language=ar&country=FR"])
def test_the_page_takes_three_queries(client, django_assert_num_queries, count, query):
    Identity.objects.create(name_en="Aubremer").menu.create(part=MenuEntry.Part.LINKS)
    for number in range(count):
        section = factories.section(position=number)
        factories.group(section, name=f"Group {number}", languages=["ar"], country="FR")
    client.get("/en/links/")

    with django_assert_num_queries(3):
        tree = page(client, f"/en/links/{query}")
    assert len(names(tree)) == count


def test_the_page_sets_no_cookie_and_is_the_same_for_everyone(client, admin_client, directory):
    anonymous, known = client.get("/en/links/"), admin_client.get("/en/links/")

    assert "Set-Cookie" not in anonymous.headers
    assert anonymous.cookies == {}
    assert "Cookie" not in anonymous.headers.get("Vary", "")
    assert anonymous.content == known.content


def test_the_switcher_leads_to_the_other_language(client, directory):
    tree = page(client, "/en/links/")

    assert tree.xpath("//nav[@class='switcher']//a[@hreflang='fr']/@href") == ["/fr/links/"]
