from __future__ import annotations

from datetime import datetime
from pathlib import Path

from core import samples
from pages.models import Identity, MenuEntry, Page, PageFigure, Topic
from pictures.models import Picture

HERE = Path(__file__).parent
PAGES = ("about", "contact", "publish-safely")
FACTS = ("source_language", "default_time_zone", "second_time_zone", "licence", "email")
MENU = {part.name.lower(): part for part in MenuEntry.Part}


def load_topics() -> dict[str, Topic]:
    """The topics by their keys."""
    return {
        table["key"]: Topic.objects.create(
            source_language=table["source_language"], **samples.columns(table)
        )
        for table in samples.read(HERE / "topics.toml")["topics"]
    }


def draft_pages() -> dict[str, Page]:
    """The pages by file name, with nothing but their titles: enough to be linked to."""
    tables = {name: samples.read(HERE / f"{name}.toml") for name in PAGES}
    return {
        name: Page.objects.create(
            source_language=table["source_language"],
            **{f"title_{code}": table[code]["title"] for code in ("en", "fr")},
        )
        for name, table in tables.items()
    }


def publish_pages(pages: dict[str, Page], pictures: dict[str, Picture], link, at: datetime):
    for name, page in pages.items():
        table = samples.read(HERE / f"{name}.toml")
        for column, text in samples.columns(table, link).items():
            setattr(page, column, text)
        for picture, fields in samples.figures(table):
            PageFigure.objects.create(page=page, picture=pictures[picture], **fields)
        page.published_at = at
        page.save()


def load_identity(pages: dict[str, Page], link) -> Identity:
    """The site's identity with its menu."""
    table = samples.read(HERE / "identity.toml")
    facts = {name: table[name] for name in FACTS}
    identity = Identity.objects.create(**facts, **samples.columns(table, link))
    for position, name in enumerate(table["menu"], start=1):
        where = {"part": MENU[name]} if name in MENU else {"page": pages[name]}
        MenuEntry.objects.create(identity=identity, position=position, **where)
    return identity
