"""What the desk tells the checks about a text."""

from __future__ import annotations

import pytest

from bulletins.models import Kind
from tests import factories
from tests.translations.desk.desk_helpers import side
from translations.desk.checking import Checking
from translations.desk.opened import Opened

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "found"), [(Kind.CALLOUT, ["relative"]), (Kind.UPDATE, [])], ids=str
)
def test_tomorrow_is_soon_wrong_only_in_a_kind_that_is_registered_as_dated(kind, found):
    document = factories.live_pair(kind=kind, body_fr="<p>Venez demain à la cuisine.</p>")
    problems = Checking(Opened(side(document), document)).all()

    told = [problem.id.split("-")[0] for row in problems.values() for problem in row]
    assert told == found
