from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import DatabaseError

from bulletins.models import Bulletin, ImportedPost, Kind
from bulletins.wordpress import documents
from bulletins.wordpress.several import join
from bulletins.wordpress.write import LanguageNeeded, import_export
from bulletins.wordpress.wxr import NotAnExport, parse
from core import html
from pages.models import MenuEntry, Page, Topic
from tests import factories
from tests.bulletins.wordpress.exports import export, listed, post
from translations.acts import publishing, withdrawing
from translations.models import OldPath

pytestmark = pytest.mark.django_db

FIXTURES = Path(__file__).parent / "fixtures"
SEED = Path(__file__).parents[4] / "shared" / "seed" / "polylang.xml"
YEARS_AHEAD = "2999-01-01 10:00:00"


def brought(*items: str, **options):
    return import_export(parse(export(*items)), **options)


def reasons(ledger) -> dict[int | None, str]:
    return {remark.number: remark.text for remark in ledger.left_out}


def everything() -> dict[str, list]:
    """Every row that an import may write, histories included."""
    models = [Bulletin, Page, Topic, ImportedPost, OldPath, Bulletin.history.model]
    models += [Page.history.model, Topic.history.model, Bulletin.topics.through]
    return {model._meta.label: list(model.objects.order_by("pk").values()) for model in models}


def nothing() -> bool:
    return not any(everything().values())


# What a post becomes


def test_a_post_becomes_a_live_bulletin_in_its_language():
    brought(post(1, title="Réunion\u00a0!", language="fr", body="Venez\u00a0!\n\nÀ 19\u00a0h."))
    bulletin = Bulletin.objects.get()
    assert (bulletin.title_fr, bulletin.body_fr, bulletin.slug_fr) == (
        "Réunion\u00a0!",
        "<p>Venez\u00a0!</p><p>À 19\u00a0h.</p>",
        "post-1",
    )
    assert (bulletin.title_en, bulletin.source_language) == (None, "fr")
    assert bulletin.published_at == datetime(2016, 1, 1, 10, tzinfo=UTC)
    assert bulletin.is_live


def test_a_page_becomes_a_page_and_no_menu_is_touched():
    ledger = brought(post(1, kind="page", title="About us", body="Who we are."))
    page = Page.objects.get()
    assert (page.title_en, page.body_en, page.is_live) == ("About us", "<p>Who we are.</p>", True)
    assert not Bulletin.objects.exists()
    assert not MenuEntry.objects.exists()
    assert [(one.model, one.state) for one in ledger.imported] == [("page", "live")]


def test_an_excerpt_becomes_the_summary_as_plain_text():
    brought(post(1, excerpt="<p>Short &amp; <b>good</b>.</p>"))
    assert Bulletin.objects.get().summary_en == "Short & good."


def test_a_sticky_post_is_pinned():
    brought(post(1, sticky=True), post(2))
    assert [b.pinned for b in Bulletin.objects.order_by("pk")] == [True, False]


def test_a_script_does_not_come_along():
    ledger = brought(
        post(1, title="Hi <script>alert(1)</script>", body="Words<script>alert(2)</script>.")
    )
    bulletin = Bulletin.objects.get()
    assert (bulletin.title_en, bulletin.body_en) == ("Hi alert(1)", "<p>Words.</p>")
    assert [remark.text for remark in ledger.not_carried] == ["script"]


def test_a_post_without_a_title_is_called_by_its_first_words():
    ledger = brought(post(1, title="", body="We are moving the kitchen today."))
    assert Bulletin.objects.get().title_en == "We are moving the kitchen today."
    assert [(remark.number, remark.text) for remark in ledger.notes] == [
        (1, "It had no title. It is called “We are moving the kitchen today.” now.")
    ]


def test_what_could_not_be_carried_is_told_post_by_post():
    ledger = brought(
        post(1, body="Look:\n\n[gallery ids='1,2']<table><tr><td>a</td></tr></table>", comments=2),
        post(2),
    )
    assert [(remark.number, remark.text) for remark in ledger.not_carried] == [
        (1, "gallery, table, 2 comments")
    ]


def test_who_wrote_and_who_commented_is_nowhere():
    ledger = brought(post(1, comments=1))
    told = f"{everything()} {ledger.as_text()} {ledger.as_dict()}"
    assert [name for name in ("marge", "Carl", "carl@", "I was there") if name in told] == []


