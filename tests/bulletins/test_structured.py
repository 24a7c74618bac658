"""A bulletin in the words of schema.org: an article, an event, or questions and answers."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from bulletins.models import Kind
from tests import factories
from tests.pages.test_structured import LICENCE, SITE_NAMES, read
from translations.models import Side

pytestmark = pytest.mark.django_db

HOST = "http://testserver"
EN, FR = "/en/bulletins/kitchen-opens/", "/fr/bulletins/la-cuisine-ouvre/"
PARIS = ZoneInfo("Europe/Paris")


def callout(**fields):
    start = datetime(2030, 7, 1, 18, 30, tzinfo=PARIS)
    given = {"starts_at": start, "place_fr": "Place de la Criée", **fields}
    return factories.live_pair(kind=Kind.CALLOUT, **given)


def test_an_update_is_an_article_of_the_collective(client):
    factories.identity(**SITE_NAMES, licence=LICENCE)
    bulletin = factories.live_pair(summary_en="In short")
    changed = timezone.now().replace(microsecond=0) - timedelta(minutes=5)
    Side.objects.of(bulletin).filter(language="en").update(changed_at=changed)

    found = read(client, EN)

    assert found.pop("image")[0].startswith(f"{HOST}{EN}card.png?")
    who = {
        "@type": "Organization",
        "name": "The Quai Ouvert collective",
        "url": "http://testserver/en/",
    }
    assert found == {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": "Kitchen opens",
        "description": "In short",
        "url": HOST + EN,
        "inLanguage": "en",
        "datePublished": bulletin.published_at.isoformat(timespec="seconds"),
        "dateModified": changed.isoformat(timespec="seconds"),
        "author": who,
        "publisher": who,
        "license": LICENCE,
        "isAccessibleForFree": True,
        "workTranslation": [{"@id": HOST + FR}],
    }


def test_a_translation_names_its_source_and_since_when_readers_have_it(client):
    bulletin = factories.live(ago=timedelta(days=3))
    bulletin.title_fr, bulletin.body_fr = "La cuisine ouvre", "<p>Oui.</p>"
    bulletin.save()

    found = read(client, FR)

    since = Side.objects.of(bulletin).get(language="fr").public_since
    assert since > bulletin.published_at
    assert found["datePublished"] == since.isoformat(timespec="seconds")
    assert found["translationOfWork"] == {"@id": HOST + EN}


def test_a_call_out_with_a_date_is_an_event_at_its_own_clock(client):
    factories.identity(**SITE_NAMES, licence=LICENCE, default_time_zone="Pacific/Auckland")
    callout(ends_at=datetime(2030, 7, 1, 20, 0, tzinfo=PARIS))

    found = read(client, FR)

    page, image = found.pop("mainEntityOfPage"), found.pop("image")
    assert found == {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": "La cuisine ouvre",
        "description": "Nous ouvrons la cuisine.",
        "url": HOST + FR,
        "inLanguage": "fr",
        "startDate": "2030-07-01T18:30+02:00",
        "endDate": "2030-07-01T20:00+02:00",
        "eventStatus": "https://schema.org/EventScheduled",
        "location": {
            "@type": "Place",
            "name": "Place de la Criée",
            "address": "Place de la Criée",
        },
        "organizer": page["author"],
    }
    assert (page["@type"], page["license"], len(image)) == ("WebPage", LICENCE, 1)


def test_an_event_that_is_cancelled_says_so(client):
    callout(cancelled=True)

    assert read(client, EN)["eventStatus"] == "https://schema.org/EventCancelled"


def test_an_event_says_no_end_and_no_place_that_nobody_wrote(client):
    callout(place_fr=None)

    found = read(client, EN)

    assert {"endDate", "location"} & found.keys() == set()


def test_a_call_out_that_goes_on_is_an_article(client):
    callout(starts_at=None)

    assert read(client, EN)["@type"] == "Article"


def test_questions_come_with_their_answers_each_in_its_language(client):
    bulletin = factories.faq(entries=1)
    bulletin.title_fr = "Questions"
    bulletin.save()
    entry = bulletin.entries.get()
    both = factories.entry(
        bulletin,
        position=9,
        question_fr="Pourquoi ?",
        answer_fr="<p>Parce que.</p><ul><li><p>Oui</p></li></ul>",
    )

    found = read(client, "/fr/bulletins/questions/")

    assert (found["@type"], found["inLanguage"]) == ("FAQPage", "fr")
    page = f"{HOST}/fr/bulletins/questions/"
    assert found["mainEntity"] == [
        {
            "@type": "Question",
            "name": "Question 1?",
            "url": f"{page}#{entry.anchor}",
            "inLanguage": "en",
            "acceptedAnswer": {"@type": "Answer", "text": "Because.", "inLanguage": "en"},
        },
        {
            "@type": "Question",
            "name": "Pourquoi\u202f?",
            "url": f"{page}#{both.anchor}",
            "inLanguage": "fr",
            "acceptedAnswer": {
                "@type": "Answer",
                "text": "Parce que.\n\nOui",
                "inLanguage": "fr",
            },
        },
    ]


def test_a_title_cannot_break_out_of_the_head(client):
    factories.live(title_en="Kitchen opens </script><script>alert(1)</script> <!--")

    found = read(client, "/en/bulletins/kitchen-opens-script-script-alert-1-script/")

    assert found["headline"] == "Kitchen opens </script><script>alert(1)</script> <!--"


def test_a_fallback_leaves_it_to_the_side_that_exists(client):
    factories.live_french()

    assert read(client, "/en/bulletins/la-cuisine-ouvre/") is None
    assert read(client, FR)["inLanguage"] == "fr"


def test_nobody_who_wrote_it_is_named(client, admin_user):
    factories.identity(**SITE_NAMES)
    factories.live_pair()

    assert admin_user.username not in str(read(client, EN))
