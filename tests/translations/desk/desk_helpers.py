"""What the tests of the desk share: people, and a page's rows as a browser posts them."""

from __future__ import annotations

from dataclasses import replace

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission

from translations.desk import drafts, views
from translations.desk.merging import Shown
from translations.desk.posted import PostedRow
from translations.models import Side

BODY = {
    "body_en": "<p>One: the border.</p><p>Two: the night.</p>",
    "body_fr": "<p>Un : la frontière.</p><p>Deux : la nuit.</p>",
}


def person(name: str = "amina", *rights: str):
    """Somebody who may "translate_fr", …"""
    somebody = get_user_model().objects.create_user(name, password="a long password")
    somebody.user_permissions.set(Permission.objects.filter(codename__in=rights))
    return somebody


def side(document, language: str = "fr") -> Side:
    return Side.objects.of(document).get(language=language)


def rows(document, part: str = ":body", language: str = "fr") -> list[Shown]:
    """The rows of a part as a page shows them now."""
    document = type(document).objects.get(pk=document.pk)
    return views.open_side(document, language).shown(part)


def posted(row: Shown, text: str, part: str = ":body", *, omit: bool = False) -> PostedRow:
    """A row as a browser posts it that was shown `row` and in which somebody wrote `text`."""
    return PostedRow(row.key, part, row.seen, row.row.mark, text, omit)


def later(row: PostedRow, text: str, **changes) -> PostedRow:
    """The same browser, which knows nothing new, and has gone on writing."""
    return replace(row, text=text, **changes)


def save(document, who, *found: PostedRow, saw: str = "", language: str = "fr"):
    return drafts.save(document, language, who, list(found), saw)


def texts(document, part: str = ":body") -> list[str]:
    return [row.row.text for row in rows(document, part)]
