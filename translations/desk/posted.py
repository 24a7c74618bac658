"""What a page of the desk sends: rows from a form or from JSON, checked before anything is done."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from translations.parts import Base

_KEY = re.compile(r"[a-z0-9-]{1,64}")
_MARK = re.compile(r"[0-9a-f]{0,32}")
_MOST = 2_000_000  # characters of one text; a body of a million words is none


class Nonsense(ValueError):
    """What was posted is no rows. Its message is for people who write scripts."""


@dataclass(frozen=True)
class PostedRow:
    """One cell as a browser sent it. `seen` is the source that it stood beside, `was` the mark of
    the text that the browser began with."""

    key: str
    part: str
    seen: Base
    was: str
    text: str
    omit: bool

    @classmethod
    def of(cls, key, part, seen, was, text, omit) -> PostedRow:
        """Raises Nonsense for what no page sends."""
        if not isinstance(key, str) or not _KEY.fullmatch(key):
            raise Nonsense("A row has no key.")
        if not all(isinstance(value, str) for value in (part, was, text)) or len(text) > _MOST:
            raise Nonsense(f"Row {key}: part, was and text are strings.")
        if not _MARK.fullmatch(was):
            raise Nonsense(f"Row {key}: was is what the page was given.")
        if not isinstance(omit, bool):
            raise Nonsense(f"Row {key}: omit is true or false.")
        return cls(key, part, _base(key, seen), was, text, omit)


def from_form(fields: Mapping[str, str]) -> list[PostedRow]:
    """The rows of a posted form, in the order of the page. Raises Nonsense."""
    keys = [name.removeprefix("part-") for name in fields if name.startswith("part-")]
    return [
        PostedRow.of(
            key,
            fields[f"part-{key}"],
            _loaded(fields.get(f"seen-{key}", "[]")),
            fields.get(f"was-{key}", ""),
            fields[f"text-{key}"],
            f"omit-{key}" in fields,
        )
        for key in keys
        if f"text-{key}" in fields
    ]


def from_json(body: bytes) -> tuple[str, list[PostedRow]]:
    """(`saw`, rows) of an autosave. Raises Nonsense."""
    data = _loaded(body)
    if not isinstance(data, dict) or not isinstance(data.get("rows"), list):
        raise Nonsense("An object with “saw” and “rows” is expected.")
    names = ("key", "part", "seen", "was", "text", "omit")
    found = []
    for row in data["rows"]:
        if not isinstance(row, dict) or not {*names} <= row.keys():
            raise Nonsense(f"Each row has {', '.join(names)}.")
        seen = row["seen"]
        seen = _loaded(seen) if isinstance(seen, str) else seen
        found.append(
            PostedRow.of(
                *(row[name] if name != "seen" else seen for name in names[:5]), bool(row["omit"])
            )
        )
    return fingerprint(data.get("saw")), found


def fingerprint(value) -> str:
    """A fingerprint that was posted, "" for anything else."""
    return value if isinstance(value, str) and re.fullmatch(r"[0-9a-f]{32}", value) else ""


def number(told: str | None) -> int | None:
    """A number that was posted, such as a draft's revision; -1, which none is, for nonsense."""
    if told is None:
        return None
    return int(told) if told.isascii() and told.isdigit() and len(told) < 10 else -1


def _loaded(text):
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Nonsense("This is not JSON.") from error


def _base(key: str, seen) -> Base:
    is_base = isinstance(seen, list) and all(
        isinstance(pair, list) and len(pair) == 2 and all(map(_can_be_stored, pair))
        for pair in seen
    )
    if not is_base:
        raise Nonsense(f"Row {key}: seen is a list of [path, html].")
    return seen


def _can_be_stored(text) -> bool:
    # PostgreSQL's JSON holds neither NUL nor lone surrogates; no source has them.
    return isinstance(text, str) and not re.search("[\0\ud800-\udfff]", text)
