"""The rooms, and who may import whom. This dict is the documentation of the rule."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# Imports go down only. What stands below learns of content by registration.
MAY_IMPORT = {
    "core": set(),
    "translations": {"core"},
    "pages": {"translations", "core"},
    "bulletins": {"pages", "translations", "core"},
    "donations": {"pages", "translations", "core"},
    "links": {"pages", "translations", "core"},
    "accounts": {"pages", "translations", "core"},
    "config": {"accounts", "bulletins", "donations", "links", "pages", "translations", "core"},
}

# The ground is content-blind, and a closed list.
GROUND = {
    "addresses": "what a link may lead to",
    "alignment": "which segments of a text belong to which of its translation",
    "anchors": "what two texts in two languages write alike",
    "beads": "what it costs to believe that passages say the same",
    "canonical": "any HTML to canonical block HTML",
    "html": "the one door to everything about HTML",
    "inline": "marks and spaces inside a block",
    "kept": "the text of a form that came too late",
    "languages": "the languages, their names and directions",
    "losses": "what canonical HTML cannot carry",
    "markup": "the one allowlist",
    "pieces": "canonical HTML taken apart and put together",
    "samples": "sample content from TOML files",
    "segments": "paragraphs, and two versions compared word by word",
    "slugs": "an address from a title",
    "typography": "French spaces for the reader",
    "zones": "time zones by name",
}


def files(room: str) -> list[Path]:
    return [p for p in sorted((ROOT / room).rglob("*.py")) if "migrations" not in p.parts]


def imported_rooms(path: Path) -> set[str]:
    """The rooms that a file imports, inside functions too."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names.add(node.module)
    return {name.split(".")[0] for name in names} & MAY_IMPORT.keys()


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_only_what_stands_below_it(room):
    above = {
        str(path.relative_to(ROOT)): sorted(forbidden)
        for path in files(room)
        if (forbidden := imported_rooms(path) - MAY_IMPORT[room] - {room})
    }

    assert above == {}


def test_every_room_is_on_the_list():
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}

    assert rooms == MAY_IMPORT.keys()


def test_the_ground_is_a_closed_list_without_models():
    modules = {path.stem for path in files("core")} - {"__init__"}

    assert modules == GROUND.keys()


def test_the_architecture_page_tells_the_same_story():
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")

    for room, below in MAY_IMPORT.items():
        named = ", ".join(f"`{name}`" for name in sorted(below)) or "nothing of ours"
        assert f"| `{room}` | {named} |" in page
    for module, purpose in GROUND.items():
        assert f"- `core/{module}.py`: {purpose}" in page
