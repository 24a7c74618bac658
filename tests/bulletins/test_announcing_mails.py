"""What stands in the mail to a list: headers, text, HTML."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from django.utils import timezone
from lxml import html as lxml_html

from bulletins.announcing import mails
from bulletins.models import BulletinFigure, Kind
from pictures.models import Consent, Picture
from tests import factories
from tests.bulletins.announcing_helpers import SITE, announced

pytestmark = pytest.mark.django_db

LIST = "news@lists.example.org"


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = SITE
    settings.DEFAULT_FROM_EMAIL = "Robin Somebody <desk@example.org>"
    factories.identity(
        name_fr="Quai Ouvert",
        byline_en="The people of Quai Ouvert",
        byline_fr="Celles et ceux du Quai Ouvert",
        email="hello@example.org",
    )


def as_read(bulletin, language: str = "en"):
    """The mail as whoever gets it takes it apart."""
    raw = mails.message(bulletin, language, LIST).message().as_bytes()
    return message_from_bytes(raw, policy=policy.default)


def text(bulletin, language: str = "en") -> str:
    return as_read(bulletin, language).get_body(("plain",)).get_content()


def page(bulletin, language: str = "en"):
    content = as_read(bulletin, language).get_body(("html",)).get_content()
    return lxml_html.document_fromstring(content)


def seen(bulletin, language: str = "en") -> str:
    """The words of the HTML."""
    return " ".join(page(bulletin, language).text_content().split())


# Headers -----------------------------------------------------------------------------------------


def test_the_headers_of_a_mail():
    bulletin = announced()

    found = as_read(bulletin)

    del found["Date"], found["MIME-Version"], found["Content-Type"]
    assert dict(found.items()) == {
        "Subject": "Kitchen opens",
        "From": "Quai Ouvert <desk@example.org>",
        "To": LIST,
        "Reply-To": "hello@example.org",
        "Message-ID": f"<{bulletin.uid}.en@tract.example.org>",
        "Content-Language": "en",
        "Archived-At": f"<{SITE}/en/bulletins/kitchen-opens/>",
    }


def test_it_is_plain_text_with_html_beside_it():
    parts = [part.get_content_type() for part in as_read(announced()).walk()]

    assert parts == ["multipart/alternative", "text/plain", "text/html"]


def test_two_sides_are_two_mails_and_a_second_try_is_the_same_mail():
    bulletin = announced()
    ids = [as_read(bulletin, code)["Message-ID"] for code in ("en", "fr", "en")]
    bulletin.slug_en = "moved"
    bulletin.save()

    assert as_read(bulletin)["Message-ID"] == ids[0] == ids[2] != ids[1]


def test_no_name_but_the_collectives_stands_anywhere():
    assert "Robin" not in as_read(announced()).as_string()


def test_without_an_address_of_its_own_the_site_asks_for_no_answers():
    from pages.models import Identity

    Identity.objects.update(email="")

    assert as_read(announced())["Reply-To"] is None


def test_a_french_subject_is_set_as_french_is():
    bulletin = announced(title_fr="Qui vient ?")

    assert as_read(bulletin, "fr")["Subject"] == "Qui vient\u202f?"


def test_a_subject_forges_no_header_and_is_not_endless():
    bulletin = announced()
    title = "One\r\nBcc: all@example.org\u2028" + "word " * 100

    subject = mails._subject(title, bulletin)

    assert subject.startswith("One Bcc: all@example.org word")
    assert len(subject) == mails.SUBJECT_LENGTH
    assert subject.isprintable()


def test_a_name_with_a_line_break_or_a_comma_stays_a_name():
    sender = mails._sender("Quai\nOuvert, Calais")

    assert sender == '"Quai Ouvert, Calais" <desk@example.org>'


# The text ----------------------------------------------------------------------------------------


def test_the_whole_text_of_a_mail():
    factories.live(title_en="Other")
    bulletin = announced(
        summary_en="Soup for all.",
        body_en=(
            "<h2>When</h2><p>Every <strong>day</strong>, see "
            f'<a href="{SITE}/en/bulletins/other/">the other</a> and '
            '<a href="https://ally.example/">our friends</a>, or '
            '<a href="mailto:soup@example.org">write</a>.</p>'
            "<ul><li><p>soup</p></li><li><p>bread</p></li></ul>"
        ),
        published_at=datetime(2026, 5, 3, 10, tzinfo=UTC),
    )

    assert text(bulletin) == (
        "Kitchen opens\n"
        "=============\n"
        "\n"
        "The people of Quai Ouvert, 3 May 2026\n"
        "\n"
        "Soup for all.\n"
        "\n"
        "When\n"
        "----\n"
        "\n"
        "Every day, see the other [1] and our friends [2], or write [3].\n"
        "\n"
        "* soup\n"
        "* bread\n"
        "\n"
        "________________________________\n"
        "\n"
        "On our site:\n"
        f"{SITE}/en/bulletins/kitchen-opens/\n"
        "\n"
        "Français:\n"
        f"{SITE}/fr/bulletins/la-cuisine-ouvre/\n"
        "\n"
        "Links:\n"
        f"[1] {SITE}/en/bulletins/other/\n"
        "[2] https://ally.example/\n"
        "[3] soup@example.org\n"
    )


def test_signs_of_html_are_themselves_in_both():
    bulletin = announced(title_en="Soup & <bread>", body_en="<p>1 &lt; 2 &amp; 3</p>")

    assert "Soup & <bread>\n==============" in text(bulletin)
    assert "1 < 2 & 3" in text(bulletin)
    assert page(bulletin).xpath("string(//h1)") == "Soup & <bread>"
    assert "1 < 2 & 3" in seen(bulletin)


def test_both_say_the_same():
    bulletin = announced(body_en="<p>One.</p><blockquote><p>Two.</p></blockquote><p>Three.</p>")
    words = ("One.", "Two.", "Three.", "The people of Quai Ouvert", "Kitchen opens")

    assert [word for word in words if word not in text(bulletin)] == []
    assert [word for word in words if word not in seen(bulletin)] == []


def test_a_side_without_another_leads_to_none():
    assert "Français" not in text(factories.live(announce=True))


# Call-outs ---------------------------------------------------------------------------------------


def callout(**fields):
    start = datetime(2026, 7, 14, 17, 30, tzinfo=UTC)
    given = {"starts_at": start, "place_en": "The quay"}
    return announced(kind=Kind.CALLOUT, **{**given, **fields})


@pytest.fixture
def before(monkeypatch):
    """A day in June 2026."""
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 6, 1, 12, tzinfo=UTC))


def test_when_and_where_stand_in_words(before):
    bulletin = callout(ends_at=datetime(2026, 7, 14, 19, tzinfo=UTC))

    lines = ["When: Tuesday 14 July 2026, 19:30–21:00 Paris time", "Where: The quay"]
    assert "\n".join(lines) in text(bulletin)
    assert " ".join(lines) in seen(bulletin)


def test_it_may_last_into_another_day(before):
    bulletin = callout(ends_at=datetime(2026, 7, 15, 7, tzinfo=UTC))

    assert "19:30–Wednesday 15 July 2026, 09:00 Paris time" in text(bulletin)


def test_a_second_clock_is_shown_where_the_site_has_one(before):
    from pages.models import Identity

    Identity.objects.update(second_time_zone="Europe/London")

    assert (
        "When: Tuesday 14 July 2026, 19:30 Paris time\n"
        "(Tuesday 14 July 2026, 18:30 London time)\n"
        "Where: The quay\n"
    ) in text(callout())


def test_a_cancelled_one_says_so_in_subject_and_text(before):
    bulletin = callout(cancelled=True)

    assert as_read(bulletin)["Subject"] == "Cancelled: Kitchen opens"
    assert "This call-out is cancelled." in text(bulletin)
    assert "This call-out is cancelled." in seen(bulletin)


def test_one_that_is_over_says_so():
    bulletin = callout(starts_at=timezone.now() - timedelta(days=3))

    assert "This is over" in text(bulletin)


def test_an_update_has_no_when():
    assert "When:" not in text(announced(starts_at=timezone.now()))


# Questions and answers ---------------------------------------------------------------------------


def test_questions_come_with_their_answers():
    document = factories.faq(entries=2, announce=True)

    assert (
        "Question 1?\n-----------\n\nBecause.\n\nQuestion 2?\n-----------\n\nBecause.\n"
    ) in text(document)
    assert page(document).xpath("//h2/text()") == ["Question 1?", "Question 2?"]


def test_an_entry_that_is_only_there_in_another_language_says_which():
    document = factories.faq(entries=1, title_fr="Questions courantes", announce=True)

    found = page(document, "fr").xpath("//div[h2]")

    assert [(div.get("lang"), div.xpath("string(h2)")) for div in found] == [
        ("en", "Question 1? (anglais)")
    ]


# HTML --------------------------------------------------------------------------------------------


def test_the_html_names_its_language_and_direction(settings):
    found = page(announced(), "fr")

    assert (found.get("lang"), found.get("dir")) == ("fr", "ltr")


def test_nothing_is_fetched_when_the_mail_is_read():
    bulletin = announced(body_en="<p>One.</p>")

    found = page(bulletin)

    loading = "//img|//script|//link|//style|//iframe|//object|//@style|//@src|//@background"
    assert found.xpath(loading) == []


def test_every_link_is_whole():
    other = factories.live(title_en="Other")
    bulletin = announced(
        body_en=(
            f'<p><a href="ref:bulletins.bulletin/{other.pk}">a</a> '
            '<a href="ref:view.bulletins/faq#q7">b</a> <a href="https://ally.example/">c</a></p>'
        )
    )

    assert page(bulletin).xpath("//a/@href") == [
        f"{SITE}/en/bulletins/other/",
        f"{SITE}/en/faq/#q7",
        "https://ally.example/",
        f"{SITE}/en/bulletins/kitchen-opens/",
        f"{SITE}/fr/bulletins/la-cuisine-ouvre/",
    ]


def test_a_link_to_what_readers_may_not_see_is_its_words():
    draft = factories.draft(title_en="Secret")
    bulletin = announced(body_en=f'<p><a href="ref:bulletins.bulletin/{draft.pk}">plans</a></p>')

    assert "secret" not in as_read(bulletin).as_string().lower()
    assert "plans" in text(bulletin)


# Pictures ----------------------------------------------------------------------------------------


def with_picture(**fields):
    """A bulletin with a picture in its text, of which a description says what it shows."""
    one = {"width": 480, "height": 300, "files": {"jpeg": 1}}
    picture = Picture.objects.create(
        width=480, height=300, renditions=[one], name="P", consent=Consent.NOBODY
    )
    bulletin = announced(
        body_en=f'<p>One.</p><img src="ref:pictures.picture/{picture.pk}"><p>Two.</p>'
    )
    given = {"alt_en": "Three people at a pot", "credit_en": "Photo: Robin"}
    BulletinFigure.objects.create(bulletin=bulletin, picture=picture, **{**given, **fields})
    return bulletin


def test_a_picture_stands_in_words_and_without_whoever_took_it():
    bulletin = with_picture()

    assert "One.\n\n[Picture: Three people at a pot]\n\nTwo." in text(bulletin)
    assert "[Picture: Three people at a pot]" in seen(bulletin)
    assert "Robin" not in as_read(bulletin).as_string()


def test_a_picture_that_only_decorates_is_left_out():
    bulletin = with_picture(alt_en="", is_decoration=True)

    assert "One.\n\nTwo." in text(bulletin)


def test_a_picture_that_readers_may_not_see_is_not_described():
    bulletin = with_picture()
    Picture.objects.update(consent=Consent.UNKNOWN)

    assert "pot" not in as_read(bulletin).as_string()
