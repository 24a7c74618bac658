from __future__ import annotations

from django.utils.translation import override

from core.languages import direction
from links import countries, languages, naming


def test_names_with_accents_stand_where_a_reader_looks_for_them():
    names = {"SN": "Sénégal", "ER": "Érythrée", "ES": "espagne", "ZA": "Zambie"}

    assert naming.choices(names) == [
        ("ER", "Érythrée"),
        ("ES", "Espagne"),
        ("SN", "Sénégal"),
        ("ZA", "Zambie"),
    ]


def test_only_the_codes_asked_for_are_offered():
    assert naming.choices(countries.NAMES, ["GB", "BE"]) == [
        ("BE", "Belgium"),
        ("GB", "United Kingdom"),
    ]


def test_codes_are_iso_codes():
    assert {len(code) for code in countries.NAMES} == {2}
    assert all(code.isupper() for code in countries.NAMES)
    assert {len(code) for code in languages.NAMES} == {2, 3}
    assert all(code.islower() for code in languages.NAMES)


def test_every_name_is_there_once():
    for names in (countries.NAMES, languages.NAMES):
        with override("en"):
            assert len({str(name) for name in names.values()}) == len(names)


def test_names_are_sorted_in_the_readers_language():
    with override("en"):
        assert languages.names(["ar", "fr", "en"]) == ["Arabic", "English", "French"]


def test_the_languages_written_from_right_to_left_are_known_as_such():
    assert [code for code in languages.NAMES if direction(code) == "rtl"] == [
        *("ar", "ckb", "fa", "prs", "ps", "ur")
    ]
