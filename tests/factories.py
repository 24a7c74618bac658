"""Objects for tests: the least that is valid, in the language that is asked for."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from bulletins.models import Bulletin, FAQEntry, Kind
from pages.models import Identity, MenuEntry, Page, Topic

EN = {"title_en": "Kitchen opens", "body_en": "<p>We open the kitchen.</p>"}
FR = {"title_fr": "La cuisine ouvre", "body_fr": "<p>Nous ouvrons la cuisine.</p>"}


def draft(**fields) -> Bulletin:
    """An unpublished update in English."""
    words = FR if fields.get("source_language") == "fr" else EN
    return Bulletin.objects.create(**{"source_language": "en", **words, **fields})


def live(*, ago: timedelta = timedelta(hours=1), **fields) -> Bulletin:
    """A live update in English, published an hour ago."""
    return draft(published_at=timezone.now() - ago, **fields)


def live_pair(**fields) -> Bulletin:
    """A live update with both sides, born in English."""
    return live(**{**EN, **FR, **fields})


def live_french(**fields) -> Bulletin:
    """A live update that exists in French only."""
    return live(source_language="fr", **{**FR, **fields})


def faq(entries: int = 2, **fields) -> Bulletin:
    """Live questions and answers in English."""
    document = live(kind=Kind.FAQ, **{"title_en": "Common questions", **fields})
    for number in range(1, entries + 1):
        entry(document, position=number, question_en=f"Question {number}?")
    return document


def entry(document: Bulletin, **fields) -> FAQEntry:
    fields = {"question_en": "Why?", "answer_en": "<p>Because.</p>", **fields}
    return FAQEntry.objects.create(bulletin=document, **fields)


def topic(**fields) -> Topic:
    return Topic.objects.create(**{"name_en": "Housing", "name_fr": "Logement", **fields})


def page(**fields) -> Page:
    """A live page in English."""
    fields = {
        "published_at": timezone.now() - timedelta(hours=1),
        "title_en": "About us",
        "body_en": "<p>Who we are.</p>",
        **fields,
    }
    return Page.objects.create(**fields)


def identity(**fields) -> Identity:
    """The site's identity in English, with a menu of everything."""
    fields = {"name_en": "Quai Ouvert", "email": "hello@example.org", **fields}
    site = Identity.objects.create(**fields)
    for position, part in enumerate(MenuEntry.Part):
        MenuEntry.objects.create(identity=site, position=position, part=part)
    return site