# What does not come, and what does not go live


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"status": "private"}, "It is private."),
        ({"status": "trash"}, "It is in the bin."),
        ({"status": "archived"}, "Its status “archived” is not known here."),
        ({"password": "x"}, "It is protected by a password."),
        ({"status": "draft", "password": "x"}, "It is protected by a password."),
        ({"body": "<p>&nbsp;</p>"}, "It has no text."),
        ({"body": "[gallery ids='1']"}, "It has no text. It had: gallery."),
        ({"language": "es"}, "It is in a language that this site does not have (“es”)."),
        (
            {"title": "A" * 10_000},
            f"Its title cannot be taken: “{'A' * 40}…” is too long: 10000 characters, 200 fit.",
        ),
    ],
)
def test_what_is_left_out_is_named_with_its_reason(fields, reason):
    ledger = brought(post(1, **fields))
    assert reasons(ledger) == {1: reason}
    assert nothing()


@pytest.mark.parametrize("status", ["draft", "pending"])
def test_a_draft_stays_a_draft_and_gets_no_old_address(status):
    ledger = brought(post(1, status=status))
    assert Bulletin.objects.get().published_at is None
    assert not OldPath.objects.exists()
    assert ledger.imported[0].state == "draft"


def test_a_scheduled_post_keeps_its_date():
    ledger = brought(post(1, status="future", date=YEARS_AHEAD))
    assert Bulletin.objects.get().published_at == datetime(2999, 1, 1, 10, tzinfo=UTC)
    assert ledger.imported[0].state == "scheduled"


@pytest.mark.parametrize("date", ["0000-00-00 00:00:00", "9999-12-31 23:59:59"])
def test_a_post_without_a_possible_date_comes_as_a_draft(date):
    ledger = brought(post(1, date=date))
    assert Bulletin.objects.get().published_at is None
    assert [remark.text for remark in ledger.notes] == ["It has no date. It came as a draft."]


def test_an_item_that_could_not_be_read_is_left_out_by_its_place():
    ledger = brought("<item><title>Odd</title></item>", post(1))
    assert reasons(ledger) == {None: "Item 1 of the file. It has no number of its own (post_id)."}
    assert Bulletin.objects.count() == 1


# Pairs


def pair(*, en: dict | None = None, fr: dict | None = None) -> list[str]:
    fr = {"title": "Le camp", "date": "2016-01-01 09:00:00", "slug": "le-camp", **(fr or {})}
    en = {"title": "The camp", "date": "2016-01-02 09:00:00", "slug": "the-camp", **(en or {})}
    return [post(2, pair="pll_a", **en), post(1, language="fr", pair="pll_a", **fr)]


def test_a_pair_becomes_one_bulletin_and_the_earlier_post_is_its_source():
    ledger = brought(*pair())
    bulletin = Bulletin.objects.get()
    assert (bulletin.title_en, bulletin.title_fr, bulletin.source_language) == (
        "The camp",
        "Le camp",
        "fr",
    )
    assert bulletin.published_at == datetime(2016, 1, 1, 9, tzinfo=UTC)
    assert (bulletin.slug_en, bulletin.slug_fr, ledger.paired) == ("the-camp", "le-camp", 1)


def test_of_two_posts_of_one_time_the_lower_number_is_the_source():
    brought(*pair(en={"date": "2016-01-01 09:00:00"}))
    assert Bulletin.objects.get().source_language == "fr"


def test_both_sides_of_a_pair_may_have_had_one_slug():
    brought(*pair(en={"slug": "camp"}, fr={"slug": "camp"}))
    bulletin = Bulletin.objects.get()
    assert (bulletin.slug_en, bulletin.slug_fr) == ("camp", "camp")


@pytest.mark.parametrize(
    ("english", "reason"),
    [
        ({"status": "draft"}, documents.sides.NOT_BESIDE_PUBLIC),
        ({"status": "private"}, "It is private."),
        ({"password": "x"}, "It is protected by a password."),
        ({"body": ""}, "It has no text."),
        (
            {"status": "future", "date": YEARS_AHEAD},
            "It is to appear on 2999-01-01 10:00 UTC, and its other side is public before. "
            "Import again after that.",
        ),
    ],
)
def test_of_a_pair_only_the_public_side_comes(english, reason):
    ledger = brought(*pair(en=english))
    bulletin = Bulletin.objects.get()
    assert (bulletin.title_fr, bulletin.title_en, bulletin.body_en) == ("Le camp", None, None)
    assert reasons(ledger) == {2: reason}


