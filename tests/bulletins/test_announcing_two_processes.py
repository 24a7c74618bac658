"""Two run_due at the same moment: each mail goes out once."""

from __future__ import annotations

from collections import Counter
from email import message_from_bytes

import pytest

from bulletins.announcing import mails, sending
from bulletins.announcing.models import Announcement, State
from bulletins.models import Bulletin
from tests import factories
from tests.bulletins.announcing_helpers import SITE, lists, mail_server, states
from tests.translations.racing import OF_A_SAVE, ROUNDS, race
from translations.acts import publishing

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def server(settings):
    settings.SITE_URL = SITE
    lists()
    with mail_server(settings) as one:
        yield one


def message_ids(server) -> Counter:
    return Counter(message_from_bytes(text)["Message-ID"] for text in server.mails)


def test_two_that_send_at_once_send_each_mail_once(server, record_property):
    def sends(number: int):
        def act():
            return str(sending.send())

        return act

    def publishes_and_sends(number: int):
        factories.live_pair(announce=True, title_en=f"One {number}", title_fr=f"Une {number}")
        return sends(number)

    found = race(publishes_and_sends, sends, spread=OF_A_SAVE, note=record_property)

    bulletins = Bulletin.objects.all()
    wanted = {mails.message_id(one, code): 1 for one in bulletins for code in ("en", "fr")}
    assert len(wanted) == 2 * ROUNDS
    assert message_ids(server) == wanted
    assert {*Announcement.objects.values_list("state", "tries")} == {(State.SENT, 1)}
    assert sum(map(int, [*found[0], *found[1]])) == 2 * ROUNDS


def test_what_is_taken_back_at_that_moment_is_sent_or_dropped_and_nothing_between(
    server, record_property
):
    def sends(number: int):
        return lambda: str(sending.send())

    def takes_back(number: int):
        bulletin = factories.live_pair(announce=True, title_en=f"One {number}")
        return lambda: publishing.unpublish(Bulletin, bulletin.pk) and None

    race(takes_back, sends, spread=OF_A_SAVE, note=record_property)

    for bulletin in Bulletin.objects.all():
        for language, (state, _why) in states(bulletin).items():
            times = message_ids(server)[mails.message_id(bulletin, language)]
            assert (state, times) in [(State.SENT, 1), (State.DROPPED, 0)]
