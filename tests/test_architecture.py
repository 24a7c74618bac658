"""The rooms, and who may import whom. This dict is the documentation of the rule."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# Imports go down only. What stands below learns of content by registration.
MAY_IMPORT = {
    "core": set(),
    "translations": {"core"},
    "pictures": {"translations", "core"},
    "search": {"translations", "core"},
    "pages": {"pictures", "search", "translations", "core"},
    "bulletins": {"pages", "pictures", "search", "translations", "core"},
    "donations": {"pages", "translations", "core"},
    "links": {"pages", "search", "translations", "core"},
    "accounts": {"pages", "translations", "core"},
    "config": {
        *("accounts", "bulletins", "donations", "links"),
        *("pages", "pictures", "search", "translations", "core"),
    },
}

# The ground is content-blind, and a closed list.
GROUND = {
    "addresses": "what a link may lead to",
    "alignment": "which segments of a text belong to which of its translation",
    "anchors": "what two texts in two languages write alike",
    "beads": "what it costs to believe that passages say the same",
    "canonical": "any HTML to canonical block HTML",
    "cards": "the picture that other sites show with a link to ours",
    "html": "the one door to everything about HTML",
    "images": "pictures made harmless, and faces covered",
    "imaging/": "how that is done, in a process of its own",
    "inline": "marks and spaces inside a block",
    "kept": "the text of a form that came too late",
    "languages": "the languages, their names and directions",
    "lettering": "words on a picture, in any script",
    "losses": "what canonical HTML cannot carry",
    "markup": "the one allowlist",
    "pieces": "canonical HTML taken apart and put together",
    "samples": "sample content from TOML files",
    "segments": "paragraphs, and two versions compared word by word",
    "slugs": "an address from a title",
    "typography": "French spaces for the reader",
    "uploads": "uploaded files without a name on any disk",
    "zones": "time zones by name",
}

# What knows nothing of content knows no name of it either: no address, no template, no model.
BLIND = ["translations", "templates/desk", "static/desk"]
CONTENT = sorted(room for room, below in MAY_IMPORT.items() if "translations" in below)
# Nor are pictures content: the desk shows them, and knows them by registration only.
CONTENT = [room for room in CONTENT if room not in ("accounts", "config", "pictures", "search")]
# Any page has links and pages: these two are names only where a string begins with them.
WORDS = [room for room in CONTENT if room not in ("links", "pages")]
NAMES = re.compile(
    rf"""(?<![\w-])(?i:{"|".join(f"{room}?" for room in WORDS)})(?![\w-])"""
    rf"""|(["'])/?(?:{"|".join(CONTENT)})(?:[.:/][^"'\n]*)?\1""",
)
# The check of links is called so.
NO_NAMES = {"translations/checks/links.py": {"'links'"}}
EXAMPLE = re.compile(r"""such as ["'][^"']*["']""")
COMMENTS = {
    ".html": r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}|<!--.*?-->",
    ".js": r"/\*.*?\*/|(?<!:)//[^\n]*",
    ".css": r"/\*.*?\*/",
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


def code(text: str, suffix: str) -> str:
    """A file without its comments, its docstrings and the examples in its help."""
    if suffix == ".py":
        text = ast.unparse(without_docstrings(ast.parse(text)))
    else:
        text = re.sub(COMMENTS[suffix], "", text, flags=re.DOTALL)
    return EXAMPLE.sub("", text)


def without_docstrings(tree: ast.Module) -> ast.Module:
    for node in ast.walk(tree):
        is_documented = isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        if is_documented and ast.get_docstring(node, clean=False) is not None:
            node.body[0] = ast.Pass()
    return tree


def content_named(text: str, suffix: str) -> list[str]:
    """Where a file's code calls a content app by its name."""
    return [match[0] for match in NAMES.finditer(code(text, suffix))]


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_only_what_stands_below_it(room):
    above = {
        str(path.relative_to(ROOT)): sorted(forbidden)
        for path in files(room)
        if (forbidden := imported_rooms(path) - MAY_IMPORT[room] - {room})
    }

    assert above == {}


@pytest.mark.parametrize("folder", BLIND)
def test_what_is_content_blind_names_no_content_app(folder):
    found = {}
    for path in sorted((ROOT / folder).rglob("*")):
        if path.suffix in (".py", *COMMENTS):
            where = str(path.relative_to(ROOT))
            names = set(content_named(path.read_text(encoding="utf-8"), path.suffix))
            found[where] = sorted(names - NO_NAMES.get(where, set()))

    assert {where: names for where, names in found.items() if names} == {}


@pytest.mark.parametrize(
    ("text", "suffix"),
    [
        ('apps.get_model("pages", "Page")', ".py"),
        ('model._meta.label == "links.Group"', ".py"),
        ("reverse(f'donations:{name}')", ".py"),
        ("is_urgent = document.bulletin.kind", ".py"),
        ("{% url 'pages:page' slug=slug %}", ".html"),
        ('{% include "links/includes/group.html" only %}', ".html"),
        ('<div class="{{ bulletin.kind }}">', ".html"),
        ('fetch("/pages/1/")', ".js"),
        ("a[href*='bulletins'] {}", ".css"),
    ],
)
def test_a_name_of_a_content_app_is_seen(text, suffix):
    assert len(content_named(text, suffix)) == 1


@pytest.mark.parametrize(
    ("text", "suffix"),
    [
        ('"""Such as bulletins."""\nfound = html.links(text)', ".py"),
        ("pages = Paginator(sides, 50)  # of bulletins", ".py"),
        ('{# pages:page #}<nav class="board-pages">{% for page in pages %}', ".html"),
        ("// Links of bulletins\nconst links = 1;", ".js"),
    ],
)
def test_a_word_is_no_name(text, suffix):
    assert content_named(text, suffix) == []


def test_every_room_is_on_the_list():
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}

    assert rooms == MAY_IMPORT.keys()


def test_the_ground_is_a_closed_list_without_models():
    modules = {path.stem for path in (ROOT / "core").glob("*.py")} - {"__init__"}
    packages = {f"{path.parent.name}/" for path in (ROOT / "core").glob("*/__init__.py")}

    assert modules | packages == GROUND.keys()


def test_the_architecture_page_tells_the_same_story():
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")

    for room, below in MAY_IMPORT.items():
        named = ", ".join(f"`{name}`" for name in sorted(below)) or "nothing of ours"
        assert f"| `{room}` | {named} |" in page
    for name, purpose in GROUND.items():
        file = name if name.endswith("/") else f"{name}.py"
        assert f"- `core/{file}`: {purpose}" in page
