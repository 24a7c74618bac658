from __future__ import annotations

import time
from pathlib import Path

import pytest

from bulletins.wordpress.body import to_html
from bulletins.wordpress.wxr import parse
from core.html import canonical

FIXTURES = Path(__file__).parent / "fixtures"
SEED = Path(__file__).parents[4] / "shared" / "seed" / "polylang.xml"


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("", ""),
        (" \n\n&nbsp;\n", ""),
        ("One.", "<p>One.</p>"),
        ("One.\n\nTwo.", "<p>One.</p><p>Two.</p>"),
        ("One.\r\n\r\nTwo.", "<p>One.</p><p>Two.</p>"),
        ("One.\n \t\nTwo.", "<p>One.</p><p>Two.</p>"),
        ("One.\n&nbsp;\nTwo.", "<p>One.</p><p>Two.</p>"),
        ("One.\nTwo.", "<p>One.<br>Two.</p>"),
        ("One.<br />\nTwo.", "<p>One.<br>Two.</p>"),
        ("One.<br><br>Two.", "<p>One.</p><p>Two.</p>"),
        ("<p>One.</p>\n<p>Two.</p>\n", "<p>One.</p><p>Two.</p>"),
        ("<div>One.</div>Two.", "<p>One.</p><p>Two.</p>"),
        ("<b>One.\n\nTwo.</b>", "<p><strong>One.</strong></p><p><strong>Two.</strong></p>"),
        ("a <i>b\nc</i> d", "<p>a <em>b<br>c</em> d</p>"),
        ("<h2>Head</h2>\nText", "<h2>Head</h2><p>Text</p>"),
        ("<h1>Head</h1>", "<h2>Head</h2>"),
        (
            "<ul>\n<li>a</li>\n<li>b\nc</li>\n</ul>",
            "<ul><li><p>a</p></li><li><p>b<br>c</p></li></ul>",
        ),
        ("<ol><li>a<ul><li>b</ul></ol>", "<ol><li><p>a</p><ul><li><p>b</p></li></ul></li></ol>"),
        ("<li>stray</li>", "<p>stray</p>"),
        ("<blockquote>a\n\nb</blockquote>", "<blockquote><p>a</p><p>b</p></blockquote>"),
        ("<blockquote></blockquote>", ""),
        ("a<hr />b", "<p>a</p><hr><p>b</p>"),
        ("<pre>a\n  b\n\nc</pre>", "<p>a<br>b</p><p>c</p>"),
        ("a\n<!--more Read on-->\nb<!--nextpage-->c", "<p>a</p><p>b</p><p>c</p>"),
        ("a <!-- a note --> b", "<p>a b</p>"),
        ("<q>Non</q>", '<p>"Non"</p>'),
        ("<p lang='fr'>Non</p>", '<p><span lang="fr">Non</span></p>'),
        ("<center>Middle</center>", "<p>Middle</p>"),
        ("1 < 2 & 3 > 2 <3", "<p>1 &lt; 2 &amp; 3 &gt; 2 &lt;3</p>"),
        ("&lt;b&gt; &amp;amp; &eacute;&#8217;", "<p>&lt;b&gt; &amp;amp; é’</p>"),
        ("write to <us@example.org>", "<p>write to &lt;us@example.org&gt;</p>"),
        ("x\x00y\x08z\ufffe", "<p>xyz</p>"),
        ("lone \ud800 surrogate", "<p>lone surrogate</p>"),
    ],
)
def test_text_becomes_blocks(body, html):
    assert canonical(to_html(body).html) == html
    assert to_html(body).losses == ()


@pytest.mark.parametrize(
    "text",
    [
        "« Autoroute bloqué\u00a0! »",
        "\u00a0indented",
        "ends in\u00a0",
        "12\u202f000\u00a0€\u00a0; ‘a’ “b” – — … é ï ç œ 𝄞",
        "e\u0301 stays two characters",
        "שלום \u200fعربي",
        "attaqué-e",
    ],
)
def test_characters_stay_byte_for_byte(text):
    assert to_html(text).html == f"<p>{text}</p>"


