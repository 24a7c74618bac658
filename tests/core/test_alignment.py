from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletins.wordpress.body import to_html
from bulletins.wordpress.wxr import parse
from core.alignment import Bead, align
from core.html import canonical
from core.segments import Segment, segment, segments
from tests.core.parallel import EN, FR, shaped, text
from tests.core.strategies import canonical_html

SEED = Path(__file__).parents[3] / "shared" / "seed" / "polylang.xml"


def shown(beads: list[Bead]) -> str:
    """Counted from 1: "1=1 2=2+3 4= =5"."""
    return " ".join(
        "=".join("+".join(str(index + 1) for index in side) for side in bead) for bead in beads
    )


def one_to_one(count: int) -> str:
    return " ".join(f"{n}={n}" for n in range(1, count + 1))


ALL = "0 1 2 3 | 4 5 6 7 | 8 9 10 11 | 12 13 14 15 | 16 17 | 18 19"
SHAPES = {
    "as it is": (ALL, ALL, one_to_one(6)),
    "the fourth and the fifth in two": (
        "0 1 | 2 3 | 4 5 6 | 7 8 9 10 11 12 | 13 14 15 16 17 | 18 19",
        "0 1 | 2 3 | 4 5 6 | 7 8 9 10 | 11 12 | 13 14 15 | 16 17 | 18 19",
        "1=1 2=2 3=3 4=4+5 5=6+7 6=8",
    ),
    "a list of ten lines left out at the end": (
        "0 1 | 2 3 4 | 5 6 7 | 8 9 10 11 | 12 13 | 14 15 | 16 17 18 | "
        "Some addresses and dates | Friends of the Lower Canal | The tool library in Rue Basse | "
        "Neighbours against the ring road | Open kitchen every Monday | Bread and Soup: eating "
        "together | Plans of the old pumps, scanned by the city archive | Night bus | "
        "A map of houses standing empty | Radio Lower Canal",
        "0 1 | 2 3 4 | 5 6 7 | 8 9 10 11 | 12 13 | 14 15 | 16 17 18",
        f"{one_to_one(7)} 8= 9= 10= 11= 12= 13= 14= 15= 16= 17=",
    ),
    "two joined": (
        ALL,
        "0 1 2 3 | 4 5 6 7 8 9 10 11 | 12 13 14 15 | 16 17 | 18 19",
        "1=1 2+3=2 4=3 5=4 6=5",
    ),
    "no introduction": (ALL, ALL[len("0 1 2 3 | ") :], "1= 2=1 3=2 4=3 5=4 6=5"),
    "a middle left out": (ALL, "0 1 2 3 | 4 5 6 7 | 16 17 | 18 19", "1=1 2=2 3= 4= 5=3 6=4"),
    "a note of the translator's": (
        "0 1 2 3 | 4 5 6 7 | 8 9 10 11",
        "0 1 2 3 | (Note de la traduction : la bibliothèque était la dernière du quartier.) | "
        "4 5 6 7 | 8 9 10 11",
        "1=1 =2 2=3 3=4",
    ),
    "headings hold": (
        "0 1 | h0 | 12 13 14 | 15 | h1 | 18",
        "0 1 | h0 | 12 13 14 15 | h1 | 18",
        "1=1 2=2 3+4=3 5=4 6=5",
    ),
    "a heading left out": (
        "0 1 2 | h0 | 12 13 14 15 | h1 | 18 19",
        "0 1 2 | 12 13 14 15 | h1 | 18 19",
        "1=1 2= 3=2 4=3 5=4",
    ),
    "items of a list": (
        "18 | i0 | i1 | i2 | i3 | i4 | i5 | 19",
        "18 | i0 | i1 | i2 | i3 | i4 | i5 | 19",
        one_to_one(8),
    ),
    "an item left out": (
        "18 | i0 | i1 | i2 | i3 | i4 | 16 17",
        "18 | i0 | i2 | i3 | i4 | 16 17",
        "1=1 2=2 3= 4=3 5=4 6=5 7=6",
    ),
    "a list left out": (
        "16 17 | h1 | i0 | i1 | i3 | 18 19",
        "16 17 | h1 | 18 19",
        "1=1 2=2 3= 4= 5= 6=3",
    ),
    "nothing yet": ("0 1 | 2 3", "", "1= 2="),
    "nothing to translate": ("", "0 1 | 2 3", "=1 =2"),
    "nothing at all": ("", "", ""),
}


