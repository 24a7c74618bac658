"""The documentation leads somewhere: files, headings and pictures that it names are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
# [text](address), ![text](address)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.DOTALL | re.MULTILINE)


def links(page: str) -> list[str]:
    """Where a page leads in this repository; not other hosts."""
    return [to for to in LINK.findall(CODE.sub("", page)) if "://" not in to]


def anchors(page: str) -> set[str]:
    """The anchors that a forge makes of a page's headings."""
    headings = re.findall(r"^#+ (.+)$", page, re.MULTILINE)
    kept = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {heading.replace(" ", "-") for heading in kept}


def leads_nowhere(page: Path, to: str) -> bool:
    name, _hash, anchor = to.partition("#")
    target = (page.parent / name).resolve() if name else page
    if not target.exists():
        return True
    return bool(anchor) and anchor not in anchors(target.read_text(encoding="utf-8"))


def not_named(folder: str) -> list[str]:
    """The modules of a folder that the architecture page does not name where it tells of them."""
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    _before, _heading, told = page.partition("### The interpreter")
    told, _heading, _after = told.partition("## The words")
    modules = {path.stem for path in (ROOT / folder).glob("*.py")} - {"__init__", "apps"}
    return sorted(modules - set(re.findall(r"\w+", told)))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_of_a_page_leads_somewhere(page):
    found = links(page.read_text(encoding="utf-8"))

    assert [to for to in found if leads_nowhere(page, to)] == []


def test_a_link_that_leads_nowhere_is_seen(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# A heading\n[here](#a-heading) [there](#another) [gone](gone.md) `[x](y)`")

    found = links(page.read_text())

    assert [to for to in found if leads_nowhere(page, to)] == ["#another", "gone.md"]


@pytest.mark.parametrize("folder", ["translations", "translations/acts", "translations/desk"])
def test_the_architecture_page_names_every_module_of_the_interpreter(folder):
    assert not_named(folder) == []
