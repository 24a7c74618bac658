from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command

from config.stylesheet import NAME, PARTS, StylesheetFinder


@pytest.fixture
def css(settings, tmp_path):
    """A folder with the stylesheet's parts, each holding its own name."""
    folder = tmp_path / "static" / "css"
    folder.mkdir(parents=True)
    for name in PARTS:
        (folder / f"{name}.css").write_text(f"/* {name} */\n")
    settings.STATICFILES_DIRS = [tmp_path / "static"]
    settings.DATA_DIR = tmp_path / "data"
    return folder


def found() -> Path:
    return Path(StylesheetFinder().find(NAME))


def test_parts_are_joined_in_the_order_of_their_layers(css):
    names = ("tokens", "base", "layout", "components", "utilities", "print")
    assert found().read_text() == "\n".join(f"/* {name} */\n" for name in names)


def test_an_unchanged_stylesheet_is_not_written_again(css):
    before = found().stat()
    after = found().stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_changed_part_shows_at_once(css):
    found()
    (css / "print.css").write_text("/* paper */\n")
    assert found().read_text().endswith("/* utilities */\n\n/* paper */\n")


def test_nothing_is_left_beside_the_stylesheet(css):
    assert [path.name for path in found().parent.iterdir()] == ["site.css"]


def test_other_paths_are_not_ours(css):
    assert StylesheetFinder().find("css/tokens.css") == []
    assert StylesheetFinder().find("site.css", find_all=True) == []


def test_find_all_gives_a_list(css):
    assert StylesheetFinder().find(NAME, find_all=True) == [str(found())]


def test_collectstatic_puts_it_where_templates_look(css, settings, tmp_path):
    settings.STATICFILES_FINDERS = ["config.stylesheet.StylesheetFinder"]
    settings.STATIC_ROOT = tmp_path / "out"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    written = [path for path in settings.STATIC_ROOT.rglob("*") if path.is_file()]
    assert written == [settings.STATIC_ROOT / "css" / "site.css"]
    assert written[0].read_text() == found().read_text()


def test_a_missing_part_is_named_by_the_check(css):
    (css / "layout.css").unlink()
    (error,) = StylesheetFinder().check()
    assert error.msg == f"A part of the stylesheet is missing: {css / 'layout.css'}."


def test_a_whole_stylesheet_passes_the_check(css):
    assert StylesheetFinder().check() == []
