"""Searching for what is alike."""

from __future__ import annotations

import random

import pytest
from rapidfuzz import fuzz, process

from translations import likeness

pytestmark = pytest.mark.django_db


VOCABULARY = (
    "people police port night kitchen blankets lawyer court street solidarity border ferry camp "
    "eviction morning donations open bring warm clothes the a of and to in we they are is at from "
    "volunteers meeting minutes against without papers housing winter doors closed tomorrow"
).split()


def sentence(random_: random.Random, length: int) -> str:
    return " ".join(random_.choices(VOCABULARY, k=length))


def rewritten(random_: random.Random, text: str, share: float) -> str:
    words = text.split()
    for _time in range(int(len(words) * share)):
        place = random_.randrange(len(words))
        change = random_.randrange(4)
        if change == 0:
            words[place] = random_.choice(VOCABULARY)
        elif change == 1:
            words[place] += random_.choice(["s", "es", "ing"])
        elif change == 2:
            words.insert(place, random_.choice(VOCABULARY))
        elif len(words) > 3:
            del words[place]
    return " ".join(words)


def test_leaving_out_what_shares_no_words_loses_nothing():
    random_ = random.Random(5)
    texts = [sentence(random_, random_.randint(3, 50)) for _number in range(1500)]
    index = likeness.Index((text, number) for number, text in enumerate(texts))

    for number in range(150):
        asked = rewritten(random_, random_.choice(texts), (number % 6) / 10)
        every = process.extract(
            asked, sorted(set(texts), key=len), scorer=fuzz.ratio, score_cutoff=70, limit=None
        )
        expected = {(int(score), text) for text, score, _place in every}
        assert {(one.likeness, one.text) for one in index.like(asked, 2000)} == expected


def test_a_changed_index_is_as_one_made_anew():
    random_ = random.Random(7)
    numbered = [(sentence(random_, random_.randint(1, 3)), number) for number in range(300)]
    index = likeness.Index(reversed(numbered[:200]))

    changed = index.changed(numbered[40:90], reversed(numbered[200:]))

    anew = likeness.Index(reversed(numbered[:40] + numbered[90:]))
    for asked in {text for text, _number in numbered}:
        assert sorted(changed.like(asked, 500)) == sorted(anew.like(asked, 500))
    assert len(index) == len({text for text, _number in numbered[:200]})


def test_every_word_in_the_plural_is_still_alike():
    singular = "the angry migrant comrade and tired neighbour open the old kitchen door together"
    plural = "the angry migrants comrades and tired neighbours opens the olds kitchens doors"
    index = likeness.Index([(singular, 1)])

    assert [one.holders for one in index.like(plural, 3)] == [[1]]


def test_a_language_without_spaces_is_compared_by_its_letters():
    text = "我们今天晚上在港口为所有没有住处的人开放厨房并且分发温暖的衣服和毯子" * 3
    index = likeness.Index([(text, 1)])

    assert [one.likeness for one in index.like("".join(text[:60] + "不" + text[60:]), 3)] == [99]
