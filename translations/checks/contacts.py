"""E-mail addresses, telephone and account numbers: one wrong character, and nobody is reached."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from translations.checks.base import Check, Pair, Problem, once, quoted

_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|(?<![\w.-])[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/\S*", re.IGNORECASE
)
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# ISO 13616: country, two check digits, up to 30 more, mostly written in groups of four.
_IBAN = re.compile(
    r"\b[A-Z]{2}\d{2}(?:[ \u00a0\u202f]?[A-Z0-9]{4}){2,7}(?:[ \u00a0\u202f]?[A-Z0-9]{1,3})?\b"
)
# It begins with +, 00 or 0, as numbers that are dialled do, and amounts and years do not.
_PHONE = re.compile(
    r"(?<![\w.,:/+])(?:\+\s?\d|\(?\+\d|\(?0\d)"
    r"(?:(?:[ \u00a0\u202f).-]|\((?=\d{1,4}\))){0,3}\d){6,14}(?![\d:])"
)
_DIGIT = re.compile(r"\d")
_DATE = re.compile(r"\d\d[./-]\d\d[./-](?:\d{4}|\d\d)(?![./-]?\d)")


class Contacts(Check):
    id = "contacts"
    title = gettext_lazy("e-mail, telephone, account number")

    def problems(self, pair: Pair) -> Iterator[Problem]:
        if not pair.is_comparable:
            return
        theirs, ours = found(pair.source), found(pair.target)
        lost = [said for key, said in theirs.items() if not _stands(key, ours)]
        new = [said for key, said in ours.items() if not _stands(key, theirs)]
        if lost and new:
            words = {"original": quoted(once(lost)), "here": quoted(once(new))}
            message = _("%(original)s in the original, %(here)s here.") % words
        elif lost:
            message = _("Missing here: %(words)s.") % {"words": quoted(once(lost))}
        elif new:
            message = _("Not in the original: %(words)s.") % {"words": quoted(once(new))}
        else:
            return
        yield self.problem(message, [*lost, "", *new])


def found(text: str) -> dict[str, str]:
    """What there is to reach somebody by in a text: {as it is compared: as it is written}."""
    emails = _EMAIL.findall(text) if "@" in text else []
    keys = {email.lower(): email for email in emails}
    text = _without_addresses(text)
    if _DIGIT.search(text):
        keys |= {_compact(said): said for said in map(_account, _IBAN.finditer(text))}
        phones = (match[0].strip() for match in _phones(_IBAN.sub(" ", text)))
        keys |= {_dialled(said): said for said in phones}
    return keys


def without(text: str) -> str:
    """The text without addresses, telephone and account numbers: their digits are no numbers."""
    text = _without_addresses(text)
    if _DIGIT.search(text):
        text = _IBAN.sub(" ", text)
        for match in reversed(list(_phones(text))):
            text = f"{text[: match.start()]} {text[match.end() :]}"
    return text


def _without_addresses(text: str) -> str:
    if "/" in text or "www." in text:
        text = _ADDRESS.sub(" ", text)
    return _EMAIL.sub(" ", text) if "@" in text else text


def _phones(text: str) -> Iterator[re.Match[str]]:
    return (match for match in _PHONE.finditer(text) if not _DATE.match(match[0]))


def _account(match: re.Match[str]) -> str:
    """The account number without the words in capitals that the pattern took along: "BIC"."""
    groups = match[0].split()
    while len(groups) > 1 and groups[-1].isalpha():
        groups.pop()
    return " ".join(groups)


def _compact(said: str) -> str:
    return "".join(said.split())


def _dialled(said: str) -> str:
    digits = "".join(c for c in said.replace("(0)", "") if c.isdigit() or c == "+")
    return f"+{digits[2:]}" if digits.startswith("00") else digits


def _stands(key: str, others: dict[str, str]) -> bool:
    if key in others:
        return True
    return any(_same_line(key, other) or _same_line(other, key) for other in others)


def _same_line(national: str, international: str) -> bool:
    """01 23 45 67 89 is +33 1 23 45 67 89: one to three digits of a country instead of the 0."""
    if national[:1] != "0" or international[:1] != "+":
        return False
    return 1 <= len(international) - len(national) <= 3 and international.endswith(national[1:])
