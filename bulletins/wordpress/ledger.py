"""What an import did, item by item, for the person who ran it."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from copy import copy
from dataclasses import asdict, dataclass, field, replace

from bulletins.wordpress.wxr import Export, Post
from core import languages


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to say about one post. Its number is None where it has none."""

    number: int | None
    title: str
    text: str

    def __str__(self) -> str:
        number = "Without a number" if self.number is None else f"Number {self.number}"
        return f"{number} “{_short(self.title)}”: {self.text}"


@dataclass(frozen=True, slots=True)
class Imported:
    """One document that was made: "bulletin" or "page"; "live", "scheduled" or "draft"."""

    model: str
    title: str
    languages: tuple[str, ...]
    state: str


@dataclass
class Ledger:
    """Filled while an import runs; `as_text` for people, `as_dict` for programs."""

    site: str
    address: str
    version: str
    is_dry_run: bool = False
    found: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    imported: list[Imported] = field(default_factory=list)
    added: list[Remark] = field(default_factory=list)
    unchanged: int = 0
    deleted_here: int = 0
    left_out: list[Remark] = field(default_factory=list)
    not_carried: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    redirects: int = 0
    links: int = 0
    pictures: int = 0
    pictures_left_out: list[Remark] = field(default_factory=list)
    pictures_passed_over: int = 0
    attachments_taken: int = 0
    comments: int = 0
    tags: Counter[str] = field(default_factory=Counter)
    other_taxonomies: tuple[str, ...] = ()
    control_characters: int = 0

    @classmethod
    def of(cls, export: Export, *, is_dry_run: bool = False) -> Ledger:
        """The ledger of an export of which nothing is imported yet."""
        content = [post for post in export.posts if post.kind in ("post", "page")]
        return cls(
            site=export.site,
            address=export.base_url,
            version=export.version,
            is_dry_run=is_dry_run,
            found=Counter(post.kind for post in export.posts),
            left_out=[
                Remark(None, one.title, f"Item {one.position} of the file. {one.reason}")
                for one in export.unreadable
            ],
            comments=sum(post.comments for post in content),
            tags=Counter(tag.name or tag.slug for post in content for tag in post.tags),
            other_taxonomies=export.other_taxonomies,
            control_characters=export.control_characters,
        )

    def point(self) -> dict:
        """The ledger as it stands, to come back to with `rewind`."""
        return {
            name: len(value) if isinstance(value, list) else copy(value)
            for name, value in vars(self).items()
        }

    def rewind(self, point: dict):
        """Forget what was written since `point`: it was rolled back."""
        for name, value in point.items():
            if isinstance(getattr(self, name), list):
                del getattr(self, name)[value:]
            else:
                setattr(self, name, value)

    def leave_out(self, post: Post, reason: str):
        self.left_out.append(Remark(post.id, post.title, reason))

    def leave_picture_out(self, post: Post, reason: str):
        self.pictures_left_out.append(Remark(post.id, post.title, reason))

    def note(self, post: Post, text: str):
        self.notes.append(Remark(post.id, post.title, text))

    def could_not_carry(self, post: Post, losses: list[str]):
        if losses:
            self.not_carried.append(Remark(post.id, post.title, ", ".join(losses)))

    @property
    def paired(self) -> int:
        return sum(len(one.languages) > 1 for one in self.imported)

    def as_dict(self) -> dict:
        # Python 3.11's asdict makes nonsense of a Counter.
        counted = {n: dict(v) for n, v in vars(self).items() if isinstance(v, Counter)}
        return {**asdict(replace(self, **counted)), "paired": self.paired}

    def as_text(self) -> str:
        # A title comes from a foreign file, and what is printed here a terminal would obey.
        return "\n".join(_printable(line) for line in self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"Import of “{self.site}” ({self.address}), export version {self.version}"
        if self.is_dry_run:
            yield "A dry run: this is what would happen. Nothing was written."
        yield from _section("Found", self._found())
        yield from _section("Imported", self._imported())
        yield from _section("Added to what was here already", map(str, self.added))
        yield from _section("Left as it was", self._untouched())
        yield from _section("Left out", map(str, self.left_out))
        yield from _section("Could not be carried", map(str, self.not_carried))
        yield from _section("Pictures that did not come", map(str, self.pictures_left_out))
        yield from _section("Worth a look", map(str, self.notes))
        yield from _section("Not taken", self._not_taken())

    def _found(self) -> Iterator[str]:
        yield f"{_count(self.found['post'], 'post')}, {_count(self.found['page'], 'page')}"
        if self.languages:
            yield "Languages: " + _list(self.languages)

    def _imported(self) -> Iterator[str]:
        kinds = Counter(one.model for one in self.imported)
        yield f"{_count(kinds['bulletin'], 'bulletin')}, {_count(kinds['page'], 'page')}"
        if self.paired:
            yield f"{self.paired} of them in more than one language"
        if self.imported:
            yield _list(Counter(one.state for one in self.imported))
        if self.topics:
            yield f"{_count(len(self.topics), 'new topic')}: {', '.join(self.topics)}"
        if self.redirects:
            yield f"{_count(self.redirects, 'old address', 'old addresses')} lead here now"
        if self.links:
            yield f"{_count(self.links, 'link')} between the posts lead to where they are now"
        if self.pictures:
            pictures = _count(self.pictures, "picture")
            yield f"{pictures}, kept from readers until an editor says who can be recognised"

    def _untouched(self) -> Iterator[str]:
        if self.unchanged:
            yield f"{_count(self.unchanged, 'post')} imported before, with whatever was edited here"
        if self.deleted_here:
            yield f"{_count(self.deleted_here, 'post')} imported before and deleted here since"

    def _not_taken(self) -> Iterator[str]:
        yield "Names, logins and addresses of authors"
        if self.comments:
            yield f"{_count(self.comments, 'comment')}, and who wrote them"
        others = Counter(self.found)
        del others["post"], others["page"]
        if attachments := others.pop("attachment", 0) - self.attachments_taken:
            yield f"{_count(attachments, 'attachment')}: {self._why_attachments_stay}"
        if self.pictures_passed_over:
            pictures = _count(self.pictures_passed_over, "picture")
            yield f"{pictures} in the posts, which come with --media FOLDER"
        if others:
            yield "Other records: " + _list(others)
        if self.tags:
            yield f"{_count(len(self.tags), 'tag')}: {_list(self.tags)}"
        if self.other_taxonomies:
            yield "Other ways of sorting: " + ", ".join(self.other_taxonomies)
        if self.control_characters:
            yield _count(self.control_characters, "control character")

    @property
    def _why_attachments_stay(self) -> str:
        if self.attachments_taken:
            return "pictures that no post shows, and other files"
        return "pictures and files stay on the old site"


def language_name(code: str) -> str:
    return languages.name(code) if code in languages.codes() else f"“{code}”"


def _section(title: str, lines) -> Iterator[str]:
    lines = list(lines)
    if lines:
        yield ""
        yield title
        yield from (f"  {line}" for line in lines)


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _list(counted: Counter[str]) -> str:
    return ", ".join(f"{name} {number}" for name, number in counted.most_common())


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"


def _printable(line: str) -> str:
    # Cf holds the marks that turn a line's direction; the joiners of Arabic and Persian stay.
    kept = ("\u200c", "\u200d")
    return "".join(
        c for c in line if c in kept or unicodedata.category(c) not in ("Cc", "Cf", "Cs")
    )
