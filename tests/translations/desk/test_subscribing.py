"""Who wants the daily mail: the form on the board."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from lxml import html

from tests.accounts.people import translator
from translations.models import Subscription

pytestmark = pytest.mark.django_db


SITE = "https://tract.example.org"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def site(settings):
    """A public site that can send mails."""
    settings.SITE_URL = SITE


def subscribed() -> list[tuple[str, str]]:
    return list(Subscription.objects.values_list("person__username", "language"))


@pytest.fixture
def tariq(client):
    somebody = translator()
    client.force_login(somebody)
    return somebody


def ask(client, **fields):
    return client.post("/desk/mail/", {"language": "fr", "on": "1", **fields})


def test_who_has_an_address_asks_with_one_button(client, tariq):
    tariq.email = "tariq@example.org"
    tariq.save()

    answer = client.post("/desk/mail/", {"language": "fr", "on": "1"}, follow=True)

    assert answer.redirect_chain == [("/desk/", 302)]
    assert [str(message) for message in answer.context["messages"]] == [
        "You get a mail, once a day at most, when there is something new for French."
    ]
    assert subscribed() == [("tariq", "fr")]


def test_who_asks_twice_is_subscribed_once_and_misses_nothing(client, tariq):
    ask(client, email="tariq@example.org")
    Subscription.objects.update(told_until=timezone.now() - DAY)
    before = Subscription.objects.get().told_until

    ask(client)

    assert Subscription.objects.get().told_until == before


def test_who_has_no_address_is_asked_for_one(client, tariq):
    answer = ask(client)

    assert answer.status_code == 400
    [offer] = answer.context["mails"]
    assert offer.form.errors == {"email": ["Write an address here: the mail has to go somewhere."]}
    assert subscribed() == []


def test_the_address_that_is_given_is_kept(client, tariq):
    ask(client, email="tariq@example.org")

    tariq.refresh_from_db()
    assert (tariq.email, subscribed()) == ("tariq@example.org", [("tariq", "fr")])


def test_what_is_no_address_is_said_beside_the_field_and_still_there(client, tariq):
    answer = ask(client, email="tariq at example.org")

    [offer] = answer.context["mails"]
    assert offer.form.errors == {"email": ["Enter a valid email address."]}
    assert 'value="tariq at example.org"' in answer.text
    assert subscribed() == []


def test_one_button_stops_it(client, tariq):
    ask(client, email="tariq@example.org")

    ask(client, on="0")

    assert subscribed() == []


def test_the_mail_can_be_stopped_by_who_no_longer_translates_into_that_language(client, tariq):
    Subscription.objects.create(person=tariq, language="en")

    assert "No more mails about English" in client.get("/desk/").text
    ask(client, language="en", on="0")
    assert subscribed() == []


def test_nobody_asks_for_a_language_that_is_not_theirs(client, tariq):
    answer = ask(client, language="en", email="tariq@example.org")

    assert (answer.status_code, subscribed()) == (403, [])


def test_nonsense_is_a_bad_request(client, tariq):
    for fields in ({"language": "xx"}, {"on": "maybe"}, {"on": ""}):
        assert ask(client, **fields).status_code == 400
    assert subscribed() == []


def test_a_stranger_is_sent_to_the_login(client):
    assert ask(client).url == "/accounts/login/?next=/desk/mail/"


def test_the_way_back_from_the_login_leads_to_the_board(client, tariq):
    assert client.get("/desk/mail/?language=fr&on=1").url == "/desk/"
    assert subscribed() == []


def test_what_is_wrong_is_said_at_the_top_and_has_the_focus(client, tariq):
    tree = html.fromstring(ask(client, email="tariq at example.org").content)

    [link] = tree.xpath("//*[@role='alert']//a")
    [field] = tree.xpath(f"//*[@id='{link.get('href').removeprefix('#')}']")
    assert (field.get("name"), field.get("autofocus") is not None) == ("email", True)


def test_nobody_is_promised_a_mail_by_a_site_that_sends_none(client, tariq, settings):
    settings.SITE_URL = ""
    response = client.post(
        "/desk/mail/", {"language": "fr", "on": "1", "email": "tariq@example.org"}, follow=True
    )

    assert [str(message) for message in response.context["messages"]] == [
        "Noted: mails about French. This site sends no mail yet; they come as soon as whoever runs "
        "it has set it up."
    ]
    [mails] = html.fromstring(response.content).xpath("//*[@id='mails']")
    assert "a mail goes to" not in mails.text_content()
    assert "You have asked for a mail to tariq@example.org about French." in mails.text_content()


def test_the_board_says_when_the_site_sends_no_mail(client, tariq, settings):
    told = "This site sends no mail yet"
    assert told not in client.get("/desk/").text

    settings.SITE_URL = ""
    assert told in client.get("/desk/").text
