"""What a figure may mean, as short strings: its likely meaning first, then the other ones.

n12.5 is a number, t12:30 a time of the day, d8 a month, m30 "half past", wcop21 a name. Every
function is given a match of the patterns in `numerals`; where it holds several figures (the day
and the month), it yields the readings of each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from translations.checks.tables import MONTHS, SCALES

Match = re.Match[str]
Readings = Iterator[tuple[str, ...]]


def date(match: Match, language: str) -> Readings:
    day, month = match["d1"] or match["d2"], match["m1"] or match["m2"] or match["m3"]
    if day:
        yield (f"n{int(day)}",)
    yield (f"d{MONTHS[language][month.lower()]}",)


def numeric(match: Match, language: str) -> Readings:
    """2015-08-20, 20/08/2015, 8/20: where both may be the month, both are."""
    parts = [int(part) for part in re.split(r"\D", match[0])]
    if match["iso"]:
        parts.reverse()
    (day, month), years = parts[:2], parts[2:]
    days = [n for n, other in ((day, month), (month, day)) if 1 <= other <= 12 and 1 <= n <= 31]
    if not days:
        yield from ((f"n{n}",) for n in parts)
        return
    months = [f"{kind}{day + month - n}" for kind in "dn" for n in days]
    yield tuple(dict.fromkeys(f"n{n}" for n in days))
    yield tuple(dict.fromkeys(months))
    for year in years:
        yield (f"n{year}",) if year > 99 else (f"n{year + 2000}", f"n{year}", f"n{year + 1900}")


def span(match: Match, language: str) -> Readings:
    """The 2 of "2–5 pm" and "2 to 5 pm": in the afternoon, but 11–1 pm begins in the morning."""
    hour, minute = int(match["h1"]), int(match["min1"] or 0)
    likely = time(hour, minute, match["half1"])
    yield tuple(dict.fromkeys([*likely, *time(hour, minute, None), f"n{hour}"]))


def clock(match: Match, language: str) -> Readings:
    minute = match["min2"] or match["min3"] or match["min4"] or match["min5"]
    minute = int({"demie": "30", "quart": "15"}.get(minute.lower(), minute))
    said = match["h2"]
    # Only with a colon 7:30 may be in the evening: 7h30 never is.
    yield time(int(said), minute, match["half2"], either=bool(match["colon"]) and said[0] != "0")


def hour(match: Match, language: str) -> Readings:
    hour = int(match["h3"] or match["h4"])
    yield time(hour, int(match["min6"] or 0), match["half3"])


def past(match: Match, language: str) -> Readings:
    hour = int(match["h0"]) - (match["to"].lower() == "to")
    minute = 30 if match["part"].lower() == "half" else 45 if match["to"].lower() == "to" else 15
    yield time(hour, minute, None, either=True)


def time(hour: int, minute: int, half: str | None, *, either: bool = False) -> tuple[str, ...]:
    if hour > 24:
        return (f"n{hour}", f"n{minute}") if minute else (f"n{hour}",)
    if half and hour <= 12:
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    readings = [f"t{hour % 24}:{minute:02}"]
    if either and 1 <= hour <= 11:
        readings.append(f"t{hour + 12}:{minute:02}")
    if minute == 0:
        readings += [f"n{hour}", f"n{hour % 12 or 12}"]
    elif minute in (15, 30, 45):
        readings.append(f"m{minute}")
    return tuple(readings)


def number(match: Match, language: str) -> Readings:
    digits, tail = match["digits"], match["tail"] or ""
    meant = list(values(digits, match["sep"]))
    scale = SCALES.get((match["scale"] or "").lower(), 1)
    factors = dict.fromkeys([1, scale])
    readings = [plain_number(value * factor) for factor in factors for value in meant]
    if match["hours"] and len(digits) <= 2:
        readings += time(int(digits), 0, None)  # 7 heures, 19 heures
    if dotted := re.fullmatch(r"(\d{1,2})\.([0-5]\d)", digits):
        readings += time(int(dotted[1]), int(dotted[2]), None, either=True)
    if re.search(r"\d{4}[-–/]$", match.string[max(0, match.start() - 5) : match.start()]):
        century = match.string[match.start() - 5 : match.start() - 3]  # 2014-15
        readings.append(f"n{century}{digits}")
    if len(digits) == 2 and match.string[match.start() - 1 : match.start()] in ("'", "’"):
        readings += [f"n20{digits}", f"n19{digits}"]  # ’15
    if tail.lower() == "s":  # the 1990s are the 90s
        readings.append(f"n{digits[-2:]}")
    yield tuple(readings)


def values(digits: str, separator: str | None) -> Iterator[Decimal]:
    plain = re.sub("[^0-9.,]", "", digits)
    if separator is None:
        yield Decimal(plain.replace(",", "."))
        return
    whole, _mark, rest = re.fullmatch(r"(.*?)(?:([.,])(\d{1,2}))?", plain).groups()
    yield Decimal(f"{re.sub('[.,]', '', whole)}.{rest or 0}")
    if separator in ".," and plain.count(separator) == 1 and not rest:
        yield Decimal(plain.replace(",", "."))


def plain_number(value: Decimal) -> str:
    return f"n{value.normalize():f}"


def name(match: Match, language: str) -> Readings:
    """COP21, M25: a name, which another language may take apart."""
    numbers = (digits.lstrip("0") or "0" for digits in re.findall(r"\d+", match[0]))
    yield (f"w{match[0].lower()}", *(f"n{number}" for number in numbers))
