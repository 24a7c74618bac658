from __future__ import annotations

import pytest

from core.imaging.formats import HEAD, sniff
from core.imaging.refusals import MESSAGES, Refused
from core.imaging.terms import Unfit
from tests.core.image_files import FORMATS, noise, saved


def box(brand: bytes, *compatible: bytes) -> bytes:
    content = b"ftyp" + brand + bytes(4) + b"".join(compatible)
    return (len(content) + 4).to_bytes(4) + content


@pytest.mark.parametrize("format", FORMATS)
def test_a_picture_is_known_by_its_first_bytes(format):
    assert sniff(saved(noise(8, 8), format)[:HEAD]) == format


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (box(b"avif"), "AVIF"),
        (box(b"avis"), "AVIF"),
        (box(b"mif1", b"mif1", b"avif"), "AVIF"),
        (box(b"heic"), "HEIF"),
        (box(b"heix"), "HEIF"),
        (box(b"mif1", b"heic"), "HEIF"),
        (box(b"msf1", b"hevc"), "HEIF"),
    ],
)
def test_formats_of_one_container_are_told_by_their_brands(head, name):
    assert sniff(head) == name


@pytest.mark.parametrize(
    ("head", "code"),
    [
        (b"", "empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "svg"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- drawn -->\n<svg>", "svg"),
        ('\ufeff<?xml version="1.0"?><svg>'.encode("utf-16"), "svg"),
        (b"  <SVG >", "svg"),
        (b"<!DOCTYPE html><title>x</title>", "page"),
        (b"\n<html lang=en>", "page"),
        (b"<script>alert(1)</script>", "page"),
        (b"%PDF-1.7", "document"),
        (box(b"isom", b"iso2", b"mp41"), "video"),
        (box(b"qt  "), "video"),
        (b"\x1a\x45\xdf\xa3" + bytes(20), "video"),
        (b"RIFF\0\0\0\0AVI LIST", "video"),
        (b"II*\0" + bytes(20), "unknown"),
        (b"BM" + bytes(20), "unknown"),
        (b"PK\3\4" + bytes(20), "unknown"),
        (b"RIFF\0\0\0\0WAVEfmt ", "unknown"),
        (b"GIF88a", "unknown"),
        (b"<?php system($_GET[0]); ?>", "unknown"),
        (b"\x89PNG", "unknown"),
        (b"\0\0\0", "unknown"),
    ],
)
def test_what_is_no_picture_is_refused_with_its_reason(head, code):
    with pytest.raises(Unfit) as refused:
        sniff(head)

    assert refused.value.code == code


def test_a_box_that_lies_about_its_length_names_no_brand_beyond_it():
    lying = (12).to_bytes(4) + b"ftypmp42" + b"avifavif"

    with pytest.raises(Unfit, match="video"):
        sniff(lying)


# The words ------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", MESSAGES)
def test_every_refusal_is_a_sentence(code):
    facts = {"megabytes": 25, "millions": 40, "side": 20_000, "frames": 1000}

    assert str(Refused(code, **facts)).endswith((".", ".)"))


def test_a_refusal_says_its_numbers():
    assert str(Refused("file_size", megabytes=25)) == (
        "This file is larger than 25 MB. Save the picture smaller, and add it again."
    )


@pytest.mark.parametrize("refused", [Refused("%s"), Refused("pixels"), Refused("side", side="x")])
def test_a_reason_that_nobody_knows_is_still_a_sentence(refused):
    assert str(refused) == str(MESSAGES["broken"])
