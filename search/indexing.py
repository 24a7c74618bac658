"""The index follows the texts, in the transaction in which they change (`followers`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import astuple
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

from search import documents, registry, rows, vocabulary
from search.engines import engine
from search.models import Entry, EntryText
from search.rows import Passage, Row


def follow(document, *, is_going: bool):
    """A document has changed, or is about to go: so do its rows."""
    if registry.options(document) is None:
        return
    with transaction.atomic():
        _replace(document, [] if is_going else rows.of(document))


def write_again(document):
    """Write the rows of a document, whether or not they have changed."""
    with transaction.atomic():
        _replace(document, rows.of(document), is_again=True)


def _replace(document, wanted: list[Row], *, is_again: bool = False):
    known = {entry.language: entry for entry in _entries(document)}
    before = {language: as_row(entry) for language, entry in known.items()}
    after = {row.language: row for row in wanted}
    gone = [known[language].pk for language in known.keys() - after.keys()]
    changed = [row for row in wanted if is_again or before.get(row.language) != row]
    if not (gone or changed):
        return
    remove(gone)
    for row in changed:
        if row.language in known:
            _write_over(known[row.language], row)
    insert((document, row) for row in changed if row.language not in known)
    # Only these: what stays as it is has the same words before and after.
    touched = {row.language for row in changed} | (before.keys() - after.keys())
    difference = _words(changed)
    difference.subtract(_words(before[language] for language in before.keys() & touched))
    vocabulary.change(difference)
    if any(number < 0 for number in difference.values()):
        transaction.on_commit(engine().tidy, robust=True)


def insert(found: Iterable[tuple[object, Row]]):
    """Write the rows of documents that have none yet, without counting their words."""
    made = [(_entry(document), row, Stems.of(row)) for document, row in found]
    for entry, row, stems in made:
        _fill(entry, row, stems)
    Entry.objects.bulk_create([entry for entry, _row, _stems in made], batch_size=200)
    EntryText.objects.bulk_create(
        [EntryText(entry=entry, **_text(row)) for entry, row, _stems in made], batch_size=200
    )
    _write_stems((entry, stems) for entry, _row, stems in made)


def _write_over(entry: Entry, row: Row):
    stems = Stems.of(row)
    _fill(entry, row, stems)
    entry.save(force_update=True)
    EntryText.objects.filter(pk=entry.pk).update(**_text(row))
    _write_stems([(entry, stems)])


class Stems(NamedTuple):
    title: list[str]
    text: list[str]

    @classmethod
    def of(cls, row: Row) -> Stems:
        return cls(documents.title(row), documents.text(row))


def _write_stems(found: Iterable[tuple[Entry, Stems]]):
    with connection.cursor() as cursor:
        engine().write(cursor, [(entry.pk, *stems) for entry, stems in found])


def remove(pks: list[int]):
    """Forget entries, without counting their words."""
    if pks:
        with connection.cursor() as cursor:
            engine().remove(cursor, pks)
        Entry.objects.filter(pk__in=pks).delete()


def _words(found: Iterable[Row]) -> Counter:
    return sum(map(vocabulary.forms, found), Counter())


def _entries(document) -> list[Entry]:
    content_type = ContentType.objects.get_for_model(document)
    found = Entry.objects.filter(content_type=content_type, object_id=document.pk)
    return list(found.select_related("text").order_by("pk"))


def as_row(entry: Entry) -> Row:
    """The row that an entry was written from."""
    passages = tuple(Passage(*passage) for passage in entry.text.passages)
    readers = tuple(entry.readers.split())
    return Row(entry.language, readers, entry.kind, entry.date, entry.text.title, passages)


def _entry(document) -> Entry:
    content_type = ContentType.objects.get_for_model(document)
    return Entry(content_type=content_type, object_id=document.pk)


def _fill(entry: Entry, row: Row, stems: Stems):
    entry.language = row.language
    entry.kind = row.kind
    entry.date = entry.public_from = row.date
    entry.year = row.year
    entry.readers = " ".join(row.readers)
    engine().fill(entry, *stems)


def _text(row: Row) -> dict:
    return {"title": row.title, "passages": [astuple(passage) for passage in row.passages]}
