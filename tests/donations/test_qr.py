from __future__ import annotations

import io

import pytest
import segno
import zxingcpp
from django.core.exceptions import ValidationError
from PIL import Image

from donations import qr

FRENCH = "FR7630006000011234567890189"
GERMAN = "DE89370400440532013000"
SWISS = "CH9300762011623852957"


def codes(function, *args, **kwargs) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        function(*args, **kwargs)
    assert all(caught.value.messages)
    return [error.code for error in caught.value.error_list]


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png))


def test_the_payload_has_eleven_lines_with_a_reference():
    payload = qr.epc_payload(
        holder="Association Été",
        iban="fr76 3000 6000 0112 3456 7890 189",
        bic="bnpa fr pp",
        reference="SOLIDARITE 2026",
    )
    assert payload.split("\n") == [
        "BCD",
        "002",
        "1",
        "SCT",
        "BNPAFRPP",
        "Association Été",
        "FR7630006000011234567890189",
        "",
        "",
        "",
        "SOLIDARITE 2026",
    ]


def test_the_payload_ends_with_the_iban_without_a_reference():
    assert qr.epc_payload(holder="Tract", iban=GERMAN) == f"BCD\n002\n1\nSCT\n\nTract\n{GERMAN}"


def test_the_payload_carries_at_most_70_characters_of_name():
    assert qr.epc_payload(holder="N" * 70, iban=GERMAN).split("\n")[5] == "N" * 70
    assert codes(qr.epc_payload, holder="N" * 71, iban=GERMAN) == ["length"]


def test_the_payload_carries_at_most_140_characters_of_reference():
    payload = qr.epc_payload(holder="Tract", iban=GERMAN, reference="r" * 140)
    assert payload.split("\n")[10] == "r" * 140
    assert codes(qr.epc_payload, holder="Tract", iban=GERMAN, reference="r" * 141) == ["length"]


def test_the_payload_has_at_most_331_bytes():
    # 70 characters of three bytes each: within each part's limit, at the limit of the whole.
    frame = len(qr.epc_payload(holder="x", iban=GERMAN, reference="r").encode()) - 2
    fitting = "r" * (331 - frame - 210)
    payload = qr.epc_payload(holder="寄" * 70, iban=GERMAN, reference=fitting)
    assert len(payload.encode()) == 331
    assert codes(qr.epc_payload, holder="寄" * 70, iban=GERMAN, reference=fitting + "r") == [
        "payload_length"
    ]


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"iban": "FR7630006000011234567890188"}, "check_digits"),
        ({"iban": ""}, "empty"),
        ({"holder": " "}, "empty"),
        ({"bic": "BNPAFRP"}, "length"),
        ({"bic": "DEUTDEFF"}, "bic_country"),
        ({"iban": SWISS}, "bic_required"),
        ({"reference": "Solidarité"}, "characters"),
    ],
)
def test_the_payload_is_refused_when_a_part_is_bad(parts, code):
    assert codes(qr.epc_payload, **{"holder": "Tract", "iban": FRENCH, **parts}) == [code]


def test_a_line_break_in_a_name_cannot_add_a_line():
    payload = qr.epc_payload(holder=f"Tract\n{GERMAN}\r\nEUR999", iban=FRENCH)
    assert payload.split("\n")[5:] == [f"Tract {GERMAN} EUR999", FRENCH]


@pytest.mark.parametrize(
    "parts",
    [
        {"holder": "Tract", "iban": GERMAN},
        {"holder": "Association Été à Châlons-en-Champagne", "iban": FRENCH, "bic": "BNPAFRPP"},
        {"holder": "Œuvre « l’Élan » & Søsterhjælp", "iban": FRENCH, "reference": "DON 2026"},
        {"holder": "Groupe ŁÓDŹ Ελλάδα", "iban": GERMAN, "reference": "a/b-c?:().,'+ d"},
        {"holder": "جمعية التضامن", "iban": SWISS, "bic": "UBSWCHZH80A"},
        {"holder": "寄" * 70, "iban": GERMAN, "reference": "r" * 65},
        {"holder": "N" * 70, "iban": FRENCH, "bic": "AGRIFRPP882", "reference": "r" * 140},
    ],
)
@pytest.mark.parametrize("scale", [2, 6])
def test_a_scanner_reads_back_the_very_bytes(parts, scale):
    payload = qr.epc_payload(**parts)
    found = zxingcpp.read_barcodes(opened(qr.epc_png(payload, scale=scale)))
    assert [(code.format.name, code.bytes) for code in found] == [
        (zxingcpp.BarcodeFormat.QRCode.name, payload.encode())
    ]
    assert found[0].text == payload
    assert found[0].ec_level == "M"


def test_331_bytes_make_version_13_and_332_are_refused():
    payload = qr.epc_payload(holder="N" * 70, iban=GERMAN)
    payload += "x" * (331 - len(payload.encode()))
    assert opened(qr.epc_png(payload, scale=1)).size == (69 + 8, 69 + 8)
    assert codes(qr.epc_png, payload + "x") == ["payload_length"]


def test_the_level_stays_m_where_a_higher_one_would_fit():
    payload = qr.epc_payload(holder="Tract", iban=GERMAN)
    boosted = segno.make_qr(payload, error="m", encoding="utf-8", boost_error=True)
    assert boosted.error != "M"
    [found] = zxingcpp.read_barcodes(opened(qr.epc_png(payload)))
    assert found.ec_level == "M"


def test_the_picture_is_black_on_opaque_white():
    image = opened(qr.epc_png(qr.epc_payload(holder="Tract", iban=GERMAN)))
    assert image.format == "PNG"
    assert "transparency" not in image.info
    assert {colour for _count, colour in image.convert("RGBA").getcolors()} == {
        (0, 0, 0, 255),
        (255, 255, 255, 255),
    }


@pytest.mark.parametrize("scale", [1, 6])
def test_four_white_modules_stand_around_the_code(scale):
    image = opened(qr.epc_png(qr.epc_payload(holder="Tract", iban=GERMAN), scale=scale))
    inverted = image.convert("L").point(lambda value: 255 - value)
    left, top, right, bottom = inverted.getbbox()
    quiet = 4 * scale
    assert (left, top, image.width - right, image.height - bottom) == (quiet,) * 4


def test_the_same_payload_makes_the_same_bytes():
    payload = qr.epc_payload(holder="Association Été", iban=FRENCH, reference="DON")
    assert qr.epc_png(payload) == qr.epc_png(payload)


def test_the_picture_carries_no_time_and_no_text():
    image = opened(qr.epc_png(qr.epc_payload(holder="Tract", iban=GERMAN)))
    image.load()
    assert image.text == {}
    assert b"tIME" not in qr.epc_png(qr.epc_payload(holder="Tract", iban=GERMAN))


@pytest.mark.parametrize("scale", [0, -1, 1.5])
def test_a_scale_that_blurs_modules_is_refused(scale):
    with pytest.raises(ValueError, match="scale"):
        qr.epc_png("BCD", scale=scale)
