"""What is due, sent once: when, to whom, and what becomes of it where something goes wrong."""

from __future__ import annotations

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends import locmem
from django.core.management import call_command

from bulletins.announcing import handing_over, mails, queue, sending
from bulletins.announcing.models import Announcement, MailingList, State, Why
from bulletins.models import Bulletin
from tests import factories
from tests.bulletins.announcing_helpers import (
    SITE,
    Clock,
    announced,
    lists,
    mail_server,
    sent,
    states,
)
from translations.acts import publishing, withdrawing

pytestmark = pytest.mark.django_db

BOTH = ["news-en@lists.example.org", "news-fr@lists.example.org"]
SENT = (State.SENT, "")
QUEUED = (State.QUEUED, "")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def site(settings):
    """A public site that can send mails, with two lists."""
    settings.SITE_URL = SITE
    lists()


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


def row(bulletin, language: str = "en") -> Announcement:
    return bulletin.announcements.get(language=language)


# What goes out, and when -------------------------------------------------------------------------


def test_each_side_goes_to_the_list_of_its_language_once():
    bulletin = announced()

    assert sending.send() == 2
    assert sorted(sent()) == BOTH
    assert states() == {"en": SENT, "fr": SENT}
    assert {one.address for one in bulletin.announcements.all()} == {*BOTH}

    assert sending.send() == 0
    assert len(mail.outbox) == 2


def test_run_due_sends_what_is_due():
    announced()

    call_command("run_due")

    assert sorted(sent()) == BOTH


def test_publishing_itself_sends_nothing():
    announced()

    assert sent() == []


def test_nothing_goes_out_without_a_tick():
    factories.live_pair()

    assert sending.send() == 0


def test_a_scheduled_bulletin_goes_out_when_readers_get_it(clock):
    factories.draft(announce=True, published_at=clock.now + DAY)

    clock.move(DAY - MINUTE)
    assert sending.send() == 0

    clock.move(2 * MINUTE)
    assert sending.send() == 1


def test_the_text_is_read_when_it_is_sent():
    bulletin = announced()
    bulletin.title_en = "Kitchen stays closed"
    bulletin.save()

    sending.send()

    assert [m.subject for m in mail.outbox if m.to == BOTH[:1]] == ["Kitchen stays closed"]


def test_a_title_that_changes_afterwards_sends_nothing_more():
    bulletin = announced()
    sending.send()
    bulletin.title_en, bulletin.title_fr = "Kitchen stays closed", "La cuisine reste close"
    bulletin.save()

    assert sending.send() == 0


def test_the_address_is_the_one_that_the_list_has_when_it_is_sent():
    bulletin = announced()
    MailingList.objects.filter(language="en").update(address="moved@lists.example.org")

    sending.send()

    assert row(bulletin).address == "moved@lists.example.org"
    assert sorted(sent()) == ["moved@lists.example.org", BOTH[1]]


