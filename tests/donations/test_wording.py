from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from donations import wording


def codes(function, *args, **kwargs) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        function(*args, **kwargs)
    assert all(caught.value.messages)
    return [error.code for error in caught.value.error_list]


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("", ""),
        ("  \u200b ", ""),
        ("SOLIDARITY 2026", "SOLIDARITY 2026"),
        ("  Don\u00a0 pour\nTract ", "Don pour Tract"),
        ("L\u2019aide", "L'aide"),
        ("a/b-c?:().,'+ d", "a/b-c?:().,'+ d"),
        ("x" * 18, "x" * 18),
    ],
)
def test_a_reference_is_cleaned_to_one_line(text, reference):
    assert wording.clean_reference(text) == reference


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("x" * 19, "length"),
        ("Solidarité", "characters"),
        ("legal & bail", "characters"),
        ("a_b", "characters"),
        ("<b>", "characters"),
        ("a\x00b", "characters"),
        ("/legal", "slash"),
        ("legal/", "slash"),
        ("legal//bail", "slash"),
    ],
)
def test_a_bad_reference_is_refused_with_its_reason(text, code):
    assert codes(wording.clean_reference, text) == [code]


def test_a_reference_for_euro_accounts_alone_may_have_140_characters():
    limit = wording.EURO_REFERENCE_MAX
    assert limit == 140
    assert wording.clean_reference("x" * limit, max_length=limit) == "x" * limit
    assert codes(wording.clean_reference, "x" * (limit + 1), max_length=limit) == ["length"]


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("Association Été à Çà & là", "Association Été à Çà & là"),
        ("  Les\u00a0Amis\n de\tTract ", "Les Amis de Tract"),
        ("Ete\u0301", "Eté"),
        ("A\u202eB\u200b\u2060C", "ABC"),
        ("جمعية", "جمعية"),
        ("é" * 70, "é" * 70),
    ],
)
def test_a_holder_is_cleaned_to_one_line(text, holder):
    assert wording.clean_holder(text) == holder


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("\u200b \u00a0", "empty"),
        ("é" * 71, "length"),
        ("a" * 10_000, "length"),
        ("a\x00b", "characters"),
        ("a\ud800b", "characters"),
    ],
)
def test_a_bad_holder_is_refused_with_its_reason(text, code):
    assert codes(wording.clean_holder, text) == [code]


def test_a_bank_need_not_be_named():
    assert wording.clean_bank("  ") == ""
    assert wording.clean_bank(" Caisse\u00a0des Marées ") == "Caisse des Marées"


def test_a_banks_name_without_an_end_is_refused():
    assert codes(wording.clean_bank, "a" * 71) == ["length"]
