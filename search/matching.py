"""The questions that are put to the index, in SQL that both databases understand.

The order of what is found: the reader's language, then the others as they stand in menus; titles
that hold all that is wanted; the newest, undated last; and by key, so that no two are ever equal.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils import timezone

from core import languages
from search import registry
from search.engines import engine
from search.queries import Wanted


@dataclass(frozen=True)
class Filters:
    """What narrows down the hits."""

    kind: str = ""
    topic: int | None = None
    year: int | None = None


@dataclass(frozen=True)
class Match:
    """What one reader asks for: the query in each language, and the language of the reader."""

    reader: str
    wanted: tuple[Wanted, ...]

    @property
    def expression(self) -> str:
        return engine().matching(self.wanted, self.reader)

    @property
    def in_title(self) -> str:
        return engine().matching_titles(self.wanted)


def counts(match: Match, topic: int | None = None) -> list[tuple[str, int | None, int]]:
    """(kind, year, how many) of all that matches."""
    where, values = _where(match, Filters(topic=topic))
    return _rows(
        f"SELECT entry.kind, entry.year, count(*) FROM {engine().ENTRIES} "
        f"WHERE {where} GROUP BY entry.kind, entry.year",
        values,
    )


def page(match: Match, filters: Filters, start: int, length: int) -> list[int]:
    """The keys of the entries from `start` on, best first."""
    where, values = _where(match, filters)
    rank, ranked = _rank(match.reader)
    rows = _rows(
        f"SELECT entry.id FROM {engine().ENTRIES} WHERE {where} "
        f"ORDER BY {rank}, CASE WHEN {engine().IN_TITLE} THEN 0 ELSE 1 END, "
        "entry.date DESC NULLS LAST, entry.object_id, entry.content_type_id, entry.id "
        "LIMIT %s OFFSET %s",
        [*values, *ranked, match.in_title, length, start],
    )
    return [pk for (pk,) in rows]


def numbers(matches: Iterable[Match]) -> list[int]:
    """How many hits each of several questions has: one query."""
    parts, values = [], []
    for place, match in enumerate(matches):
        where, own = _where(match, Filters())
        parts.append(f"SELECT {place} AS place, count(*) FROM {engine().ENTRIES} WHERE {where}")
        values += own
    if not parts:
        return []
    found = dict(_rows(" UNION ALL ".join(parts), values))
    return [found[place] for place in range(len(parts))]


def _where(match: Match, filters: Filters) -> tuple[str, list]:
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    conditions = [engine().MATCHES, "(entry.public_from IS NULL OR entry.public_from <= %s)"]
    values: list = [match.expression, now]
    if filters.kind:
        conditions.append("entry.kind = %s")
        values.append(filters.kind)
    if filters.year is not None:
        conditions.append("entry.year = %s")
        values.append(filters.year)
    if filters.topic is not None:
        about, topics = _about(filters.topic)
        conditions.append(f"({about})")
        values += topics
    return " AND ".join(conditions), values


def _about(topic: int) -> tuple[str, list]:
    """Which entries are about a topic. Asked of the documents themselves: the index knows none."""
    conditions, values = ["1 = 0"], []
    quote = connection.ops.quote_name
    for model, options in registry.registered().items():
        if options.topics:
            field = model._meta.get_field(options.topics)
            conditions.append(
                "(entry.content_type_id = %s AND entry.object_id IN "
                f"(SELECT {quote(field.m2m_column_name())} FROM {quote(field.m2m_db_table())} "
                f"WHERE {quote(field.m2m_reverse_name())} = %s))"
            )
            values += [ContentType.objects.get_for_model(model).pk, topic]
    return " OR ".join(conditions), values


def _rank(reader: str) -> tuple[str, list]:
    order = languages.order(reader)
    cases = " ".join(f"WHEN %s THEN {place}" for place in range(len(order)))
    return f"CASE entry.language {cases} END", order


def _rows(sql: str, values: list) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(engine().BEFORE + sql, values)
        return cursor.fetchall()
