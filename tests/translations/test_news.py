"""The daily mail: to whom, about what, how often, and what becomes of it when it cannot be sent."""

from __future__ import annotations

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.mail.backends import locmem
from django.core.management import call_command
from django.utils import timezone

from bulletins.models import Bulletin
from tests import factories
from tests.accounts.people import translator
from tests.translations.desk.desk_helpers import posted, rows, save
from translations import news
from translations.acts import reviewing
from translations.models import Subscription

pytestmark = pytest.mark.django_db

SITE = "https://tract.example.org"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def site(settings):
    """A public site that can send mails."""
    settings.SITE_URL = SITE
    # The table of the cache is no model's: a test that commits leaves its rows behind.
    cache.delete(news.LOCK)


def subscriber(name: str = "tariq", *, told: timedelta = DAY, language: str = "fr", **fields):
    """A translator who asked for the mail and was told everything until `told` ago."""
    fields = {"email": f"{name}@example.org", **fields}
    somebody = translator(language, name, **{k: v for k, v in fields.items() if k != "email"})
    somebody.email = fields["email"]
    somebody.save()
    until = timezone.now() - told
    return Subscription.objects.create(person=somebody, language=language, told_until=until)


def waiting(document, *, ago: timedelta = timedelta(hours=1)):
    """`document`, whose sides have waited since `ago`: a test is quicker than any news."""
    rows_ = document.side_rows.filter(waiting_since__isnull=False)
    rows_.update(waiting_since=timezone.now() - ago)
    return document


def published(title: str = "Kitchen opens", **fields):
    return waiting(factories.live(title_en=title, **fields))


def sent() -> list[tuple[list[str], str]]:
    return [(message.to, message.subject) for message in mail.outbox]


def test_what_was_published_is_told():
    subscriber()
    document = published()

    assert news.send() == 1
    [message] = mail.outbox
    assert message.subject == "1 text to translate into French"
    assert message.to == ["tariq@example.org"]
    assert message.body == (
        "Hello tariq,\n"
        "\n"
        "this is new to translate into French:\n"
        "\n"
        "* Kitchen opens\n"
        "  Update, missing, 6 words\n"
        f"  {SITE}/desk/bulletins.bulletin-{document.pk}/fr/\n"
        "\n"
        "All that is to be done stands on the board:\n"
        f"{SITE}/desk/\n"
        "\n"
        "You asked for this mail. On the board you can also stop it.\n"
    )


def test_what_changed_is_told():
    subscriber()
    document = factories.live_pair()
    document.title_en = "Kitchen “closes” & reopens"
    document.save()
    waiting(document)

    news.send()

    [message] = mail.outbox
    assert "* Kitchen “closes” & reopens\n  Update, outdated, 3 words\n" in message.body


def test_several_texts_come_in_one_mail_the_newest_first():
    subscriber()
    waiting(factories.live(title_en="First"), ago=timedelta(hours=3))
    waiting(factories.live(title_en="Second"), ago=timedelta(hours=2))

    news.send()

    [message] = mail.outbox
    assert message.subject == "2 texts to translate into French"
    assert [line for line in message.body.splitlines() if line[:1] == "*"] == [
        "* Second",
        "* First",
    ]


def test_a_long_list_ends_with_a_number():
    subscriber()
    for number in range(news.LISTED + 2):
        published(f"Text {number}")

    news.send()

    [message] = mail.outbox
    assert message.body.count("\n* ") == news.LISTED
    assert "\n\nAnd 2 more, on the board.\n\n" in message.body


def test_the_mail_speaks_the_persons_language():
    subscriber(language="en", name="solenn")
    somebody = Subscription.objects.get().person
    somebody.language = "fr"
    somebody.save()
    waiting(factories.live_french())

    news.send()

    # The name of the language is translated already; the sentence will be.
    [message] = mail.outbox
    assert "anglais" in message.subject


def test_the_mail_comes_from_the_site_and_asks_for_no_answer(settings):
    settings.DEFAULT_FROM_EMAIL = "tract@example.org"
    subscriber()
    published()

    news.send()

    [message] = mail.outbox
    assert message.from_email == "tract@example.org"
    assert message.extra_headers == {"Auto-Submitted": "auto-generated"}


# What is no news --------------------------------------------------------------------------------


def test_when_nothing_is_new_no_mail_goes_out():
    subscriber()
    waiting(factories.live(), ago=2 * DAY)
    Bulletin.objects.update(published_at=timezone.now() - 2 * DAY)
    factories.live_pair()

    document = Bulletin.objects.order_by("pk").first()
    document.side_rows.update(public_from=timezone.now() - 2 * DAY)
    assert (news.send(), sent()) == (0, [])


def test_drafts_and_what_is_scheduled_are_no_news():
    subscriber()
    waiting(factories.draft())
    waiting(factories.live(ago=-DAY))

    assert news.send() == 0


def test_what_was_scheduled_is_news_when_it_is_public():
    subscriber()
    document = factories.live(ago=timedelta(hours=2))
    # It waited before the last mail, when nobody could see it.
    waiting(document, ago=3 * DAY)

    assert news.send() == 1


