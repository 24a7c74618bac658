"""What the desk's templates lean on: its modules by name, and its rows by number."""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.template import Context, Template

from translations.templatetags import desk

FOLDER = Path(settings.BASE_DIR) / "static" / "desk"
# Loaded by the page itself, before or beside the modules.
BY_THE_PAGE = {"desk", "scripted"}


def rendered() -> str:
    request = SimpleNamespace(csp_nonce="a-nonce")
    return Template("{% load desk %}{% desk_modules %}").render(Context({"request": request}))


def import_map() -> dict[str, str]:
    found = re.search(r'<script type="importmap" nonce="a-nonce">(.*?)</script>', rendered())
    return json.loads(found[1])["imports"]


def row(key="a", *, done=False, typed="", source="", rich=True):
    return SimpleNamespace(
        key=key, is_done=done, typed=typed, source_text=source, is_rich=rich, fault=None
    )


def test_every_module_of_the_desk_has_a_name_in_the_import_map():
    named = {name.removeprefix("desk/") for name in import_map() if name.startswith("desk/")}

    assert named == {path.stem for path in FOLDER.glob("*.js")} - BY_THE_PAGE


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.js")), ids=lambda path: path.stem)
def test_a_module_imports_only_what_has_a_name(path):
    imported = set(re.findall(r'(?:from|import\()\s*"([^"]+)"', path.read_text()))

    assert imported - import_map().keys() == set()


def test_the_modules_are_asked_for_at_once():
    preloaded = re.findall(r'<link rel="modulepreload" href="[^"]*/desk/(\w+)\.js">', rendered())

    assert preloaded == list(desk.NAMES)


def test_the_editor_gets_the_admins_extensions():
    extensions = json.loads(desk.editor_extensions())

    assert extensions["Heading"] == {"levels": [2, 3]}
    assert extensions["Phrase"] is True
    assert "Menu" not in extensions


def test_rows_are_counted_through_the_whole_document():
    page = SimpleNamespace(rows=[row("a"), row("b"), row("c")])

    assert desk.row_numbers(page) == {"a": 1, "b": 2, "c": 3}


@pytest.mark.parametrize(("show", "shown"), [("left", False), ("all", True), (None, True)])
def test_a_part_that_is_done_is_not_among_what_is_left(show, shown):
    part = SimpleNamespace(rows=[row(done=True), row(done=True)])

    assert desk.shown(part, show) is shown


def test_a_part_with_one_row_to_do_is_among_what_is_left():
    part = SimpleNamespace(rows=[row(done=True), row()])

    assert desk.shown(part, "left") is True


@pytest.mark.parametrize(
    ("given", "lines"),
    [
        (row(typed="A title", rich=False), 1),
        (row(typed="A paragraph"), 2),
        (row(typed="One\n\nTwo"), 4),
        (row(typed="", source="x" * 100), 4),
    ],
)
def test_a_text_area_has_room_for_its_text(given, lines):
    assert desk.lines(given) == lines