@pytest.mark.parametrize("name", ["SITE_URL", "EMAIL_BACKEND"])
def test_without_a_public_address_or_a_mail_server_nothing_goes_out_and_nothing_is_lost(
    settings, name
):
    announced()
    dummy = {"SITE_URL": "", "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    setattr(settings, name, dummy[name])

    assert sending.send() == 0
    assert states() == {"en": QUEUED, "fr": QUEUED}


# What does not go out after all ------------------------------------------------------------------


@pytest.mark.parametrize(
    "take_back",
    [
        lambda bulletin: publishing.unpublish(Bulletin, bulletin.pk),
        lambda bulletin: bulletin.delete(),
        # Around save(), so that nobody has told the queue.
        lambda bulletin: Bulletin.objects.filter(pk=bulletin.pk).update(published_at=None),
        lambda bulletin: Bulletin.objects.filter(pk=bulletin.pk).delete(),
    ],
)
def test_what_readers_no_longer_have_is_not_sent(take_back):
    take_back(announced())

    assert sending.send() == 0
    dropped = (State.DROPPED, Why.TAKEN_BACK)
    assert (sent(), states()) == ([], {"en": dropped, "fr": dropped})


def test_of_a_withdrawn_side_the_other_is_sent():
    bulletin = announced()
    withdrawing.withdraw(Bulletin, bulletin.pk, "fr")

    assert sending.send() == 1
    assert sent() == BOTH[:1]


def test_a_tick_that_went_around_the_queue_is_looked_at_again():
    bulletin = announced()
    Bulletin.objects.filter(pk=bulletin.pk).update(announce=False)

    assert sending.send() == 0
    dropped = (State.DROPPED, Why.UNTICKED)
    assert states() == {"en": dropped, "fr": dropped}


def test_a_date_that_went_around_the_queue_is_waited_for(clock):
    bulletin = announced()
    Bulletin.objects.filter(pk=bulletin.pk).update(published_at=clock.now + DAY)

    assert sending.send() == 0
    assert row(bulletin).next_try_at == clock.now + DAY


def test_without_a_list_in_use_it_goes_nowhere_and_does_not_burst_out_later():
    MailingList.objects.filter(language="en").update(is_active=False)
    MailingList.objects.filter(language="fr").delete()
    bulletin = announced()
    none = (State.DROPPED, Why.NO_LIST)

    assert sending.send() == 0
    assert states() == {"en": none, "fr": none}

    MailingList.objects.filter(language="en").update(is_active=True)
    bulletin.title_en = "Kitchen opens at last"
    bulletin.save()
    assert sending.send() == 0


def test_without_a_list_nothing_waits_even_where_no_mail_can_be_sent(settings, clock):
    settings.SITE_URL = ""
    MailingList.objects.filter(language="en").delete()
    factories.draft(announce=True, published_at=clock.now + DAY)
    clock.move(DAY + MINUTE)

    sending.send()

    assert states() == {"en": (State.DROPPED, Why.NO_LIST)}


def test_what_waited_for_days_does_not_burst_out_when_cron_is_mended(clock):
    announced()
    clock.move(3 * DAY + MINUTE)

    assert sending.send() == 0
    late = (State.FAILED, Why.TOO_LATE)
    assert states() == {"en": late, "fr": late}

    for one in Announcement.objects.all():
        queue.retry(one.pk)
    assert sending.send() == 2


# What a mail server says -------------------------------------------------------------------------


class Telling(locmem.EmailBackend):
    """A mail server that answers as a test has said, for the English list."""

    error: Exception | None = None

    def send_messages(self, messages):
        if self.error and messages[0].to == BOTH[:1]:
            raise self.error
        return super().send_messages(messages)


@pytest.fixture
def telling(settings, monkeypatch):
    """Let the server of the English list raise an error, or with None none any more."""
    settings.EMAIL_BACKEND = f"{__name__}.Telling"
    return lambda error: monkeypatch.setattr(Telling, "error", error)


NO_SUCH_LIST = smtplib.SMTPRecipientsRefused({BOTH[0]: (550, b"no such list")})
GREYLISTED = smtplib.SMTPRecipientsRefused({BOTH[0]: (451, b"later")})


def test_a_dead_list_keeps_no_other_waiting(telling, caplog):
    telling(NO_SUCH_LIST)
    bulletin = announced()

    assert sending.send() == 1
    assert sent() == BOTH[1:]
    assert states() == {"en": (State.FAILED, Why.REFUSED), "fr": SENT}
    # No address, and nothing of what the server said of it.
    key = row(bulletin).pk
    assert [r.getMessage() for r in caplog.records] == [f"Announcement {key}, try 1: refused."]


def test_what_was_refused_can_be_sent_after_all(telling):
    telling(NO_SUCH_LIST)
    bulletin = announced()
    sending.send()
    telling(None)

    assert sending.send() == 0
    assert queue.retry(row(bulletin).pk)
    assert sending.send() == 1


def test_it_is_tried_again_with_growing_pauses_and_fails_then(telling, clock):
    telling(GREYLISTED)
    bulletin = announced()
    pauses = []

    for number in range(1, 6):
        sending.send()
        tried = row(bulletin)
        assert (tried.state, tried.error, tried.tries) == (State.QUEUED, Why.LATER, number)
        pauses.append(tried.next_try_at - clock.now)
        clock.now = tried.next_try_at - MINUTE
        sending.send()
        assert row(bulletin).tries == number
        clock.now = tried.next_try_at

    sending.send()
    assert pauses == [5 * MINUTE, 30 * MINUTE, 2 * HOUR, 8 * HOUR, DAY]
    assert (row(bulletin).state, row(bulletin).error) == (State.FAILED, Why.LATER)
    assert sent() == BOTH[1:]


def test_what_succeeds_at_the_second_try_is_sent(telling, clock):
    telling(GREYLISTED)
    bulletin = announced()
    sending.send()
    telling(None)
    clock.move(5 * MINUTE)

    assert sending.send() == 1
    assert (row(bulletin).state, row(bulletin).error, row(bulletin).tries) == (State.SENT, "", 2)


def test_an_error_that_no_server_has_answered_with_leaves_it_unsure(telling):
    telling(smtplib.SMTPServerDisconnected("gone"))
    bulletin = announced()

    sending.send()

    assert states(bulletin) == {"en": (State.UNSURE, Why.CUT_OFF), "fr": SENT}
    assert sending.send() == 0


def test_a_mail_that_cannot_be_made_keeps_no_other_waiting(monkeypatch, clock, caplog):
    def faulty(bulletin, language, to, make=mails.message):
        if language == "en":
            raise KeyError(language)
        return make(bulletin, language, to)

    monkeypatch.setattr(mails, "message", faulty)
    bulletin = announced()

    assert sending.send() == 1
    assert states() == {"en": (State.QUEUED, Why.FAULTY), "fr": SENT}
    assert row(bulletin).next_try_at == clock.now + 5 * MINUTE


def test_an_address_with_a_line_break_is_never_written_into_a_mail():
    MailingList.objects.filter(language="en").update(
        address="a@lists.example.org\nBcc: all@example.org"
    )
    announced()

    assert sending.send() == 1
    assert sent() == BOTH[1:]
    assert states()["en"] == (State.FAILED, Why.FAULTY)


# A real conversation -----------------------------------------------------------------------------


@pytest.fixture
def server(settings):
    with mail_server(settings) as one:
        yield one


def test_a_real_server_gets_both_mails(server):
    announced()

    assert sending.send() == 2
    assert len(server.mails) == 2


@pytest.mark.parametrize(
    ("replies", "state", "why"),
    [
        ({"EHLO": None, "HELO": None}, State.QUEUED, Why.LOST),
        ({"MAIL": None}, State.QUEUED, Why.LOST),
        ({"RCPT": None}, State.QUEUED, Why.LOST),
        ({"MAIL": b"421 busy"}, State.QUEUED, Why.LATER),
        ({"MAIL": b"553 not you"}, State.FAILED, Why.REFUSED),
        ({"RCPT": b"450 later"}, State.QUEUED, Why.LATER),
        ({"RCPT": b"550 no such list"}, State.FAILED, Why.REFUSED),
        ({"DATA": b"451 later"}, State.QUEUED, Why.LATER),
        ({".": b"452 full"}, State.QUEUED, Why.LATER),
        ({".": b"554 no"}, State.FAILED, Why.REFUSED),
        # From here on the server may have it.
        ({".": None}, State.UNSURE, Why.CUT_OFF),
        ({".": b"200 what"}, State.UNSURE, Why.CUT_OFF),
        # It has it: what goes wrong in saying good-bye changes nothing.
        ({"QUIT": None}, State.SENT, ""),
        ({"QUIT": b"500 what"}, State.SENT, ""),
    ],
)
def test_what_a_server_says_and_when_it_hangs_up(server, replies, state, why):
    server.replies = replies
    bulletin = factories.live(announce=True)

    sending.send()

    assert states(bulletin) == {"en": (state, why)}


def test_a_server_that_is_silent_is_not_waited_for_for_ever(server, monkeypatch):
    monkeypatch.setattr(handing_over, "TIMEOUT", 0.2)
    announced()
    # Nobody takes the connection: the greeting never comes.
    server.shutdown()

    assert sending.send() == 0
    # The first was tried, the other loses no try to it.
    assert sorted(row.tries for row in Announcement.objects.all()) == [0, 1]
    assert sorted(states().values()) == [QUEUED, (State.QUEUED, Why.UNREACHABLE)]


def test_a_server_that_is_not_there_is_tried_again(server, settings):
    settings.EMAIL_PORT = 1
    bulletin = factories.live(announce=True)

    sending.send()

    assert states(bulletin) == {"en": (State.QUEUED, Why.UNREACHABLE)}


# A process that ends half-way --------------------------------------------------------------------


def test_what_a_process_left_half_way_is_shown_to_a_person_and_not_sent_again(clock):
    bulletin = factories.live(announce=True)
    assert sending.claim(row(bulletin).pk) is not None

    clock.move(sending.LEASE - MINUTE)
    assert (sending.send(), states()) == (0, {"en": (State.SENDING, "")})
    clock.move(2 * MINUTE)
    assert (sending.send(), states()) == (0, {"en": (State.UNSURE, Why.STOPPED)})


def test_who_was_slower_than_the_lease_and_ended_all_the_same_is_believed(clock):
    bulletin = factories.live(announce=True)
    claimed = sending.claim(row(bulletin).pk)
    clock.move(sending.LEASE + MINUTE)
    sending.send()
    assert row(bulletin).state == State.UNSURE

    sending._note(claimed, handing_over.SENT)

    assert states() == {"en": SENT}


def test_a_row_that_one_has_claimed_nobody_else_gets():
    bulletin = factories.live(announce=True)
    key = row(bulletin).pk

    assert sending.claim(key) is not None
    assert sending.claim(key) is None


def test_more_bulletins_take_more_mails_and_the_same_queries_each(django_assert_num_queries):
    for count in (1, 3):
        for _number in range(count):
            factories.live(announce=True)
        with django_assert_num_queries(4 + 12 * count):
            sending.send()
