from __future__ import annotations

import pytest

from tests.translations.checks.pairs import alarms, messages, row

FINE = [
    ("Write to info@x.example.", "Écrivez à info@x.example."),
    ("Write to Info@x.example", "Écrivez à info@X.example."),
    ("Ring 01 23 45 67 89.", "Appelez le 01.23.45.67.89."),
    ("Ring +33 1 23 45 67 89.", "Appelez le 01 23 45 67 89."),
    ("Ring +33 (0)1 23 45 67 89.", "Appelez le 0033 1 23 45 67 89."),
    ("Ring 06 12 34 56 78 (24/7).", "Appelez le 06.12.34.56.78 (24h/24, 7j/7)."),
    ("Ring 020 7946 0018.", "Appelez le +44 20 7946 0018."),
    ("IBAN FR14 2004 1010 0505 0001 3M02 606", "IBAN : FR1420041010050500013M02606"),
    (
        "IBAN FR14 2004 1010 0505 0001 3M02 606 BIC CMRSFRP0",
        "BIC CMRSFRP0 FR1420041010050500013M02606",
    ),
    ("On 01.02.2015 at 10 and 08-09-2015", "Le 01/02/2015 à 10 h et le 8 septembre 2015"),
]
WRONG = [
    (
        "Write to info@x.example.",
        "Écrivez à infos@x.example.",
        "“info@x.example” in the original, “infos@x.example” here.",
    ),
    ("Write to info@x.example.", "Écrivez-nous.", "Missing here: “info@x.example”."),
    ("Write to us.", "Écrivez à a@x.example.", "Not in the original: “a@x.example”."),
    (
        "Ring 01 23 45 67 89.",
        "Appelez le 01 23 45 67 98.",
        "“01 23 45 67 89” in the original, “01 23 45 67 98” here.",
    ),
    (
        "Ring +33 1 23 45 67 89.",
        "Appelez le +32 1 23 45 67 89.",
        "“+33 1 23 45 67 89” in the original, “+32 1 23 45 67 89” here.",
    ),
    (
        "IBAN FR14 2004 1010 0505 0001 3M02 606",
        "IBAN FR14 2004 1010 0505 0001 3M02 616",
        "“FR14 2004 1010 0505 0001 3M02 606” in the original, "
        "“FR14 2004 1010 0505 0001 3M02 616” here.",
    ),
]


@pytest.mark.parametrize(("source", "target"), FINE)
def test_the_same_address_or_number_in_another_spelling_is_fine(source, target):
    assert alarms(row(source, target)) == []


@pytest.mark.parametrize(("source", "target", "message"), WRONG)
def test_one_other_character_is_named_once(source, target, message):
    assert messages(row(source, target)) == [message]
