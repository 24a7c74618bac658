"""What no template may hold, whoever writes it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parent.parent / "templates"
FILES = sorted(TEMPLATES.rglob("*.html"))

FORBIDDEN = {
    "|safe": r"\|\s*safe\b",
    "autoescape off": r"\{%\s*autoescape\s+off",
    "inline style": r"\sstyle\s*=|<style",
    "inline script": r"<script(?![^>]*\bsrc=)",
    "inline event": r"\son[a-z]+\s*=\s*[\"']",
    "another host": r"(?:src|href)\s*=\s*[\"'](?:https?:)?//",
    "blocktranslate that is not trimmed": r"\{%\s*blocktranslate(?![^%]*\btrimmed\b)",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_holds(what):
    pattern = re.compile(FORBIDDEN[what])
    found = [
        f"{path.relative_to(TEMPLATES)}: {match[0]}"
        for path in FILES
        for match in pattern.finditer(path.read_text(encoding="utf-8"))
    ]

    assert found == []


def test_the_base_template_stays_short():
    assert len((TEMPLATES / "base.html").read_text().splitlines()) < 80


def test_components_see_only_what_they_are_given():
    loose = [
        f"{path.relative_to(TEMPLATES)}: {match[0]}"
        for path in FILES
        for match in re.finditer(
            r"\{% include [\"']components/[^%]*%\}", path.read_text(encoding="utf-8")
        )
        if " only %}" not in match[0]
    ]

    assert loose == []
