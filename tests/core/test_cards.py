"""Social cards: the right size, light enough, and never a letter that is a box."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from core import lettering
from core.cards import FLOOD, FOOT, HEIGHT, MARGIN, MOST_BYTES, PAPER, SIDE, WIDTH, card

NAME = "Quai Ouvert"
LONG = "Un titre interminable que personne n’a relu, " * 5
# Letters of the languages that are written in Latin, Greek, Cyrillic, …: none may be missing.
ALPHABETS = {
    "fr": "ÀÂÆÇÈÉÊËÎÏÔŒÙÛÜŸ àâæçèéêëîïôœùûüÿ « » ’ … – — ? ! 12 € ·",
    "en": "“We” ‘they’ – £5, $5 & 50% (now) #1 @x a/b",
    "pl": "ĄĆĘŁŃÓŚŹŻ ąćęłńóśźż",
    "tr": "ÇĞİIÖŞÜ çğıiöşü",
    "vi": "Tiếng Việt: ắ ộ ữ ẵ ỹ đ",
    "ro": "ĂÂÎȘȚ ăâîșț",
    "el": "Η πόλη ξυπνά",
    "uk": "Київ не спить, ґанок її",
    "hy": "Մենք այստեղ ենք",
    "he": "הבית הזה שלנו",
    "ar": "هذا البيت بيتنا، ولن نغادره؟",
    "fa": "پناه‌جویان گچ ژ",
    "ps": "دا کور زموږ دی ځ ښ ړ ټ ګ",
    "ka": "ეს სახლი ჩვენია",
}


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def ink(image: Image.Image, box: tuple[int, int, int, int]) -> int:
    """How many pixels of a part are nearly black."""
    part = image.convert("L").crop(box)
    return sum(part.histogram()[:60])


def noise() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((960, 640), 120).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def plain(colour) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (900, 1200), colour).save(out, "JPEG", quality=95)
    return out.getvalue()


def near(one, other) -> bool:
    return all(abs(a - b) < 12 for a, b in zip(one, other, strict=True))


# What it is -------------------------------------------------------------------------------------


@pytest.mark.parametrize("title", ["Nos comptes", LONG, ""])
def test_a_card_is_a_small_png_of_the_size_that_other_sites_ask_for(title):
    data = card(title, NAME)

    image = opened(data)
    assert (image.format, image.size) == ("PNG", (1200, 630))
    assert len(data) < MOST_BYTES == 60_000


def test_it_is_printed_in_the_spot_colour_over_a_foot_of_paper():
    image = opened(card("Nos comptes", NAME)).convert("RGB")

    assert image.getpixel((5, 5)) == image.getpixel((WIDTH - 5, HEIGHT - FOOT - 5)) == FLOOD
    assert image.getpixel((5, HEIGHT - 5)) == PAPER
    assert ink(image, (MARGIN, MARGIN, WIDTH, HEIGHT - FOOT)) > 10_000
    assert ink(image, (MARGIN, HEIGHT - FOOT + 20, WIDTH, HEIGHT)) > 1_000


@pytest.mark.parametrize("title", ["A", "Nos comptes", LONG, "Œ" * 200, "mot " * 60])
def test_no_letter_stands_in_the_margins(title):
    image = opened(card(title, NAME))

    above = HEIGHT - FOOT
    assert ink(image, (0, 0, MARGIN - 8, above)) == 0
    assert ink(image, (WIDTH - MARGIN + 8, 0, WIDTH, above)) == 0
    assert ink(image, (0, above - 12, WIDTH, above)) == 0


def test_what_is_written_from_right_to_left_begins_at_the_right():
    arabic = opened(card("بيتنا", "رصيف", language="ar", direction="rtl"))
    english = opened(card("Our house", NAME))

    for image, empty, full in ((arabic, 0, 1), (english, 1, 0)):
        halves = [(0, 0, WIDTH // 4, HEIGHT - FOOT), (WIDTH * 3 // 4, 0, WIDTH, HEIGHT - FOOT)]
        assert ink(image, halves[empty]) == 0
        assert ink(image, halves[full]) > 1_000


def test_the_same_words_give_the_same_bytes():
    assert card("Nos comptes", NAME) == card("Nos comptes", NAME)


# Letters ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ALPHABETS)
def test_no_letter_is_missing(language):
    setting = lettering.fit(ALPHABETS[language], 1080, 400, [60], language=language)

    assert " ".join(setting.lines) == ALPHABETS[language]


def test_a_title_in_a_script_that_no_font_has_gives_way_to_the_name():
    assert lettering.fit("ሰላም ለሁሉም", 1080, 400, [60]) is None
    assert card("ሰላም ለሁሉም", NAME) == card(NAME, NAME)


def test_where_no_word_can_be_drawn_there_is_still_a_card():
    image = opened(card("ሰላም", "ሰላም"))

    assert ink(image, (0, 0, WIDTH, HEIGHT - FOOT)) == 0
    assert ink(image, (0, HEIGHT - FOOT + 20, WIDTH, HEIGHT)) == 0


def test_pictographs_are_left_out():
    assert card("Come 🎉👩🏽‍🍳 tonight", NAME) == card("Come tonight", NAME)


def test_white_space_is_one_space_but_no_break_spaces_are_kept():
    wide = lettering.fit("grève\u202f?", 1080, 400, [60]).font.getlength("grève\u202f?") + 5

    assert card("Nos\n\t comptes\u2028", NAME) == card("Nos comptes", NAME)
    assert lettering.fit("La grève\u202f?", wide, 400, [60]).lines == ["La", "grève\u202f?"]


# Sizes and lines --------------------------------------------------------------------------------


def test_a_short_title_is_larger_than_a_long_one():
    sizes = [
        lettering.fit(title, 1080, 400, range(200, 40, -4)).font.size
        for title in ("Nos comptes", "Nos comptes, à livre ouvert et sans rature", LONG)
    ]

    assert sizes == sorted(set(sizes), reverse=True)


def test_lines_are_about_as_long_as_one_another():
    setting = lettering.fit("one two three four five six seven", 700, 400, [80])

    long = [setting.font.getlength(line) for line in setting.lines]
    assert len(long) == 2
    assert min(long) > 0.6 * max(long)


def test_what_is_too_long_ends_in_dots():
    setting = lettering.fit(LONG * 4, 1080, 300, [60, 50])

    assert setting.lines[-1].endswith("…")
    assert setting.height <= 300
    assert all(setting.font.getlength(line) <= 1080 for line in setting.lines)


def test_a_word_that_is_too_long_is_broken():
    word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
    setting = lettering.fit(word, 500, 400, [60])

    assert "".join(setting.lines) == word
    assert all(setting.font.getlength(line) <= 500 for line in setting.lines)


# With a picture ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("direction", "x"), [("ltr", WIDTH - SIDE // 2), ("rtl", SIDE // 2)])
def test_a_picture_stands_at_the_end_of_the_words(direction, x):
    data = card("Nos comptes", NAME, direction=direction, picture=plain((0, 90, 200)))

    image = opened(data).convert("RGB")
    assert (opened(data).format, image.size) == ("JPEG", (1200, 630))
    assert near(image.getpixel((x, 20)), (0, 90, 200))
    assert near(image.getpixel((x, HEIGHT - FOOT - 20)), (0, 90, 200))
    assert near(image.getpixel((WIDTH - x, 20)), FLOOD)
    assert near(image.getpixel((x, HEIGHT - 8)), PAPER)


def test_the_noisiest_picture_makes_no_heavy_card():
    assert len(card("Nos comptes", NAME, picture=noise())) < MOST_BYTES


def test_what_is_no_picture_of_ours_is_refused():
    for data in (b"", b"GIF89a", b"<svg/>"):
        with pytest.raises(OSError, match="cannot identify"):
            card("Nos comptes", NAME, picture=data or b"nothing")