def test_an_older_draft_does_not_become_the_source_of_a_public_text():
    brought(*pair(fr={"status": "draft"}))
    bulletin = Bulletin.objects.get()
    assert (bulletin.source_language, bulletin.title_fr) == ("en", None)
    assert bulletin.published_at == datetime(2016, 1, 2, 9, tzinfo=UTC)


def test_two_scheduled_sides_wait_for_the_later_date():
    later = "2999-01-02 10:00:00"
    brought(
        *pair(fr={"status": "future", "date": YEARS_AHEAD}, en={"status": "future", "date": later})
    )
    assert Bulletin.objects.get().published_at == datetime(2999, 1, 2, 10, tzinfo=UTC)


def test_two_drafts_become_one_draft_with_both_sides():
    brought(*pair(fr={"status": "draft"}, en={"status": "pending"}))
    bulletin = Bulletin.objects.get()
    assert (bulletin.title_en, bulletin.title_fr, bulletin.published_at) == (
        "The camp",
        "Le camp",
        None,
    )


# Languages


def test_without_marks_the_language_must_be_said_and_nothing_is_written():
    with pytest.raises(LanguageNeeded, match="1 of the 2 posts and pages do not say"):
        brought(post(1), post(2, language=None))
    assert nothing()


def test_a_private_post_without_a_mark_asks_for_no_language():
    ledger = brought(post(1), post(2, language=None, status="private"))
    assert reasons(ledger) == {2: "It is private."}


def test_the_language_that_was_said_is_for_those_without_a_mark():
    brought(post(1, language=None), post(2), language="fr")
    assert [b.source_language for b in Bulletin.objects.order_by("pk")] == ["fr", "en"]


def test_a_regional_mark_is_its_language():
    brought(post(1, language="fr-be"))
    assert Bulletin.objects.get().title_fr == "Title 1"


def test_of_two_regional_marks_in_one_group_the_second_is_left_out():
    ledger = brought(
        post(1, language="en-gb", pair="pll_a"), post(2, language="en-us", pair="pll_a")
    )
    assert reasons(ledger) == {2: "Number 1 is the same text in the same language."}
    assert Bulletin.objects.get().title_en == "Title 1"


# Categories


@pytest.mark.parametrize(
    ("categories", "kind"),
    [
        ([("call-outs", "Call-outs")], Kind.CALLOUT),
        ([("appels-fr", "Appels")], Kind.CALLOUT),
        ([("evenements", "Événements")], Kind.CALLOUT),
        ([("x", "Foire aux questions")], Kind.FAQ),
        ([("faq", "Good to know")], Kind.FAQ),
        ([("news", "News"), ("call-outs", "Call-outs")], Kind.CALLOUT),
        ([("actualites", "Actualités")], Kind.UPDATE),
        ([("uncategorized", "Uncategorized")], Kind.UPDATE),
        ([("non-classe-fr", "Non classé")], Kind.UPDATE),
        ([], Kind.UPDATE),
    ],
)
def test_such_a_category_is_a_kind_and_no_topic(categories, kind):
    brought(post(1, categories=categories))
    assert Bulletin.objects.get().kind == kind
    assert not Topic.objects.exists()


def test_another_category_becomes_a_topic_once():
    squats = (("squats", "Squats &amp; houses"),)
    ledger = brought(post(1, categories=squats), post(2, categories=squats))
    topic = Topic.objects.get()
    assert (topic.name_en, topic.slug_en, topic.source_language) == (
        "Squats & houses",
        "squats",
        "en",
    )
    assert topic.bulletins.count() == 2
    assert ledger.topics == ["Squats & houses"]


def test_a_topic_is_found_by_its_name_in_any_language_and_kept_as_it_is():
    topic = factories.topic()
    brought(post(1, language="en", categories=[("x", "LOGEMENT")]))
    assert [t.pk for t in Bulletin.objects.get().topics.all()] == [topic.pk]
    assert Topic.history.count() == 1


def test_a_pair_with_one_category_each_names_one_topic_in_both_languages():
    sorted_by = [
        *pair(en={"categories": [("housing", "Housing")]}, fr={"categories": [("logis", "Logis")]}),
        post(3, categories=[("housing", "Housing")]),
    ]
    brought(*sorted_by)
    topic = Topic.objects.get()
    assert (topic.name_fr, topic.name_en) == ("Logis", "Housing")
    assert topic.bulletins.count() == 2