def test_another_languages_news_are_not_told():
    subscriber()
    waiting(factories.live_french())

    assert news.send() == 0


def test_what_somebody_has_sent_for_review_is_no_news():
    document = published()
    basile = translator(username="basile")
    [title] = rows(document, ":title")
    save(document, basile, posted(title, "La cuisine", ":title"))
    reviewing.submit(Bulletin, document.pk, "fr", person=basile)
    subscriber()

    assert news.send() == 0


# How often --------------------------------------------------------------------------------------


def test_the_same_is_told_once_and_at_most_daily():
    subscription = subscriber()
    published("First")
    assert news.send() == 1

    waiting(factories.live(title_en="Second"), ago=timedelta(0))
    assert news.send() == 0

    subscription.refresh_from_db()
    Subscription.objects.update(told_until=subscription.told_until - news.PAUSE)
    Bulletin.objects.get(title_en="First").side_rows.update(
        waiting_since=timezone.now() - 5 * DAY, public_from=timezone.now() - 5 * DAY
    )
    Bulletin.objects.get(title_en="Second").side_rows.update(
        waiting_since=timezone.now() - timedelta(hours=1)
    )
    assert news.send() == 1
    assert "Second" in mail.outbox[1].body
    assert "First" not in mail.outbox[1].body


def test_who_has_just_asked_waits_for_the_first_mail():
    subscriber(told=timedelta(hours=19))
    published()

    assert news.send() == 0


def test_what_is_saved_at_this_very_moment_is_told_the_next_time():
    subscription = subscriber()
    published("An hour ago")
    waiting(factories.live(title_en="Now", ago=timedelta(0)), ago=timedelta(0))

    news.send()

    subscription.refresh_from_db()
    [now] = Bulletin.objects.get(title_en="Now").side_rows.filter(language="fr")
    assert "Now" not in mail.outbox[0].body
    assert subscription.told_until < now.waiting_since


def test_while_one_process_sends_another_does_not():
    subscriber()
    published()
    cache.add(news.LOCK, True, 60)

    assert news.send() == 0

    cache.delete(news.LOCK)
    assert news.send() == 1


# To whom ----------------------------------------------------------------------------------------


def test_who_is_gone_or_has_no_right_or_no_address_gets_nothing():
    subscriber("gone", is_active=False)
    subscriber("silent", email="")
    subscriber("former").person.groups.clear()
    subscriber("english", language="en").person.groups.clear()
    subscriber("here")
    published()

    news.send()

    assert [to for to, _subject in sent()] == [["here@example.org"]]


def test_a_language_that_the_site_no_longer_has_is_passed_over():
    Subscription.objects.filter(pk=subscriber().pk).update(language="eo")
    published()

    assert news.send() == 0


def test_without_a_public_address_or_a_mail_server_no_mail_goes_out(settings):
    subscription = subscriber()
    published()

    settings.SITE_URL = ""
    assert news.send() == 0
    settings.SITE_URL, settings.EMAIL_BACKEND = SITE, "django.core.mail.backends.dummy.EmailBackend"
    assert news.send() == 0
    told = subscription.told_until
    subscription.refresh_from_db()
    assert subscription.told_until == told


# What goes wrong --------------------------------------------------------------------------------


class Refusing(locmem.EmailBackend):
    """A mail server that knows nobody called lost@example.org."""

    def send_messages(self, messages):
        if messages[0].to == ["lost@example.org"]:
            raise smtplib.SMTPRecipientsRefused({"lost@example.org": (550, b"no such user")})
        return super().send_messages(messages)


def test_one_refused_address_stops_nobody_else_and_loses_no_news(settings, caplog):
    lost, fine = subscriber("lost"), subscriber("fine")
    published()
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"

    assert news.send() == 1
    assert [to for to, _subject in sent()] == [["fine@example.org"]]
    told = {one.pk: one.told_until for one in Subscription.objects.all()}
    assert told[lost.pk] == lost.told_until
    assert told[fine.pk] > fine.told_until
    # No address in the log.
    assert [record.getMessage() for record in caplog.records] == [
        f"The daily mail to person {lost.person_id}: SMTPRecipientsRefused."
    ]

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert news.send() == 1
    assert mail.outbox[1].to == ["lost@example.org"]


def test_an_address_with_a_line_break_is_refused_and_stops_nobody_else(caplog):
    subscriber("lost", email="lost@example.org\nBcc: all@example.org")
    subscriber("fine")
    published()

    assert news.send() == 1
    assert [to for to, _subject in sent()] == [["fine@example.org"]]


def test_a_title_with_a_line_break_cannot_forge_a_header():
    subscriber()
    published("One\nBcc: all@example.org")

    news.send()

    [message] = mail.outbox
    assert message.recipients() == ["tariq@example.org"]


def test_run_due_sends_what_is_due():
    subscriber()
    published()

    call_command("run_due")

    assert len(mail.outbox) == 1


def test_sending_leaves_the_way_free_for_the_next_time():
    subscriber()
    published()

    news.send()

    assert cache.get(news.LOCK) is None
