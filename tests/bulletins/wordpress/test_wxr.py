from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bulletins.wordpress.wxr import Post, Term, Unreadable, parse

FIXTURES = Path(__file__).parent / "fixtures"
SEED = Path(__file__).parents[4] / "shared" / "seed" / "polylang.xml"
PLAIN = FIXTURES / "plain-1.2.xml"
TITLE = "Réunion au port\u00a0!"


def posts(name: str) -> dict[int, Post]:
    return {post.id: post for post in parse(FIXTURES / name).posts}


@pytest.mark.parametrize(
    ("name", "version"),
    [("plain-1.0.xml", "1.0"), ("plain-1.1.xml", "1.1"), ("plain-1.2.xml", "1.2")],
)
def test_each_version_is_read(name, version):
    export = parse(FIXTURES / name)
    assert (export.version, export.site, export.base_url, export.language) == (
        version,
        "Harbour Solidarity",
        "https://harbour.example.org",
        "en-GB",
    )
    assert export.unreadable == ()


def test_a_path_as_text_and_the_bytes_give_the_same():
    assert parse(str(PLAIN)) == parse(PLAIN.read_bytes()) == parse(PLAIN)


def test_every_field_of_a_post_is_read():
    assert posts("plain-1.2.xml")[20] == Post(
        id=20,
        kind="post",
        status="publish",
        title=TITLE,
        slug="réunion-au-port",
        link="https://harbour.example.org/2015/08/20/r%c3%a9union-au-port/",
        guid="https://harbour.example.org/?p=20",
        published=datetime(2015, 8, 20, 19, 0, tzinfo=UTC),
        modified=None,
        body="Venez\u00a0!\n\nÀ 19\u00a0h.",
        excerpt="Venez\u00a0!",
        parent=None,
        password=False,
        sticky=True,
        categories=(Term("category", "call-outs", "Call-outs"),),
        tags=(),
        old_slugs=("reunion", "reunion-2"),
        comments=2,
        language=None,
        translations=None,
    )


def test_a_page_has_its_kind_and_its_time_of_change():
    page = posts("plain-1.2.xml")[23]
    assert (page.kind, page.modified) == ("page", datetime(2014, 6, 1, 10, 0, tzinfo=UTC))


def test_a_password_is_told_and_not_kept():
    assert posts("plain-1.2.xml")[22].password is True
    assert "x1" not in repr(parse(PLAIN))


def test_states_are_told_as_they_are():
    found = posts("plain-1.2.xml")
    assert {number: found[number].status for number in (20, 21, 24, 26)} == {
        20: "publish",
        21: "draft",
        24: "inherit",
        26: "private",
    }


def test_records_of_plugins_are_told_by_kind_and_number_only():
    assert posts("plain-1.2.xml")[25] == Post(id=25, kind="feedback", status="publish")


@pytest.mark.parametrize("secret", ["marge", "Marge", "Quayside", "Carl", "192.0.2.77", "secret."])
def test_no_name_mail_address_or_comment_is_taken(secret):
    assert secret in PLAIN.read_text()
    assert secret not in repr(parse(PLAIN))


def test_the_taxonomies_that_were_left_are_named():
    export = parse(PLAIN)
    assert export.other_taxonomies == ("author",)
    assert export.terms == ()


def test_version_1_0_names_each_term_twice_and_it_is_read_once():
    export = parse(FIXTURES / "plain-1.0.xml")
    assert export.posts[0].categories == (Term("category", "news", "News"),)
    assert export.posts[0].tags == (Term("post_tag", "soup-bread", "Soup & bread"),)
    assert export.terms == (
        Term("category", "news", "News"),
        Term("post_tag", "soup-bread", "Soup & bread"),
    )


def test_a_term_without_a_slug_keeps_its_name():
    source = (FIXTURES / "plain-1.0.xml").read_bytes()
    source = source.replace(b'<category domain="category" nicename="news"><![CDATA[News]]>', b"<x>")
    source = source.replace(b"<x></category>", b"")
    assert parse(source).posts[0].categories == (Term("category", "", "News"),)


def test_entities_in_a_title_are_characters():
    assert parse(FIXTURES / "plain-1.1.xml").posts[0].title == "Ferry strike – day two"


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ("<![CDATA[Q&amp;A]]>", "Q&A"),
        ("<![CDATA[<em>Non</em> au&nbsp;mur\u00a0!]]>", "Non au\u00a0mur\u00a0!"),
        ("<![CDATA[1 < 2 &copyright;]]>", "1 < 2 &copyright;"),
        ("<![CDATA[a&#0;b&#8;c&#x110000;d]]>", "a\ufffdbc\ufffdd"),
        ("<![CDATA[ split\n\tover  lines ]]>", "split over lines"),
        ("<![CDATA[<script>alert(1)</script>]]>", "alert(1)"),
        ("\u200fשלום 👩\u200d👧", "\u200fשלום 👩\u200d👧"),
        ("", ""),
    ],
)
def test_a_title_is_plain_text(raw, title):
    source = PLAIN.read_text().replace(TITLE, raw)
    assert parse(source.encode()).posts[0].title == title


