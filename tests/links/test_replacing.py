"""“Replace this address everywhere”: what is found, what is written, and what follows from it."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from links.models import CheckedLink, Group
from links.replacing import acting, finding
from links.replacing.finding import Context, Spot
from tests import factories
from tests.accounts.people import editor, translator
from tests.links import factories as links
from tests.links.test_check_collecting import linking
from translations import parts
from translations.acts import publishing, withdrawing
from translations.acts.publishing import Moved
from translations.desk import drafts
from translations.models import Side, SideVersion

pytestmark = pytest.mark.django_db

OLD, NEW = "https://old.example.org/a?x=1&y=2", "https://new.example.org/b?x=1&y=2"


@pytest.fixture
def person():
    return editor()


def found(person, address: str = OLD) -> list[Spot]:
    return [place.spot for entry in finding.find(address, person) for place in entry.places]


def where(spots: list[Spot]) -> list[tuple]:
    return [(spot.part, spot.language, spot.is_draft) for spot in spots]


def state(document) -> dict[str, str]:
    """Language → its public state."""
    return {side.language: str(side.status.public) for side in Side.objects.of(document)}


def pair(body_en=None, body_fr=None, **fields):
    """A live text with a translation that is up to date."""
    return factories.live_pair(
        body_en=body_en or linking(OLD), body_fr=body_fr or linking(OLD), **fields
    )


# Finding -------------------------------------------------------------------------------------


def test_an_address_is_found_in_every_text_public_or_not(person):
    live = factories.live_pair(body_en=linking(OLD, OLD), body_fr=linking(OLD))
    draft = factories.draft(body_en="<p>No link.</p>", body_fr=linking(OLD), title_fr="T")
    entry = factories.entry(live, answer_en=linking(OLD))
    group = links.group(url=OLD)
    factories.live(body_en=linking(NEW, "https://old.example.org/a?x=1&y=22"))

    entries = finding.find(OLD, person)

    places = {entry.url: where([place.spot for place in entry.places]) for entry in entries}
    assert places == {
        f"/admin/bulletins/bulletin/{live.pk}/change/": [
            (":body", "en", False),
            (":body", "fr", False),
            (f"bulletins.faqentry/{entry.pk}:answer", "en", False),
        ],
        f"/admin/bulletins/bulletin/{draft.pk}/change/": [(":body", "fr", False)],
        f"/admin/links/group/{group.pk}/change/": [(":url", "", False)],
    }


def test_a_place_shows_the_words_around_each_link(person):
    body = (
        f'<p>Before <a href="{OLD.replace("&", "&amp;")}">the &amp; words</a> after.</p>'
        f'<p>A <a href="https://x.example.org/">word</a>, a '
        f'<a href="{OLD.replace("&", "&amp;")}"><strong>word</strong></a>.</p>'
    )
    factories.live(body_en=body)

    [entry] = finding.find(OLD, person)
    [place] = entry.places

    assert place.contexts == [
        Context("Before ", "the & words", " after."),
        Context("A word, a ", "word", "."),
    ]
    assert (place.where, place.language_name) == ("Text", "English")


@pytest.mark.parametrize(
    ("address", "others"),
    [
        (
            "https://a.example.org/x",
            [
                "https://a.example.org/x/",
                "http://a.example.org/x",
                "http://a.example.org/x/",
            ],
        ),
        (
            "http://a.example.org/",
            ["http://a.example.org", "https://a.example.org/", "https://a.example.org"],
        ),
        ("https://a.example.org/?q=1", ["http://a.example.org/?q=1"]),
        ("mailto:a@example.org", []),
    ],
)
def test_variants_of_an_address_stand_beside_it(address, others):
    assert finding.variants(address) == others


def test_a_variant_is_a_place_of_its_own_that_nobody_has_chosen(person):
    factories.live(body_en=linking("https://a.example.org/x", "http://a.example.org/x/"))

    [entry] = finding.find("https://a.example.org/x", person)

    assert [(place.spot.address, place.is_chosen) for place in entry.places] == [
        ("https://a.example.org/x", True),
        ("http://a.example.org/x/", False),
    ]


def test_what_a_person_may_not_change_is_named_and_left_out():
    document = factories.live(body_en=linking(OLD))

    [entry] = finding.find(OLD, translator())

    assert (entry.title.text, entry.may_change, entry.places, entry.url) == (
        document.title_en,
        False,
        [],
        "",
    )


def test_a_spot_says_what_it_is_and_nothing_else_is_one():
    spot = Spot("bulletins.bulletin-1", ":body", "en", True, "abc", "https://a.example.org/?a|b")

    assert Spot.read(str(spot)) == spot
    with pytest.raises(ValueError, match="not enough values"):
        Spot.read("bulletins.bulletin-1|:body")


# Writing -------------------------------------------------------------------------------------


def test_both_sides_replaced_stay_up_to_date_in_one_event(person):
    document = pair()
    before = SideVersion.objects.count()

    done = acting.replace(found(person), NEW, person)

    document.refresh_from_db()
    assert (done.places, done.documents, done.skipped) == (2, ["Kitchen opens"], [])
    assert (document.body_en, document.body_fr) == (linking(NEW), linking(NEW))
    assert state(document) == {"en": "source", "fr": "current"}
    versions = SideVersion.objects.order_by("pk")[before:]
    assert [(v.language, v.author, v.act) for v in versions] == [
        ("en", person, "address_replaced"),
        ("fr", person, "address_replaced"),
    ]
    assert document.history.latest().history_user == person


def test_the_desk_names_the_act_in_words(client, person):
    document = pair()
    acting.replace(found(person), NEW, person)
    client.force_login(person)

    page = client.get(f"/desk/bulletins.bulletin-{document.pk}/fr/versions/").text

    assert "a link replaced" in page
    assert acting.ACT not in page


def test_only_the_original_replaced_makes_the_translation_outdated_in_that_segment(person):
    rest = "<p>Other words.</p>"
    document = pair(linking(OLD) + rest, linking(OLD) + rest)

    acting.replace([spot for spot in found(person) if spot.language == "en"], NEW, person)

    assert state(document) == {"en": "source", "fr": "outdated"}
    side = Side.objects.of(document).get(language="fr")
    document.refresh_from_db()
    now = [segment.html for segment in parts.split(document.body_en, is_rich=True)]
    kept = [inner for _path, inner in side.based_on[":body"]]
    assert [a == b for a, b in zip(kept, now, strict=True)] == [False, True]


def test_only_the_translation_replaced_leaves_it_up_to_date(person):
    document = pair()

    acting.replace([spot for spot in found(person) if spot.language == "fr"], NEW, person)

    document.refresh_from_db()
    assert (document.body_en, document.body_fr) == (linking(OLD), linking(NEW))
    assert state(document) == {"en": "source", "fr": "current"}


def test_a_translation_that_leads_elsewhere_stays_up_to_date(person):
    document = pair(body_fr=linking("https://fr.example.org/"))

    acting.replace(found(person), NEW, person)

    assert state(document) == {"en": "source", "fr": "current"}


def test_a_translation_that_was_outdated_stays_so_and_by_no_more(person):
    document = pair(linking(OLD) + "<p>One.</p>", linking(OLD) + "<p>Un.</p>")
    document.body_en = linking(OLD) + "<p>One and two.</p>"
    document.save()
    assert state(document)["fr"] == "outdated"

    acting.replace(found(person), NEW, person)

    assert state(document)["fr"] == "outdated"
    side = Side.objects.of(document).get(language="fr")
    kept = [inner for _path, inner in side.based_on[":body"]]
    assert kept == [linking(NEW).removeprefix("<p>").removesuffix("</p>"), "One."]


def test_a_translation_that_keeps_a_variant_is_outdated(person):
    # Both were in the original, and only one is replaced in the translation.
    old, other = "https://a.example.org/x", "http://a.example.org/x"
    document = pair(linking(old, other), linking(old, other))
    chosen = [s for s in found(person, old) if s.language == "en" or s.address == old]

    acting.replace(chosen, NEW, person)

    document.refresh_from_db()
    assert document.body_en == linking(NEW, NEW)
    assert document.body_fr == linking(NEW, other)
    assert state(document)["fr"] == "outdated"


def test_an_answer_is_replaced_with_its_document_in_one_event(person):
    document = factories.live_pair(body_en=linking(OLD))
    entry = factories.entry(
        document, answer_en=linking(OLD), question_fr="Pourquoi ?", answer_fr=linking(OLD)
    )
    assert state(document)["fr"] == "current"
    before = SideVersion.objects.count()

    done = acting.replace(found(person), NEW, person)

    entry.refresh_from_db()
    assert (entry.answer_en, entry.answer_fr) == (linking(NEW), linking(NEW))
    assert (done.places, SideVersion.objects.count() - before) == (3, 2)
    assert state(document)["fr"] == "current"


def test_a_groups_own_address_is_replaced(person):
    group = links.group(url=OLD)

    acting.replace(found(person), NEW, person)

    assert Group.objects.get().url == NEW
    assert list(CheckedLink.objects.standing().values_list("address", flat=True)) == [NEW]
    assert group.history.latest().history_user == person


def test_an_address_that_a_group_cannot_have_is_refused_there_and_nowhere_else(person):
    links.group(url=OLD)
    document = factories.live(body_en=linking(OLD))

    done = acting.replace(found(person), "mailto:them@example.org", person)

    document.refresh_from_db()
    assert document.body_en == linking("mailto:them@example.org")
    assert Group.objects.get().url == OLD
    [(title, why)] = done.skipped
    assert title == "Les Toits"
    assert "beginning with https:// or http://" in why


def test_a_text_that_changed_meanwhile_is_left_alone_and_told(person):
    document, other = pair(), factories.live(title_en="Other", body_en=linking(OLD))
    chosen = found(person)
    document.body_en = linking(OLD) + "<p>New words.</p>"
    document.save()

    done = acting.replace(chosen, NEW, person)

    document.refresh_from_db(), other.refresh_from_db()
    assert document.body_en == linking(OLD) + "<p>New words.</p>"
    assert (document.body_fr, other.body_en) == (linking(NEW), linking(NEW))
    assert done.places == 2
    assert done.skipped == [
        (
            "Kitchen opens, Text, en",
            "Somebody has changed the text since. Look at it again.",
        )
    ]


def test_a_document_that_went_meanwhile_is_told(person):
    document = pair()
    chosen = found(person)
    document.delete()

    done = acting.replace(chosen, NEW, person)

    assert (done.places, {why for _title, why in done.skipped}) == (0, {"It is no longer there."})


def test_nobody_replaces_what_they_may_not_change(person):
    document = pair()
    chosen = found(person)

    done = acting.replace(chosen, NEW, translator())

    document.refresh_from_db()
    assert document.body_en == linking(OLD)
    assert done.skipped == [("Kitchen opens", "You may not change it.")]


@pytest.mark.parametrize(
    "name",
    [
        *("accounts.user-1", "x-1", "bulletins.bulletin-x", "bulletins.bulletin-²"),
        *(f"bulletins.bulletin-{'9' * length}" for length in (20, 5000)),
    ],
)
def test_a_made_up_document_is_no_longer_there(person, name):
    spot = Spot(name, ":body", "en", False, "x", OLD)

    assert acting.replace([spot], NEW, person).skipped == [(name, "It is no longer there.")]


@pytest.mark.parametrize(
    ("part", "language"), [(":title", "en"), (":body", "xx"), (":url", ""), ("x/1:body", "en")]
)
def test_a_made_up_place_is_left_alone(person, part, language):
    document = pair()
    spot = Spot(f"bulletins.bulletin-{document.pk}", part, language, False, "x", OLD)

    done = acting.replace([spot], NEW, person)

    assert (done.places, len(done.skipped)) == (0, 1)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (" https://a.example.org/x y ", "https://a.example.org/x%20y"),
        ("a.example.org", "https://a.example.org"),
        ("mailto:a@example.org", "mailto:a@example.org"),
    ],
)
def test_an_address_gets_the_form_that_it_has_in_a_text(typed, stored):
    assert acting.address(typed) == stored


def test_an_address_of_ours_becomes_a_reference():
    page = factories.page()

    assert acting.address(page.address("en") and f"http://testserver{page.address('en')}") == (
        f"ref:pages.page/{page.pk}"
    )


@pytest.mark.parametrize("typed", ["", "javascript:alert(1)", "/x", "#top", "two words"])
def test_what_is_no_address_is_refused(typed):
    with pytest.raises(ValidationError):
        acting.address(typed)


# Drafts at the desk --------------------------------------------------------------------------


def begin(document, language: str = "fr") -> Side:
    """A draft of what is public now."""
    side = Side.objects.of(document).get(language=language)
    side.draft = drafts.begin(side, document)
    drafts.keep(side)
    return side


def test_a_draft_is_a_place_of_its_own(person):
    document = pair()
    begin(document)

    assert where(found(person)) == [
        (":body", "en", False),
        (":body", "fr", False),
        (":body", "fr", True),
    ]


def test_a_draft_that_is_not_public_yet_is_found_and_replaced(person):
    document = factories.live(body_en="<p>No link.</p>")
    side = begin(document)
    side.draft["rows"][":body"][0]["text"] = linking(OLD)
    drafts.keep(side)

    assert acting.replace(found(person), NEW, person).places == 1

    side.refresh_from_db()
    assert drafts.texts(side.draft)[":body"] == linking(NEW)
    document.refresh_from_db()
    assert document.body_fr is None


def test_a_draft_that_is_replaced_with_the_rest_can_be_published(person):
    document = pair()
    side = begin(document)
    revision = side.revision

    acting.replace(found(person), NEW, person)
    publishing.publish_side(type(document), document.pk, "fr", person=person)

    document.refresh_from_db()
    side.refresh_from_db()
    assert document.body_fr == linking(NEW)
    assert state(document) == {"en": "source", "fr": "current"}
    # Whoever was reading it reads it again.
    assert side.revision > revision


def test_a_draft_that_keeps_the_old_address_is_not_published_unseen(person):
    document = pair()
    begin(document)

    acting.replace([spot for spot in found(person) if not spot.is_draft], NEW, person)

    with pytest.raises(Moved):
        publishing.publish_side(type(document), document.pk, "fr", person=person)
    document.refresh_from_db()
    assert document.body_fr == linking(NEW)


def test_a_draft_without_the_address_goes_along_with_the_original(person):
    document = factories.live(body_en=linking(OLD))
    side = begin(document)
    side.draft["rows"][":title"][0]["text"] = "Titre"
    side.draft["rows"][":body"][0]["text"] = "<p>Sans lien.</p>"
    drafts.keep(side)

    acting.replace(found(person), NEW, person)
    publishing.publish_side(type(document), document.pk, "fr", person=person)

    assert state(document) == {"en": "source", "fr": "current"}


def test_a_draft_that_changed_meanwhile_is_left_alone(person):
    document = pair()
    side = begin(document)
    chosen = [spot for spot in found(person) if spot.is_draft]
    side.draft["rows"][":body"][0]["text"] = linking(OLD).replace("See", "Voir")
    drafts.keep(side)

    done = acting.replace(chosen, NEW, person)

    side.refresh_from_db()
    assert (done.places, len(done.skipped)) == (0, 1)
    assert "Voir" in drafts.texts(side.draft)[":body"]


def test_a_side_that_was_taken_back_comes_back_with_the_new_address(person):
    document = pair()
    withdrawing.withdraw(type(document), document.pk, "fr")

    acting.replace(found(person), NEW, person)
    withdrawing.put_back(type(document), document.pk, "fr", person=person)

    document.refresh_from_db()
    assert document.body_fr == linking(NEW)
    assert state(document) == {"en": "source", "fr": "current"}
    assert Side.objects.of(document).get(language="fr").has_draft is False
