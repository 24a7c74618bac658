from __future__ import annotations

from pathlib import Path

import pytest

from bulletins.wordpress.polylang import MalformedArray, groups, read_pairs, source
from bulletins.wordpress.wxr import parse

FIXTURES = Path(__file__).parent / "fixtures"
SEED = Path(__file__).parents[4] / "shared" / "seed" / "polylang.xml"


def grouped(name: str) -> list[dict[str | None, int]]:
    return [
        {language: post.id for language, post in group.posts.items()}
        for group in groups(parse(FIXTURES / name))
    ]


def test_posts_that_share_a_term_are_one_group():
    assert {"fr": 400, "en": 401} in grouped("polylang.xml")


def test_all_posts_and_pages_are_in_one_group_each():
    assert grouped("polylang.xml") == [
        {"fr": 400, "en": 401},
        {"en": 402},
        {"en": 410, "fr": 411},
        {"en": 420, "fr": 421},
    ]


def test_a_post_that_is_only_listed_gets_its_language_and_its_pair_from_the_list():
    pair = groups(parse(FIXTURES / "polylang.xml"))[2]
    assert [(post.id, post.language, post.translations) for post in pair.posts.values()] == [
        (410, "en", "pll_b"),
        (411, "fr", "pll_b"),
    ]
    assert pair.notes == ()


def test_the_earlier_post_is_the_source():
    assert source(groups(parse(FIXTURES / "polylang.xml"))[0]).id == 400


def test_of_two_posts_of_one_time_the_lower_number_is_the_source():
    assert source(groups(parse(FIXTURES / "polylang.xml"))[3]).id == 420


def test_a_site_without_polylang_gives_groups_of_one_without_a_language():
    assert grouped("plain-1.2.xml") == [{None: 20}, {None: 21}, {None: 22}, {None: 23}, {None: 26}]


def test_contradictions_are_settled_and_told():
    found = groups(parse(FIXTURES / "polylang-contradictions.xml"))
    assert [
        ({language: post.id for language, post in group.posts.items()}, group.notes)
        for group in found
    ] == [
        ({"fr": 1, "en": 3}, ()),
        (
            {"fr": 2},
            (
                "Number 2 is in the same group and language as number 1; it was kept as a text "
                "of its own.",
            ),
        ),
        (
            {"en": 4},
            (
                "Number 4 is marked as one of pll_b but also listed in pll_a; its own mark was "
                "followed.",
            ),
        ),
        ({None: 5}, ("Number 5 belongs to pll_b but has no language; it stands alone.",)),
        ({"en": 6}, ("The “es” side (number 999) is not in this file.",)),
        ({"fr": 7}, ("The “es” side (number 999) is not in this file.",)),
        (
            {"fr": 8},
            ("Number 8 is marked as “fr” but listed as “en”; its own mark was followed.",),
        ),
    ]


@pytest.mark.parametrize(
    ("description", "pairs"),
    [
        ('a:2:{s:2:"fr";i:400;s:2:"en";i:398;}', {"fr": 400, "en": 398}),
        ('a:2:{s:2:"en";s:1:"1";s:2:"fr";s:1:"2";}', {"en": 1, "fr": 2}),
        ('a:2:{s:2:"fr";i:4;s:4:"sync";a:1:{s:2:"en";s:2:"fr";}}', {"fr": 4}),
        ('a:2:{s:4:"sync";a:1:{s:1:"x";a:1:{i:0;N;}}s:2:"fr";i:4;}', {"fr": 4}),
        ('a:3:{s:2:"fr";b:1;s:2:"en";N;s:2:"de";i:-7;}', {}),
        ('a:1:{s:9:"langué€";i:4;}', None),
        ('a:1:{s:10:"langué€";i:4;}', {"langué€": 4}),
        ('a:1:{s:4:"a";}";i:5;}', {'a";}': 5}),
        ("a:0:{}", {}),
        ("a:1:{i:0;i:5;}", {}),
        ('a:1:{s:2:"fr";i:0;}', {}),
        ('a:1:{s:2:"fr";s:3:"4x5";}', {}),
    ],
)
def test_the_list_of_a_pair_is_read(description, pairs):
    if pairs is None:
        with pytest.raises(MalformedArray):
            read_pairs(description)
    else:
        assert read_pairs(description) == pairs


@pytest.mark.parametrize(
    "description",
    [
        "",
        "N;",
        "i:4;",
        'O:8:"stdClass":0:{}',
        'a:1:{s:2:"fr";O:3:"Foo":0:{}}',
        'a:1:{s:2:"fr";C:3:"Foo":0:{}}',
        'a:1:{s:2:"fr";R:1;}',
        'a:1:{s:2:"fr";d:1.5;}',
        "a:1:{a:0:{}i:1;}",
        'a:999999999:{s:2:"fr";i:4;}',
        'a:1:{s:999999999:"fr";i:4;}',
        'a:1:{s:2:"fr";i:4;',
        'a:1:{s:2:"fr";i:4;}trailing',
        "a:-1:{}",
        'a:1:{s:2:"fr";i:99999999999999999999999;}',
        "a:1:{i:0;" * 5_000,
    ],
)
def test_anything_else_is_refused(description):
    with pytest.raises(MalformedArray):
        read_pairs(description)


@pytest.mark.skipif(not SEED.exists(), reason="the seed export is not here")
def test_the_seed_export_gives_six_groups_two_of_them_pairs():
    found = groups(parse(SEED))
    assert [{language: post.id for language, post in g.posts.items()} for g in found] == [
        {"en": 100},
        {"en": 101},
        {"fr": 102, "en": 103},
        {"en": 104, "fr": 105},
        {"en": 106},
        {"en": 107},
    ]
    assert [source(group).id for group in found] == [100, 101, 102, 104, 106, 107]
