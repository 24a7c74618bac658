"""Pairs for the tests of the checks, written as short as possible."""

from __future__ import annotations

from translations.checks import Hit, Pair, check_row


def row(source: str, target: str, languages: str = "en fr", **more) -> Pair:
    """One paragraph on each side; inline HTML is allowed. "" is an empty cell."""
    source_language, target_language = languages.split()
    cells = (f"<p>{text}</p>" if text else "" for text in (source, target))
    return Pair(*cells, source_language, target_language, **more)


def plain(source: str, target: str, **more) -> Pair:
    """A title: escaped text without blocks."""
    return Pair(source, target, "en", "fr", is_rich=False, **more)


def alarms(pair: Pair) -> list[str]:
    """The ids of what is wrong in a row."""
    return [problem.id for problem in check_row(pair)]


def messages(pair: Pair) -> list[str]:
    return [problem.message for problem in check_row(pair)]


def term(word: str, *wanted: str, forbidden: tuple[str, ...] = (), as_is: bool = False):
    return (Hit(word, wanted, forbidden, as_is),)
