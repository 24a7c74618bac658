"""Pictures as readers get them: above a text, in it, below it, and on cards."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from lxml import html

from bulletins.models import Kind
from pictures import acts
from pictures.models import Consent, Place
from tests import factories
from tests.pictures.factories import figure, in_text, picture

pytestmark = pytest.mark.django_db

EN = "/en/bulletins/kitchen-opens/"
FR = "/fr/bulletins/la-cuisine-ouvre/"


@pytest.fixture
def tree(client):
    """A page as a tree, asked for without login."""
    return lambda path=EN: html.fromstring(client.get(path).content)


def within(tree, path: str) -> list:
    return tree.xpath(f"//main{path}")


def bulletin(shown=None, **fields):
    """A live pair whose texts both refer to a picture between two paragraphs."""
    middle = in_text(shown) if shown else ""
    bodies = {
        "body_en": f"<p>We open.</p>{middle}<p>Come.</p>",
        "body_fr": f"<p>Nous ouvrons.</p>{middle}<p>Venez.</p>",
    }
    return factories.live_pair(**{**bodies, **fields})


# In the text ------------------------------------------------------------------------------------


def test_a_picture_in_a_text_stands_between_its_paragraphs_in_every_format_and_width(tree):
    shown = picture()
    figure(bulletin(shown), shown, place=Place.TEXT)

    [before, found, after] = within(tree(), "//div[contains(@class, 'prose')]/*")

    assert (before.tag, found.tag, after.tag) == ("p", "figure", "p")
    sources = [(s.get("type"), s.get("srcset")) for s in found.xpath(".//picture//source")]
    assert sources == [
        ("image/avif", f"/media/{shown.key}-480.avif 480w, /media/{shown.key}-960.avif 960w"),
        ("image/webp", f"/media/{shown.key}-480.webp 480w, /media/{shown.key}-960.webp 960w"),
    ]
    [image] = found.xpath(".//picture//img")
    assert (
        image.get("srcset") == f"/media/{shown.key}-480.jpg 480w, /media/{shown.key}-960.jpg 960w"
    )
    assert image.get("src") == f"/media/{shown.key}-960.jpg"
    assert (image.get("width"), image.get("height")) == ("1000", "500")
    assert (image.get("loading"), image.get("decoding")) == ("lazy", "async")
    assert {s.get("sizes") for s in found.xpath(".//*[@sizes]")} == {image.get("sizes")}


def test_it_has_the_words_of_the_readers_language(tree):
    shown = picture()
    words = {"caption_en": "At noon.", "caption_fr": "À midi.", "credit_en": "By us"}
    figure(bulletin(shown), shown, place=Place.TEXT, **words)

    english, french = within(tree(), "//figure")[0], within(tree(FR), "//figure")[0]

    assert english.xpath(".//img/@alt") == ["People on a bridge."]
    assert english.xpath(".//figcaption")[0].text_content().split() == ["At", "noon.", "By", "us"]
    assert french.xpath(".//img/@alt") == ["Des gens sur un pont."]
    assert french.xpath(".//figcaption")[0].text_content().split() == ["À", "midi."]
    assert english.xpath(".//@lang") == french.xpath(".//@lang") == []


def test_words_that_fall_back_say_their_language(tree):
    shown = picture()
    figure(bulletin(shown), shown, place=Place.TEXT, alt_fr=None, caption_en="At noon.")

    [found] = within(tree(FR), "//figure")

    assert [(e.tag, e.get("lang"), e.get("dir")) for e in found.xpath(".//*[@lang]")][:2] == [
        ("img", "en", "ltr"),
        ("figcaption", "en", "ltr"),
    ]
    assert found.xpath(".//*[@class='language-mark']/@lang") == ["fr"]
    assert "en anglais" in found.text_content()


def test_words_that_fall_back_with_the_text_around_them_need_not(tree):
    shown = picture()
    document = factories.live_french(body_fr=f"<p>Nous ouvrons.</p>{in_text(shown)}")
    figure(document, shown, place=Place.TEXT, alt_en=None, caption_fr="À midi.")

    [found] = within(tree("/en/bulletins/la-cuisine-ouvre/"), "//figure")

    assert found.xpath(".//@lang") == []
    assert found.xpath("ancestor::article/@lang") == ["fr"]


def test_words_in_the_readers_language_say_so_in_a_text_that_falls_back(tree):
    shown = picture()
    document = factories.live_french(body_fr=f"<p>Nous ouvrons.</p>{in_text(shown)}")
    figure(document, shown, place=Place.TEXT, caption_en="At noon.", caption_fr="À midi.")

    [found] = within(tree("/en/bulletins/la-cuisine-ouvre/"), "//figure")

    assert found.xpath(".//img/@lang | .//figcaption/@lang") == ["en", "en"]
    # Which language that is need not be said to whoever reads it.
    assert found.xpath(".//*[@class='language-mark']") == []


def test_a_decoration_has_no_description_and_no_caption_means_no_element(tree):
    shown = picture()
    figure(bulletin(shown), shown, place=Place.TEXT, is_decoration=True)

    [found] = within(tree(), "//figure")

    assert found.xpath(".//img/@alt") == [""]
    assert found.xpath(".//figcaption") == []


def test_a_caption_is_text(tree):
    shown = picture()
    figure(bulletin(shown), shown, place=Place.TEXT, caption_en="<b>Noon</b>\nand after")

    [caption] = within(tree(), "//figcaption/span")

    assert caption.xpath(".//b") == []
    assert [caption.text, caption.xpath("./br")[0].tail] == ["<b>Noon</b>", "and after"]


def test_a_picture_with_nothing_behind_it_keeps_every_format_it_has(tree):
    shown = picture()
    type(shown).objects.filter(pk=shown.pk).update(
        has_alpha=True,
        width=300,
        height=400,
        renditions=[{"width": 300, "height": 400, "files": {"webp": 1, "png": 1}}],
    )
    figure(bulletin(shown), shown, place=Place.TEXT)

    [found] = within(tree(), "//figure")

    assert found.get("class") == "figure figure-tall"
    assert found.xpath(".//source/@type") == ["image/webp"]
    assert found.xpath(".//img/@src") == [f"/media/{shown.key}-300.png"]
    assert found.xpath(".//img/@class") == ["picture picture-clear"]


# Above and below it -----------------------------------------------------------------------------


def test_the_lead_stands_above_the_text_and_is_not_waited_with(tree):
    lead = picture()
    figure(bulletin(), lead, place=Place.LEAD)

    [found] = within(tree(), "//figure")

    [image] = found.xpath(".//img")
    assert (image.get("fetchpriority"), image.get("loading")) == ("high", None)
    assert found.xpath("following-sibling::div[contains(@class, 'prose')]")


def test_the_gallery_stands_below_the_text_and_leads_to_the_largest_files(tree):
    document = bulletin()
    shown = [picture() for _ in range(3)]
    for position, each in enumerate(shown):
        figure(document, each, place=Place.GALLERY, position=position, alt_en=f"No. {position}.")

    [gallery] = within(tree(), "//section[@class='gallery']")

    assert gallery.xpath("preceding-sibling::div[contains(@class, 'prose')]")
    assert gallery.xpath(".//a/@href") == [f"/media/{each.key}-960.jpg" for each in shown]
    assert gallery.xpath(".//a//img/@alt") == ["No. 0.", "No. 1.", "No. 2."]
    assert gallery.xpath(".//img/@loading") == ["lazy"] * 3
    assert gallery.xpath("./h2/text()") == ["Pictures"]


def test_a_decoration_below_the_text_is_no_link_without_a_name(tree):
    figure(bulletin(), picture(), place=Place.GALLERY, is_decoration=True)

    [gallery] = within(tree(), "//section[@class='gallery']")

    assert (len(gallery.xpath(".//img")), gallery.xpath(".//a")) == (1, [])


def test_there_is_one_lead_and_what_else_was_one_comes_first_below(tree):
    document = bulletin()
    below, second, first = picture(), picture(), picture()
    figure(document, below, place=Place.GALLERY, position=1)
    figure(document, second, place=Place.LEAD, position=3)
    figure(document, first, place=Place.LEAD, position=2)

    keys = [src.split("/")[2].split("-")[0] for src in within(tree(), "//img/@src")]

    assert keys == [first.key, second.key, below.key]


def test_what_stands_in_the_text_is_not_shown_again_below_it(tree):
    shown = picture()
    figure(bulletin(shown), shown, place=Place.GALLERY)

    assert len(within(tree(), "//img")) == 1
    assert within(tree(), "//section[@class='gallery']") == []


def test_a_standing_page_has_pictures_in_the_same_places(tree):
    lead, inside, below = picture(), picture(), picture()
    document = factories.page(body_en=f"<p>Who we are.</p>{in_text(inside)}")
    for place, shown in ((Place.LEAD, lead), (Place.TEXT, inside), (Place.GALLERY, below)):
        figure(document, shown, place=place)

    found = tree("/en/pages/about-us/")

    keys = [src.split("/")[2].split("-")[0] for src in within(found, "//img/@src")]
    assert keys == [lead.key, inside.key, below.key]
    assert len(within(found, "//div[contains(@class, 'prose')]/figure")) == 1


def test_an_answer_shows_its_picture_where_it_stands_and_among_all_questions(tree):
    shown = picture()
    document = factories.faq(entries=1)
    factories.entry(document, answer_en=f"<p>Because.</p>{in_text(shown)}")
    figure(document, shown, place=Place.TEXT)

    for path in (document.address("en"), "/en/faq/"):
        assert len(within(tree(path), "//section//figure//img")) == 1


# What may not be shown --------------------------------------------------------------------------

PLACES = pytest.mark.parametrize("place", Place.values)


@PLACES
@pytest.mark.parametrize("stop", ["unknown", "withdrawn"])
def test_what_may_not_be_seen_leaves_nothing_behind(client, tree, place, stop):
    shown = picture()
    document = bulletin(shown if place == Place.TEXT else None)
    figure(document, shown, place=place, caption_en="The ferry at dawn.")
    assert len(within(tree(), "//figure")) == 1

    if stop == "unknown":
        acts.set_consent(shown.pk, Consent.UNKNOWN)
    else:
        acts.withdraw(shown.pk)

    found = tree()
    assert within(found, "//figure | //picture | //img | //section[@class='gallery']") == []
    for path in (EN, FR, "/en/", "/en/bulletins/"):
        text = client.get(path).text
        assert shown.key not in text
        assert "The ferry at dawn." not in text
        assert "People on a bridge." not in text


def test_a_reference_to_a_picture_of_another_document_shows_nothing(tree):
    shown = picture()
    figure(factories.live(title_en="Elsewhere"), shown, place=Place.LEAD)
    bulletin(shown)

    assert within(tree(), "//img") == []


# Before it is public ----------------------------------------------------------------------------


@pytest.mark.parametrize("place", Place.values)
def test_a_preview_shows_what_readers_do_not_see_yet_by_private_addresses(admin_client, place):
    shown = picture(Consent.UNKNOWN)
    body = f"<p>We open.</p>{in_text(shown) if place == Place.TEXT else ''}"
    document = factories.draft(body_en=body)
    figure(document, shown, place=place, alt_en=None)

    answer = admin_client.get(f"/admin/bulletins/bulletin/{document.pk}/preview/en/")

    [image] = within(html.fromstring(answer.content), "//figure//img")
    assert image.get("src") == f"/pictures/{shown.key}-960.jpg"
    assert "/media/" not in answer.text
    assert admin_client.get(image.get("src")).status_code == 200


def test_a_preview_of_an_answer_and_of_a_page_too(admin_client):
    shown = picture(Consent.UNKNOWN)
    faq = factories.draft(kind=Kind.FAQ)
    factories.entry(faq, answer_en=f"<p>Because.</p>{in_text(shown)}")
    page = factories.page(published_at=None, body_en=f"<p>Who.</p>{in_text(shown)}")
    for document in (faq, page):
        figure(document, shown, place=Place.TEXT)
        label = document._meta.label_lower.replace(".", "/")
        answer = admin_client.get(f"/admin/{label}/{document.pk}/preview/en/")
        assert f"/pictures/{shown.key}-960.jpg" in answer.text


def test_a_preview_leaves_out_what_was_withdrawn(admin_client):
    shown = picture()
    document = factories.draft(body_en=f"<p>We open.</p>{in_text(shown)}")
    figure(document, shown, place=Place.TEXT)
    acts.withdraw(shown.pk)

    answer = admin_client.get(f"/admin/bulletins/bulletin/{document.pk}/preview/en/")

    assert within(html.fromstring(answer.content), "//figure | //img") == []


# On cards ---------------------------------------------------------------------------------------


def test_cards_show_the_lead_and_no_other_picture(tree):
    lead, below = picture(), picture()
    document = bulletin()
    figure(document, lead, place=Place.LEAD)
    figure(document, below, place=Place.GALLERY)

    for path in ("/en/", "/en/bulletins/"):
        assert within(tree(path), "//article//img/@src") == [f"/media/{lead.key}-960.jpg"]


def test_only_the_first_picture_of_a_page_is_waited_for(tree):
    for number in range(3):
        document = factories.live(title_en=f"No. {number}", pinned=number < 2)
        figure(document, picture(), place=Place.LEAD)

    for path in ("/en/", "/en/bulletins/"):
        priorities = [i.get("fetchpriority") for i in within(tree(path), "//img")]
        assert priorities == ["high", None, None]


def test_the_words_of_a_card_say_their_language(tree):
    figure(factories.live_french(), picture(), place=Place.LEAD, alt_en=None)

    for path in ("/en/", "/en/bulletins/"):
        [image] = within(tree(path), "//img")
        assert (image.get("alt"), image.get("lang")) == ("Des gens sur un pont.", "fr")


def test_what_is_coming_up_stays_short(tree):
    soon = timezone.now() + timedelta(days=1)
    document = factories.live(kind=Kind.CALLOUT, starts_at=soon)
    figure(document, picture(), place=Place.LEAD)

    assert within(tree("/en/"), "//img") == []
    assert len(within(tree("/en/bulletins/"), "//img")) == 1


# What it costs ----------------------------------------------------------------------------------


def _everywhere(number: int):
    """That many documents, each with that many pictures in each place."""
    factories.identity()
    for index in range(number):
        inside = [picture() for _ in range(number)]
        body = f"<p>We open.</p>{''.join(map(in_text, inside))}"
        documents = [
            factories.live_pair(title_en=f"Text {index}", title_fr=f"T {index}", body_en=body),
            factories.live(title_en=f"Pinned {index}", body_en=body, pinned=True),
            factories.page(title_en=f"Page {index}", body_en=body),
            factories.faq(entries=0, title_en=f"Questions {index}"),
        ]
        factories.entry(documents[-1], answer_en=body)
        for document in documents:
            for each in inside:
                figure(document, each, place=Place.TEXT)
            for place in (Place.LEAD, Place.GALLERY):
                for _ in range(number):
                    figure(document, picture(), place=place)


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries", "pictures"),
    [
        ("/en/", 5, lambda n: 3 * n),
        ("/fr/bulletins/", 6, lambda n: 3 * n),
        ("/en/bulletins/text-0/", 5, lambda n: 3 * n),
        ("/en/bulletins/questions-0/", 6, lambda n: 3 * n),
        ("/en/faq/", 4, lambda n: n * n),
        ("/en/pages/page-0/", 3, lambda n: 3 * n),
    ],
)
def test_pictures_cost_one_query_however_many_there_are(
    tree, django_assert_num_queries, number, path, queries, pictures
):
    _everywhere(number)

    with django_assert_num_queries(queries):
        found = tree(path)

    assert len(within(found, "//img")) == pictures(number)
