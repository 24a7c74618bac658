"""A content app has the board and the desk by registering, and by nothing else.

`tests.leaflets` is such an app: two models, their registration, a migration.
"""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from lxml import html

from tests.leaflets.models import Leaflet, Panel
from tests.translations.desk.desk_helpers import person, side
from translations import memory

pytestmark = pytest.mark.django_db

WORDS = {
    "Know your rights": "Connaître ses droits",
    "You may stay silent.": "Vous pouvez garder le silence.",
    "You may ask for a lawyer.": "Vous pouvez demander un avocat.",
    "At the station": "Au poste",
}


@pytest.fixture
def leaflet():
    made = Leaflet.objects.create(
        title_en="Know your rights",
        body_en="<p>You may stay silent.</p><p>You may ask for a lawyer.</p>",
        published_at=timezone.now() - timedelta(hours=1),
    )
    Panel.objects.create(leaflet=made, heading_en="At the station")
    return made


@pytest.fixture
def esther(client):
    """Somebody who translates into French and publishes, logged in."""
    somebody = person("esther", "translate_fr", "publish_fr")
    client.force_login(somebody)
    return somebody


# What a test does and asks ----------------------------------------------------------------------


def at(leaflet, view: str = "") -> str:
    return f"/desk/leaflets.leaflet-{leaflet.pk}/fr/{view}"


def tell(client, leaflet, do: str, words: dict[str, str]):
    """Fill in the page's own form as a browser does, and press a button."""
    response = client.get(at(leaflet))
    tree = html.fromstring(response.content)
    [form] = [form for form in tree.forms if "saw" in form.fields]
    for row in response.context["page"].rows:
        form.fields[f"text-{row.key}"] = words.get(row.source_text, row.typed)
    posted = client.post(at(leaflet), {**dict(form.form_values()), "do": do})
    assert posted.status_code == 302


def board(client, query: str = "") -> list[str]:
    """The rows of the board, in words."""
    tree = html.fromstring(client.get(f"/desk/{query}").content)
    rows = tree.xpath("//table[contains(@class, 'board')]/tbody/tr")
    return [" ".join(row.text_content().split()) for row in rows]


def report() -> list[dict]:
    out = StringIO()
    call_command("translation_report", "--json", stdout=out)
    return json.loads(out.getvalue())


def stands(leaflet) -> tuple[str, str]:
    status = side(leaflet).status
    return status.public.value, status.work.value


def change(leaflet, **fields):
    leaflet = Leaflet.objects.get(pk=leaflet.pk)
    for name, value in fields.items():
        setattr(leaflet, name, value)
    leaflet.save()


# From the board to readers ----------------------------------------------------------------------


def test_it_stands_on_the_board(client, esther, leaflet):
    [row] = board(client)

    assert row.startswith("Know your rights Leaflet live written in English")
    assert "missing" in row


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?kind=leaflets.leaflet:", 1),
        ("?app=leaflets", 1),
        ("?kind=pages.page:", 0),
        ("?app=pages", 0),
    ],
)
def test_the_board_filters_by_its_kind_and_its_app(client, esther, leaflet, query, found):
    assert len(board(client, query)) == found


def test_the_desk_opens_it_with_its_children(client, esther, leaflet):
    page = client.get(at(leaflet)).context["page"]

    assert [(group.label, [row.source_text for row in group.rows]) for group in page.groups] == [
        ("", ["Know your rights", "You may stay silent.", "You may ask for a lawyer."]),
        ("Panel", ["At the station"]),
    ]


@pytest.mark.parametrize("view", ["", "preview/", "review/", "versions/"])
def test_every_page_of_the_desk_knows_it(client, esther, leaflet, view):
    tell(client, leaflet, "save", WORDS)

    assert client.get(at(leaflet, view)).status_code == 200


def test_a_draft_is_kept_and_nobody_reads_it(client, esther, leaflet):
    tell(client, leaflet, "save", {"Know your rights": "Connaître ses droits"})
    leaflet.refresh_from_db()

    assert (stands(leaflet), leaflet.title_fr) == (("missing", "in_progress"), None)
    assert "in progress" in board(client)[0]


def test_publishing_gives_the_side_to_readers(client, esther, leaflet):
    tell(client, leaflet, "publish", WORDS)
    leaflet.refresh_from_db()

    assert stands(leaflet) == ("current", "none")
    assert (leaflet.title_fr, leaflet.body_fr, leaflet.panels.get().heading_fr) == (
        "Connaître ses droits",
        "<p>Vous pouvez garder le silence.</p><p>Vous pouvez demander un avocat.</p>",
        "Au poste",
    )
    assert leaflet.history.first().history_user == esther


def test_what_is_published_teaches_the_memory(client, esther, leaflet):
    tell(client, leaflet, "publish", WORDS)
    [found] = memory.suggestions("You may stay silent.", "en", "fr")

    assert found.target_text == "Vous pouvez garder le silence."


def test_a_change_of_the_original_shows_as_one_row(client, esther, leaflet):
    tell(client, leaflet, "publish", WORDS)
    change(leaflet, body_en="<p>You may stay silent.</p><p>You may ask for an interpreter.</p>")
    page = client.get(at(leaflet)).context["page"]

    assert stands(leaflet) == ("outdated", "none")
    assert [row.source_text for row in page.changed] == ["You may ask for an interpreter."]
    assert "outdated" in board(client)[0]


def test_a_change_of_a_child_makes_it_outdated_too(client, esther, leaflet):
    tell(client, leaflet, "publish", WORDS)
    panel = leaflet.panels.get()
    panel.heading_en = "At the border"
    panel.save()

    assert stands(leaflet) == ("outdated", "none")


def test_the_report_lists_it(client, esther, leaflet):
    before = report()
    tell(client, leaflet, "publish", WORDS)
    change(leaflet, title_en="Know all your rights")
    name = {"document": f"leaflets.leaflet/{leaflet.pk}", "language": "fr"}

    assert before == [{**name, "state": "missing", "words": 16}]
    assert report() == [{**name, "state": "outdated", "words": 4}]
