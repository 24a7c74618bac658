"""What the desk's templates are given: plain data, already escaped where it is HTML.

Built by `translations.desk.building`; every field that ends in `_html` is safe HTML whose links
have addresses, all other texts are plain.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.safestring import SafeString

from core import languages
from core.segments import Words


@dataclass(frozen=True)
class Language:
    """A language as a page needs it: for `lang`, for `dir`, and for a sentence."""

    code: str
    name: str
    dir: str

    @classmethod
    def of(cls, code: str) -> Language:
        return cls(code, languages.name(code), languages.direction(code))


@dataclass(frozen=True)
class Block:
    """One block of text in a column: `tag` is p, h2, h3 or hr; `is_item` and `is_quote` say what
    stands around it, `depth` how many lists."""

    tag: str
    html: SafeString
    is_item: bool = False
    is_quote: bool = False
    depth: int = 0


@dataclass(frozen=True)
class Problem:
    """What a check found. A `wall` cannot be allowed, a `note` needs no reason to be passed by;
    `reason` is set where somebody allowed it."""

    id: str
    message: str
    wall: bool = False
    note: bool = False
    reason: str = ""


@dataclass(frozen=True)
class OtherText:
    """What somebody else wrote into the same cell at the same time. `number` counts from 0."""

    number: int
    by: str
    at: datetime | None
    html: SafeString
    text: str
    words: Words = field(default_factory=list)  # from the cell's text to this one


@dataclass(frozen=True)
class DeskRow:
    """One source segment (or several) beside its cell.

    `kind` is one of those of `translations.desk.merging.Shown`. `words` is what changed in the
    source since this row was confirmed, filled where kind is “changed”.
    """

    key: str
    part: str
    kind: str
    is_rich: bool
    # The source.
    source: list[Block]
    source_text: str
    source_words: int
    words: Words
    seen: str
    # The cell.
    cell: list[Block]
    cell_html: SafeString
    typed: str
    blank: str
    was: str
    is_empty: bool
    omitted: bool
    others: list[OtherText]
    problems: list[Problem]
    # What can be done with it.
    is_done: bool
    can_confirm: bool
    can_dismiss: bool
    can_omit: bool
    can_up: bool
    can_down: bool
    can_merge: bool
    can_split: bool

    @property
    def anchor(self) -> str:
        return f"row-{self.key}"

    @property
    def is_changed(self) -> bool:
        """Whether the translator has to look at it because of what happened to the source."""
        return self.kind not in ("same", "own")


@dataclass(frozen=True)
class PartRows:
    """The rows of one field: “Title”, “Text”."""

    key: str
    label: str
    is_rich: bool
    is_required: bool
    rows: list[DeskRow]


@dataclass(frozen=True)
class Group:
    """The document itself (`heading` ""), or one of its children under its own heading."""

    key: str
    anchor: str
    label: str
    heading: str
    is_gone: bool
    parts: list[PartRows]

    @property
    def rows(self) -> list[DeskRow]:
        return [row for part in self.parts for row in part.rows]


@dataclass(frozen=True)
class Progress:
    """`done` of `of` rows; `words` of the source are left to do."""

    done: int
    of: int
    words: int

    @property
    def left(self) -> int:
        return self.of - self.done

    @property
    def percent(self) -> int:
        return 100 * self.done // self.of if self.of else 100


@dataclass(frozen=True)
class Claim:
    """Who is on it: “I'm on it”, until when; `by` is "" where nobody is."""

    by: str = ""
    is_mine: bool = False
    until: datetime | None = None


@dataclass(frozen=True)
class May:
    """What this person may do here."""

    write: bool
    publish: bool


@dataclass(frozen=True)
class Link:
    """A document to go to."""

    url: str
    title: str


@dataclass(frozen=True)
class MovedPart:
    """One part that changed under the translator's feet: its paragraphs, as
    `core.segments.Change`."""

    label: str
    changes: list


@dataclass(frozen=True)
class Moved:
    """Why it was not published: what changed in the source since it was last seen here, and what
    readers' side says that this draft never saw."""

    source: list[MovedPart]
    side: list[MovedPart]


@dataclass(frozen=True)
class Urls:
    """Every address that the page's forms and scripts use."""

    desk: str
    save: str
    row: str
    preview: str
    review: str
    claim: str
    versions: str
    board: str
    glossary: str
    reader: str  # the readers' page of the source, "" where there is none
    admin: str  # "" for who may not go there


@dataclass(frozen=True)
class DeskPage:
    """The desk, its preview and its review: one side with all that is known of it."""

    name: str
    title: str
    kind: str
    source: Language
    target: Language
    status: object  # translations.status.Status
    is_live: bool
    groups: list[Group]
    progress: Progress
    problem_count: int
    saw: str
    revision: int
    source_moved: bool
    has_draft: bool
    saved_at: datetime | None
    saved_by: str
    submitted_at: datetime | None
    submitted_by: str
    note: str
    hold: bool
    claim: Claim
    people: list[str]
    may: May
    urls: Urls
    before: Link | None = None
    after: Link | None = None
    moved: Moved | None = None

    @property
    def rows(self) -> list[DeskRow]:
        return [row for group in self.groups for row in group.rows]

    @property
    def problems(self) -> list[Problem]:
        """What the checks found, and what was allowed for a reason (`problem_count` is without)."""
        return [problem for row in self.rows for problem in row.problems]

    @property
    def changed(self) -> list[DeskRow]:
        """What the source did since: to be looked at first. Empty for a side that never was."""
        if not self.has_side:
            return []
        return [row for row in self.rows if row.is_changed and not row.is_done]

    @property
    def has_side(self) -> bool:
        """Whether readers have (or had, in this draft's beginning) a side in this language."""
        return self.status.public in ("current", "outdated")


@dataclass(frozen=True)
class VersionRow:
    """One line in the list of a side's versions."""

    pk: int
    at: datetime
    by: str
    act: str
    changes: list[MovedPart]
