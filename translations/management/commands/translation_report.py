"""How the translations stand, for people at a terminal and for programs."""

from __future__ import annotations

import json
from argparse import RawDescriptionHelpFormatter
from collections import Counter

from django.core.management import BaseCommand, CommandError
from django.core.management.base import DjangoHelpFormatter
from django.utils import translation

from core import languages
from translations.desk import titles, urgency
from translations.models import Side
from translations.status import Status, Work

HELP = """How every translation stands: one line for each text and language, and totals.

With --json, a list of objects with four names:
  document  "<app>.<model>/<number>", such as "bulletins.bulletin/12"
  language  the language of this side, such as "fr"
  state     "missing", "outdated" or "current"; where somebody is at work on it, or has sent it for
            review, followed by "+in_progress" or "+submitted", such as "outdated+in_progress"
  words     words of the original that are still to be translated, or looked at again; where
            somebody has begun, those that are left in the draft
What is most urgent comes first, as on the board. Originals are no translations and are not listed.
"""


class Formatter(RawDescriptionHelpFormatter, DjangoHelpFormatter):
    """Keeps the lines of the help, and Django's order of options."""


class Command(BaseCommand):
    help = HELP

    def create_parser(self, *args, **kwargs):
        return super().create_parser(*args, formatter_class=Formatter, **kwargs)

    def add_arguments(self, parser):
        parser.add_argument("--language", help="Only translations into this language: fr")
        parser.add_argument(
            "--json", action="store_true", dest="as_json", help="For programs: a list of objects"
        )

    def handle(self, *, language, as_json, **options):
        if language is not None and language not in languages.codes():
            known = ", ".join(languages.codes())
            raise CommandError(f"“{language}” is no language of this site. They are: {known}.")
        sides = [side for side in report(language) if titles.model_of(side) is not None]
        with translation.override("en"):
            self.stdout.write(as_data(sides) if as_json else as_words(sides))


def report(language: str | None):
    """The sides that are translations, what is most urgent first."""
    sides = Side.objects.light().translations()
    if language:
        sides = sides.filter(language=language)
    return sides.order_by(*urgency.for_all())


def document_of(side: Side) -> str:
    return f"{titles.model_of(side)._meta.label_lower}/{side.object_id}"


def state_of(status: Status) -> str:
    """Both axes in one word that programs can cut at the plus sign."""
    return status.public.value + ("" if status.work == Work.NONE else f"+{status.work.value}")


def as_data(sides: list[Side]) -> str:
    return json.dumps(
        [
            {
                "document": document_of(side),
                "language": side.language,
                "state": state_of(side.status),
                "words": side.words_to_do,
            }
            for side in sides
        ],
        indent=2,
    )


def as_words(sides: list[Side]) -> str:
    """A table that a terminal shows, and a total for each language."""
    if not sides:
        return "There is nothing to translate."
    names = titles.of(sides)
    rows = [_row(side, names) for side in sides]
    widths = [max(len(row[place]) for row in rows) for place in range(4)]
    lines = [
        f"{words:>{widths[0]}} words left  {language:<{widths[1]}}  {state:<{widths[2]}}  "
        f"{document:<{widths[3]}}  {title}"
        for words, language, state, document, title in rows
    ]
    return "\n".join([*lines, "", *_totals(sides)])


def _row(side: Side, names: dict) -> tuple[str, str, str, str, str]:
    title = names[titles.key(side)].text if titles.key(side) in names else "(it is gone)"
    name = languages.english_name(side.language)
    return str(side.words_to_do), name, side.status.label, document_of(side), title


def _in_a_sentence(status: Status) -> str:
    """The badge of a side, without the comma that parts the numbers of a list."""
    return " and ".join(status.label.split(", "))


def _totals(sides: list[Side]):
    # Each side once: what is in progress is not counted as missing, too.
    states = Counter((side.language, _in_a_sentence(side.status)) for side in sides)
    words = Counter()
    for side in sides:
        words[side.language] += side.words_to_do
    for code in languages.codes():
        if found := sorted((label, n) for (its, label), n in states.items() if its == code):
            told = ", ".join(f"{number} {label}" for label, number in found)
            yield f"{languages.english_name(code)}: {told}; {words[code]} words left"
