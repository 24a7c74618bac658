"""What the desk's templates are given: plain data, already escaped where it is HTML.

Built by `translations.desk.building`; every field that ends in `_html` is safe HTML whose links
have addresses, all other texts are plain.
"""

from __future__ import annotations

from dataclasses import dataclass
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
class Fault:
    """Why the text in a row was not taken. `typed` is that text and `was` what its browser knew,
    where nothing of it was kept; both are None where it stands in the draft.

    `is_first` says that the page begins there.
    """

    message: str
    typed: str | None = None
    was: str | None = None
    is_first: bool = False


@dataclass(frozen=True)
class OtherText:
    """What somebody else wrote into the same cell at the same time. `number` counts from 0."""

    number: int
    by: str
    html: SafeString
    text: str


@dataclass(frozen=True)
class Picture:
    """A picture in a row of its own: as it stands in the original and in the translation, each ""
    where it does not stand there.

    `name` is how it is called in words. It `is_new` while no draft and no text of readers has it,
    and `is_elsewhere` where the translation has it in another place.
    """

    name: str
    source: SafeString
    cell: SafeString
    is_new: bool = False
    is_elsewhere: bool = False


@dataclass(frozen=True)
class DeskRow:
    """One source segment (or several) beside its cell, or a picture.

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
    words: Words
    seen: str
    # The cell.
    cell_html: SafeString
    typed: str
    blank: str
    was: str
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
    picture: Picture | None = None
    fault: Fault | None = None

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
    is_required: bool
    is_neutral: bool
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
    """`done` of `of` rows, pictures not counted; `words` of the source are left to do."""

    done: int
    of: int
    words: int

    @property
    def left(self) -> int:
        return self.of - self.done


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
    reader: str  # the readers' page of the source, "" where there is none
    public: str  # the readers' page in this language, "" where there is none
    admin: str  # "" for who may not go there


@dataclass(frozen=True)
class DeskPage:
    """The desk, its preview and its review: one side with all that is known of it.

    It `brings` pictures where the original has some that no draft and no text of readers has.
    """

    title: str
    kind: str
    source: Language
    target: Language
    status: object  # translations.status.Status
    groups: list[Group]
    progress: Progress
    saw: str
    revision: int
    source_moved: bool
    brings: bool
    has_draft: bool
    saved_at: datetime | None
    saved_by: str
    submitted_at: datetime | None
    submitted_by: str
    note: str
    sent_back_at: datetime | None
    sent_back_by: str
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
        """What the checks found, and what was allowed for a reason."""
        return [problem for row in self.rows for problem in row.problems]

    @property
    def faulty(self) -> list[DeskRow]:
        """The rows whose texts were not taken: to be mended before all else."""
        return [row for row in self.rows if row.fault]

    @property
    def is_kept(self) -> bool:
        """Whether all that was typed stands in the draft."""
        return all(row.fault.typed is None for row in self.faulty)

    @property
    def changed(self) -> list[DeskRow]:
        """What the source did since: to be looked at first. Empty for a side that never was."""
        if not self.has_side:
            return []
        return [row for row in self.rows if row.is_changed and not row.is_done]

    @property
    def can_be_judged(self) -> bool:
        """Whether there is something to publish: a draft, or what came along with the original."""
        return self.has_draft or self.brings

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