@pytest.mark.parametrize(
    ("body", "html", "losses"),
    [
        (
            '[caption id="a_9"]<a href="https://e.example/x.jpg"><img src="x.jpg"></a> The '
            "<em>crane</em>[/caption]After",
            "<p>The <em>crane</em></p><p>After</p>",
            ("image",),
        ),
        (
            '[caption caption="The crane"]<img src="x.jpg">[/caption]',
            "<p>The crane</p>",
            ("image",),
        ),
        ('a\n\n[gallery ids="1,2"]\n\nb', "<p>a</p><p>b</p>", ("gallery",)),
        (
            'a [video src="https://e.example/v.mp4"][/video] b',
            '<p>a</p><p><a href="https://e.example/v.mp4">https://e.example/v.mp4</a></p><p>b</p>',
            ("video",),
        ),
        ("[audio]", "", ("audio",)),
        (
            "[youtube=https://e.example/?v=1&amp;t=2]",
            '<p><a href="https://e.example/?v=1&amp;t=2">https://e.example/?v=1&amp;t=2</a></p>',
            ("video",),
        ),
        (
            "[embed width=3]https://e.example/e[/embed]",
            '<p><a href="https://e.example/e">https://e.example/e</a></p>',
            ("embed",),
        ),
        ('[video src="javascript:alert(1)"]', "", ("video",)),
        ('[contact-form][contact-field label="Name" /][/contact-form]', "", ("form",)),
        ('a [button link="x"]Press[/button] b', "<p>a Press b</p>", ("shortcode “button”",)),
        ("a [spoiler]b[/spoiler] c", "<p>a b c</p>", ("shortcode “spoiler”",)),
        ('a [map id="3"] b', "<p>a b</p>", ("shortcode “map”",)),
        (
            "[et_pb_text]a[/et_pb_text][et_pb_text]b[/et_pb_text]",
            "<p>a</p><p>b</p>",
            ("shortcode “et_pb_text”",),
        ),
        ("[GALLERY]", "", ("gallery",)),
        (
            "[:en]Hi[:fr]Salut[:]",
            "<p>[:en]Hi[:fr]Salut[:]</p>",
            ("marks of two languages in one text",),
        ),
    ],
)
def test_shortcodes_go_and_are_told(body, html, losses):
    assert canonical(to_html(body).html) == html
    assert to_html(body).losses == losses


@pytest.mark.parametrize(
    "text",
    [
        "He said [sic] it",
        "[EN] English below",
        "[FR]",
        "[...] and […]",
        "[Calais, 20 August 2015]",
        "[ndlr : non]",
        "[1] a footnote",
        "[Update 12:30] moved",
        "[[sic]]",
        "[not closed",
        "closed]",
        "[a [b] c]",
        "[x = 3]",
        "[]",
        "[/]",
    ],
)
def test_words_in_brackets_that_are_no_shortcode_stay(text):
    assert to_html(text).html == f"<p>{text}</p>"
    assert to_html(text).losses == ()


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("[[gallery]]", "[gallery]"),
        ('[[gallery ids="1"]]', '[gallery ids="1"]'),
        ("[[caption]x[/caption]]", "[caption]x[/caption]"),
    ],
)
def test_an_escaped_shortcode_is_text(body, text):
    assert to_html(body).html == f"<p>{text}</p>"
    assert to_html(body).losses == ()


@pytest.mark.parametrize(
    "address",
    ["https://e.example/?a[gallery]=1&b=2", "http://e.example/é", "https://e.example/#q1"],
)
def test_a_line_that_is_only_an_address_becomes_a_link(address):
    escaped = address.replace("&", "&amp;")
    link = f'<a href="{escaped}">{escaped}</a>'
    assert to_html(f"See\n {address} \n\nthere").html == f"<p>See<br>{link}</p><p>there</p>"


def test_an_address_among_words_or_in_a_link_is_left_alone():
    body = 'see https://e.example/a\n<a href="https://e.example/b">https://e.example/b</a>'
    assert to_html(body).html == (
        '<p>see https://e.example/a<br><a href="https://e.example/b">https://e.example/b</a></p>'
    )


