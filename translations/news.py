"""The daily mail to people who translate: what is new to them, and nothing when nothing is."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from core import languages
from translations.models import Side, Subscription
from translations.status import Work

log = logging.getLogger(__name__)

# Less than a day: a mail that goes out at nine is not to slip by ten minutes each day.
PAUSE = timedelta(hours=20)
# What is being saved at this moment carries a time that has passed and is not to be seen yet: with
# a margin it is told the next time, and not never.
MARGIN = timedelta(minutes=1)
# The others are on the board.
LISTED = 20
TIMEOUT = 30
# Held while mails go out: cron begins anew every few minutes, and a mail server may be slow.
LOCK, LOCKED_FOR = "translations.news", 2 * 3600


def is_possible() -> bool:
    """Whether this site can send mails: it has an address for its links, and a mail server."""
    return not missing_settings()


def missing_settings() -> list[str]:
    """The names of the settings without which no mail goes out, of those that are not set."""
    has_server = not settings.EMAIL_BACKEND.endswith("dummy.EmailBackend")
    needed = {"SITE_URL": bool(settings.SITE_URL), "EMAIL_URL": has_server}
    return [name for name, is_set in needed.items() if not is_set]


def send() -> int:
    """Mail everybody who asked for it and to whom something is new; gives the number of mails.

    What could not be sent is tried again the next time, and keeps nobody else waiting.
    """
    if not is_possible() or not cache.add(LOCK, True, LOCKED_FOR):
        return 0
    try:
        return sum(_send(subscription) for subscription in due(timezone.now()))
    finally:
        cache.delete(LOCK)


def due(now: datetime) -> list[Subscription]:
    """The subscriptions whose turn it is, of people who still translate and can be reached."""
    found = Subscription.objects.filter(told_until__lt=now - PAUSE, person__is_active=True)
    found = found.exclude(person__email="").select_related("person").order_by("pk")
    return [one for one in found if _still_translates(one)]


def _still_translates(subscription: Subscription) -> bool:
    language = subscription.language
    permission = f"translations.translate_{language.replace('-', '_')}"
    return language in languages.codes() and subscription.person.has_perm(permission)


def new_sides(language: str, since: datetime, until: datetime):
    """The live sides that began to wait for a translator between the two: the original changed, or
    was published."""
    live = Side.objects.light().wanting().filter(language=language, public_from__lte=until)
    # What was written beforehand and is public by now began to wait when nobody could see it.
    is_new = Q(waiting_since__gt=since) | Q(public_from__gt=since)
    waiting = live.filter(is_new, waiting_since__lte=until)
    return waiting.work(Work.NONE, Work.IN_PROGRESS).order_by("-waiting_since", "-pk")


@dataclass(frozen=True)
class Item:
    """One text in the mail."""

    title: str
    kind: str
    state: str
    words: int
    url: str


def _send(subscription: Subscription) -> bool:
    """Tell one person what is new; False where nothing is, or where it could not be sent."""
    until = timezone.now() - MARGIN
    sides = list(new_sides(subscription.language, subscription.told_until, until))
    if not sides:
        return False
    person = subscription.person
    try:
        with translation.override(_language_of(person)):
            message = _message(subscription, sides)
        sent = message.send()
    except (OSError, ValueError) as error:
        # Neither the address nor what the server said of it, which may hold it.
        log.warning("The daily mail to person %s: %s.", person.pk, type(error).__name__)
        return False
    if sent:
        # Only now: what was not sent is news the next time, too.
        Subscription.objects.filter(pk=subscription.pk).update(told_until=until)
    return bool(sent)


def _language_of(person) -> str:
    return person.language if person.language in languages.codes() else settings.LANGUAGE_CODE


def _message(subscription: Subscription, sides: list[Side]) -> mail.EmailMessage:
    items = _items(sides[:LISTED])
    name = languages.name(subscription.language)
    subject = ngettext(
        "%(count)d text to translate into %(language)s",
        "%(count)d texts to translate into %(language)s",
        len(sides),
    ) % {"count": len(sides), "language": name}
    context = {
        "person": subscription.person.get_username(),
        "language": name,
        "items": items,
        "more": len(sides) - len(items),
        "board": f"{settings.SITE_URL}{reverse('desk:board')}",
    }
    return mail.EmailMessage(
        subject=subject,
        body=render_to_string("desk/mail.txt", context).strip() + "\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[subscription.person.email],
        # So that no holiday notice answers it.
        headers={"Auto-Submitted": "auto-generated"},
        connection=mail.get_connection(timeout=TIMEOUT),
    )


def _items(sides: list[Side]) -> list[Item]:
    # Not at import: the desk asks this module whether mails can be sent.
    from translations.desk import titles

    names = titles.of(sides)
    return [
        Item(
            title=names[titles.key(side)].text,
            kind=titles.kind_of(side),
            state=str(side.status.public.label),
            words=side.words_to_do,
            url=settings.SITE_URL
            + reverse(
                "desk:desk", kwargs={"name": titles.name_of(side), "language": side.language}
            ),
        )
        for side in sides
        if titles.key(side) in names
    ]
