"""What becomes of a side: every event, in every state.

Down: events. Across: the state in which one meets the French side. In the table: its state then.

    S source   M missing   C up to date   O outdated        - nobody is at work on it
    no     refused, and nothing is written                   ~ somebody has begun a draft
    moved  not published: source or side have changed since  ! it is ready for review
"""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404

from tests.translations import side_events as events
from tests.translations.side_events import EVENTS, STATES
from translations.acts import publishing
from translations.management.commands import check_sides
from translations.models import Side

pytestmark = pytest.mark.django_db

TABLE = """
                             | S-  S~  S! | M-   M~    M!    | C-   C~    C!    | O-   O~    O!
                             |            |                  |                  |
source: a word               | S-  S~  S! | M-   M~    M!    | O-   O~    O!    | O-   O~    O!
source: a digit              | S-  S~  S! | M-   M~    M!    | O-   O~    O!    | O-   O~    O!
source: a link's target      | S-  S~  S! | M-   M~    M!    | O-   O~    O!    | O-   O~    O!
source: order of paragraphs  | S-  S~  S! | M-   M~    M!    | O-   O~    O!    | O-   O~    O!
source: a heading            | S-  S~  S! | M-   M~    M!    | O-   O~    O!    | O-   O~    O!
source: a paragraph deleted  | S-  S~  S! | M-   M~    M!    | O-   O~    O!    | O-   O~    O!
source: white space          | S-  S~  S! | M-   M~    M!    | C-   C~    C!    | O-   O~    O!
source: entities             | S-  S~  S! | M-   M~    M!    | C-   C~    C!    | O-   O~    O!
source: nothing              | S-  S~  S! | M-   M~    M!    | C-   C~    C!    | O-   O~    O!
source: a picture placed     | S-  S~  S! | M-   M~    M!    | O-   O~    O!    | O-   O~    O!
minor change                 | S-  S~  S! | M-   M~    M!    | C-   C~    C!    | O-   O~    O!
both languages at once       | S-  S~  S! | no   no    no    | C-   C~    C!    | O-   O~    O!
a child, source only         | S-  S~  S! | M-   M~    M!    | O-   O~    O!    | O-   O~    O!
a child, both languages      | S-  S~  S! | M~   M~    M!    | C-   C~    C!    | O-   O~    O!
a child deleted              | S-  S~  S! | M-   M~    M!    | C-   C~    C!    | O-   O~    O!
children reordered           | S-  S~  S! | M-   M~    M!    | C-   C~    C!    | O-   O~    O!
side written by save()       | S-  S~  S! | C-   C~    C!    | C-   C~    C!    | O-   O~    O!
side changed by save()       | S-  S~  S! | no   no    no    | C-   C~    C!    | O-   O~    O!
side emptied                 | no  no  no | M-   M~    M!    | M-   M~    M!    | M-   M~    M!
swap to the French           | S-  S~  S! | no   no    no    | S-   no    no    | no   no    no
swap to the English          | C-  C~  C! | M-   M~    M!    | C-   C~    C!    | O-   O~    O!
take the text back           | S-  S~  S! | M-   M~    M!    | C-   C~    C!    | O-   O~    O!
withdraw                     | no  no  no | M-   M~    M!    | M~   M~    M!    | M~   M~    M!
put back                     | no  no  no | no   no    no    | no   no    no    | no   no    no
withdraw, put back           | no  no  no | no   no    no    | C-   C~    C!    | O-   O~    O!
save draft                   | no  no  no | M~   M~    M!    | C~   C~    C!    | O~   O~    O!
discard                      | no  no  no | M-   M-    M-    | C-   C-    C-    | O-   O-    O-
submit                       | no  no  no | no   M!    M!    | no   C!    C!    | no   O!    O!
send back                    | no  no  no | no   M~    M~    | no   C~    C~    | no   O~    O~
publish                      | no  no  no | no   C-    C-    | no   C-    C-    | no   C-    C-
publish anyway               | no  no  no | no   C-    C-    | no   C-    C-    | no   C-    C-
source moves; publish        | no  no  no | no   moved moved | no   moved moved | no   moved moved
source moves; publish anyway | no  no  no | no   O-    O-    | no   O-    O-    | no   O-    O-
side moves; publish          | no  no  no | no   no    no    | no   moved moved | no   moved moved
side moves; publish anyway   | no  no  no | no   no    no    | no   C-    C-    | no   C-    C-
confirm a segment            | no  no  no | M-   M~    M!    | C-   C~    C!    | C-   O~    O!
confirm all                  | no  no  no | M-   M~    M!    | C-   C~    C!    | C-   O~    O!
restore a version            | no  no  no | no   no    no    | C~   C~    C!    | O~   O~    O!
restore; publish             | no  no  no | no   no    no    | C-   C-    C-    | O-   O-    O-
a picture placed; publish    | no  no  no | no   C-    C-    | C-   C-    C-    | O-   C-    C-
a picture placed; submit     | no  no  no | no   M!    M!    | O!   O!    O!    | O!   O!    O!
a picture placed; confirm    | no  no  no | M-   M~    M!    | O~   O~    O!    | O~   O~    O!
a picture placed; confirm all| no  no  no | M-   M~    M!    | O~   O~    O!    | O~   O~    O!
"""

