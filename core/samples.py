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


def moment(midnight: datetime, days: float) -> datetime:
    """`days` from `midnight`, on the minute."""
    return (midnight + timedelta(days=days)).replace(second=0, microsecond=0)
