"""What the tests of the board share: what they ask of the page, and what they make."""

from __future__ import annotations

import re
from datetime import timedelta

from django.utils import timezone
from lxml import html

from bulletins.models import Bulletin
from tests import factories
from tests.translations.desk.desk_helpers import posted, rows, save
from translations.acts import reviewing


def page(client, query: str = ""):
    return html.fromstring(client.get(f"/desk/{query}").content)


def find(tree, selector: str) -> list:
    """The elements that a plain CSS selector finds: tags, classes, ids, attributes, descent."""
    path = "."
    for step in selector.split():
        tag, rest = re.fullmatch(r"(\w*)(.*)", step).groups()
        rest = re.sub(r"\.([\w-]+)", r"[contains(concat(' ', @class, ' '), ' \1 ')]", rest)
        rest = re.sub(r"#([\w-]+)", r"[@id='\1']", rest)
        rest = re.sub(r"\[(\w+)\]", r"[@\1]", rest)
        path += f"//{tag or '*'}{rest}"
    return tree.xpath(path)


def words(element) -> str:
    return " ".join(element.text_content().split())


def titles(client, query: str = "") -> list[str]:
    return [words(one) for one in find(page(client, query), ".board .board-title")]


def cells(client, query: str = "") -> list[list[str]]:
    """The cells of the first row, without the name of the language that a phone shows."""
    tree = page(client, query)
    for one in [*find(tree, ".board-language"), *find(tree, ".visually-hidden")]:
        one.drop_tree()
    [row] = find(tree, ".board tbody tr")
    return [words(cell) for cell in find(row, "td")]


def listed(client, place: str) -> list[str]:
    return [words(one) for one in find(page(client), f"{place} li")]


def outdated(title: str, *, ago: timedelta = timedelta(hours=1)) -> Bulletin:
    """A live pair whose original changed `ago`."""
    document = factories.live_pair(title_en="As it was")
    document.title_en = title
    document.save()
    waiting(document, ago)
    return document


def missing(title: str, *, ago: timedelta = timedelta(hours=1)) -> Bulletin:
    document = factories.live(title_en=title, ago=ago)
    waiting(document, ago)
    return document


def waiting(document, ago: timedelta):
    # The clock stands where the tests run.
    document.side_rows.filter(waiting_since__isnull=False).update(
        waiting_since=timezone.now() - ago
    )


def begun(document, who):
    """A draft of the French side with its title, by `who`."""
    [title] = rows(document, ":title")
    save(document, who, posted(title, "Une cuisine", ":title"))
    return document


def submitted(document, who, *, ago: timedelta = timedelta(hours=1)):
    begun(document, who)
    reviewing.submit(Bulletin, document.pk, "fr", person=who)
    document.side_rows.filter(language="fr").update(submitted_at=timezone.now() - ago)
    return document