# Of a document with a picture in each of its texts.
PICTURED = """
                             | S-  S~  S! | M-   M~    M!    | C-   C~    C!    | O-   O~    O!
                             |            |                  |                  |
source: moved                | S-  S~  S! | M-   M~    M!    | O-   O~    O!    | O-   O~    O!
source: removed              | S-  S~  S! | M-   M~    M!    | O-   O~    O!    | O-   O~    O!
source: replaced             | S-  S~  S! | M-   M~    M!    | O-   O~    O!    | O-   O~    O!
moved; publish               | no  no  no | no   C-    C-    | C-   C-    C-    | O-   C-    C-
moved; confirm all           | no  no  no | M-   M~    M!    | O~   O~    O!    | O~   O~    O!
moved, lost; publish         | no  no  no | no   O-    O-    | no   O-    O-    | no   O-    O-
removed; publish             | no  no  no | no   O-    O-    | no   O-    O-    | no   O-    O-
removed, dismissed; publish  | no  no  no | no   C-    C-    | C-   C-    C-    | O-   C-    C-
left out                     | no  no  no | M~   M~    M!    | C~   C~    C!    | O~   O~    O!
left out; publish            | no  no  no | M-   C-    C-    | C-   C-    C-    | O-   C-    C-
put elsewhere; publish       | no  no  no | no   C-    C-    | C-   C-    C-    | O-   C-    C-
side: removed by save()      | S-  S~  S! | M-   M~    M!    | C-   C~    C!    | O-   O~    O!
"""


def rows(table: str) -> dict[str, list[str]]:
    lines = [line.partition("|") for line in table.splitlines() if line.strip(" |")]
    return {name.strip(): cells.replace("|", " ").split() for name, _bar, cells in lines}


EXPECTED, EXPECTED_OF_PICTURES = rows(TABLE), rows(PICTURED)


def become(document, event) -> str:
    """The state after an event. Refused: nothing of what is known of its sides has changed."""
    before = list(Side.objects.of(document).order_by("pk").values())
    try:
        with transaction.atomic():
            event(document)
    except publishing.Moved:
        found = "moved"
    except (ValidationError, ValueError, Http404):
        found = "no"
    else:
        return events.state(document)
    assert list(Side.objects.of(document).order_by("pk").values()) == before
    return found


def test_the_table_holds_every_event_and_every_state():
    assert list(EXPECTED) == ["", *EVENTS]
    assert list(EXPECTED_OF_PICTURES) == ["", *events.PICTURED]
    assert EXPECTED[""] == EXPECTED_OF_PICTURES[""] == STATES


@pytest.mark.parametrize("pictured", [False, True])
@pytest.mark.parametrize("state", STATES)
def test_a_document_can_be_in_every_state(state, pictured):
    assert events.state(events.document_in(state, pictured=pictured)) == state


def becomes(event, *, pictured: bool = False, states=STATES) -> dict[str, str]:
    """State → the state that an event makes of it."""
    found = {}
    for state in states:
        with transaction.atomic():
            found[state] = become(events.document_in(state, pictured=pictured), event)
    assert [*check_sides.drifted(), *check_sides.orphans()] == []
    return found


@pytest.mark.parametrize("name", EVENTS)
def test_what_becomes_of_a_side(name):
    assert becomes(EVENTS[name]) == dict(zip(STATES, EXPECTED[name], strict=True))


@pytest.mark.parametrize("name", EVENTS)
def test_a_picture_in_both_texts_changes_nothing_of_that(name):
    expected = dict(zip(STATES, EXPECTED[name], strict=True))
    # What is submitted reads as what is not.
    states = ["M-", "M~", "C-", "C~", "O-", "O~"]

    found = becomes(EVENTS[name], pictured=True, states=states)

    assert found == {state: expected[state] for state in states}


@pytest.mark.parametrize("name", events.PICTURED)
def test_what_becomes_of_a_side_with_a_picture(name):
    found = becomes(events.PICTURED[name], pictured=True)

    assert found == dict(zip(STATES, EXPECTED_OF_PICTURES[name], strict=True))
