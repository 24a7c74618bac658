"""What becomes of the pictures in a text, whoever says which of them come."""

from __future__ import annotations

import time

import pytest

from bulletins.wordpress.attachments import Attachments
from bulletins.wordpress.body import Body, to_html
from bulletins.wordpress.images import Image, Shown
from bulletins.wordpress.wxr import parse
from core import html
from tests.bulletins.wordpress.exports import UPLOADS, attachment, export, img, post

A, B, C = img("a.jpg", alt="A kite."), img("b.jpg"), img("c.jpg")
KITE = '<img src="ref:pictures.picture/1">'
MISSING = img("missing.jpg")


class Everything:
    """Each picture comes, numbered in the order in which it is met; but for one."""

    def __init__(self, are_told: bool = True):
        self.are_told = are_told
        self.asked: list[Image] = []

    def take(self, image, place):
        self.asked.append(image)
        if "missing" in image.address:
            return None
        return Shown(len(self.asked), place, alt=image.alt)

    def gallery(self, attributes):
        return [Image(address=name) for name in attributes.split()]


def read(text: str, pictures=None) -> Body:
    return to_html(text, pictures or Everything())


def text(body: str) -> str:
    return html.canonical(read(body).html)


def shown(body: str) -> list[tuple[str, str, str]]:
    return [(one.place.value, one.alt, one.caption) for one in read(body).shown]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (A, KITE),
        (f"One.\n\n{A}\n\nTwo.", f"<p>One.</p>{KITE}<p>Two.</p>"),
        (f"One {A} two.", f"<p>One</p>{KITE}<p>two.</p>"),
        (f'<a href="{UPLOADS}/a.jpg">{A}</a>', KITE),
        (
            f"<p><strong>One {A} two</strong></p>",
            f"<p><strong>One</strong></p>{KITE}<p><strong>two</strong></p>",
        ),
        (f"<h2>{A}Head</h2>", f"{KITE}<h2>Head</h2>"),
        (
            f"<ul><li>One{A}</li><li>Two</li></ul>",
            f"<ul><li><p>One</p></li></ul>{KITE}<ul><li><p>Two</p></li></ul>",
        ),
        (f"<blockquote>{A}</blockquote>", KITE),
        (f"<table><tr><td>{A}</td><td>One</td></tr></table>", f"{KITE}<p>One</p>"),
        (f"<!-- wp:image --><figure>{A}</figure><!-- /wp:image -->", KITE),
        (f"<noscript>{A}</noscript>One", "<p>One</p>"),
        (f"One{MISSING} two.", "<p>One two.</p>"),
        ('One<img class="wp-smiley" src="s.gif" alt=":)"> two.', "<p>One two.</p>"),
        ('One<img class="a emoji" src="s.png" alt="☺"> two.', "<p>One two.</p>"),
        ('One<img src="https://count.example/b.gif" width="1"> two.', "<p>One two.</p>"),
    ],
)
def test_a_picture_stands_where_it_stood(body, expected):
    assert text(body) == expected


def test_a_reference_in_the_export_is_none_of_ours():
    body = read('<img src="ref:pictures.picture/7">One', pictures=Refusing())

    assert html.canonical(body.html) == "<p>One</p>"


class Refusing(Everything):
    def take(self, image, place):
        return None