@pytest.mark.parametrize(("source", "target", "beads"), SHAPES.values(), ids=SHAPES)
def test_a_text_and_its_translation_are_aligned(source, target, beads):
    assert shown(align(shaped(EN, source), shaped(FR, target))) == beads


@pytest.mark.parametrize(("source", "target", "beads"), SHAPES.values(), ids=SHAPES)
def test_either_language_can_be_the_source(source, target, beads):
    turned = " ".join("=".join(bead.split("=")[::-1]) for bead in beads.split())
    assert shown(align(shaped(FR, target), shaped(EN, source))) == turned


def test_a_translation_that_is_half_as_long_again_is_aligned():
    wordy = text(FR, ALL).replace(".", ", et là-dessus nous n’allons pas changer d’avis.")
    assert len(wordy) > 1.5 * len(text(EN, ALL))
    assert shown(align(shaped(EN, ALL), segments(wordy))) == one_to_one(6)


def other_script(found: list[Segment]) -> list[Segment]:
    """As long, but with nothing in it that another language would write alike."""
    letters = str.maketrans(
        "abcdefghijklmnopqrstuvwxyz", "абвгдежзийклмнопрстуфхцчшщ", "0123456789"
    )
    return [segment(s.path, s.text.lower().translate(letters)) for s in found]


@pytest.mark.parametrize(
    "shape",
    ["the fourth and the fifth in two", "a list of ten lines left out at the end", "two joined"],
)
def test_lengths_are_enough_where_nothing_is_written_alike(shape):
    source, target, beads = SHAPES[shape]
    assert shown(align(shaped(EN, source), other_script(shaped(FR, target)))) == beads


