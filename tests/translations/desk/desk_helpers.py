"""What the tests of the desk share: people, and a page's rows as a browser posts them."""

from __future__ import annotations

import json
from dataclasses import replace

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission

from translations.desk import drafting, views
from translations.desk.merging import Shown
from translations.desk.posted import PostedRow
from translations.models import Side

BODY = {
    "body_en": "<p>One: the border.</p><p>Two: the night.</p>",
    "body_fr": "<p>Un : la frontière.</p><p>Deux : la nuit.</p>",
}
# What the source says once its second paragraph has another word.
NIGHT = BODY["body_en"].replace("night", "long night")


def person(name: str = "amina", *rights: str):
    """Somebody who may "translate_fr", …"""
    somebody = get_user_model().objects.create_user(name, password="a long password")
    somebody.user_permissions.set(Permission.objects.filter(codename__in=rights))
    return somebody


def side(document, language: str = "fr") -> Side:
    return Side.objects.of(document).get(language=language)


def edit_source(document, **fields):
    """What an editor does meanwhile."""
    document = type(document).objects.get(pk=document.pk)
    for name, value in fields.items():
        setattr(document, name, value)
    document.save()


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
    return drafting.save(document, language, who, list(found), saw)


def texts(document, part: str = ":body") -> list[str]:
    return [row.row.text for row in rows(document, part)]


def at(document, view: str = "", language: str = "fr") -> str:
    return f"/desk/{document._meta.label_lower}-{document.pk}/{language}/{view}"


def form(page, texts: dict[str, str] | None = None, **fields) -> dict[str, str]:
    """What a browser without scripts posts: every row of the page, with `texts` by source text."""
    data = {"saw": page.saw, "do": "save", **fields}
    for row in page.rows:
        data |= {
            f"part-{row.key}": row.part,
            f"seen-{row.key}": row.seen,
            f"was-{row.key}": row.was,
            f"text-{row.key}": (texts or {}).get(row.source_text, row.typed),
        }
        if row.omitted:
            data[f"omit-{row.key}"] = "on"
    return data


def page_of(client, document):
    """The desk's page as its template is given it."""
    return client.get(at(document)).context["page"]


def told(response) -> list[str]:
    """What the page says about what was done."""
    return [str(message) for message in response.context["messages"]]


def autosave(client, document, *found, saw: str = ""):
    """What a page's script posts: each of `found` is a row of the page and the text in it now."""
    data = {
        "saw": saw,
        "rows": [
            {
                "key": row.key,
                "part": row.part,
                "seen": row.seen,
                "was": row.was,
                "text": text,
                "omit": False,
            }
            for row, text in found
        ],
    }
    return client.post(at(document, "save/"), json.dumps(data), content_type="application/json")
