"""The sample content shows every case, and nothing in it leads nowhere."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

import pictures.sample
from bulletins.models import Bulletin, BulletinFigure, FAQEntry, Kind
from config import sample
from core import html, images, languages
from donations.models import BankAccount
from links.models import Group
from pages.models import Identity, Page, PageFigure, Topic
from pictures import uses
from pictures.models import Consent, Picture, Place
from pictures.sample.drawings import DRAWINGS
from translations import glossary, registry
from translations.acts import publishing
from translations.desk.checking import Checking
from translations.desk.opened import Opened
from translations.management.commands import check_sides
from translations.models import Concept, Side
from translations.status import Public, Work

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="session")
def prints():
    """The drawings, and what the pipeline makes of them: each once, it takes longer than all the
    rest."""
    drawn = {name: draw() for name, draw in DRAWINGS.items()}
    made = {data: images.process(io.BytesIO(data)) for data in drawn.values()}
    draws = {name: partial(drawn.get, name) for name in drawn}
    return draws, lambda source: made[source.read()]


@pytest.fixture(autouse=True)
def world(db, prints, monkeypatch):
    draws, process = prints
    monkeypatch.setattr(pictures.sample, "DRAWINGS", draws)
    monkeypatch.setattr(images, "process", process)
    sample.load()


def texts():
    """Every stored text of every document and child: (where, text)."""
    for model in (*registry.documents(), FAQEntry, BulletinFigure, PageFigure):
        for item in model.objects.all():
            for column in registry.columns(registry.translated(model)):
                if isinstance(text := getattr(item, column), str):
                    yield f"{item._meta.label} {item.pk} {column}", text


def later() -> Bulletin:
    """The bulletin that was changed after it was translated."""
    return next(b for b in Bulletin.objects.all() if b.history.count() > 2)


def faq() -> Bulletin:
    return Bulletin.objects.published().faqs().get()


def test_it_is_not_loaded_twice():
    assert not sample.is_wanted()


def test_it_shows_every_case_of_a_bulletin():
    live = Bulletin.objects.published()
    callouts = [bulletin.when for bulletin in live.callouts() if not bulletin.cancelled]

    assert {tuple(bulletin.sides()) for bulletin in live} == {("en", "fr"), ("en",), ("fr",)}
    assert {bulletin.source_language for bulletin in live} == {"en", "fr"}
    assert {"upcoming", "past", "undated"} == set(callouts)
    assert Bulletin.objects.drafts().exists()
    assert Bulletin.objects.scheduled().exists()
    assert live.filter(cancelled=True).exists()
    assert live.filter(kind=Kind.CALLOUT, place_fr=None).exclude(place_en=None).exists()
    assert live.faqs().get().entries.count() == 7
    assert live.filter(pinned=True).count() == 1


def test_one_story_is_told_in_three_and_one_callout_has_an_outcome():
    roots = [b.thread_id for b in Bulletin.objects.published() if b.thread_id]
    stories = [Bulletin.objects.in_thread(root).published() for root in sorted(set(roots))]
    [call, _outcome] = min(stories, key=len)

    assert sorted(len(story) for story in stories) == [2, 3]
    assert (call.when, call.cancelled) == ("past", False)


def test_the_archive_reaches_into_several_months_and_years():
    months = {f"{b.published_at:%Y-%m}" for b in Bulletin.objects.published()}

    assert len(months) >= 3
    assert len({month[:4] for month in months}) >= 2


def test_every_topic_says_what_it_is_about_in_both_languages():
    topics = Topic.objects.all()

    assert len(topics) == 6
    assert all(topic.side(code).description for topic in topics for code in ("en", "fr"))


def test_the_site_names_a_licence_and_a_second_time_zone():
    site = Identity.objects.get()

    assert site.licence == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert (site.default_time_zone, site.second_time_zone) == ("Europe/Paris", "Europe/London")


def test_pictures_stand_above_in_and_below_a_text_and_nobody_is_in_them():
    figures = [*BulletinFigure.objects.all(), *PageFigure.objects.all()]

    assert {figure.place for figure in figures} == set(Place.values)
    assert {figure.picture.consent for figure in figures} == {Consent.NOBODY}
    assert all(figure.may_be_shown for figure in figures)
    assert all(figure.has_side(code) for figure in figures for code in figure.document.sides())
    assert [figure.show_on_card for figure in figures].count(True) == 1


def test_every_picture_is_used_and_shown_to_readers(client):
    assert Picture.objects.count() == 8
    assert not uses.unused().exists()
    for picture in Picture.objects.all():
        address = picture.address(480, picture.fallback)
        [figure] = uses.of(picture)
        assert address in client.get(figure.document.address("fr")).text
        assert client.get(address).status_code == 200


def test_one_text_was_changed_after_it_was_translated():
    changed = [b for b in Bulletin.objects.all() if b.history.count() > 2]

    assert [bulletin.source_language for bulletin in changed] == ["fr"]


def test_what_is_known_of_its_sides_is_true():
    assert list(check_sides.drifted()) == []


def test_its_pairs_are_up_to_date_but_for_two():
    """A source that was changed later, and an answer that nobody has translated."""
    outdated = Side.objects.translations().public(Public.OUTDATED)
    changed, longer = sorted(outdated, key=lambda side: side.language)

    assert (changed.language, changed.gaps, changed.document) == ("en", 0, later())
    assert (longer.language, longer.gaps, longer.document) == ("fr", 1, faq())
    assert longer.based_on_hash != longer.source_fingerprint
    assert changed.words_left > 0


def test_the_desk_has_a_side_in_every_state():
    sides = Side.objects.translations().filter(content_type__model="bulletin")
    found = {(status.public, status.work) for status in (side.status for side in sides)}

    assert found == {
        (Public.CURRENT, Work.NONE),
        (Public.MISSING, Work.NONE),
        (Public.MISSING, Work.IN_PROGRESS),
        (Public.OUTDATED, Work.NONE),
        (Public.OUTDATED, Work.SUBMITTED),
    }


def test_a_draft_is_half_written_over_the_present_source():
    side = Side.objects.get(has_draft=True, submitted_at=None)
    rows = [row for _place, row in Opened(side, side.document).every_row()]

    assert {row.kind for row in rows} == {"same"}
    assert 0 < sum(row.is_done for row in rows) < len(rows)


def test_what_waits_for_review_can_be_published_as_it_is():
    side = Side.objects.work(Work.SUBMITTED).get()

    publishing.publish_side(Bulletin, side.object_id, side.language)

    published = Side.objects.get(pk=side.pk)
    assert published.status.public == Public.CURRENT
    assert published.status.work == Work.NONE
    assert [entry.has_side("fr") for entry in faq().entries.all()] == [True] * 7


def test_nothing_in_a_draft_offends_the_checks():
    for side in Side.objects.filter(has_draft=True):
        assert Checking(Opened(side, side.document)).all() == {}


def test_the_glossary_names_leaves_and_forbids():
    words = glossary.entries("en", "fr")

    assert len(words) == Concept.objects.count() == 10
    assert [entry.terms for entry in words if entry.leave_as_is] == [("Grande Louche",)]
    assert [entry.forbidden for entry in words if entry.forbidden] == [("clandestins",)]


def test_every_entry_of_the_glossary_is_met_in_a_text():
    written = "\n".join(text for _where, text in texts()).casefold()
    unused = [
        str(concept)
        for concept in Concept.objects.all()
        if not any(term.text.casefold() in written for term in concept.terms.all())
    ]

    assert unused == []


def test_every_text_is_in_its_stored_form_already():
    for item in (*Bulletin.objects.all(), *Page.objects.all(), *Identity.objects.all()):
        for name in registry.long_texts(type(item)):
            for column in registry.columns([name]):
                stored = getattr(item, column) or ""
                assert html.canonical(stored) == stored, f"{item} {column}"


def test_no_link_of_the_sample_is_left_unresolved():
    assert [where for where, text in texts() if "sample:" in text] == []


def test_every_reference_leads_to_a_page(client):
    dead = []
    for model in (Bulletin, Page):
        for document in model.objects.published():
            for language in languages.codes():
                body = document.side(language).body
                for href in re.findall(r'href="(/[^"#]*)', body):
                    if client.get(href).status_code != 200:
                        dead.append((document.address(language), href))

    assert dead == []


def test_other_hosts_are_reserved_ones():
    hosts = {
        host for _where, text in texts() for host in re.findall(r'href="https?://([^/"]+)', text)
    } | {re.sub(r"^https?://", "", group.url).split("/")[0] for group in Group.objects.all()}
    strange = [h for h in hosts if not re.search(r"(^|\.)example\.(org|com|net)$|\.onion$", h)]

    assert strange == []


def test_every_live_page_answers_in_both_languages(client):
    for model in (Bulletin, Page):
        for document in model.objects.published():
            for language in languages.codes():
                assert client.get(document.address(language)).status_code == 200


def test_times_count_from_the_day_of_loading():
    assert not Bulletin.objects.filter(
        published_at__gt=timezone.now() + timedelta(days=10)
    ).exists()
    assert Bulletin.objects.upcoming().count() >= 3


def test_accounts_are_those_that_a_public_site_refuses():
    shown = {account.iban for account in BankAccount.objects.active() if account.iban}

    assert shown == set(sample.ibans())
