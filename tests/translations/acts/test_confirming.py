"""“Still correct”."""

from __future__ import annotations

import pytest

from bulletins.models import Bulletin
from tests.translations import side_events as events
from tests.translations.side_bases import NEW, differences
from tests.translations.side_events import a_word, side, state
from translations.acts import confirming, publishing

pytestmark = pytest.mark.django_db


def test_one_of_two_differences_confirmed_leaves_the_other():
    document = events.document_in("O-")
    a_word(document)
    kept = side(document).based_on[":body"]
    new = [["p", NEW]]

    confirming.confirm_segments(Bulletin, document.pk, "fr", part=":body", old=[kept[0]], new=new)

    [was], [now] = differences(document)
    assert ("Foch" in was, "Jaurès" in now, state(document)) == (True, True, "O-")


def test_confirming_a_source_that_has_moved_since_is_refused():
    document = events.document_in("O-")
    saw = side(document).source_fingerprint
    a_word(document)

    with pytest.raises(publishing.Moved):
        confirming.confirm_side(Bulletin, document.pk, "fr", saw=saw)

    assert (state(document), list(map(len, differences(document)))) == ("O-", [2, 2])
