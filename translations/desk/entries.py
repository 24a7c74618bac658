"""What the board's templates are given: plain data about sides and their documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from core import languages
from translations.desk import people, titles
from translations.desk.page import Language, May
from translations.desk.titles import Title
from translations.models import Side
from translations.status import Public, Work

# The people whom an entry names.
ON_IT = ("claimed_by", "sent_back_by")


class Viewer:
    """The person who looks, and what they may do in each language."""

    def __init__(self, person):
        self.person = person
        self.may: dict[str, May] = {code: people.rights(person, code) for code in languages.codes()}

    @cached_property
    def writes(self) -> list[str]:
        return [code for code, may in self.may.items() if may.write]

    @cached_property
    def publishes(self) -> list[str]:
        return [code for code, may in self.may.items() if may.publish]

    @cached_property
    def translates(self) -> list[str]:
        """The languages that are theirs: an editor, who may write in all, chooses none of them."""
        return [code for code in self.writes if people.may(self.person, "translate", code)]


@dataclass(frozen=True)
class Entry:
    """One side as this person sees it; `url` is "" where there is nothing for them to do."""

    side: Side
    title: Title
    kind: str
    language: Language
    url: str
    is_mine: bool
    is_to_judge: bool = False

    @property
    def status(self):
        return self.side.status

    @property
    def mark(self) -> str:
        """The look of its badge: what waits for a review stands out, whatever readers have."""
        return self.status.work if self.status.work == Work.SUBMITTED else self.status.public

    @property
    def since(self) -> datetime | None:
        """From when it has been as it is, None where nobody waits."""
        if self.status.work == Work.SUBMITTED:
            return self.side.submitted_at
        moment = self.side.waiting_since
        return moment if moment and moment <= timezone.now() else None

    @property
    def age(self) -> str:
        """“for 3 days”, "" where nobody waits."""
        return age(self.since)

    @property
    def words_left(self) -> int:
        """What a translator has still to read, 0 where nothing is left to write."""
        wanting = self.status.public in (Public.MISSING, Public.OUTDATED)
        return self.side.words_to_do if wanting and self.status.work != Work.SUBMITTED else 0

    @property
    def claimant(self) -> str:
        return self.side.claimant.get_username() if self.side.claimant else ""

    @property
    def is_sent_back(self) -> bool:
        """Whether an editor has sent it back, with a note that its translator reads at the desk."""
        return self.side.sent_back_at is not None

    @property
    def sent_back_by(self) -> str:
        return self.side.sent_back_by.get_username() if self.side.sent_back_by else ""

    @property
    def has_facts(self) -> bool:
        """Whether there is anything to say beside the badge."""
        return bool(self.age or self.words_left or self.claimant or self.is_sent_back)

    @property
    def is_useful(self) -> bool:
        """Whether this person has something to do there: to write, or to judge."""
        if not self.url:
            return False
        wanting = self.status.public in (Public.MISSING, Public.OUTDATED)
        return self.is_to_judge or (wanting and self.status.work != Work.SUBMITTED)

    @property
    def publication(self) -> str:
        """Whether readers can see the document: “live”, “scheduled”, “draft”."""
        if self.side.public_from is None:
            return "draft"
        return "live" if self.side.public_from <= timezone.now() else "scheduled"

    @property
    def source(self) -> Language:
        return Language.of(self.side.source_language)


def age(moment: datetime | None) -> str:
    """How long ago `moment` was, as it stands after “outdated”: “for 3 days”."""
    if moment is None:
        return ""
    if (timezone.now() - moment).total_seconds() < 3600:
        return _("for less than an hour")
    return _("for %(time)s") % {"time": timesince(moment, depth=1)}


def entry(side: Side, title: Title, viewer: Viewer) -> Entry:
    is_to_judge = side.submitted_at is not None and side.language in viewer.publishes
    return Entry(
        side=side,
        title=title,
        kind=titles.kind_of(side),
        language=Language.of(side.language),
        url=_url(side, viewer, is_to_judge),
        is_mine=side.claimant is not None and side.claimed_by_id == viewer.person.pk,
        is_to_judge=is_to_judge,
    )


def entries(sides: Iterable[Side], names: dict, viewer: Viewer) -> list[Entry]:
    """Those of `sides` whose document is still there."""
    return [entry(s, names[titles.key(s)], viewer) for s in sides if titles.key(s) in names]


@dataclass(frozen=True)
class Row:
    """One document of the board, with a cell for each language that is shown. Its title leads to
    `url`, "" where this person has no business with any side of it."""

    about: Entry
    cells: list[Entry | None]
    url: str = ""


def rows(documents: list, sides: Iterable[Side], names: dict, viewer: Viewer, codes: list[str]):
    """The rows of the board, in the order of `documents` (the keys of documents)."""
    by_document: dict = defaultdict(dict)
    for cell in entries(sides, names, viewer):
        by_document[titles.key(cell.side)][cell.side.language] = cell
    return [
        Row(
            next(iter(cells.values())),
            [cells.get(code) for code in codes],
            _first_useful(cells, codes, viewer),
        )
        for key in documents
        if (cells := by_document.get(key))
    ]


def _first_useful(cells: dict[str, Entry], codes: list[str], viewer: Viewer) -> str:
    """Where somebody goes who presses a title: to what they can do, in a language that is shown, in
    one that is theirs; else to a side that they may write in."""
    mine = [cells[code] for code in viewer.writes if code in cells and cells[code].url]
    mine.sort(
        key=lambda cell: (
            cell.language.code not in codes,
            not cell.is_useful,
            cell.language.code not in viewer.translates,
        )
    )
    return mine[0].url if mine else ""


def _url(side: Side, viewer: Viewer, is_to_judge: bool) -> str:
    may = viewer.may.get(side.language)
    if may is None or side.is_source or not may.write:
        return ""
    return reverse(
        "desk:review" if is_to_judge else "desk:desk",
        kwargs={"name": titles.name_of(side), "language": side.language},
    )
