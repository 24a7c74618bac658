"""What readers find: the sides of documents that hold the words they ask for.

A reader finds each document once, in the side that its page would show them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils.safestring import SafeString

from core import languages, typography
from search import matching, queries, registry, snippets
from search.indexing import as_row
from search.matching import Counted, Filters, Match
from search.models import Entry
from search.queries import Lights, Query
from search.suggesting import suggestion
from search.vocabulary import beginning_with

PER_PAGE = 20
# Beyond any last page, and within what a database can count.
MOST_PAGES = 10**6


@dataclass(frozen=True)
class Hit:
    """One side that was found, as a reader is shown it."""

    # Without its long texts.
    document: Model
    document_type: str
    object_id: int
    language: str
    kind: str
    title: str
    title_html: SafeString
    snippet: SafeString
    date: datetime | None
    is_other_language: bool
    url: str = ""
    anchor: str = ""
    # What stands above the part that is shown: the question, say; "" for a text without parts.
    heading: SafeString | str = ""


@dataclass(frozen=True)
class Terms:
    """What was understood of a query."""

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.words or self.phrases)


@dataclass(frozen=True)
class Found:
    """One page of what was found, and what the filters offer: value → how many."""

    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    page: int = 1
    pages: int = 0
    suggestion: str = ""
    kinds: list[tuple[str, int]] = field(default_factory=list)
    years: list[tuple[int, int]] = field(default_factory=list)
    # The key of a topic → how many hits are about it.
    topics: dict[int, int] = field(default_factory=dict)
    terms: Terms = Terms()
    # Where nothing was found: how many hits readers of other languages would get.
    elsewhere: list[tuple[str, int]] = field(default_factory=list)


def find(
    query: str,
    language: str,
    *,
    kind: str = "",
    topic: int | None = None,
    year: int | None = None,
    page: int = 1,
    per_page: int = PER_PAGE,
) -> Found:
    """The sides that a reader of `language` finds for `query`, best first.

    The filters: a kind of document (`Hit.kind`), the key of a topic, a year. A page beyond the last
    is the last. Nothing that is typed is an error.
    """
    asked = _Asked.of(query, language)
    if not asked.query.wanted or not _is_sensible(kind, topic, year):
        return Found(terms=asked.terms)
    match = asked.match(asked.query)
    filters = Filters(kind, topic, year)
    page = max(1, min(page, MOST_PAGES))
    counted, pks = matching.page(match, filters, (page - 1) * per_page, per_page)
    total = _sum(counted, kind, year)
    pages = -(-total // per_page)
    if page > pages > 0:
        page = pages
        _counted, pks = matching.page(match, filters, (page - 1) * per_page, per_page)
    page = min(page, max(1, pages))
    elsewhere = [] if counted else _elsewhere(asked)
    is_mistaken = not (counted or elsewhere)
    return Found(
        hits=_hits(pks, match),
        total=total,
        page=page,
        pages=pages,
        suggestion=suggestion(asked.query, language, asked.match) if is_mistaken else "",
        kinds=_kinds(counted, year),
        years=_years(counted, kind),
        # What is narrowed down to a topic without any hits may have some without it.
        topics=matching.topics(match, filters) if counted or topic else {},
        terms=asked.terms,
        elsewhere=elsewhere,
    )


@dataclass(frozen=True)
class _Asked:
    """A query, who asks, and the words that its last word is the beginning of."""

    query: Query
    language: str
    beginnings: dict[str, list[str]]

    @classmethod
    def of(cls, text: str, language: str) -> _Asked:
        query = queries.parse(text)
        return cls(query, language, beginning_with(query.prefix, languages.codes()))

    @property
    def terms(self) -> Terms:
        wanted, all_terms = self.query.wanted, self.query.terms
        return Terms(
            tuple(term.text for term in wanted if not term.is_phrase),
            tuple(term.text for term in wanted if term.is_phrase),
            tuple(term.text for term in all_terms if term.is_excluded),
        )

    def match(self, query: Query, reader: str = "") -> Match:
        """A query (this one, or one like it) as a question to the index."""
        reader = reader or self.language
        return Match(
            reader,
            tuple(
                queries.compiled(
                    query,
                    code,
                    reader=reader,
                    beginning=lambda _prefix, code=code: self.beginnings[code],
                )
                for code in languages.order(reader)
            ),
        )


def _is_sensible(kind: str, topic: int | None, year: int | None) -> bool:
    """Whether there can be anything of this kind: a database refuses what it cannot hold."""
    numbers = (topic or 0, year or 0)
    return "\0" not in kind and all(abs(number) < 2**31 for number in numbers)


def _sum(counted: list[Counted], kind: str, year: int | None) -> int:
    return sum(
        number
        for of_kind, of_year, number in counted
        if kind in ("", of_kind) and year in (None, of_year)
    )


def _kinds(counted: list[Counted], year: int | None) -> list[tuple[str, int]]:
    kinds = sorted({kind for kind, _year, _number in counted})
    found = ((kind, _sum(counted, kind, year)) for kind in kinds)
    return [(kind, number) for kind, number in found if number]


def _years(counted: list[Counted], kind: str) -> list[tuple[int, int]]:
    years = sorted({year for _kind, year, _number in counted if year is not None}, reverse=True)
    found = ((year, _sum(counted, kind, year)) for year in years)
    return [(year, number) for year, number in found if number]


def _elsewhere(asked: _Asked) -> list[tuple[str, int]]:
    others = [code for code in languages.public() if code != asked.language]
    numbers = matching.numbers(asked.match(asked.query, code) for code in others)
    return [(code, number) for code, number in zip(others, numbers, strict=True) if number]


# What is shown of a hit --------------------------------------------------------------------------


def _hits(pks: list[int], match: Match) -> list[Hit]:
    entries = Entry.objects.select_related("text").in_bulk(pks)
    found = [entries[pk] for pk in pks if pk in entries]
    documents = _documents(found, match.reader)
    lights = {wanted.language: wanted.lights for wanted in match.wanted}
    return [
        _hit(entry, lights[entry.language], match.reader, *documents[key])
        for entry in found
        # What is not public after all is not shown, whatever the index says.
        if (key := (entry.content_type_id, entry.object_id)) in documents
    ]


def _documents(entries: list[Entry], language: str) -> dict[tuple[int, int], tuple[Model, str]]:
    """Each document, and where a reader finds it: one query for each model."""
    wanted: dict[int, set[int]] = {}
    for entry in entries:
        wanted.setdefault(entry.content_type_id, set()).add(entry.object_id)
    found = {}
    for content_type, pks in wanted.items():
        model = ContentType.objects.get_for_id(content_type).model_class()
        if options := model and registry.options(model):
            documents = model.objects.published().light().in_bulk(pks)
            for pk, address in options.addresses(documents.values(), language).items():
                found[content_type, pk] = documents[pk], address
    return found


def _hit(entry: Entry, lights: Lights, reader: str, document: Model, url: str) -> Hit:
    row = as_row(entry)
    heading, snippet, anchor = snippets.best(row.passages, lights, row.language)
    content_type = ContentType.objects.get_for_id(entry.content_type_id)
    return Hit(
        document=document,
        document_type=f"{content_type.app_label}.{content_type.model}",
        object_id=entry.object_id,
        language=row.language,
        kind=row.kind,
        title=typography.typeset(row.title, row.language),
        title_html=snippets.title(row.title, lights, row.language),
        snippet=snippet,
        date=row.date,
        is_other_language=row.language != reader,
        url=url,
        anchor=anchor,
        heading=heading,
    )
