"""Which words count as one: enough to find a term in the plural."""

from __future__ import annotations

import pytest

from translations.checks.stems import stem_words

MEET = {
    "en": """
        loss losses, pass passes, address addresses, impasse impasses, bus buses, virus viruses,
        minibus minibuses, house houses, cause causes, use uses, fuse fuses, gas gases,
        menu menus, case cases, cache caches, ache aches, headache headaches, church churches,
        box boxes, city cities, tie ties, squat squats
    """,
    "fr": """
        journal journaux, lieu lieux, perte pertes, bus bus, réfugié réfugiée réfugiées,
        actif active, travailleur travailleuses
    """,
}
DIFFER = {
    "en": "bus busy, plea please, tea tease, the these, pass past, loss lose, men menus",
    "fr": "lieu ligne, perte port",
}


def words(table: dict[str, str]):
    for language, told in table.items():
        for group in told.split(","):
            yield pytest.param(language, group.split(), id=" ".join(group.split()))


def stems(language: str, found: list[str]) -> set[str]:
    return {stem for word in found for stem in stem_words(word, language)}


@pytest.mark.parametrize(("language", "found"), words(MEET))
def test_forms_of_a_word_meet(language, found):
    assert len(stems(language, found)) == 1


@pytest.mark.parametrize(("language", "found"), words(DIFFER))
def test_other_words_do_not_meet(language, found):
    assert len(stems(language, found)) == len(found)


def test_a_language_without_a_table_keeps_its_words():
    assert stem_words("Buses, LOSSES", "de") == ["buses", "losses"]
