"""The pictures of the old site, taken from a folder into the library.

Each comes through the same pipeline as an upload, and nobody has said yet whether the people in it
agreed: readers do not see it before somebody does. One file is one picture, in however many posts
and languages it stands. What was imported before is found again by its number on the old site; what
was withdrawn or deleted here does not come back. No name of a file is kept, and no hash of one: a
camera's name tells the day and the hour, and a hash would prove for ever that a file was here.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.db import transaction

from bulletins.models import ImportedPicture
from bulletins.wordpress.attachments import Attachments, host_of
from bulletins.wordpress.fields import plain
from bulletins.wordpress.images import Image, Shown
from bulletins.wordpress.ledger import Ledger
from bulletins.wordpress.redirects import belongs
from bulletins.wordpress.sides import language_of
from bulletins.wordpress.uploads import NotFound, Uploads, name_of
from bulletins.wordpress.wxr import Export, Post
from core.images import Refused
from pictures import acts, uses
from pictures.models import Picture, Place
from pictures.naming import words_of

_NEVER = {"private": "It is private.", "trash": "It is in the bin."}
_NAME_LENGTH = 80


class Album:
    """The pictures of one import: what posts show, as pictures of ours.

    Without `uploads` none comes; they are counted.
    """

    def __init__(self, uploads: Uploads | None, export: Export, site: str, ledger: Ledger):
        self.uploads = uploads
        self.site = site
        self.ledger = ledger
        self.attachments = Attachments(export)
        # The attachments whose words were told.
        self.told: set[int] = set()
        self._home = host_of(f"//{site}")
        self._rows: dict[int, ImportedPicture] = {}
        self._by_file: dict[Path, int] = {}
        self._refused: dict[Path, str] = {}
        self._new: dict[int, Path] = {}
        self._passed_over: set = set()

    def begin(self):
        rows = ImportedPicture.objects.filter(site=self.site).select_related("picture")
        self._rows = {row.attachment: row for row in rows}

    def of(self, post: Post, language: str, unmarked: str | None) -> OfPost:
        """The pictures of one post. What does not tell its language is in `unmarked`, if anybody
        knows."""
        return OfPost(self, post, language, unmarked)

    def pass_over(self, image: Image):
        """Count a picture that nobody asked for."""
        numbers = self.attachments.numbers(image)
        self._passed_over.add(numbers[0] if numbers else image.address or image.number)
        self.ledger.pictures_passed_over = len(self._passed_over)

    def picture(self, image: Image) -> int:
        """The key of the picture that an image shows, added to the library where it is new.

        Raises NotFound, core.images.Refused.
        """
        records, numbers = self.attachments.of(image), self.attachments.numbers(image)
        for record in records:
            if reason := _refusal(record):
                raise NotFound(reason)
        known = next((self._rows[number] for number in numbers if number in self._rows), None)
        pk = _key(known) if known else self._from_folder(image, records)
        self._remember(pk, numbers)
        return pk

    def settle(self):
        """After a group of posts: what was added for it, and came to stand nowhere, goes again."""
        for pk, path in self._new.items():
            if uses.of(Picture(pk=pk)):
                self.ledger.pictures += 1
            else:
                self._forget(pk, path)
        self._new = {}

    def end(self):
        self.ledger.attachments_taken = sum(
            row.picture_id is not None
            for number, row in self._rows.items()
            if self.attachments.get(number)
        )

    @transaction.atomic
    def _forget(self, pk: int, path: Path):
        # Not left without its picture: that would say that somebody has deleted it.
        ImportedPicture.objects.filter(picture=pk).delete()
        acts.delete(pk)
        self._rows = {n: row for n, row in self._rows.items() if row.picture_id != pk}
        del self._by_file[path]

    def _from_folder(self, image: Image, records: list[Post]) -> int:
        address = self.attachments.file_of(image)
        if not address:
            raise NotFound(_why_no_file(image))
        host = host_of(address)
        is_ours = not host or belongs(host, self._home) or host in self.attachments.hosts
        path = self.uploads.find(address, in_its_month=not is_ours)
        if path in self._refused:
            raise NotFound(self._refused[path])
        if path not in self._by_file:
            self._by_file[path] = self._added(path, _named(image, address, records))
        return self._by_file[path]

    def _added(self, path: Path, name: str) -> int:
        try:
            with self.uploads.open(path) as file:
                pk = acts.add(file, name=name).pk
        except (NotFound, Refused) as reason:
            self._refused[path] = str(reason)
            raise
        self._new[pk] = path
        return pk

    @transaction.atomic
    def _remember(self, pk: int, numbers: list[int]):
        for number in numbers:
            if number not in self._rows:
                self._rows[number] = ImportedPicture.objects.create(
                    site=self.site, attachment=number, picture_id=pk
                )


class OfPost:
    """The pictures of one post (`images.Pictures`): with its words, in its language."""

    def __init__(self, album: Album, post: Post, language: str, unmarked: str | None):
        self._album = album
        self._post = post
        self._language = language
        self._unmarked = unmarked
        self._told: set[str] = set()

    @property
    def are_told(self) -> bool:
        return self._album.uploads is not None

    def take(self, image: Image, place: Place) -> Shown | None:
        if not self.are_told:
            self._album.pass_over(image)
            return None
        try:
            pk = self._album.picture(image)
        except (NotFound, Refused) as reason:
            self._tell(image, str(reason))
            return None
        records = self._album.attachments.of(image)
        words = [_words(record, place) for record in records if self._speaks(record)]
        shown = Shown(
            pk,
            place,
            alt=_first([" ".join(image.alt.split()), *(alt for alt, _caption in words)]),
            caption=_first([caption for _alt, caption in words]),
        )
        if not (shown.alt or self._unmarked):
            self._tell_of_words(record for record in records if not record.language)
        return shown

    def gallery(self, attributes: str) -> list[Image]:
        return self._album.attachments.gallery(self._post, attributes)

    def _speaks(self, record: Post) -> bool:
        """Whether a record's words are in the language of this post."""
        spoken = language_of(record.language) if record.language else self._unmarked
        return spoken == self._language

    def _tell_of_words(self, records: Iterable[Post]):
        """Tell what is said of a picture in nobody knows which language, and so is left out."""
        for record in records:
            if record.alt and record.id not in self._album.told:
                self._album.told.add(record.id)
                self._album.ledger.note(
                    self._post,
                    "What a picture shows is said in no language that the export names, and was "
                    f"left out: “{plain(record.alt)}”.",
                )

    def _tell(self, image: Image, reason: str):
        name = name_of(self._album.attachments.file_of(image) or image.address)
        if not name:
            name = f"picture {image.number}" if image.number else "a picture"
        told = f"{name[:_NAME_LENGTH]}: {reason}"
        if told not in self._told:
            self._told.add(told)
            self._album.ledger.leave_picture_out(self._post, told)


def _words(record: Post, place: Place) -> tuple[str, str]:
    """Description and caption of an attachment."""
    # Under a picture in its text, a post says itself what is to be read there.
    return plain(record.alt), "" if place == Place.TEXT else plain(record.excerpt)


def _key(row: ImportedPicture) -> int:
    if row.picture_id is None:
        raise NotFound("It was imported before, and deleted here.")
    if row.picture.is_withdrawn:
        raise NotFound("It was imported before, and withdrawn here.")
    return row.picture_id


def _refusal(record: Post) -> str | None:
    """Why an attachment must not come, whoever shows it."""
    return "It is protected by a password." if record.password else _NEVER.get(record.status)


def _why_no_file(image: Image) -> str:
    if image.address.lower().startswith("data:"):
        return "It is no file: it is written into the text."
    if image.number and not image.address:
        return "The export does not say which file it is."
    return "It is no file of a picture."


def _named(image: Image, address: str, records: list[Post]) -> str:
    """What it is called in the library: in words, never as a camera called it."""
    titles = [words_of(f"{record.title}.") for record in records]
    return _first([*titles, words_of(name_of(address)), image.alt])


def _first(texts: list[str]) -> str:
    return next(filter(None, texts), "")
