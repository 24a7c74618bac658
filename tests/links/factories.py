"""Sections and groups for tests: the least that is valid."""

from __future__ import annotations

from django.utils import timezone

from links.models import Group, Section


def section(**fields) -> Section:
    """A section with both sides."""
    return Section.objects.create(**{"name_en": "Legal help", "name_fr": "Se défendre", **fields})


def group(section_: Section | None = None, **fields) -> Group:
    """A listed group in a section of its own unless told otherwise, described in English."""
    fields = {
        "name": "Les Toits",
        "url": "https://toits.example.org",
        "description_en": "Tenants around one table.",
        **fields,
    }
    return Group.objects.create(section=section_ or section(), **fields)


def delisted(section_: Section | None = None, **fields) -> Group:
    fields = {"delisted_reason": "Gone to another address.", **fields}
    return group(section_, delisted_at=timezone.now(), **fields)
