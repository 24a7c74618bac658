from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bulletins.models import Bulletin, BulletinFigure, FAQEntry
from bulletins.sample.drafts import write_draft
from core import languages, samples
from pages.models import Topic
from pictures.models import Picture
from translations.models import Concept, Term

HERE = Path(__file__).parent


def draft_bulletins() -> dict[str, Bulletin]:
    """The bulletins by file name, with nothing but their titles: enough to be linked to."""
    return {
        path.stem: Bulletin.objects.create(
            kind=table["kind"],
            source_language=table["source_language"],
            **{k: v for k, v in samples.columns(table).items() if k.startswith("title_")},
        )
        for path in sorted(HERE.glob("[0-9]*.toml"))
        if (table := samples.read(path))
    }


def write_bulletins(
    bulletins: dict[str, Bulletin],
    topics: dict[str, Topic],
    pictures: dict[str, Picture],
    link,
    midnight: datetime,
    person=None,
):
    """Give the drafts their texts and pictures, and publish those whose time is said.

    `person` has sent the translation that waits for review.
    """
    for name, bulletin in bulletins.items():
        table = samples.read(HERE / f"{name}.toml")
        _write(bulletin, samples.columns(table, link))
        for fields in _entries(table, link):
            FAQEntry.objects.create(bulletin=bulletin, **fields)
        for picture, fields in samples.figures(table):
            BulletinFigure.objects.create(bulletin=bulletin, picture=pictures[picture], **fields)
        bulletin.topics.set([topics[key] for key in table.get("topics", [])])
        bulletin.pinned = table.get("pinned", False)
        for field, value in _event(table.get("event", {}), midnight).items():
            setattr(bulletin, field, value)
        if "follows" in table:
            bulletin.follows = bulletins[table["follows"]]
        if "published" in table:
            bulletin.published_at = samples.moment(midnight, table["published"])
        bulletin.save()
        if "later" in table:
            _write(bulletin, samples.columns(table["later"], link))
            bulletin.save()
        _date_history(bulletin)
        if "draft" in table:
            write_draft(bulletin, table, link, midnight, person)


def load_glossary() -> list[Concept]:
    """The words that this collective always translates in the same way."""
    return [_concept(table) for table in samples.read(HERE / "glossary.toml")["concepts"]]


def _concept(table: dict) -> Concept:
    facts = {name: table[name] for name in ("note", "leave_as_is") if name in table}
    concept = Concept.objects.create(**facts)
    for forbidden, terms in ((False, table), (True, table.get("never", {}))):
        for code in languages.codes():
            for text in terms.get(code, []):
                Term.objects.create(concept=concept, language=code, text=text, forbidden=forbidden)
    return concept


def _write(bulletin: Bulletin, columns: dict[str, str]):
    for column, text in columns.items():
        setattr(bulletin, column, text)


def _entries(table: dict, link):
    for position, entry in enumerate(table.get("entries", []), start=1):
        yield {"position": position, **samples.columns(entry, link)}


def _event(event: dict, midnight: datetime) -> dict:
    if not event:
        return {}
    zone = event.get("time_zone", "Europe/Paris")
    facts = {"time_zone": zone, "cancelled": event.get("cancelled", False)}
    facts |= {f"place_{code}": text for code, text in event.get("place", {}).items()}
    for name in ("starts", "ends"):
        if f"{name}_time" in event:
            days = event.get(name, event["starts"])
            facts[f"{name}_at"] = _clock(midnight, days, event[f"{name}_time"], zone)
    return facts


def _clock(midnight: datetime, days: int, clock: str, zone: str) -> datetime:
    hour, minute = map(int, clock.split(":"))
    day = midnight.date() + timedelta(days=days)
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone))


def _date_history(bulletin: Bulletin):
    """As if each version had been written in its time: a draft, its publication, a later edit."""
    if not bulletin.published_at:
        return
    versions = bulletin.history.order_by("history_id")
    for number, version in enumerate(versions):
        at = bulletin.published_at + timedelta(hours=5 * (number - 1))
        bulletin.history.filter(pk=version.pk).update(history_date=at)
