"""The text of a mail, from canonical HTML."""

from __future__ import annotations

import pytest

from bulletins.announcing.plain import WIDTH, Notes, plain, underlined, wrapped


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("<p>One<br>two</p>", "One\ntwo"),
        ("<p><strong>One</strong> &amp; <em>two</em></p>", "One & two"),
        ("<h2>When</h2><p>Now.</p>", "When\n----\n\nNow."),
        ("<h3>When</h3><p>Now.</p>", "When\n\nNow."),
        ("<p>One.</p><hr><p>Two.</p>", "One.\n\n* * *\n\nTwo."),
        ("<ul><li><p>One</p></li><li><p>Two</p></li></ul>", "* One\n* Two"),
        ("<ol><li><p>One</p></li><li><p>Two</p></li></ol><p>End</p>", "1. One\n2. Two\n\nEnd"),
        ("<ol><li><p>One</p><p>More</p></li></ol>", "1. One\n   More"),
        (
            "<ul><li><p>One</p><ol><li><p>a</p></li></ol></li><li><p>Two</p></li></ul>",
            "* One\n  1. a\n* Two",
        ),
        (
            "<ul><li><p>One</p></li></ul><ol><li><p>Other</p></li></ol>",
            "* One\n\n1. Other",
        ),
        ("<blockquote><p>One.</p></blockquote><p>Two.</p>", "> One.\n\nTwo."),
        ('<p>One.</p><img src="ref:pictures.picture/7"><p>Two.</p>', "One.\n\nTwo."),
    ],
)
def test_blocks_become_lines(html, text):
    assert plain(html, Notes()) == text


def test_a_long_paragraph_is_folded_with_its_mark_before_each_line():
    words = " ".join(["word"] * 30)

    text = plain(f"<blockquote><ul><li><p>{words}</p></li></ul></blockquote>", Notes())

    lines = text.splitlines()
    assert lines[0].startswith("> * word")
    assert {line[:8] for line in lines[1:]} == {">   word"}
    assert max(map(len, lines)) <= WIDTH


def test_links_are_numbered_and_their_addresses_kept_once():
    notes = Notes()
    html = (
        '<p>See <a href="https://one.example/">one</a>, <a href="https://two.example/">two</a> '
        'and <a href="https://one.example/">the <strong>first</strong></a>.</p>'
    )

    assert plain(html, notes) == "See one [1], two [2] and the first [1]."
    assert notes.addresses == ["https://one.example/", "https://two.example/"]


@pytest.mark.parametrize(
    ("href", "words"),
    [
        ("https://one.example/a-b", "https://one.example/a-b"),
        ("https://one.example/", "https://one.example"),
        ("mailto:us@example.org", "us@example.org"),
        ("tel:+33123", "+33123"),
    ],
)
def test_a_link_that_says_its_address_needs_no_number(href, words):
    notes = Notes()

    assert plain(f'<p><a href="{href}">{words}</a></p>', notes) == words
    assert notes.addresses == []


def test_no_address_and_no_figure_is_broken():
    address = "https://example.org/" + "a-" * 60
    figure = "1 000 000 €"

    text = wrapped(f"{'word ' * 12}{figure} {address} end")

    assert [part for part in (address, figure) if part in text] == [address, figure]


def test_a_heading_is_as_long_as_its_line():
    assert underlined("Tout le monde !") == "Tout le monde !\n==============="
