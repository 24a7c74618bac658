from __future__ import annotations

from datetime import datetime
from pathlib import Path

from core import samples
from links.models import Group, Section
from pages.models import Topic

FILE = Path(__file__).parent / "groups.toml"


def load(topics: dict[str, Topic], now: datetime) -> dict[str, Group]:
    """Write the sample directory. `topics` are by key; gives the groups by name.

    Raises KeyError for a topic that is not there, ValidationError for a group that is not right.
    """
    groups = {}
    for position, entry in enumerate(samples.read(FILE)["sections"], start=1):
        section = Section.objects.create(position=position, **_words(entry))
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
        **_words(facts),
    )


def _words(entry: dict) -> dict:
    """The source language, and the columns of each language of `entry`."""
    return {"source_language": entry["source_language"], **samples.columns(entry)}