def test_a_translation_in_a_denser_script_is_aligned():
    short = [segment(s.path, s.text[: len(s.text) // 3]) for s in other_script(shaped(FR, ALL))]
    assert shown(align(shaped(EN, ALL), short)) == one_to_one(6)


@pytest.mark.parametrize(
    "thing",
    [
        "room {}",
        '<a href="ref:bulletins.bulletin/{}">here</a>',
        '<a href="https://x.example/{}">here</a>',
    ],
)
def test_numbers_and_addresses_of_links_outweigh_lengths(thing):
    source = [segment("p", f"The same words in {thing.format(n)}.") for n in (11, 22, 33, 44)]
    target = [segment("p", f"Les mêmes mots, {thing.format(n)}.") for n in (22, 44)]
    assert shown(align(source, target)) == "1= 2=1 3= 4=2"


def test_names_outweigh_lengths():
    source = [segment("p", f"They met {name} there.") for name in ("Amina", "Jules", "Noor")]
    target = [segment("p", f"On y a vu {name}.") for name in ("Jules", "Noor")]
    assert shown(align(source, target)) == "1= 2=1 3=2"


def test_a_heading_is_aligned_to_a_heading():
    source = [segment("h2", "Of the canal"), segment("p", "Of the river")]
    target = [segment("p", "Du fleuve là")]
    assert shown(align(source, target)) == "1= 2=1"


def picture(number: int) -> Segment:
    return segment("img", f"ref:pictures.picture/{number}")


def pictured(text: list[Segment], *places: tuple[int, int]) -> list[Segment]:
    """The text with pictures: (where it stands then, its number)."""
    text = list(text)
    for place, number in places:
        text.insert(place, picture(number))
    return text


PICTURED = {
    "the same at the same place": ([(1, 7)], [(1, 7)], "1=1 2=2 3=3 4=4 5=5 6=6 7=7"),
    "another one": ([(1, 7)], [(1, 8)], "1=1 2= =2 3=3 4=4 5=5 6=6 7=7"),
    "in the source alone": ([(1, 7)], [], "1=1 2= 3=2 4=3 5=4 6=5 7=6"),
    "in the target alone": ([], [(1, 7)], "1=1 =2 2=3 3=4 4=5 5=6 6=7"),
    "elsewhere": ([(1, 7)], [(4, 7)], "1=1 2= 3=2 4=3 5=4 =5 6=6 7=7"),
    "first and last": ([(0, 7), (7, 8)], [(0, 7), (7, 8)], one_to_one(8)),
    "two in another order": (
        [(1, 7), (2, 8)],
        [(1, 8), (2, 7)],
        "1=1 2= 3=2 =3 4=4 5=5 6=6 7=7 8=8",
    ),
    "the same one twice": ([(1, 7), (3, 7)], [(1, 7)], "1=1 2=2 3=3 4= 5=4 6=5 7=6 8=7"),
}


@pytest.mark.parametrize(("source", "target", "beads"), PICTURED.values(), ids=PICTURED)
def test_a_picture_belongs_to_the_same_picture_and_disturbs_no_words(source, target, beads):
    source, target = pictured(shaped(EN, ALL), *source), pictured(shaped(FR, ALL), *target)
    assert shown(align(source, target)) == beads


def test_a_picture_in_the_middle_of_a_paragraph_that_was_split_stands_alone():
    source, target, beads = SHAPES["the fourth and the fifth in two"]
    assert beads == "1=1 2=2 3=3 4=4+5 5=6+7 6=8"

    found = align(shaped(EN, source), pictured(shaped(FR, target), (4, 7)))

    assert all(len(bead.source) + len(bead.target) == 1 for bead in found if 4 in bead.target)


def test_the_same_pictures_tell_which_paragraph_was_left_out():
    source = [segment("p", "Some words here"), picture(7), segment("p", "Some more here")]
    target = [picture(7), segment("p", "Du texte là")]
    assert shown(align(source, target)) == "1= 2=1 3=2"


def test_pictures_say_nothing_of_how_wordy_a_translation_is():
    short = [segment(s.path, s.text[: len(s.text) // 3]) for s in other_script(shaped(FR, ALL))]
    assert shown(align(pictured(shaped(EN, ALL), (3, 7)), pictured(short, (3, 7)))) == one_to_one(7)


def test_a_text_of_two_hundred_paragraphs_keeps_its_place_after_a_long_gap():
    source = [segment("p", f"{'word ' * (3 + n * 7 % 40)}end.") for n in range(200)]
    target = [segment("p", s.text.replace("word", "motà")) for s in (*source[:30], *source[80:])]
    beads = [
        f"{n}={n if n <= 30 else n - 50}" if not 30 < n <= 80 else f"{n}=" for n in range(1, 201)
    ]
    assert shown(align(source, target)) == " ".join(beads)


sides = canonical_html.map(segments)
words = st.builds(
    segment,
    st.sampled_from(["p", "h2", "ul/li/p", "text"]),
    st.one_of(st.text("ab. 1É", max_size=5), st.integers(0, 400).map("a ".__mul__)),
)
rows = st.one_of(words, words, st.integers(1, 3).map(picture))


@given(st.one_of(sides, st.lists(rows, max_size=60)), st.one_of(sides, st.lists(rows, max_size=60)))
@settings(max_examples=200, deadline=None)
def test_an_alignment_holds_every_segment_of_both_once_and_in_order(source, target):
    beads = align(source, target)
    assert list(chain.from_iterable(b.source for b in beads)) == list(range(len(source)))
    assert list(chain.from_iterable(b.target for b in beads)) == list(range(len(target)))
    assert {(len(b.source), len(b.target)) for b in beads} <= {
        (1, 1), (1, 2), (2, 1), (1, 0), (0, 1)
    }  # fmt: skip
    for bead in beads:
        said = [source[i] for i in bead.source] + [target[j] for j in bead.target]
        if any(each.is_picture for each in said):
            assert len({each.html for each in said}) == 1
            assert len(bead.source) <= 1 >= len(bead.target)


@pytest.mark.parametrize(("rows", "columns"), [(0, 900), (900, 0), (3, 900), (900, 3), (900, 400)])
def test_texts_of_very_different_lengths_are_covered(rows, columns):
    source = [segment("p", f"Number {n}.") for n in range(rows)]
    target = [segment("p", f"Numéro {n * 7 % 11}.") for n in range(columns)]
    beads = align(source, target)
    assert list(chain.from_iterable(b.source for b in beads)) == list(range(rows))
    assert list(chain.from_iterable(b.target for b in beads)) == list(range(columns))


REAL = {
    "Motorway blocked": "1=1 2=2 3=3 4=4+5 5=6+7 6=8",
    "Solidarity means": f"{one_to_one(7)} 8= 9= 10= 11= 12= 13= 14= 15= 16= 17=",
}


@pytest.mark.skipif(not SEED.exists(), reason="the seed export is not here")
@pytest.mark.parametrize(("title", "beads"), REAL.items())
def test_a_real_pair_is_aligned(title, beads):
    posts = parse(SEED).posts
    english = next(post for post in posts if post.title.startswith(title))
    french = next(
        post
        for post in posts
        if post.translations == english.translations and post.language == "fr"
    )
    source, target = (segments(canonical(to_html(p.body).html)) for p in (english, french))
    assert shown(align(source, target)) == beads
