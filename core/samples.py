"""Sample content is written in TOML files: facts, and one table per language."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from core import languages


def read(path: Path) -> dict:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def columns(table: dict, link: Callable[[str], str] = str) -> dict[str, str]:
    """The language tables of `table` as columns: {"fr": {"title": …}} → {"title_fr": …}.

    `link` is applied to every text, to resolve its `sample:<name>` links.
    """
    return {
        f"{name}_{code}": link(text)
        for code in languages.codes()
        for name, text in table.get(code, {}).items()
    }


def figures(table: dict) -> list[tuple[str, dict]]:
    """The pictures that `table` says it shows: the name of each, and the fields of its figure."""
    found = []
    for position, figure in enumerate(table.get("figures", []), start=1):
        facts = {name: value for name, value in figure.items() if name in ("place", "show_on_card")}
        found.append((figure["picture"], {"position": position, **facts, **columns(figure)}))
    return found


def moment(midnight: datetime, days: float) -> datetime:
    """`days` from `midnight`, on the minute."""
    return (midnight + timedelta(days=days)).replace(second=0, microsecond=0)