@pytest.mark.parametrize(
    ("body", "words", "left"),
    [
        (f'[caption id="attachment_9" width="300"]{A} The crane.[/caption]', "The crane.", ""),
        (f"[wp_caption]<a href='x'>{A}</a> The <em>crane</em>.[/wp_caption]", "The crane.", ""),
        (f'[caption caption="The crane."]{A}[/caption]', "The crane.", ""),
        (
            f"One\n[caption]{A} The crane.[/caption]\nTwo",
            "The crane.",
            "<p>One</p>{}<p>Two</p>",
        ),
        (f"[caption]{A} A line.\nAnother.[/caption]", "A line.\nAnother.", ""),
        (f"<figure>{A}<figcaption>The crane.</figcaption></figure>", "The crane.", ""),
        (f"<figure>{A}<figcaption><p>One</p><p>Two</p></figcaption></figure>", "One\nTwo", ""),
        (f"<figure><div>{A}</div><figcaption>The crane.", "The crane.", ""),
        (f"<figure>{A}</figure><p>Words</p>", "", "{}<p>Words</p>"),
        (f"{A}<figcaption>Words</figcaption>", "", "{}<p>Words</p>"),
        (f"<figure><figcaption>Words</figcaption>{A}</figure>", "", "<p>Words</p>{}"),
        (f"[caption]{A} Words", "", "{}<p>Words</p>"),
        (f"[caption]{A} Words [caption] more", "", "{}<p>Words</p><p>more</p>"),
        (f"[[caption]]{A} Words", "", "<p>[caption]</p>{}<p>Words</p>"),
        # The end of it is out of reach.
        (f"[caption]{A} Words <b title='[/caption]'>more</b>", "", "{}<p>Words more</p>"),
        (f"[caption]{A} One<iframe>[/caption]</iframe>\n\nTwo", "", "{}<p>One</p><p>Two</p>"),
        (f"[caption]{A} One<video>[/caption]</video>\n\nTwo", "One", "{}<p>Two</p>"),
    ],
)
def test_the_words_under_a_picture_are_its_caption(body, words, left):
    assert shown(body) == [("text", "A kite.", words)]
    assert text(body) == (left or "{}").format(KITE)


@pytest.mark.parametrize(
    "body",
    [
        f"[caption]{MISSING} The crane.[/caption]",
        f"<figure>{MISSING}<figcaption>The crane.</figcaption></figure>",
        f'[caption caption="The crane."]{MISSING}[/caption]',
        f"<figure>{A}</figure><figure>{MISSING}<figcaption>The crane.</figcaption></figure>",
    ],
)
def test_the_words_under_a_picture_that_does_not_come_stay(body):
    assert text(body).removeprefix(KITE) == "<p>The crane.</p>"


def test_each_picture_has_its_own_words():
    body = f"[caption]{A} One.[/caption]\n\nTwo.\n\n[caption]{B} Three.[/caption]\n\nFour."

    assert shown(body) == [("text", "A kite.", "One."), ("text", "", "Three.")]
    assert text(body) == f"{KITE}<p>Two.</p>{KITE.replace('/1', '/2')}<p>Four.</p>"


def test_a_link_in_a_caption_is_told():
    body = read(f'[caption]{A} By <a href="https://e.example">Ana</a>[/caption]')

    assert (body.shown[0].caption, body.losses) == ("By Ana", ("link of a caption",))


def test_a_gallery_of_blocks_stands_below_the_text():
    body = (
        '<!-- wp:gallery {"ids":[1,2]} --><figure class="wp-block-gallery">'
        f"<!-- wp:image --><figure>{A}<figcaption>One.</figcaption></figure><!-- /wp:image -->"
        f"<figure>{B}</figure><figcaption>All of them.</figcaption></figure><!-- /wp:gallery -->"
        f"<!-- wp:image --><figure>{C}</figure><!-- /wp:image -->"
    )

    assert shown(body) == [("gallery", "A kite.", "One."), ("gallery", "", ""), ("text", "", "")]
    assert text(body) == f"<p>All of them.</p>{KITE.replace('/1', '/3')}"


def test_a_gallery_shortcode_stands_below_the_text():
    assert shown("One.\n\n[gallery a.jpg b.jpg]") == [("gallery", "", ""), ("gallery", "", "")]
    assert text("One.\n\n[gallery a.jpg b.jpg]\n\nTwo.") == "<p>One.</p><p>Two.</p>"


