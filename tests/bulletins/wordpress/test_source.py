"""Files that are no export, damaged or hostile: each is refused with words for a person."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from bulletins.wordpress.wxr import NotAnExport, parse

FIXTURES = Path(__file__).parent / "fixtures"
PLAIN = FIXTURES / "plain-1.2.xml"
BODY = "À 19"


def refusal(source: Path | bytes, **options) -> str:
    with pytest.raises(NotAnExport) as caught:
        parse(source, **options)
    return str(caught.value)


def with_body(text: str) -> bytes:
    return PLAIN.read_text().replace(BODY, text).encode()


def with_doctype(doctype: str) -> str:
    return PLAIN.read_text().replace("<!-- generator", f"{doctype}\n<!-- generator")


@pytest.mark.parametrize(
    "name", ["hostile-xxe.xml", "hostile-laughs.xml", "hostile-external-dtd.xml"]
)
def test_a_document_type_is_refused(name):
    assert refusal(FIXTURES / name).startswith("This file carries a document type (DOCTYPE)")


def test_a_document_type_behind_much_white_space_is_refused():
    source = with_doctype(" " * 200_000 + '<!DOCTYPE rss [<!ENTITY a "b">]>').encode()
    assert refusal(source).startswith("This file carries a document type (DOCTYPE)")


def test_a_document_type_written_in_utf_7_is_refused():
    head, rest = with_doctype("+ADwAIQ-DOCTYPE rss+AD4-").split("?>", 1)
    source = (head.replace("UTF-8", "UTF-7") + "?>" + rest).encode("utf-8")
    assert refusal(source)


def test_a_document_type_written_in_utf_16_is_refused():
    source = with_doctype("<!DOCTYPE rss>").replace("UTF-8", "UTF-16").encode("utf-16")
    assert refusal(source) == (
        "This file is not text in UTF-8. Save it as UTF-8 or export it again."
    )


def test_a_name_for_an_entity_is_refused_and_not_looked_up():
    source = PLAIN.read_text().replace("Réunion au port\u00a0!", "a &nbsp; b").encode()
    assert refusal(source).startswith("This file is damaged")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("not-xml.xml", "This is not an XML file. In WordPress choose Tools, Export, All content."),
        ("feed.xml", "This is a news feed, not a WordPress export. In WordPress choose Tools, "),
        ("other.xml", "This is an XML file, but no WordPress export. In WordPress choose Tools"),
        ("web-page.xml", "This is a web page, not an export. The site may have asked you to log"),
        ("wrong-encoding.xml", "This file is not in the encoding that its first line names"),
        ("truncated.xml", "This file ends too early"),
        ("missing.xml", "The file cannot be opened: No such file or directory."),
        ("", "The file cannot be opened: Is a directory."),
    ],
)
def test_a_file_that_is_something_else_is_named_for_what_it_is(name, words):
    message = refusal(FIXTURES / name)
    assert message[: len(words)] == words


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (b"", "This file is empty. Export the site again."),
        (b" \n", "This file is empty. Export the site again."),
        (gzip.compress(b"<rss/>", mtime=0), "This file is compressed. Unpack it"),
        (b"PK\x03\x04rest", "This file is compressed. Unpack it"),
        (b"<rss><channel>", "This file ends too early"),
        (b"<rss/>", "This is a news feed"),
        (b"<html><body>", "This is a web page"),
        (b'<?xml version="1.0" encoding="klingon"?><rss/>', "This file is not in the encoding"),
    ],
)
def test_bytes_that_are_something_else_are_named_for_what_they_are(source, words):
    assert refusal(source)[: len(words)] == words


def test_a_version_that_is_not_known_is_refused():
    source = PLAIN.read_text().replace("<wp:wxr_version>1.2<", "<wp:wxr_version>9.9<").encode()
    assert refusal(source) == (
        "This export is of version 9.9. Versions 1.0, 1.1 and 1.2 can be read."
    )


@pytest.mark.parametrize("length", range(1, len(PLAIN.read_bytes()) - 8, 397))
def test_a_file_cut_off_anywhere_is_refused(length):
    assert refusal(PLAIN.read_bytes()[:length])


def test_a_file_over_the_limit_is_refused():
    assert refusal(PLAIN, max_bytes=2_000).startswith("This file is too large.")


def test_a_file_just_at_the_limit_is_read():
    assert len(parse(PLAIN, max_bytes=PLAIN.stat().st_size).posts) == 7


def test_a_text_over_ten_megabytes_is_refused():
    assert refusal(with_body("x" * 10_000_001)).startswith("One text in this file is far too large")


def test_elements_nested_too_deep_are_refused():
    source = PLAIN.read_text().replace("</channel>", "<a>" * 300).encode()
    assert refusal(source).startswith("One text in this file is far too large or too deeply")


def test_a_character_that_xml_forbids_is_named():
    source = PLAIN.read_text().replace("Réunion au port\u00a0!", "a&#8;b").encode()
    assert refusal(source).startswith("This file holds a character that no XML file may hold")


def test_messages_name_the_line():
    assert "(line " in refusal(FIXTURES / "wrong-encoding.xml")


def test_a_chunk_of_control_characters_is_not_the_end_of_the_file():
    assert parse(with_body("\x01" * 200_000)).posts[0].body == "Venez\u00a0!\n\n\u00a0h."