@pytest.mark.parametrize(
    ("body", "html", "losses"),
    [
        ("<table><tr><td>a</td><td>b</td></tr></table>", "<p>a | b</p>", ("table",)),
        (
            "<table><tr><td><p>a</p><p>b</p></td><td>c</td></tr></table>",
            "<p>a<br>b | c</p>",
            ("table",),
        ),
        ('<img src="x.jpg" alt="x">', "", ("image",)),
        ("<s>old</s> new", "<p>old new</p>", ("strikethrough",)),
        (
            '<iframe src="//v.example/1"></iframe>',
            '<p><a href="https://v.example/1">https://v.example/1</a></p>',
            ("embed",),
        ),
        (
            '<video src="https://v.example/1.mp4">old browser</video>',
            '<p><a href="https://v.example/1.mp4">https://v.example/1.mp4</a></p>',
            ("video",),
        ),
        ("<script>alert(1)</script>ok<style>p{}</style>", "<p>ok</p>", ("script",)),
        ('<a href="javascript:alert(1)">t</a>', "<p>t</p>", ("link",)),
        ("<form><label>Name</label><input><textarea>x</textarea></form>", "<p>Name</p>", ("form",)),
        ('<!-- wp:block {"ref":3} /-->', "", ("reusable block",)),
        ('<!-- wp:jetpack/map {"a":"b"} /-->', "", ("block “jetpack/map”",)),
        ("<!-- wp:spacer /-->a", "<p>a</p>", ()),
    ],
)
def test_what_cannot_be_carried_is_told(body, html, losses):
    assert canonical(to_html(body).html) == html
    assert to_html(body).losses == losses


def test_a_text_of_the_block_editor_keeps_its_blocks():
    body = to_html(parse(FIXTURES / "blocks.xml").posts[0].body)
    assert canonical(body.html) == (
        "<h2>What we need</h2>"
        "<p>Tents and <strong>blankets</strong>.</p>"
        "<ul><li><p>Stoves</p></li></ul>"
        "<blockquote><p>We stay.</p><p>A neighbour</p></blockquote>"
        "<p>The quay at dawn</p>"
        '<p><a href="https://video.example/1">https://video.example/1</a></p>'
        "<p>Monday | Soup</p>"
        "<hr>"
        "<p>Old words<br>on two lines</p>"
    )
    assert body.losses == ("image", "table", "block “latest-posts”")


def test_a_text_of_the_classic_editor_gets_its_blocks():
    body = to_html(parse(FIXTURES / "classic.xml").posts[0].body)
    assert canonical(body.html) == (
        "<p>The crane [sic]</p>"
        "<p>« Restez\u00a0! » disent-ils.<br>Nous restons.</p>"
        '<p><a href="https://video.example/2">https://video.example/2</a></p>'
        "<ul><li><p>Un</p></li><li><p>Deux</p></li></ul>"
        "<h3>Q: Do you need help?</h3>"
        "<p>Yes [EN].</p>"
        "<p>Write [gallery] for pictures.</p>"
    )
    assert body.losses == ("gallery", "image")


def test_a_block_that_is_never_closed_does_not_swallow_the_paragraphs_after_it():
    assert to_html("<!-- wp:paragraph --><p>a</p>\n\nb\n\nc").html == "<p>a</p><p>b</p><p>c</p>"


def test_words_nested_very_deep_are_kept():
    assert to_html("<div><blockquote>" * 5_000 + "deep").html.count("deep") == 1
    assert "deep" in canonical(to_html("<ul><li>" * 5_000 + "deep").html)


@pytest.mark.parametrize(
    "unit",
    [
        "[",
        "[a ",
        "[[",
        "[/a]",
        "<!--",
        "<",
        "<a ",
        "<b>",
        "<p>",
        "https://e.example/?[",
        "[gallery]",
        "\n",
        "<br>",
        "&",
        '[a b="',
        "<li>",
        "<b>\n",
    ],
)
def test_the_time_stays_in_proportion_to_the_text(unit):
    start = time.perf_counter()
    to_html(unit * (200_000 // len(unit)))
    assert time.perf_counter() - start < 3


@pytest.mark.skipif(not SEED.exists(), reason="the seed export is not here")
def test_the_seed_export_keeps_its_paragraphs_and_characters():
    posts = {post.id: post for post in parse(SEED).posts}
    for number, paragraphs in {104: 6, 105: 8}.items():
        body = to_html(posts[number].body)
        html = canonical(body.html)
        assert (html.count("<p>"), body.losses) == (paragraphs, ())
        words = html.replace("</p><p>", "\n\n").removeprefix("<p>").removesuffix("</p>")
        assert words.count("\u00a0") == posts[number].body.count("\u00a0")
        assert words.split() == posts[number].body.split()
