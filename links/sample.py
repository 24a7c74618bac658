from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path

from links.models import Group, Section
from pages.models import Topic
from translations.registry import column

FILE = Path(__file__).parent / "sample" / "groups.toml"


def load(topics: dict[str, Topic], now: datetime) -> dict[str, Group]:
    """Write the sample directory. `topics` are by key; gives the groups by name.

    Raises KeyError for a topic that is not there, ValidationError for a group that is not right.
    """
    groups = {}
    for position, entry in enumerate(tomllib.loads(FILE.read_text())["sections"], start=1):
        section = Section.objects.create(position=position, **_words(entry, "name"))
        for place, facts in enumerate(entry["groups"], start=1):
            group = _group(section, place, facts, now)
            group.topics.set([topics[key] for key in facts["topics"]])
            groups[group.name] = group
    return groups


def _group(section: Section, position: int, facts: dict, now: datetime) -> Group:
    reason = facts.get("delisted", "")
    return Group.objects.create(
        section=section,
        position=position,
        name=facts["name"],
        url=facts["url"],
        country=facts["country"],
        languages=facts["languages"],
        delisted_reason=reason,
        delisted_at=now if reason else None,
        **_words(facts, "description"),
    )


def _words(entry: dict, field: str) -> dict:
    """The source language and the column of each language in which `entry` has `field`."""
    source = entry["source_language"]
    texts = {code: text[field] for code, text in entry.items() if isinstance(text, dict)}
    return {"source_language": source} | {column(field, code): t for code, t in texts.items()}
