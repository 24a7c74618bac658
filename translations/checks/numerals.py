"""Numbers, times and dates found in a text, each with everything that it may mean.

10 AM is 10 h and 10 o'clock, 2–5 pm is 14–17 h, 1,000 is 1.000, 9/11 is 9 November or 11
September: see `readings`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from translations.checks import readings
from translations.checks.tables import MONTHS, SCALES

_SPACE = "[ \u00a0\u202f\u2009]"
_ORDINAL = r"(?:st|nd|rd|th|er|[eè]?re|e|[eè]me|ᵉʳ?)?"
_HALF_DAY = r"(?:[ap]m\b|[ap]\.m\.)"
# Not the digits but the whole is a figure of speech: 24/7, 24h/24, 7 j/7.
_IDIOM = re.compile(
    rf"\b24{_SPACE}?(?:/{_SPACE}?7|h(?:eures)?{_SPACE}?(?:/|sur){_SPACE}?24)\b"
    rf"|\b7{_SPACE}?j(?:ours)?{_SPACE}?(?:/|sur){_SPACE}?7\b",
    re.IGNORECASE,
)
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")
# In the order in which they are tried. MONTH is filled in per language.
_DATES = rf"""
    (?P<date>(?P<d1>\d{{1,2}}){_ORDINAL}\s(?:of\s|d['’])?(?P<m1>MONTH)\b)
  | (?P<us_date>(?P<m2>MONTH)\.?\s(?P<d2>\d{{1,2}}){_ORDINAL}(?![\w:]))
  | (?P<month>(?P<m3>MONTH)\.?\s(?=\d{{4}})) |"""
_FIGURES = rf"""
    (?P<name>[^\W\d_]+\d\w*)
  | (?P<iso>\d{{4}}-\d\d-\d\d)(?!\d)
  | (?P<numeric>\d{{1,2}}(?P<stroke>[/.-])\d{{1,2}}(?P=stroke)(?:\d{{4}}|\d\d))(?!\d)
  | (?P<past>(?P<part>half|quarter)\s(?P<to>past|to)\s(?P<h0>\d{{1,2}}))\b
  | (?P<span>(?P<h1>\d{{1,2}})(?:[:.](?P<min1>[0-5]\d))?
      (?={_SPACE}?(?:[-–—/]|to|till|until|and|à|et){_SPACE}?\d{{1,2}}(?:[:.][0-5]\d)?{_SPACE}?
         (?:(?P<half1>{_HALF_DAY})|h(?![^\W\d_]))))
  | (?P<clock>(?P<h2>\d{{1,2}})
      (?: (?P<colon>:)(?P<min2>[0-5]\d)(?!\d)(?:{_SPACE}?(?P<half2>{_HALF_DAY}))?
        | {_SPACE}?h{_SPACE}?(?P<min3>[0-5]\d)(?!\d)
        | {_SPACE}(?:heures?|hours?)\s(?:and\s|et\s)?(?P<min4>[0-5]\d)(?!\d)
        | {_SPACE}heures?\set\s(?P<min5>demie|quart)\b))
  | (?P<hour>(?P<h3>\d{{1,2}})(?:\.(?P<min6>[0-5]\d))?{_SPACE}?(?P<half3>{_HALF_DAY}))
  | (?P<h>(?P<h4>\d{{1,2}}){_SPACE}?h(?!\w))
  | (?P<short>\d{{1,2}}/\d{{1,2}})(?![\d/])
  | (?P<number>
      (?P<digits>\d{{1,3}}(?P<sep>[.,'’]|{_SPACE})\d{{3}}(?:(?P=sep)\d{{3}})*
          (?:[.,]\d{{1,2}})?(?!\d)
        | \d+(?:[.,]\d+)?)
      (?:{_SPACE}?(?:(?P<scale>SCALE)|(?P<hours>heures?))\b | (?P<tail>\w*)))
"""


class Figure(NamedTuple):
    """The very words, and what they may mean: the likely meaning first."""

    said: str
    readings: tuple[str, ...]


def figures(text: str, language: str) -> list[Figure]:
    """Every number, time and date that is written in digits."""
    if not text.isascii():
        text = _OTHER_DIGIT.sub(lambda match: str(int(match[0])), text)
    text = _IDIOM.sub(" ", text)
    return [
        Figure(match[0].strip(), reading)
        for match in _pattern(language).finditer(text)
        for reading in _READERS[match.lastgroup](match, language)
    ]


@cache
def _pattern(language: str) -> re.Pattern[str]:
    months = MONTHS.get(language)
    dates = ""
    if months:
        names = "|".join(sorted(months, key=len, reverse=True))
        # "may" and "march" are English words of their own, but for the capital.
        names = f"(?-i:{names.title()}|{names.upper()})" if language == "en" else f"(?:{names})"
        dates = _DATES.replace("MONTH", names)
    figure = _FIGURES.replace("SCALE", "|".join(sorted(SCALES, key=len, reverse=True)))
    return re.compile(rf"(?<!\w)(?:{dates}{figure})", re.VERBOSE | re.IGNORECASE)


_READERS: dict[str, Callable] = {
    "date": readings.date,
    "us_date": readings.date,
    "month": readings.date,
    "name": readings.name,
    "iso": readings.numeric,
    "numeric": readings.numeric,
    "short": readings.numeric,
    "past": readings.past,
    "span": readings.span,
    "clock": readings.clock,
    "hour": readings.hour,
    "h": readings.hour,
    "number": readings.number,
}
