from __future__ import annotations

import pytest

from search import queries
from search.queries import parse


def understood(text: str) -> list[str]:
    return [str(term) for term in parse(text).terms]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("camp border", ["camp", "border"]),
        ('camp "right to stay" -police', ["camp", '"right to stay"', "-police"]),
        ("« sans papiers » “no borders” „hier“", ['"sans papiers"', '"no borders"', '"hier"']),
        ('-"the tents"', ['-"the tents"']),
        ("–police", ["-police"]),
        ("sans-papiers", ["sans-papiers"]),
        ('unbalanced "quote here', ["unbalanced", '"quote here"']),
        ("- -- \" '' l' « »", []),
        ("", []),
    ],
)
def test_a_query_is_understood(text, expected):
    assert understood(text) == expected


@pytest.mark.parametrize(
    ("text", "prefix"),
    [
        ("camp fron", "fron"),
        ("l'expul", "expul"),
        ('"camp fron', ""),
        ('"camp fron"', ""),
        ("camp -fron", ""),
        ("camp fr", ""),
        ("camp front.", ""),
        ("front !", ""),
    ],
)
def test_only_a_last_word_that_goes_on_is_a_beginning(text, prefix):
    assert parse(text).prefix == prefix


def compiled(text: str, language: str = "en", reader: str = "en", beginning=()):
    return queries.compiled(
        parse(text), language, reader=reader, beginning=lambda _prefix: list(beginning)
    )


def test_a_word_with_a_hyphen_is_a_phrase():
    assert compiled("sans-papiers.", "fr").required == ((("san", "papi"),),)


def test_a_beginning_stands_for_all_stems_that_begin_so_and_for_those_of_its_words():
    # The stem of « générale » is « general », that of « généreux » « gener ».
    found = compiled("généreu", "fr", beginning=["genereuse", "genereux"])

    assert found.required == ((("genereu",), ("genereu*",), ("gener",)),)


def test_a_beginning_after_a_hyphen_ends_a_phrase():
    assert compiled("sans-pap", "fr").required == ((("san", "pap"), ("san", "pap*")),)


def test_words_that_say_little_are_left_out_beside_others():
    assert compiled("the border.").required == ((("border",),),)


def test_words_that_say_little_count_alone_and_in_quotes():
    assert compiled("the", beginning=["theatre"]).required == ((("the",),),)
    assert compiled('"the border"').required == ((("the", "border"),),)


def test_gold_is_not_left_out_of_french():
    assert compiled("or pillé.", "fr", "fr").required == ((("or",),), (("pill",),))


def test_a_query_is_bounded():
    long = parse("mot " * 5_000)
    phrase = parse('"' + "ab " * 5_000)

    assert len(long.terms) == queries.MOST_TERMS
    assert len(phrase.terms[0].folded) == queries.MOST_IN_A_PHRASE


def test_words_of_a_text_are_recognised():
    lights = compiled("evicted bord", beginning=["border"]).lights

    seen = {word: lights.what(word) for word in ("eviction", "borderline", "bo", "the", "evil")}
    assert seen == {
        "eviction": (0, 0),
        "borderline": (1, 0),
        "bo": None,
        "the": None,
        "evil": None,
    }
    assert lights.number == 2


def test_an_arabic_word_is_recognised_behind_its_article():
    assert compiled("حدود.", "ar", "ar").lights.what("الحدود") == (0, 0)
