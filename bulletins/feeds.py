"""The feeds there are, in the words of the language that is active."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import get_language, gettext

from bulletins import atom, threads
from bulletins.models import Bulletin, Kind
from bulletins.stories import Story
from pages.models import Topic

ALL = "all"
# As they stand in addresses.
KINDS = {"updates": Kind.UPDATE, "callouts": Kind.CALLOUT, "faq": Kind.FAQ}


@dataclass(frozen=True)
class Scope:
    """One feed, before anybody asks what is in it (`feed_filling`).

    `key` says what it tells of, for ever; `page` shows the same to people; `name` is in `lang`.
    """

    key: str
    url: str
    page: str
    name: str
    lang: str
    about: atom.Said
    bulletins: QuerySet


def everything() -> Scope:
    return Scope(
        key=ALL,
        url=reverse("feeds:all"),
        page=reverse("home"),
        name=gettext("Everything"),
        lang=get_language(),
        about=_said(gettext("Every new text, of whatever kind.")),
        bulletins=Bulletin.objects.all(),
    )


def of_kind(kind: str) -> Scope:
    word = next(word for word, one in KINDS.items() if one == kind)
    about = {
        Kind.UPDATE: gettext("What has happened, and what is going on."),
        Kind.CALLOUT: gettext("What you can come to. A new date and a cancellation are told too."),
        Kind.FAQ: gettext("Questions and answers, new ones and those that have changed."),
    }
    page = reverse("bulletins:faq") if kind == Kind.FAQ else reverse("bulletins:list")
    return Scope(
        key=f"kind/{Kind(kind).value}",
        url=reverse("feeds:kind", args=[word]),
        page=page if kind == Kind.FAQ else f"{page}?kind={Kind(kind).value}",
        name=str(Kind(kind).plural),
        lang=get_language(),
        about=_said(about[kind]),
        bulletins=Bulletin.objects.filter(kind=kind),
    )


def of_topic(topic: Topic) -> Scope:
    text = topic.side(get_language())
    return Scope(
        key=f"topic/{topic.uid}",
        url=reverse("feeds:topic", args=[topic.pk]),
        page=text.url,
        name=text.name,
        lang=text.lang,
        about=atom.Said(text.description, text.lang),
        bulletins=Bulletin.objects.about(topic),
    )


def of_choice(kind: str | None, topic: Topic | None) -> list[Scope]:
    """The feeds for whoever looks at what is of one kind, of one topic, or both."""
    return [*([of_kind(kind)] if kind else []), *([of_topic(topic)] if topic else [])]


def of_thread(root: Bulletin, story: Story) -> Scope:
    """The feed of the thread that began with `root`, of which something is live.

    It stays the same while readers do not see its beginning any more, or not yet.
    """
    language = get_language()
    text = story.beginning.side(language)
    return Scope(
        key=f"thread/{root.uid}",
        url=reverse("feeds:thread", args=[root.pk]),
        page=story.address(language) if story.goes_on else text.url,
        name=text.title,
        lang=text.lang,
        about=_said(gettext("How this went on.")),
        bulletins=Bulletin.objects.in_thread(root.pk),
    )


def story_of(thread: list[Bulletin]) -> tuple[Bulletin, Story] | None:
    """(its root, what readers get of it) of a whole thread; None where nothing of it is live.

    Where readers do not see the root, there are as many stories as went on from it: the oldest.
    """
    live = [bulletin for bulletin in thread if bulletin.is_live]
    keys = {threads.root_of(bulletin) for bulletin in thread}
    root = next((bulletin for bulletin in thread if bulletin.pk in keys), None)
    if root is None or not live:
        return None
    return root, Story(thread, root if root.is_live else live[0])


def stories() -> list[tuple[Bulletin, Story]]:
    """Every thread in which something followed, the one with the newest bulletin first."""
    # Greater than zero, not “not NULL”: SQLite then takes the index of what is mostly NULL.
    roots = Bulletin.objects.filter(thread__gt=0).values("thread")
    rows = Bulletin.objects.light().filter(Q(thread__gt=0) | Q(pk__in=roots))
    whole: dict[int, list[Bulletin]] = {}
    for row in rows.order_by(F("published_at").asc(nulls_last=True), "pk"):
        whole.setdefault(threads.root_of(row), []).append(row)
    found = [pair for thread in whole.values() if (pair := story_of(thread)) and pair[1].goes_on]
    return sorted(found, key=lambda pair: pair[1].told[-1].published_at, reverse=True)


def _said(words: str) -> atom.Said:
    return atom.Said(words, get_language())
