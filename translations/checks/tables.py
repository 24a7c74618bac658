"""What numbers and months are called, in the languages that the number check knows.

To teach it another language, add a table for it to each of `MONTHS`, `NUMBERS` and `TIMES`.
"""

from __future__ import annotations


def _numbered(names: str) -> dict[str, int]:
    """{name: number}; names of one number are parted by a stroke."""
    rows = enumerate(names.split(), start=1)
    return {name: number for number, row in rows for name in row.split("/")}


# fmt: off
MONTHS = {
    "en": _numbered(
        "january/jan february/feb march/mar april/apr may june/jun july/jul august/aug "
        "september/sept/sep october/oct november/nov december/dec"
    ),
    "fr": _numbered(
        "janvier/janv février/fevrier/févr/fév mars avril/avr mai juin juillet/juil août/aout "
        "septembre/sept octobre/oct novembre/nov décembre/decembre/déc"
    ),
}
NUMBERS = {}
NUMBERS["en"] = _numbered(
    "one/first/single/once two/second/twice/both/couple/pair/double three/third four/fourth "
    "five/fifth six/sixth seven/seventh eight/eighth nine/ninth ten/tenth eleven/eleventh "
    "twelve/twelfth/dozen thirteen fourteen/fortnight fifteen sixteen seventeen eighteen nineteen "
    "twenty"
) | {
    "zero": 0, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90, "hundred": 100, "hundreds": 100, "thousand": 1000, "thousands": 1000,
    "million": 10**6,
}
NUMBERS["fr"] = _numbered(
    "un/une/premier/première/premiers/premières "
    "deux/deuxième/deuxièmes/second/seconde/double trois/troisième quatre/quatrième "
    "cinq/cinquième six/sixième sept/septième huit/huitième/huitaine neuf/neuvième "
    "dix/dixième/dizaine onze/onzième douze/douzième/douzaine treize quatorze quinze/quinzaine "
    "seize"
) | {
    "zéro": 0, "vingt": 20, "vingts": 20, "vingtaine": 20, "trente": 30, "trentaine": 30,
    "quarante": 40, "quarantaine": 40, "cinquante": 50, "cinquantaine": 50, "soixante": 60,
    "cent": 100, "cents": 100, "centaine": 100, "centaines": 100, "mille": 1000, "millier": 1000,
    "milliers": 1000, "million": 10**6,
}
_HALF, _QUARTER = {"n30", "m30", "n0.5", "n1"}, {"n15", "n45", "m15", "m45"}
_NOON, _MIDNIGHT = {"n12", "t12:00"}, {"n0", "n12", "n24", "t0:00"}
TIMES = {
    "en": {
        "half": _HALF, "quarter": _QUARTER, "quarters": _QUARTER, "noon": _NOON, "midday": _NOON,
        "midnight": _MIDNIGHT, "fortnight": {"n15", "n14"},
    },
    "fr": {
        "demi": _HALF, "demie": _HALF, "quart": _QUARTER, "quarts": _QUARTER, "midi": _NOON,
        "minuit": _MIDNIGHT,
    },
}
# fmt: on

SCALES = {
    **dict.fromkeys(["k", "thousand", "mille", "millier", "milliers"], 1000),
    **dict.fromkeys(["m", "million", "millions"], 10**6),
    **dict.fromkeys(["bn", "billion", "billions", "milliard", "milliards"], 10**9),
}
