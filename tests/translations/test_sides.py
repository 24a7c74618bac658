"""What a side is based on: it moves when somebody says so, and by nothing else."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext, override

from bulletins.models import Bulletin, FAQEntry
from bulletins.wordpress.write import import_export
from bulletins.wordpress.wxr import parse
from tests import factories
from tests.bulletins.wordpress.exports import export, post
from tests.translations import side_events as events
from tests.translations.side_events import a_word, edit, fresh, save, side, state, write
from translations import acts, parts, sides
from translations.desk import drafts
from translations.management.commands import check_sides
from translations.models import Side

pytestmark = pytest.mark.django_db

OLD, NEW = "It is closed.", "It is open."


def based_on(document, part: str = ":body") -> list[str]:
    """The source that the French side is confirmed to say."""
    return [html for _path, html in side(document).based_on[part]]


def source(document, part: str = ":body") -> list[str]:
    """The source as it stands."""
    found = {p.key: p.segments("en") for p in parts.of(fresh(document))}
    return [segment.html for segment in found[part]]


def differences(document) -> tuple[list[str], list[str]]:
    """What the side says and its source does not, and the other way round."""
    said, says = Counter(based_on(document)), Counter(source(document))
    return list((said - says).elements()), list((says - said).elements())


def minor(document, change):
    with acts.minor_change(document):
        change(document)


# Confirmed --------------------------------------------------------------------------------------


def test_a_new_pair_says_what_its_source_says():
    document = events.pair()

    found = side(document)
    assert found.based_on == sides.snapshots(document)["en"].kept
    assert found.based_on_hash == found.source_fingerprint == side(document, "en").fingerprint
    assert (found.gaps, found.words_left) == (0, 0)


def test_the_source_is_based_on_nothing():
    found = side(events.pair(), "en")

    assert (found.based_on, found.based_on_hash, found.words_left) == (None, None, 0)


def test_touching_an_outdated_side_confirms_nothing():
    document = events.document_in("O-")

    edit(document, lambda body: body.replace("fermée", "ouverte"), "fr")

    assert (state(document), differences(document)) == ("O-", ([OLD], [NEW]))


def test_what_is_written_in_both_languages_at_once_is_confirmed_and_nothing_else():
    document = events.document_in("O-")
    entry = document.entries.first()
    entry.question_en, entry.question_fr = "How?", "Comment ?"
    entry.save()

    assert based_on(document, f"bulletins.faqentry/{entry.pk}:question") == ["How?"]
    assert (state(document), differences(document)) == ("O-", ([OLD], [NEW]))


def test_one_of_two_differences_confirmed_leaves_the_other():
    document = events.document_in("O-")
    a_word(document)
    kept = side(document).based_on[":body"]
    new = [["p", NEW]]

    acts.confirm_segments(Bulletin, document.pk, "fr", part=":body", old=[kept[0]], new=new)

    [was], [now] = differences(document)
    assert ("Foch" in was, "Jaurès" in now, state(document)) == (True, True, "O-")


def test_confirming_a_source_that_has_moved_since_is_refused():
    document = events.document_in("O-")
    saw = side(document).source_fingerprint
    a_word(document)

    with pytest.raises(acts.Moved):
        acts.confirm_side(Bulletin, document.pk, "fr", saw=saw)

    assert (state(document), list(map(len, differences(document)))) == ("O-", [2, 2])


def test_an_imported_pair_is_confirmed():
    import_export(
        parse(export(post(1, pair="a"), post(2, language="fr", pair="a", body="Des mots.")))
    )

    document = Bulletin.objects.get()
    assert (state(document), based_on(document)) == ("C-", ["Some words."])


def test_a_side_that_is_imported_later_is_confirmed():
    first = post(1, pair="a")
    import_export(parse(export(first)))
    import_export(parse(export(first, post(2, language="fr", pair="a", body="Des mots."))))

    document = Bulletin.objects.get()
    assert (state(document), based_on(document)) == ("C-", ["Some words."])


def test_an_imported_pair_whose_links_lead_to_our_own_pages_is_confirmed():
    link = '<a href="https://old.example.org/2016/01/01/post-3/">{}</a>'
    import_export(
        parse(
            export(
                post(1, pair="a", body=link.format("Before")),
                post(2, pair="a", body=link.format("Avant"), language="fr"),
                post(3),
            )
        )
    )

    document = Bulletin.objects.get(title_en="Title 1")
    assert "ref:bulletins" in document.body_en
    assert "ref:bulletins" in document.body_fr
    assert (state(document), check_found()) == ("C-", [])


# Minor changes ----------------------------------------------------------------------------------


def moved(body: str) -> str:
    first, *others = body.split("<p>")[1:]
    return "".join(f"<p>{p}" for p in [*others, first])


MINOR = {
    "a word elsewhere": lambda body: body.replace("Foch", "Foch,"),
    "a word where it differs": lambda body: body.replace("It is", "It’s"),
    "a paragraph more at the end": lambda body: body + "<p>See you.</p>",
    "a paragraph more at the start": lambda body: "<p>Hello.</p>" + body,
    "a paragraph less": lambda body: body.replace("<p>Food &amp; tea.</p>", ""),
    "another order": moved,
    "everything at once": lambda body: moved(body.replace("10", "11")) + "<p>See you.</p>",
}


@pytest.mark.parametrize("name", MINOR)
def test_a_minor_change_leaves_a_current_side_current(name):
    document = events.pair()

    minor(document, lambda found: edit(found, MINOR[name]))

    assert (state(document), based_on(document)) == ("C-", source(document))


@pytest.mark.parametrize("name", MINOR)
def test_a_minor_change_never_whitewashes_an_outdated_side(name):
    document = events.document_in("O-")

    minor(document, lambda found: edit(found, MINOR[name]))

    now = "It’s open." if name == "a word where it differs" else NEW
    assert (state(document), differences(document)) == ("O-", ([OLD], [now]))


def test_a_paragraph_that_is_not_translated_yet_stays_so_when_it_is_moved():
    document = events.pair()
    edit(document, lambda body: body + "<p>Bring a friend.</p>")

    minor(document, lambda found: edit(found, lambda body: "<p>Bring a friend.</p>" + body[:-26]))

    assert source(document)[0] == "Bring a friend."
    assert (state(document), based_on(document)) == ("O-", source(document)[1:])


def test_an_order_that_differs_still_differs_when_a_paragraph_is_moved():
    document = factories.live_pair(body_en="<p>A</p><p>B</p><p>C</p>")
    edit(document, lambda body: "<p>B</p><p>A</p><p>C</p>")

    minor(document, lambda found: edit(found, lambda body: "<p>B</p><p>C</p><p>A</p>"))

    assert (state(document), based_on(document)) == ("O-", ["A", "B", "C"])


def test_a_minor_change_of_both_languages_is_carried_once():
    document = events.pair()

    def more(found):
        save(found, body_en=found.body_en + "<p>Hm.</p>", body_fr=found.body_fr + "<p>Hein.</p>")

    minor(document, more)

    assert (state(document), based_on(document)) == ("C-", source(document))


def test_a_minor_change_is_of_one_document():
    document, other = events.pair(), events.pair()

    minor(document, lambda found: [a_word(found), a_word(other)])

    assert (state(document), state(other)) == ("C-", "O-")


def test_a_minor_change_of_a_child_leaves_its_translation_current():
    document = events.pair()
    entry = document.entries.first()

    def mend(_found):
        entry.question_en = "Question 1, please?"
        entry.save()

    minor(document, mend)

    assert state(document) == "C-"


def test_a_child_that_is_new_is_a_gap_even_if_it_is_minor():
    document = events.pair()

    minor(document, events.add_child("en"))

    assert (state(document), side(document).gaps) == ("O-", 1)


def test_a_minor_change_while_somebody_works_is_shown_to_them_as_moved():
    document = events.document_in("C~")
    events.minor(document)

    with pytest.raises(acts.Moved):
        acts.publish_side(Bulletin, document.pk, "fr")

    assert state(document) == "C~"


# Children ---------------------------------------------------------------------------------------


def test_what_a_deleted_child_said_is_forgotten():
    document = events.pair()
    first, last = document.entries.all()

    last.delete()

    items = {key.rpartition(":")[0] for key in side(document).based_on}
    assert (items, state(document)) == ({"", f"bulletins.faqentry/{first.pk}"}, "C-")


def test_children_deleted_together_are_forgotten_too():
    document = events.pair()

    document.entries.all().delete()

    assert {key.rpartition(":")[0] for key in side(document).based_on} == {""}
    assert (state(document), check_found()) == ("C-", [])


def test_deleting_the_child_that_was_outdated_brings_the_side_up_to_date():
    document = events.pair()
    entry = document.entries.first()
    entry.question_en = "Something else?"
    entry.save()
    before = state(document)

    entry.delete()

    assert (before, state(document)) == ("O-", "C-")


def test_a_gap_is_filled_by_translating_the_child():
    document = events.pair()
    events.add_child("en")(document)
    entry = document.entries.last()
    before = side(document).gaps

    entry.question_fr, entry.answer_fr = "Quoi encore ?", "<p>Ça.</p>"
    entry.save()

    # Filled in and not confirmed: the side was outdated, and nobody has said that it matches.
    assert (before, side(document).gaps, state(document)) == (1, 0, "O-")
    saw = side(document).source_fingerprint
    acts.confirm_side(Bulletin, document.pk, "fr", saw=saw)
    assert state(document) == "C-"


def test_a_child_that_moves_to_another_document_is_known_there_and_forgotten_here():
    document, other = events.pair(), events.pair()
    entry = FAQEntry.objects.filter(bulletin=document).last()

    entry.bulletin = other
    entry.save()

    assert check_found() == []
    assert (state(document), state(other)) == ("C-", "C-")


def check_found() -> list[str]:
    return [*check_sides.drifted(), *check_sides.orphans()]


# Publishing -------------------------------------------------------------------------------------


def test_a_published_draft_says_what_its_translator_saw():
    document = events.document_in("C~")
    a_word(document)
    seen = based_on(document)

    acts.publish_side(Bulletin, document.pk, "fr", anyway=True)

    assert (state(document), based_on(document)) == ("O-", seen)
    assert "Elle est ouverte." in fresh(document).body_fr


def test_a_changed_paragraph_that_the_translator_left_alone_stays_outdated():
    document = events.document_in("O-")
    write(document, 2, "<p>Du pain.</p>")

    acts.publish_side(Bulletin, document.pk, "fr")

    assert (state(document), differences(document)) == ("O-", ([OLD], [NEW]))


def test_a_side_that_was_withdrawn_comes_back_with_what_it_said():
    document = events.document_in("O-")
    before = side(document).based_on

    events.withdraw(document)
    events.put_back(document)

    assert (side(document).based_on, state(document)) == (before, "O-")


def test_what_a_translator_wrote_is_not_published_by_putting_the_side_back():
    document = events.document_in("O!")
    public = fresh(document).body_fr
    events.withdraw(document)
    write(document, 2, "<p>Du pain.</p>")

    events.put_back(document)

    kept = drafts.texts(side(document).draft)[":body"]
    assert (fresh(document).body_fr, state(document)) == (public, "O!")
    assert ("Elle est ouverte." in kept, "Du pain." in kept) == (True, True)
    assert acts.held_languages(document) == []
    events.publish(document)
    assert (fresh(document).body_fr, state(document)) == (kept, "C-")


def test_what_was_confirmed_in_a_draft_outlives_putting_the_side_back():
    document = events.document_in("O-")
    events.withdraw(document)
    events.press("confirm_all")(document)

    events.put_back(document)

    assert state(document) == "O~"
    events.publish(document)
    assert (state(document), based_on(document)) == ("C-", source(document))


def test_a_side_of_which_nobody_knows_what_it_says_comes_back_as_outdated():
    document = events.pair()
    Side.objects.of(document).delete()
    sides.refresh(document)
    before = state(document)

    events.withdraw(document)
    events.put_back(document)

    assert (before, state(document), check_found()) == ("O-", "O-", [])


def test_an_old_version_never_reads_as_up_to_date_by_itself():
    document = events.pair()
    a_word(document)
    save(document, body_fr=events.FR["body_fr"].replace("Foch", "Jaurès"))
    saw = side(document).source_fingerprint
    acts.confirm_side(Bulletin, document.pk, "fr", saw=saw)
    before = state(document)

    events.restore(document)
    events.publish(document)

    assert (before, state(document)) == ("C-", "O-")
    assert "Foch" in based_on(document)[1]


def test_after_a_swap_the_old_source_says_what_the_new_one_says():
    document = events.pair()

    acts.swap_source(Bulletin, document.pk, "fr")

    found = side(document, "en")
    assert found.based_on == sides.snapshots(document)["fr"].kept
    assert side(document).based_on is None
    a_word(document)
    assert (state(document, "en"), state(document)) == ("O-", "S-")


# Publish both together --------------------------------------------------------------------------


@pytest.fixture
def waiting():
    """A draft that waits for its French side, which somebody has begun."""
    document = factories.draft()
    acts.hold(Bulletin, document.pk, ["fr"])
    events.write_all(document)
    return document


def test_with_the_side_it_waited_for_a_text_goes_live(waiting):
    before = fresh(waiting).is_live

    acts.publish_side(Bulletin, waiting.pk, "fr")

    stored = fresh(waiting)
    assert (before, stored.is_live, stored.sides()) == (False, True, ["en", "fr"])
    assert (state(waiting), side(waiting).hold, check_found()) == ("C-", False, [])


def test_a_text_that_waits_for_nobody_stays_a_draft(waiting):
    acts.hold(Bulletin, waiting.pk, [])

    acts.publish_side(Bulletin, waiting.pk, "fr")

    assert (fresh(waiting).is_live, state(waiting)) == (False, "C-")


def test_a_text_never_waits_for_its_source(waiting):
    acts.hold(Bulletin, waiting.pk, ["en", "fr"])

    assert (side(waiting, "en").hold, side(waiting).hold) == (False, True)


def test_a_text_that_was_urgent_keeps_the_moment_at_which_it_was_published(waiting):
    at = timezone.now().replace(microsecond=0) - timedelta(days=3)
    save(waiting, published_at=at)

    acts.publish_side(Bulletin, waiting.pk, "fr")

    assert (fresh(waiting).published_at, fresh(waiting).sides()) == (at, ["en", "fr"])


def test_a_text_that_cannot_be_published_keeps_its_draft(waiting):
    save(waiting, body_en=None)

    with pytest.raises(ValidationError):
        acts.publish_side(Bulletin, waiting.pk, "fr", anyway=True)

    assert (fresh(waiting).is_live, side(waiting).has_draft, side(waiting).hold) == (
        False,
        True,
        True,
    )


# What readers are told --------------------------------------------------------------------------

NOTICE = "The original of this text has changed since it was translated."


def page(client, language: str) -> str:
    return client.get(Bulletin.objects.get().address(language)).text


@pytest.mark.parametrize(
    ("wanted", "language", "is_told"),
    [("O-", "fr", True), ("C-", "fr", False), ("O-", "en", False), ("S-", "fr", False)],
)
def test_readers_of_an_outdated_side_are_told_so(client, wanted, language, is_told):
    document = events.document_in(wanted)
    with override(language):
        notice = gettext(NOTICE)

    text = page(client, language)

    assert (notice in text) == is_told
    if is_told:
        assert f'href="{document.address("en")}" hreflang="en"' in text


@pytest.mark.parametrize("wanted", ["C-", "O-"])
def test_the_notice_costs_no_query(client, django_assert_num_queries, wanted):
    events.document_in(wanted)
    address = Bulletin.objects.get().address("fr")

    with django_assert_num_queries(5):
        client.get(address)


def test_a_draft_of_which_nobody_has_seen_a_word_changes_nothing_for_readers(client):
    document = events.document_in("C-")
    before = page(client, "fr")

    write(document, 0, "<p>Elle est ouverte.</p>")

    assert page(client, "fr") == before
    assert Side.objects.get(language="fr").has_draft