def test_a_time_without_its_utc_value_is_read_in_the_zone_that_is_given():
    draft = {post.id: post for post in parse(PLAIN, zone=ZoneInfo("Europe/Paris")).posts}[21]
    assert draft.published == datetime(2016, 1, 2, 9, 0, tzinfo=UTC)


def test_a_time_without_its_utc_value_is_read_as_utc_where_no_zone_is_given():
    assert posts("plain-1.2.xml")[21].published == datetime(2016, 1, 2, 10, 0, tzinfo=UTC)


def test_items_that_cannot_be_read_are_listed_and_stop_nothing():
    export = parse(FIXTURES / "unreadable-items.xml")
    assert [(post.id, post.title) for post in export.posts] == [
        (6, "The first six"),
        (7, "Almost nothing"),
        (8, "Odd dates"),
    ]
    no_number = "It has no number of its own (post_id)."
    assert export.unreadable == (
        Unreadable(1, "Number in words", no_number),
        Unreadable(2, "Negative number", no_number),
        Unreadable(3, "", "It does not say whether it is a post or a page (post_type)."),
        Unreadable(5, "The second six", "An item before it has the same number (6)."),
        Unreadable(6, "", no_number),
        Unreadable(7, "", no_number),
    )


def test_an_item_without_a_status_is_a_draft():
    assert posts("unreadable-items.xml")[7] == Post(
        id=7, kind="post", status="draft", title="Almost nothing"
    )


def test_impossible_dates_are_no_dates():
    assert posts("unreadable-items.xml")[8].published is None


@pytest.mark.parametrize(
    ("raw", "slug"),
    [
        ("r%c3%a9union", "réunion"),
        ("plain-slug", "plain-slug"),
        ("cut-off-%d8%a7%d9", "cut-off-%d8%a7%d9"),
        ("..%2f..%2fetc", "..%2f..%2fetc"),
        ("zero%00byte", "zero%00byte"),
    ],
)
def test_percent_encoding_of_a_slug_is_undone_where_that_is_clean(raw, slug):
    source = PLAIN.read_text().replace(
        "<wp:post_name>r%c3%a9union-au-port<", f"<wp:post_name>{raw}<"
    )
    assert parse(source.encode()).posts[0].slug == slug


def test_a_link_that_is_no_web_address_is_not_taken():
    source = PLAIN.read_text().replace(
        "<link>https://harbour.example.org/2015", "<link>javascript:"
    )
    assert parse(source.encode()).posts[0].link == ""


def test_look_alike_namespaces_are_not_taken():
    export = parse(FIXTURES / "look-alikes.xml")
    assert [(post.id, post.title, post.status, post.old_slugs) for post in export.posts] == [
        (1, "True", "publish", ()),
        (2, "Another prefix", "publish", ()),
    ]
    assert [entry.position for entry in export.unreadable] == [1, 2]


def test_items_outside_the_channel_are_not_taken():
    source = PLAIN.read_text().replace("</channel>", "</channel><item><title>Out</title></item>")
    assert parse(source.encode()) == parse(PLAIN)


def test_control_characters_are_taken_out_and_word_s_line_break_is_kept():
    source = PLAIN.read_text().replace("À 19", "À\x08\x0b\x0019\x1f")
    export = parse(source.encode())
    assert export.posts[0].body == "Venez\u00a0!\n\nÀ\n19\u00a0h."
    assert export.control_characters == 3


def test_an_export_in_latin_1_that_says_so_is_read():
    assert parse(FIXTURES / "latin-1.xml").posts[0].body == "Été."


def test_a_body_with_the_end_of_cdata_in_it_is_read_whole():
    source = PLAIN.read_text().replace("À 19", "a]]]]><![CDATA[>b")
    assert parse(source.encode()).posts[0].body == "Venez\u00a0!\n\na]]>b\u00a0h."


def test_the_language_and_the_pair_are_read_from_their_taxonomies():
    found = posts("polylang.xml")
    assert (found[400].language, found[400].translations) == ("fr", "pll_a")
    assert (found[402].language, found[402].translations) == ("en", None)
    assert found[400].categories == ()


@pytest.mark.skipif(not SEED.exists(), reason="the seed export is not here")
def test_the_seed_export_holds_eight_posts():
    export = parse(SEED)
    assert [post.id for post in export.posts] == list(range(100, 108))
    assert export.unreadable == ()
    assert "collective@example.org" not in repr(export)