def test_pairs_that_disagree_join_no_topics():
    def two(number, english, french):
        name = f"pll_{number}"
        return [
            post(number, language="fr", pair=name, categories=[(french, french)]),
            post(number + 1, pair=name, categories=[(english, english)]),
        ]

    brought(*two(1, "housing", "logement"), *two(3, "housing", "squats"))
    assert sorted(t.name_en or t.name_fr for t in Topic.objects.all()) == [
        "housing",
        "logement",
        "squats",
    ]


def test_a_category_with_too_long_a_name_is_told_and_stops_nothing():
    ledger = brought(post(1, categories=[("x", "x" * 61)]))
    assert Bulletin.objects.count() == 1
    assert not Topic.objects.exists()
    assert [remark.text for remark in ledger.notes] == [
        "One of its categories has a name too long for a topic."
    ]


def test_tags_are_counted_and_not_taken():
    ledger = brought(post(1, tags=("crs", "port")), post(2, tags=("crs",)))
    assert ledger.tags == {"crs": 2, "port": 1}
    assert not Topic.objects.exists()


# Slugs


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_slug_that_belongs_to_another_text_is_replaced_and_told(language):
    other = factories.live_pair(**{f"slug_{language}": "camp"})
    ledger = brought(post(1, title="The camp", slug="camp"))
    assert Bulletin.objects.exclude(pk=other.pk).get().slug_en == "the-camp"
    assert [remark.text for remark in ledger.notes] == [
        "Its address “camp” belongs to another text; it stands at “the-camp” now."
    ]


def test_a_slug_with_accents_is_spelled_in_ascii():
    brought(post(1, slug="r%c3%a9union-au-port"))
    assert Bulletin.objects.get().slug_en == "reunion-au-port"


def test_a_draft_without_a_slug_gets_one_from_its_title():
    brought(post(1, title="Not yet", slug="", status="draft"))
    assert Bulletin.objects.get().slug_en == "not-yet"


# Links


@pytest.mark.parametrize(
    "address",
    [
        "https://old.example.org/2016/01/01/post-2/",
        "http://www.old.example.org/2016/01/01/post-2",
        "https://old.example.org/2016/01/01/POST-2/?share=1#comments",
        "https://old.example.org/2016/01/01/former/",
        "https://old.example.org/?p=2",
        "/2016/01/01/post-2/",
    ],
)
@pytest.mark.parametrize("number", [1, 3])
def test_a_link_to_another_post_leads_to_what_it_became(address, number):
    link = post(number, body=f'See <a href="{address}">this</a>.')
    brought(*sorted([link, post(2, old_slugs=("former",))], key=lambda item: "See" not in item))
    target = Bulletin.objects.get(title_en="Title 2")
    source = Bulletin.objects.get(title_en=f"Title {number}")
    assert source.body_en == f'<p>See <a href="ref:bulletins.bulletin/{target.pk}">this</a>.</p>'


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.example/2016/01/01/post-2/",
        "https://old.example.org/2016/01/01/post-9/",
        "https://old.example.org/?p=9",
        "https://old.example.org/",
        "https://old.example.org/?p=²",
        "mailto:us@old.example.org",
    ],
)
def test_any_other_link_stays(address):
    brought(post(1, body=f'<a href="{address}">this</a>'), post(2))
    assert html.links(Bulletin.objects.get(title_en="Title 1").body_en) == [address]


def test_two_posts_may_link_to_each_other_and_to_a_page():
    one, two, three = (f'<a href="https://old.example.org/?p={n}">n</a>' for n in (1, 2, 3))
    ledger = brought(post(1, body=two + three), post(2, body=one), post(3, kind="page", body=one))
    first, second = Bulletin.objects.order_by("pk")
    assert html.links(first.body_en) == [
        f"ref:bulletins.bulletin/{second.pk}",
        f"ref:pages.page/{Page.objects.get().pk}",
    ]
    assert html.links(second.body_en) == [f"ref:bulletins.bulletin/{first.pk}"]
    assert ledger.links == 4


# Old addresses


def test_each_post_leaves_its_addresses_behind():
    brought(
        post(1, slug="r%c3%a9union", old_slugs=("old",)),
        post(2, kind="page", link="https://old.example.org/about", slug="about", language="fr"),
    )
    assert list(OldPath.objects.order_by("path").values_list("path", "language")) == [
        ("/2016/01/01/old/", "en"),
        ("/2016/01/01/réunion/", "en"),
        ("/?p=1", "en"),
        ("/?p=2", "fr"),
        ("/?page_id=2", "fr"),
        ("/about", "fr"),
    ]


