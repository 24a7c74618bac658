"""The desk's own form as a browser sends it, and what is known of a side."""

from __future__ import annotations

import json

from django.test import Client
from lxml import html

from tests.accounts.people import superuser
from translations.models import Side


def address(document, language: str) -> str:
    return f"/desk/{document._meta.label_lower}-{document.pk}/{language}/"


def filled(document, language: str) -> dict[str, str]:
    """The desk's form with words in every text area, as somebody sends it who has just opened it.

    Without the button and without a token.
    """
    client, reader = Client(), superuser("reader")
    client.force_login(reader)
    page = html.fromstring(client.get(address(document, language)).text)
    reader.delete()
    [form] = [form for form in page.forms if "saw" in form.fields]
    sent = {name: value for name, value in form.form_values() if name != "csrfmiddlewaretoken"}
    areas = [area.get("name") for area in form.xpath(".//textarea[starts-with(@name, 'text-')]")]
    assert areas != []
    return sent | {name: f"Words {number}" for number, name in enumerate(areas)}


def side(document, language: str) -> Side:
    return Side.objects.of(document).get(language=language)


def keys(document, language: str) -> list[str]:
    """The keys of the rows that the desk shows."""
    return [n.removeprefix("part-") for n in filled(document, language) if n.startswith("part-")]


def as_json(texts: dict[str, str]) -> str:
    """What a script sends of the same form."""
    found = [name.removeprefix("part-") for name in texts if name.startswith("part-")]
    names = ("part", "seen", "was", "text")
    rows = [
        {"key": key, "omit": False} | {name: texts[f"{name}-{key}"] for name in names}
        for key in found
    ]
    return json.dumps({"saw": texts["saw"], "rows": rows})


def words(side: Side) -> dict[str, list[str]] | None:
    """Part → the texts of its rows in the draft; None where there is none."""
    if side.draft is None:
        return None
    return {part: [row["text"] for row in rows] for part, rows in side.draft["rows"].items()}