@pytest.mark.parametrize(
    ("body", "losses"),
    [
        (MISSING, ("image",)),
        ("[gallery missing.jpg]", ("gallery",)),
        ("<!-- wp:gallery -->x<!-- /wp:gallery -->", ("gallery",)),
    ],
)
def test_what_is_told_one_by_one_is_not_told_again(body, losses):
    assert read(body, Everything(are_told=True)).losses == ()
    assert read(body, Everything(are_told=False)).losses == losses


@pytest.mark.parametrize(
    ("body", "loss"), [("[nggallery id=1]", "gallery"), ("<svg></svg>", "image")]
)
def test_what_is_no_picture_of_a_file_is_told_as_ever(body, loss):
    assert read(body, Everything(are_told=True)).losses == (loss,)


@pytest.mark.parametrize(
    ("tag", "image"),
    [
        ('<img src="a.jpg" class="size-full wp-image-7" alt=" x ">', Image("a.jpg", 7, "x")),
        ('<img data-id="7" src="a.jpg?w=1&amp;h=2">', Image("a.jpg?w=1&h=2", 7)),
        ('<img src="data:image/gif;base64,R0" data-src="a.jpg">', Image("a.jpg")),
        ('<img src="data:image/gif;base64,R0">', Image("data:image/gif;base64,R0")),
        ('<img class="wp-image-99999999999999999999">', Image()),
        ("<img>", Image()),
    ],
)
def test_a_picture_is_named_by_its_address_and_its_number(tag, image):
    pictures = Everything()
    read(tag, pictures)
    assert pictures.asked == [image]


@pytest.mark.parametrize(
    "text", ["[caption]" * 20_000, f"[caption]{A}" * 5_000, "<figure>" * 9_999]
)
def test_many_captions_take_no_time_at_all(text):
    start = time.monotonic()
    read(text)
    assert time.monotonic() - start < 10


# What the export's own records say


@pytest.fixture
def attachments():
    items = [
        post(1),
        attachment(13, "2015/08/c.jpg", parent=1),
        attachment(11, "2015/08/a-scaled.jpg", parent=1),
        attachment(12, "2015/08/b.jpg", parent=2),
        attachment(14, "2015/08/statement.pdf", parent=1),
        attachment(15, "2015/08/a.jpg", parent=2, language="fr"),
        attachment(16, "2016/01/a.jpg"),
    ]
    return Attachments(parse(export(*items)))


@pytest.mark.parametrize(
    ("given", "numbers"),
    [
        ("", [11, 13]),
        (' ids="12,11"', [12, 11]),
        (" ids='12, 11' columns='2'", [12, 11]),
        (" ids=&#8221;12&#8243;", [12]),
        (" ids=“12,11”", [12, 11]),
        (' include="12"', [12]),
        (' id="2"', [12, 15]),
        (' exclude="11"', [13]),
        (' ids="x"', [11, 13]),
        (' link="file" orderby="ID"', [11, 13]),
    ],
)
def test_a_gallery_shows_what_it_names_or_what_was_uploaded_for_its_post(
    attachments, given, numbers
):
    [showing] = parse(export(post(1))).posts

    assert [image.number for image in attachments.gallery(showing, given)] == numbers


@pytest.mark.parametrize(
    ("image", "numbers"),
    [
        (Image(f"{UPLOADS}/2015/08/a-300x200.jpg"), [11, 15]),
        (Image(f"{UPLOADS}/2015/08/A.jpg", 15), [15, 11]),
        (Image("", 15), [15, 11]),
        (Image(f"{UPLOADS}/2016/01/a.jpg", 11), [16]),
        (Image("thumb.php?src=a.jpg", 12), [12]),
        (Image(f"{UPLOADS}/2015/08/z.jpg", 99), [99]),
        (Image(f"{UPLOADS}/2015/08/z.jpg", 11), []),
        (Image(f"{UPLOADS}/2015/08/a-e1439300000000.jpg", 99), []),
        (Image("", 99), [99]),
        (Image("x"), []),
    ],
)
def test_all_records_of_one_file_are_found(attachments, image, numbers):
    assert attachments.numbers(image) == numbers