@pytest.mark.parametrize(
    "link",
    [
        "https://old.example.org/?p=1",
        "https://old.example.org/",
        "https://elsewhere.example/a/",
        "",
    ],
)
def test_only_addresses_of_the_old_site_s_own_texts_are_taken(link):
    brought(post(1, link=link))
    assert [row.path for row in OldPath.objects.all()] == ["/?p=1"]


def test_an_address_that_is_too_long_is_told():
    ledger = brought(post(1, link=f"https://old.example.org/{'a' * 500}/"))
    assert [row.path for row in OldPath.objects.all()] == ["/?p=1"]
    assert [remark.text for remark in ledger.notes] == [
        "One of its old addresses cannot be kept: it is too long or damaged."
    ]


def test_another_text_s_old_address_is_not_taken_over():
    other = factories.live()
    OldPath.objects.create(document=other, path="/2016/01/01/post-1", language="fr")
    ledger = brought(post(1))
    kept = OldPath.objects.get(path__startswith="/2016")
    assert (kept.path, kept.document, kept.language) == ("/2016/01/01/post-1", other, "fr")
    assert [remark.text for remark in ledger.notes] == [
        "Its old address /2016/01/01/post-1/ leads to another text already."
    ]


def test_an_old_address_leads_to_its_own_side(client):
    brought(*pair())
    found = [
        client.get("/2016/01/01/le-camp/"),
        client.get("/2016/01/01/the-camp"),
        client.get("/?p=1"),
    ]
    assert [(response.status_code, response.get("Location")) for response in found] == [
        (301, "/fr/bulletins/le-camp/"),
        (301, "/en/bulletins/the-camp/"),
        (301, "/fr/bulletins/le-camp/"),
    ]


def test_an_old_address_with_accents_is_found(client):
    brought(post(1, slug="r%c3%a9union", language="fr"))
    response = client.get("/2016/01/01/r%C3%A9union/")
    assert (response.status_code, response.get("Location")) == (301, "/fr/bulletins/reunion/")


@pytest.mark.parametrize(
    "fields",
    [{"status": "draft"}, {"status": "private"}, {"status": "future", "date": YEARS_AHEAD}],
)
def test_the_old_address_of_what_is_not_public_reveals_nothing(client, fields):
    brought(post(1, title="Secret plan", slug="secret", **fields))
    found = [client.get("/2016/01/01/secret/"), client.get("/?p=1")]
    assert [(response.status_code, response.get("Location")) for response in found] == [
        (404, None),
        (302, "/en/"),
    ]
    assert b"Secret" not in found[0].content


def test_the_old_address_of_what_was_taken_back_says_so_and_no_more(client):
    brought(post(1, title="Secret plan", slug="secret"))
    publishing.unpublish(Bulletin, Bulletin.objects.get().pk)
    response = client.get("/2016/01/01/secret/")
    assert (response.status_code, b"Secret" in response.content) == (410, False)


# Again


def test_a_second_run_changes_nothing():
    items = [
        *pair(en={"categories": [("a", "A")]}, fr={"categories": [("b", "B")]}),
        post(3, body='<a href="/?p=1">x</a>', slug="le-camp", categories=[("c", "C")]),
        post(4, kind="page", link="https://old.example.org/2016/01/01/le-camp/"),
        post(5, status="draft"),
        post(6, status="private"),
    ]
    brought(*items)
    before = everything()
    ledger = brought(*items)
    assert everything() == before
    assert (ledger.unchanged, ledger.imported, ledger.added) == (5, [], [])
    assert reasons(ledger) == {6: "It is private."}


def test_http_and_https_are_one_site():
    brought(post(1))
    import_export(parse(export(post(1), base="http://old.example.org/")))
    assert Bulletin.objects.count() == 1


def test_the_same_number_of_another_site_is_another_post():
    brought(post(1))
    ledger = import_export(parse(export(post(1), base="https://other.example.org")))
    assert Bulletin.objects.count() == 2
    assert [remark.text for remark in ledger.notes] == [
        "Its address was on another site, and so it cannot lead here.",
        "Its old address /?p=1 leads to another text already.",
        "Its address “post-1” belongs to another text; it stands at “title-1” now.",
    ]


