"""How it stands, language by language, and what waits for whom."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F, Q, Sum, Window
from django.db.models.functions import Coalesce, RowNumber

from core import languages
from translations.desk import urgency
from translations.desk.entries import ON_IT
from translations.desk.page import Language
from translations.models import Side
from translations.status import PUBLIC, WORK, Public, Work

# As much as anybody looks through in one go; the board's filters show the others.
SHOWN = 12


@dataclass(frozen=True)
class Standing:
    """One language: numbers of texts, and words of the originals.

    Every text is missing, outdated or current; in progress and submitted count across these.
    """

    language: Language
    texts: int = 0
    missing: int = 0
    outdated: int = 0
    current: int = 0
    in_progress: int = 0
    submitted: int = 0
    words: int = 0
    words_done: int = 0

    @property
    def wanting(self) -> int:
        return self.missing + self.outdated

    @property
    def percent(self) -> int:
        return 100 * self.words_done // self.words if self.words else 100


def standings() -> list[Standing]:
    """How it stands in every language of the site, in the order of menus; one query."""
    counted = {row.pop("language"): row for row in _counted()}
    return [_standing(code, counted.get(code, {})) for code in languages.codes()]


def _counted():
    whole = Q(whole=True)
    by_language = Side.objects.translations().order_by().values("language")
    return by_language.annotate(
        texts=Count("pk"),
        **{state: Count("pk", filter=PUBLIC[state]) for state in Public if state != Public.SOURCE},
        **{state: Count("pk", filter=WORK[state]) for state in (Work.IN_PROGRESS, Work.SUBMITTED)},
        words=Sum("source_words"),
        words_done=Coalesce(Sum(F("source_words") - F("words_left"), filter=whole), 0),
    )


def _standing(code: str, row: dict) -> Standing:
    row = {str(name): value for name, value in row.items()}
    return Standing(Language.of(code), **row)


def next_for(person, codes: list[str]) -> list[Side]:
    """What `person` might do next: one side for each of the languages `codes` that has any."""
    open_sides = Side.objects.light().open_for(person).filter(language__in=codes)
    place = Window(RowNumber(), partition_by=F("language"), order_by=urgency.for_one(person))
    found = open_sides.annotate(place=place).filter(place=1).select_related(*ON_IT)
    return sorted(found, key=lambda side: codes.index(side.language))


def ready(codes: list[str]) -> list[Side]:
    """What waits to be published in the languages `codes`: who has waited longest comes first."""
    submitted = Side.objects.light().translations().work(Work.SUBMITTED)
    submitted = submitted.filter(language__in=codes).select_related(*ON_IT, "submitted_by")
    return list(submitted.order_by("submitted_at", "pk")[:SHOWN])


def held() -> list[Side]:
    """The sides for which drafts wait that are to be published in several languages at once."""
    waited_for = Side.objects.light().translations().filter(hold=True)
    waited_for = waited_for.select_related(*ON_IT)
    return list(waited_for.order_by("content_type", "object_id", "language")[:SHOWN])
