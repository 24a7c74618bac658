"""What stands in a feed, for the language that is active.

A feed in French holds French sides only. An entry is known by its bulletin's `uid` and the
language, a feed by the site's `uid` and what it tells of: neither changes with a title, a slug or a
host.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from bulletins import atom, feed_content
from bulletins.feeds import ALL, Scope
from bulletins.models import Bulletin, Kind
from core import html, languages
from pages import cards
from pages.models import Identity
from translations.facts import ALWAYS
from translations.models import Side
from translations.reading import SideText, share_references
from translations.registry import columns

# Whoever looks once a month still finds everything of a busy one.
LIMIT = 25


def filled(request, scope: Scope) -> atom.Feed:
    """The feed with its newest entries, for the reader who asks for it."""
    language, identity = get_language(), request.identity
    site = identity.side(language)
    entries = _entries(request, scope.bulletins, language, site)
    name = site.name or "Tract"
    title, about = atom.Said(name, site.lang), atom.Said(site.tagline, site.lang)
    if scope.key != ALL:
        title, about = atom.Said(f"{scope.name} · {name}", scope.lang), scope.about
    card = cards.head(identity, None, language)
    return atom.Feed(
        id=uuid5(_site_key(identity), f"{language}/{scope.key}"),
        lang=language,
        title=title,
        subtitle=about,
        updated=entries[0].updated if entries else _since(identity, language),
        url=_whole(request, scope.url),
        page=_whole(request, scope.page),
        author=atom.Said(site.byline or name, site.lang),
        home=_whole(request, reverse("home")),
        icon=_whole(request, staticfiles_storage.url("icon.png")),
        logo=_whole(request, card["path"]) if card else "",
        rights=atom.Said(html.plain_text(site.reuse), site.lang),
        licence=identity.licence,
        entries=entries,
    )


def _whole(request, path: str) -> str:
    """On the host that was asked for: whoever came to the onion service is not led out of it."""
    return request.build_absolute_uri(path)


def _site_key(identity: Identity) -> UUID:
    """What the site is known by; while it has not said who it is, its address."""
    return identity.uid if identity.pk else uuid5(NAMESPACE_URL, settings.SITE_URL)


def _since(identity: Identity, language: str) -> datetime:
    """What an empty feed says of its age: never “now”, so that it stays the same."""
    if not identity.pk:
        return ALWAYS
    side = Side.objects.of(identity).filter(language=language).values_list("changed_at", flat=True)
    return side.first() or ALWAYS


def _entries(request, bulletins: QuerySet, language: str, site: SideText) -> list[atom.Entry]:
    dates = _dates(bulletins, language)
    texts = [document.side(language) for document in _read(list(dates), language)]
    # Known by their titles, whatever stands in `Side` of rows that were written around `save()`.
    texts = [text for text in texts if not text.is_fallback]
    for text in texts:
        text.entries = text.document.questions(text.lang)
    share_references([site, *texts, *(entry for text in texts for entry in text.entries)])
    return [_entry(request, text, *dates[text.document.pk]) for text in texts]


def _dates(bulletins: QuerySet, language: str) -> dict[int, tuple[datetime, datetime]]:
    """The newest sides that readers have: key → since when, and when they last said something
    new, which comes first."""
    if language not in languages.public():
        return {}
    live = bulletins.published().order_by()
    sides = Side.objects.filter(
        content_type=ContentType.objects.get_for_model(Bulletin),
        language=language,
        whole=True,
        public_since__lte=timezone.now(),
        object_id__in=live.values("pk"),
    )
    newest = sides.order_by("-changed_at", "-object_id")
    rows = newest.values_list("object_id", "public_since", "changed_at")[:LIMIT]
    return {pk: (since, changed) for pk, since, changed in rows}


def _read(keys: Sequence[int], language: str) -> list[Bulletin]:
    """The bulletins of `keys`, in that order, with everything that is shown of them.

    Of other languages only what tells whether they are there.
    """
    others = set(columns(["body"])) - set(columns(["body"], language=language))
    found = (
        Bulletin.objects.published()
        .defer(*others)
        .with_outdated(language)
        .prefetch_related(
            "topics", "figures", Prefetch("follows", Bulletin.objects.published().light())
        )
        .in_bulk(keys)
    )
    documents = [found[key] for key in keys if key in found]
    faqs = [document for document in documents if document.kind == Kind.FAQ]
    prefetch_related_objects(faqs, "entries")
    return documents


def _entry(request, text: SideText, since: datetime, changed: datetime) -> atom.Entry:
    document, language = text.document, text.lang
    url = _whole(request, text.url)
    topics = [topic.side(language) for topic in document.topics.all()]
    return atom.Entry(
        id=uuid5(document.uid, language),
        title=feed_content.title(text),
        url=url,
        published=since,
        updated=changed,
        summary=text.summary or text.excerpt,
        content=feed_content.body(text, url),
        others=[
            (code, _whole(request, document.address(code)))
            for code in document.sides()
            if code != language
        ],
        categories=[(topic.slug, atom.Said(topic.name, topic.lang)) for topic in topics],
        earlier=_earlier(request, document.follows, language),
    )


def _earlier(request, followed: Bulletin | None, language: str) -> atom.Earlier | None:
    """What it goes on from, where that is in the same language: else it is no entry anywhere."""
    if followed is None or not followed.has_side(language):
        return None
    return atom.Earlier(uuid5(followed.uid, language), _whole(request, followed.address(language)))