def test_what_was_edited_and_taken_back_here_stays_so():
    brought(post(1, title="Old words"))
    bulletin = Bulletin.objects.get()
    bulletin.title_en, bulletin.published_at = "Better words", None
    bulletin.save()
    brought(post(1, title="Newer words there"))
    again = Bulletin.objects.get()
    assert (again.title_en, again.published_at) == ("Better words", None)


@pytest.mark.parametrize("kind", ["post", "page"])
def test_what_was_deleted_here_does_not_come_back(kind):
    brought(post(1, kind=kind), post(2, kind=kind))
    (Page if kind == "page" else Bulletin).objects.get(title_en="Title 1").delete()
    ledger = brought(post(1, kind=kind), post(2, kind=kind))
    assert (ledger.unchanged, ledger.deleted_here, ledger.imported) == (1, 1, [])
    assert Bulletin.objects.count() + Page.objects.count() == 1


def test_a_side_that_came_later_is_added_to_its_partner():
    english, french = pair()
    brought(french)
    ledger = brought(english, french)
    bulletin = Bulletin.objects.get()
    assert (bulletin.title_en, bulletin.title_fr, bulletin.source_language) == (
        "The camp",
        "Le camp",
        "fr",
    )
    assert bulletin.published_at == datetime(2016, 1, 1, 9, tzinfo=UTC)
    assert [(remark.number, remark.text) for remark in ledger.added] == [(2, "its text in English")]
    assert OldPath.objects.get(path="/2016/01/01/the-camp/").document == bulletin


def test_a_partner_from_an_earlier_file_is_found_by_the_list():
    english, french = pair()
    brought(french, listed("pll_a", fr=1, en=2))
    ledger = brought(english, listed("pll_a", fr=1, en=2))
    assert Bulletin.objects.get().title_en == "The camp"
    assert len(ledger.added) == 1


def test_a_draft_is_not_added_to_a_live_partner():
    english, french = pair(en={"status": "draft"})
    brought(french)
    ledger = brought(english, french)
    assert Bulletin.objects.get().title_en is None
    assert reasons(ledger) == {2: documents.sides.NOT_BESIDE_PUBLIC}


def test_a_side_that_was_written_here_is_not_overwritten():
    english, french = pair()
    brought(french)
    bulletin = Bulletin.objects.get()
    bulletin.title_en, bulletin.body_en = "Our own", "<p>Our own.</p>"
    bulletin.save()
    ledger = brought(english, french)
    assert Bulletin.objects.get().title_en == "Our own"
    assert reasons(ledger) == {2: "This side has been written here in the meantime."}


def test_a_side_that_is_held_back_here_is_not_added():
    english, french = pair()
    brought(french)
    bulletin = Bulletin.objects.get()
    bulletin.title_en, bulletin.body_en = "Our own", "<p>Our own.</p>"
    bulletin.save()
    withdrawing.withdraw(Bulletin, bulletin.pk, "en")
    ledger = brought(english, french)
    assert Bulletin.objects.get().title_en is None
    assert reasons(ledger) == {2: "This side has been written here in the meantime."}


def test_a_side_of_what_was_deleted_here_does_not_come():
    english, french = pair()
    brought(french)
    Bulletin.objects.get().delete()
    ledger = brought(english, french)
    assert not Bulletin.objects.exists()
    assert reasons(ledger) == {2: "The text that it belongs to was deleted here."}


# Failures


@pytest.mark.parametrize("step", ["redirects.keep", "ImportedPost.save"])
def test_a_post_that_fails_leaves_nothing_half_written_and_stops_no_other(monkeypatch, step):
    name, method = step.split(".")
    target = getattr(documents, name)
    right = getattr(target, method)

    def fail(*args, **kwargs):
        if Bulletin.objects.filter(title_en="Bad").exists():
            raise DatabaseError("disk full")
        return right(*args, **kwargs)

    monkeypatch.setattr(target, method, fail)
    ledger = brought(
        post(1, title="Bad", categories=[("a", "A")], tags=("t",), body="[gallery ids='1'] x"),
        post(2, title="Good", body='<a href="/?p=1">x</a>', categories=[("a", "A")]),
    )
    bulletin = Bulletin.objects.get()
    assert (bulletin.title_en, html.links(bulletin.body_en)) == ("Good", ["/?p=1"])
    assert [t.name_en for t in bulletin.topics.all()] == ["A"]
    assert {row.post_id for row in ImportedPost.objects.all()} == {2}
    assert reasons(ledger) == {1: "It could not be written (DatabaseError)."}
    assert (len(ledger.imported), ledger.topics, ledger.not_carried) == (1, ["A"], [])


