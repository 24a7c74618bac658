"""The sample content: a fictional collective, so that an empty house can be looked at.

Each content app loads its own; here they meet, because only the roof knows them all.
"""

from __future__ import annotations

import re
import tomllib
from datetime import datetime, time, timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

import bulletins.sample
import donations.sample
import links.sample
import pages.sample
import pictures.sample
from bulletins.models import Bulletin
from core import zones
from pages.models import Identity, Page
from pictures.models import Picture
from translations import embeds, references

VIEWS = {"donate": "donations:donate", "links": "links:links", "faq": "bulletins:faq"}


def is_wanted() -> bool:
    """Whether the database is empty of content."""
    return not (Bulletin.objects.exists() or Page.objects.exists() or Identity.objects.exists())


@transaction.atomic
def load(now: datetime | None = None):
    """Fill an empty database. Times are counted from midnight of `now`'s day.

    Texts link to one another, so everything is there as a draft before anything is written.
    """
    midnight = _midnight(now or timezone.now())
    drawn = pictures.sample.load()
    topics = pages.sample.load_topics()
    standing = pages.sample.draft_pages()
    news = bulletins.sample.draft_bulletins()
    link = _linker(standing | news, drawn)
    bulletins.sample.load_glossary()
    pages.sample.publish_pages(standing, drawn, link, midnight - timedelta(days=30))
    administrator = get_user_model().objects.filter(is_superuser=True).order_by("pk").first()
    bulletins.sample.write_bulletins(news, topics, drawn, link, midnight, administrator)
    donations.sample.load(midnight.date())
    links.sample.load(topics, midnight)
    pages.sample.load_identity(standing, link)


def ibans() -> list[str]:
    """The IBANs of the sample: they must never stand on a public site."""
    path = Path(settings.BASE_DIR) / "donations" / "sample" / "accounts.toml"
    accounts = tomllib.loads(path.read_text())["accounts"]
    return ["".join(account["iban"].split()) for account in accounts if account.get("iban")]


def _midnight(now: datetime) -> datetime:
    zone = zones.zone("Europe/Paris")
    return datetime.combine(now.astimezone(zone).date(), time(), zone)


def _linker(documents: dict, drawn: dict):
    """A function that turns `sample:<name>` in a text into a reference: in a link to a document, in
    an image to a picture."""

    def address(match: re.Match) -> str:
        name = match["name"]
        if match["attribute"] == "src":
            reference = embeds.reference(Picture._meta.label_lower, drawn[name].pk)
        elif name in VIEWS:
            reference = references.view_reference(VIEWS[name])
        else:
            reference = references.reference(documents[name])
        return f'{match["attribute"]}="{reference}'

    return lambda text: re.sub(r'(?P<attribute>href|src)="sample:(?P<name>[\w-]+)', address, text)
