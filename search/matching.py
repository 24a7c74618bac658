"""The questions that are put to the index, in SQL that both databases understand.

The order of what is found: the reader's language, then the others as they stand in menus; titles
that hold all that is wanted; the newest, undated last; and by key, so that no two are ever equal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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


# A kind, a year, and how many hits are of both.
Counted = tuple[str, int | None, int]

# One look at the index for both: at what is filtered, and at what the filters leave out.
_PAGE = """
WITH hits AS {kept} (
    SELECT entry.id, entry.kind, entry.year, entry.date, entry.object_id, entry.content_type_id,
        {rank} AS rank, CASE WHEN {in_title} THEN 0 ELSE 1 END AS is_text
    FROM {entries} WHERE {where}
)
SELECT kind, year, count(*), NULL, NULL, NULL, NULL, NULL, NULL FROM hits GROUP BY kind, year
UNION ALL
SELECT * FROM (
    SELECT kind, year, 0, rank, is_text, date, object_id, content_type_id, id
    FROM hits WHERE {filters}
    ORDER BY rank, is_text, date DESC NULLS LAST, object_id, content_type_id, id
    LIMIT %s OFFSET %s
) AS page
"""


def page(
    match: Match, filters: Filters, start: int, length: int
) -> tuple[list[Counted], list[int]]:
    """How many hits there are of each kind and year, by the topic alone; and the keys of the
    entries from `start` on that come through all filters, best first."""
    where, values = _where(match, filters.topic)
    rank, ranked = _rank(match.reader)
    narrowed, narrowing = _narrowed(filters)
    sql = _PAGE.format(
        kept=engine().HITS,
        rank=rank,
        in_title=engine().IN_TITLE,
        entries=engine().ENTRIES,
        where=where,
        filters=narrowed,
    )
    rows = _rows(sql, [*ranked, match.in_title, *values, *narrowing, length, start])
    counted = [(kind, year, number) for kind, year, number, *found in rows if found[-1] is None]
    return counted, _in_order(found for _kind, _year, _number, *found in rows if found[-1])


def _in_order(rows: Iterable[list]) -> list[int]:
    """The keys of a page's entries. No database promises an order outside of `ORDER BY`."""
    found = sorted(rows, key=lambda row: row[3:])
    found.sort(key=lambda row: (row[2] is not None, row[2]), reverse=True)
    found.sort(key=lambda row: row[:2])
    return [row[-1] for row in found]


# One look for all topics of all that is found, each document with each of its own.
_TOPICS = """
SELECT about.topic, count(*)
FROM (
    SELECT entry.kind, entry.year, entry.object_id, entry.content_type_id
    FROM {entries} WHERE {where}
) AS hits
JOIN ({about}) AS about
    ON about.content_type = hits.content_type_id AND about.document = hits.object_id
WHERE {filters} GROUP BY about.topic
"""


def topics(match: Match, filters: Filters) -> dict[int, int]:
    """How many hits there are about each topic, by the kind and the year alone: one query."""
    about = " UNION ALL ".join(
        f"SELECT {int(content_type)} AS content_type, {document} AS document, {topic} AS topic "
        f"FROM {table}"
        for content_type, document, topic, table in _relations()
    )
    if not about:
        return {}
    where, values = _where(match)
    narrowed, narrowing = _narrowed(filters)
    sql = _TOPICS.format(entries=engine().ENTRIES, where=where, about=about, filters=narrowed)
    return dict(_rows(sql, [*values, *narrowing]))


def numbers(matches: Iterable[Match]) -> list[int]:
    """How many hits each of several questions has: one query."""
    parts, values = [], []
    for place, match in enumerate(matches):
        where, own = _where(match)
        parts.append(f"SELECT {place} AS place, count(*) FROM {engine().ENTRIES} WHERE {where}")
        values += own
    if not parts:
        return []
    found = dict(_rows(" UNION ALL ".join(parts), values))
    return [found[place] for place in range(len(parts))]


def _where(match: Match, topic: int | None = None) -> tuple[str, list]:
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    conditions = [engine().MATCHES, "(entry.public_from IS NULL OR entry.public_from <= %s)"]
    values: list = [match.expression, now]
    if topic is not None:
        about, topics = _about(topic)
        conditions.append(f"({about})")
        values += topics
    return " AND ".join(conditions), values


def _narrowed(filters: Filters) -> tuple[str, list]:
    wanted = [("kind = %s", filters.kind or None), ("year = %s", filters.year)]
    given = [(condition, value) for condition, value in wanted if value is not None]
    conditions = " AND ".join(condition for condition, _value in given)
    return conditions or "1 = 1", [value for _condition, value in given]


def _about(topic: int) -> tuple[str, list]:
    """Which entries are about a topic. Asked of the documents themselves: the index knows none."""
    conditions, values = ["1 = 0"], []
    for content_type, document, about, table in _relations():
        conditions.append(
            "(entry.content_type_id = %s AND entry.object_id IN "
            f"(SELECT {document} FROM {table} WHERE {about} = %s))"
        )
        values += [content_type, topic]
    return " OR ".join(conditions), values


def _relations() -> Iterator[tuple[int, str, str, str]]:
    """Where it stands which documents are about which topics: for each model that has topics, its
    content type, the columns of the document and of the topic, and the table."""
    quote = connection.ops.quote_name
    for model, options in registry.registered().items():
        if options.topics:
            field = model._meta.get_field(options.topics)
            names = (field.m2m_column_name(), field.m2m_reverse_name(), field.m2m_db_table())
            yield ContentType.objects.get_for_model(model).pk, *map(quote, names)


def _rank(reader: str) -> tuple[str, list]:
    order = languages.order(reader)
    cases = " ".join(f"WHEN %s THEN {place}" for place in range(len(order)))
    return f"CASE entry.language {cases} END", order


def _rows(sql: str, values: list) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(engine().BEFORE + sql, values)
        return cursor.fetchall()