def test_a_side_that_fails_later_leaves_its_partner_as_it_is(monkeypatch):
    english, french = pair()
    brought(french)
    before = everything()

    def fail(*args, **kwargs):
        raise DatabaseError("disk full")

    monkeypatch.setattr(ImportedPost, "save", fail)
    ledger = brought(english, french)
    assert everything() == before
    assert reasons(ledger) == {2: "It could not be written (DatabaseError)."}
    assert (ledger.unchanged, ledger.added) == (1, [])


def test_links_that_cannot_be_written_are_told(monkeypatch):
    right = Bulletin.save

    def fail(self, **kwargs):
        if self.pk:
            raise DatabaseError("disk full")
        right(self, **kwargs)

    monkeypatch.setattr(Bulletin, "save", fail)
    ledger = brought(post(1, body='<a href="/?p=2">x</a>'), post(2))
    assert Bulletin.objects.count() == 2
    assert [(remark.number, remark.text) for remark in ledger.notes] == [
        (
            1,
            "Its links lead to the old site still. It could not be written (DatabaseError).",
        )
    ]


def test_a_dry_run_says_the_same_and_writes_nothing():
    items = [*pair(), post(3, categories=[("a", "A")]), post(4, status="private")]
    tried = brought(*items, dry_run=True)
    assert nothing()
    done = brought(*items)
    assert tried.as_dict() == {**done.as_dict(), "is_dry_run": True}


def test_an_export_that_names_no_site_is_refused():
    with pytest.raises(NotAnExport, match="does not say from which address"):
        import_export(parse(export(post(1), base="")))
    assert nothing()


# Several files


def test_several_files_of_one_site_are_read_as_one():
    english, french = pair()
    both = join([parse(export(french)), parse(export(english, french))])
    import_export(both)
    assert Bulletin.objects.get().title_en == "The camp"


def test_files_of_two_sites_are_refused():
    with pytest.raises(NotAnExport, match="come from two sites"):
        join([parse(export()), parse(export(base="https://other.example.org"))])


# Whole files


@pytest.mark.parametrize(
    ("name", "language", "bulletins", "pages", "left"),
    [
        ("plain-1.0.xml", "fr", None, None, None),
        ("plain-1.1.xml", "fr", None, None, None),
        ("plain-1.2.xml", "fr", 2, 1, {22, 26}),
        ("polylang.xml", None, 3, 1, set()),
        ("polylang-contradictions.xml", "en", 6, 1, set()),
        ("classic.xml", "fr", 1, 0, set()),
        ("blocks.xml", "en", 1, 0, set()),
    ],
)
def test_the_fixtures_come_in(name, language, bulletins, pages, left):
    read = parse(FIXTURES / name)
    ledger = import_export(read, language=language)
    if bulletins is not None:
        assert (Bulletin.objects.count(), Page.objects.count()) == (bulletins, pages)
        assert set(reasons(ledger)) == left
    before = everything()
    import_export(read, language=language)
    assert everything() == before


@pytest.mark.skipif(not SEED.exists(), reason="the seed export is not here")
def test_the_seed_export_comes_in_whole():
    ledger = import_export(parse(SEED))
    assert (ledger.found["post"], len(ledger.imported), ledger.paired) == (8, 6, 2)
    assert (ledger.left_out, ledger.notes, ledger.not_carried) == ([], [], [])
    blocked = Bulletin.objects.get(title_fr__startswith="Autoroute bloqué")
    assert (blocked.address("fr"), blocked.address("en")) == (
        "/fr/bulletins/autoroute-bloque/",
        f"/en/bulletins/{blocked.slug_en}/",
    )
    assert [len(list(html.blocks(text))) for text in (blocked.body_fr, blocked.body_en)] == [8, 6]
    assert "Nous sommes pleins d’espoir" in blocked.body_fr
    posts = {post.id: post for post in parse(SEED).posts}
    assert blocked.title_fr == posts[105].title
    assert blocked.body_fr.count("\u00a0") == posts[105].body.count("\u00a0")
    before = everything()
    import_export(parse(SEED))
    assert everything() == before
