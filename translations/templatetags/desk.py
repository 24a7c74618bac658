"""What the desk's templates need: its modules, the editor's options, and numbers for rows."""

from __future__ import annotations

import json

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django_prose_editor.config import expand_extensions
from django_prose_editor.widgets import importmap
from js_asset import ImportMap

from translations.admin.layout import MODULES
from translations.fields import EDITOR

register = template.Library()

# The editor's own modules, loaded with the first cell that is opened.
EDITOR_MODULES = ImportMap(
    {f"tract/{name}": f"admin/{name}.js" for name in ("link", "phrase", "toolbar")}
    | {"desk/editor": "desk/editor.js"}
)
NAMES = (
    *("words", "rows", "cells", "queue", "saving", "connection", "answers", "moving"),
    *("keys", "suggestions", "preview"),
)
DESK = ImportMap({f"desk/{name}": f"desk/{name}.js" for name in NAMES})


# Characters that fit beside one another in a cell, at the least.
COLUMN = 48


@register.simple_tag(takes_context=True)
def desk_modules(context):
    """The import map of the desk with the page's nonce, and links that load its modules at once.

    By name, because files are served under hashed names; in one map, because a page has only one.
    """
    modules = importmap | MODULES | EDITOR_MODULES | DESK
    nonce = str(context["request"].csp_nonce)
    files = [f"desk/{name}.js" for name in NAMES] + ["admin/element.js"]
    preloads = format_html_join(
        "\n", '<link rel="modulepreload" href="{}">', ((static(file),) for file in files)
    )
    return format_html("{}\n{}", modules.render(attrs={"nonce": nonce}), preloads)


@register.simple_tag
def editor_extensions() -> str:
    """The editor's extensions with their options as JSON: the same as in the admin."""
    return json.dumps(expand_extensions(EDITOR), separators=(",", ":"), default=str)


@register.simple_tag
def row_numbers(page) -> dict[str, int]:
    """Row key → the number by which people call it, counted through the whole document."""
    return {row.key: number for number, row in enumerate(page.rows, start=1)}


@register.filter
def at(table: dict, key):
    """`table[key]`, which a template cannot say; "" where there is none."""
    return table.get(key, "")


@register.filter
def shown(part, show: str | None) -> bool:
    """Whether a part has rows to show: with “what is left”, only those that are not done, or whose
    text was not taken."""
    return any(show != "left" or not row.is_done or row.fault for row in part.rows)


@register.filter
def lines(row) -> int:
    """How many lines a text area needs so that nothing in it is hidden, roughly."""
    text = row.typed or row.source_text
    return sum(len(line) // COLUMN + 1 for line in text.split("\n")) + row.is_rich
