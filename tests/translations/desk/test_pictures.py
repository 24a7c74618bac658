"""A picture of the original at the desk: shown, carried over, never translated."""

from __future__ import annotations

import pytest
from django.utils.safestring import mark_safe
from lxml import html

from bulletins.models import Bulletin
from core.html import pieces
from tests import factories
from tests.translations.desk.desk_helpers import person, posted, rows, save, side
from translations import embeds, memory
from translations.acts import publishing, withdrawing
from translations.desk import building, deeds, drafting, drafts, views
from translations.desk.opened import Opened
from translations.models import Side

pytestmark = pytest.mark.django_db

PICTURE, OTHER = (f'<img src="ref:leaflets.leaflet/{pk}">' for pk in (7, 8))
EN = "<p>One: the border.</p><p>Two: the night.</p>"
FR = "<p>Un : la frontière.</p><p>Deux : la nuit.</p>"


def pictured(body: str, picture: str = PICTURE) -> str:
    """The body with a picture between its two paragraphs."""
    return body.replace("</p><p>", f"</p>{picture}<p>")


@pytest.fixture(autouse=True)
def leaflets(monkeypatch):
    """Leaflets are pictures here."""
    monkeypatch.setattr(embeds, "kinds", {})
    embeds.register(
        "leaflets.leaflet",
        lambda side, pk: mark_safe("<figure>for readers</figure>"),
        preview=lambda side, pk: mark_safe(f'<figure id="{side.lang}-{pk}">Preview</figure>'),
    )


@pytest.fixture
def amina(client):
    somebody = person("amina", "translate_fr")
    client.force_login(somebody)
    return somebody


@pytest.fixture
def esther(client):
    """Somebody who translates into French and publishes, logged in."""
    somebody = person("esther", "translate_fr", "publish_fr")
    client.force_login(somebody)
    return somebody


@pytest.fixture
def pair():
    """Both sides have the picture."""
    return factories.live_pair(body_en=pictured(EN), body_fr=pictured(FR))


@pytest.fixture
def without():
    """The original has gained a picture, and the French side has not got it."""
    document = factories.live_pair(body_en=EN, body_fr=FR)
    return edited(document, body_en=pictured(EN))


def edited(document, **columns):
    document = fresh(document)
    for name, text in columns.items():
        setattr(document, name, text)
    document.save()
    return fresh(document)


def fresh(document):
    return Bulletin.objects.get(pk=document.pk)


def stands(document) -> str:
    return str(side(document).status.public)


def picture(document):
    """The row of the picture."""
    return next(row for row in rows(document) if row.picture)


def page(document, who):
    return building.build(views.open_side(fresh(document), "fr"), who)


def at(document, view: str = "") -> str:
    return f"/desk/bulletins.bulletin-{document.pk}/fr/{view}"


def tell(client, document, do: str, view: str = "", **changes):
    """Press a button of the page's own form, as a browser without scripts does."""
    tree = html.fromstring(client.get(at(document, view)).content)
    [form] = [form for form in tree.forms if "saw" in form.fields]
    return client.post(at(document, view), {**dict(form.form_values()), "do": do, **changes})


# Its row ----------------------------------------------------------------------------------------


def test_its_row_shows_it_on_both_sides_and_offers_no_editor(client, amina, pair):
    tree = html.fromstring(client.get(at(pair)).content)
    [row] = tree.xpath("//*[@data-picture]")

    assert row.xpath(".//figure/@id") == ["en-7", "fr-7"]
    assert row.xpath(".//textarea | .//*[@role='textbox' or @contenteditable or @data-rich]") == []
    [field] = row.xpath(".//input[starts-with(@name, 'text-')]")
    assert (field.get("type"), field.get("value")) == ("hidden", PICTURE)
    assert "data-done" in row.attrib


def test_what_cannot_be_shown_is_named(client, amina, pair):
    embeds.kinds.clear()
    tree = html.fromstring(client.get(at(pair)).content)
    [row] = tree.xpath("//*[@data-picture]")

    assert row.xpath(".//*[@lang]/text()") == [
        "[leaflet 7]",
        "[leaflet 7]",
    ]


def test_the_review_shows_it_and_the_preview_too(client, esther, pair):
    review = html.fromstring(client.get(at(pair, "review/")).content)
    preview = html.fromstring(client.get(at(pair, "preview/")).content)

    assert review.xpath("//figure/@id") == ["en-7", "fr-7"]
    assert preview.xpath("//*[@class='prose']/figure/@id") == ["fr-7"]
    assert b'src="ref:' not in html.tostring(review) + html.tostring(preview)


def test_it_is_not_counted(pair, without, amina):
    for document in (pair, without):
        progress = page(document, amina).progress

        assert (progress.done, progress.of, progress.words) == (3, 3, 0)


def test_a_picture_that_the_original_lost_is_counted_until_it_is_dismissed(pair, amina):
    edited(pair, body_en=EN)
    before = page(pair, amina)
    drafting.dismiss(pair, "fr", amina, picture(pair).key)
    after = page(pair, amina)

    assert [(p.progress.left, len(p.changed)) for p in (before, after)] == [(1, 1), (0, 0)]


def test_no_check_has_anything_to_say_of_it(client, amina, without):
    tell(client, without, "save")
    save(without, amina, posted(rows(without)[0], "<p>Un, la frontière.</p>"))

    assert page(without, amina).problems == []


def test_it_is_never_a_heading(amina):
    faq = factories.faq(entries=0)
    factories.entry(faq, question_en="Why?", answer_en=f"{PICTURE}<p>Because.</p>")
    made = factories.live(title_en="Only", body_en=f"{PICTURE}<p>One.</p>")

    assert [group.heading for group in page(faq, amina).groups] == ["", "Why?"]
    assert page(made, amina).title == "Only"


def test_the_memory_learns_words_alone(pair):
    other = factories.live_pair(title_en="Other", body_en=PICTURE, body_fr=PICTURE)
    entries = [p for e in memory._of(pair) for p in e.pairs.values_list("source", "target")]
    entries += [p for e in memory._of(other) for p in e.pairs.values_list("source", "target")]

    assert entries
    assert not any("leaflet" in text for told in entries for text in told)


def test_there_is_no_help_for_it(client, amina, pair):
    response = client.get(at(pair, "row/"), {"key": picture(pair).key})

    assert (response.context["suggestions"], response.context["terms"]) == ([], [])


def test_an_autosave_of_words_carries_it_over(amina, without):
    save(without, amina, posted(rows(without)[0], "<p>Un !</p>"), saw=fingerprint(without))

    assert drafts.texts(side(without).draft)[":body"] == (
        f"<p>Un !</p>{PICTURE}<p>Deux : la nuit.</p>"
    )


def fingerprint(document) -> str:
    return side(document).source_fingerprint


def test_words_never_take_a_picture_in(client, amina, pair):
    response = tell(client, pair, "save", **{f"text-{rows(pair)[0].key}": f"<p>Un !</p>{OTHER}"})
    told = client.get(response["Location"]).content.decode()

    assert [row.row.text for row in rows(pair)] == [
        "<p>Un !</p>",
        PICTURE,
        "<p>Deux : la nuit.</p>",
    ]
    assert "This text cannot hold" in told


# From the original to readers -------------------------------------------------------------------


def test_a_new_translation_has_it_from_its_first_words(amina):
    document = factories.live(body_en=pictured(EN))
    assert page(document, amina).rows[2].picture.cell == '<figure id="fr-7">Preview</figure>'
    save(document, amina, posted(rows(document, ":title")[0], "La cuisine", ":title"))
    assert drafts.texts(side(document).draft)[":body"] == ""

    save(document, amina, posted(rows(document)[0], "<p>Un.</p>"))
    save(document, amina, posted(rows(document)[2], "<p>Deux.</p>"))
    publishing.publish_side(Bulletin, document.pk, "fr", person=amina)

    assert fresh(document).body_fr == f"<p>Un.</p>{PICTURE}<p>Deux.</p>"
    assert stands(document) == "current"


def test_a_title_alone_is_no_side_though_there_are_pictures(amina):
    document = factories.live(body_en=pictured(EN))
    save(document, amina, posted(rows(document, ":title")[0], "La cuisine", ":title"))

    with pytest.raises(publishing.ValidationError, match="missing"):
        publishing.publish_side(Bulletin, document.pk, "fr", person=amina)


def test_a_picture_that_comes_makes_the_side_outdated(without):
    assert stands(without) == "outdated"


def test_opening_the_desk_writes_nothing(client, amina, without):
    before = list(Side.objects.order_by("pk").values())
    client.get(at(without))
    client.get(at(without, "preview/"))

    assert list(Side.objects.order_by("pk").values()) == before


def test_publishing_the_untouched_desk_brings_it_to_readers(client, esther, without):
    told = page(without, esther)
    assert (told.brings, told.rows[2].picture.is_new) == (True, True)

    tell(client, without, "publish")

    assert fresh(without).body_fr == pictured(FR)
    assert (stands(without), side(without).draft) == ("current", None)
    assert page(without, esther).brings is False


def test_the_reviewer_publishes_what_the_review_shows(client, esther, without):
    save(without, esther, posted(rows(without)[0], "<p>Un !</p>"), saw=fingerprint(without))
    edited(without, body_en=pictured(EN, PICTURE + OTHER))
    tree = html.fromstring(client.get(at(without, "review/")).content)
    assert tree.xpath("//figure/@id") == ["en-7", "fr-7", "en-8", "fr-8"]
    [form] = [form for form in tree.forms if "revision" in form.fields]

    refused = client.post(at(without, "review/"), {**dict(form.form_values()), "do": "publish"})
    assert (refused.status_code, stands(without)) == (409, "outdated")
    tree = html.fromstring(refused.content)
    [form] = [form for form in tree.forms if "revision" in form.fields]
    client.post(at(without, "review/"), {**dict(form.form_values()), "do": "publish_anyway"})

    assert fresh(without).body_fr == f"<p>Un !</p>{PICTURE}{OTHER}<p>Deux : la nuit.</p>"
    assert stands(without) == "current"


def test_the_page_that_refuses_says_that_a_picture_came(client, esther, without):
    save(without, esther, posted(rows(without)[0], "<p>Un !</p>"), saw=fingerprint(without))
    told = client.get(at(without))
    edited(without, body_en=pictured(EN, PICTURE + OTHER))
    tree = html.fromstring(told.content)
    [form] = [form for form in tree.forms if "saw" in form.fields]

    refused = client.post(at(without), {**dict(form.form_values()), "do": "publish"})

    tree = html.fromstring(refused.content)
    [change] = tree.xpath("//*[contains(@class, 'change-')]")
    assert " ".join(change.text_content().split()) == "added: [leaflet 8]"


def test_a_translator_sends_the_untouched_desk_for_review(client, amina, without):
    tell(client, without, "submit")

    found = side(without)
    assert (str(found.status.work), found.draft_by) == ("submitted", amina)
    assert drafts.texts(found.draft)[":body"] == pictured(FR)


def test_there_is_still_nothing_to_publish_where_nothing_came(client, esther, pair):
    tell(client, pair, "publish")

    assert (side(pair).revision, side(pair).draft) == (0, None)


def test_a_save_of_the_untouched_desk_writes_nothing(client, amina, without):
    tell(client, without, "save")

    assert side(without).draft is None


def test_still_correct_on_its_row_puts_it_into_the_draft(client, esther, without):
    assert page(without, esther).rows[2].can_confirm

    tell(client, without, f"confirm:{picture(without).key}")

    assert drafts.texts(side(without).draft)[":body"] == pictured(FR)
    assert page(without, esther).rows[2].can_confirm is False
    tell(client, without, "publish")
    assert (fresh(without).body_fr, stands(without)) == (pictured(FR), "current")


def test_still_correct_for_everything_puts_it_into_the_draft(client, esther, without):
    tell(client, without, "confirm_all")

    assert (stands(without), fresh(without).body_fr) == ("outdated", FR)
    assert drafts.texts(side(without).draft)[":body"] == pictured(FR)


def test_still_correct_in_another_row_leaves_the_picture_to_come(client, esther, without):
    edited(without, body_en=pictured(EN).replace("night", "long night"))
    tell(client, without, f"confirm:{rows(without)[2].key}")

    assert (stands(without), fresh(without).body_fr, side(without).draft) == ("outdated", FR, None)
    tell(client, without, "publish")
    assert (stands(without), fresh(without).body_fr) == ("current", pictured(FR))


def test_a_picture_that_moved_moves_along(client, esther, pair):
    edited(pair, body_en=PICTURE + EN)
    assert (stands(pair), [row.kind for row in rows(pair)]) == ("outdated", ["same"] * 3)

    tell(client, pair, "publish")

    assert (stands(pair), fresh(pair).body_fr) == ("current", PICTURE + FR)


def test_a_picture_that_the_original_lost_stays_until_somebody_dismisses_it(client, esther, pair):
    edited(pair, body_en=EN)
    assert (picture(pair).kind, fresh(pair).body_fr) == ("removed", pictured(FR))
    tell(client, pair, f"dismiss:{picture(pair).key}")

    tell(client, pair, "publish")

    assert (stands(pair), fresh(pair).body_fr) == ("current", FR)


def test_a_draft_that_is_older_than_the_picture_takes_it_along(client, esther):
    document = factories.live_pair(body_en=EN, body_fr=FR)
    save(document, esther, posted(rows(document)[0], "<p>Un !</p>"), saw=fingerprint(document))
    edited(document, body_en=pictured(EN))

    tell(client, document, "publish")

    assert fresh(document).body_fr == f"<p>Un !</p>{PICTURE}<p>Deux : la nuit.</p>"
    assert stands(document) == "current"


# Left out, moved --------------------------------------------------------------------------------


def omit(document, who, omitted: bool):
    row = picture(document)
    return save(document, who, posted(row, PICTURE, omit=omitted), saw=fingerprint(document))


def test_it_is_left_out_on_purpose_and_comes_back(amina, pair):
    omit(pair, amina, omitted=True)
    left = drafts.texts(side(pair).draft)[":body"], page(pair, amina).rows[2]
    omit(pair, amina, omitted=False)

    assert (left[0], left[1].omitted, left[1].is_done, left[1].others) == (FR, True, True, [])
    assert drafts.texts(side(pair).draft)[":body"] == pictured(FR)


def test_what_was_left_out_stays_left_out(client, esther, without):
    omit(without, esther, omitted=True)
    publishing.publish_side(Bulletin, without.pk, "fr", person=esther)

    assert (fresh(without).body_fr, stands(without)) == (FR, "current")
    assert page(without, esther).rows[2].omitted
    tell(client, without, "publish")
    assert side(without).draft is None


def test_a_page_that_knows_nothing_of_it_brings_nothing_back(amina, pair):
    row = posted(picture(pair), PICTURE)
    omit(pair, person("bo"), omitted=True)
    save(pair, amina, row)

    assert picture(pair).row.omitted


def test_without_scripts_it_is_left_out_by_its_box(client, amina, pair):
    tell(client, pair, "save", **{f"omit-{picture(pair).key}": "on"})

    assert picture(pair).row.omitted


def test_it_is_moved_past_a_paragraph_and_stays_there(client, esther, pair):
    tell(client, pair, f"down:{picture(pair).key}")
    tell(client, pair, "publish")

    assert (fresh(pair).body_fr, stands(pair)) == (FR + PICTURE, "current")
    assert [
        (row.kind, row.picture.is_elsewhere) for row in page(pair, esther).rows if row.picture
    ] == [("same", True), ("own", False)]


def test_moved_back_it_is_as_if_nothing_had_been(client, amina, pair):
    key = picture(pair).key
    tell(client, pair, f"down:{key}")
    [own] = [row for row in rows(pair) if row.kind == "own"]
    tell(client, pair, f"up:{own.key}")

    assert [(row.key, row.row.text) for row in rows(pair)][1] == (key, PICTURE)
    assert drafts.texts(side(pair).draft)[":body"] == pictured(FR)


def test_two_paragraphs_with_a_picture_between_them_are_not_joined(client, amina, pair):
    assert [row.can_merge for row in page(pair, amina).rows][1:] == [False] * 3

    response = tell(client, pair, f"merge:{rows(pair)[0].key}")

    assert "A picture stands between them." in client.get(response["Location"]).content.decode()
    assert side(pair).draft is None


# Untouched --------------------------------------------------------------------------------------

BODIES = [
    (pictured(EN), pictured(FR)),
    (pictured(EN), FR),
    (pictured(EN), PICTURE + FR),
    (EN, pictured(FR)),
    (pictured(EN, PICTURE + "<hr>" + OTHER), "<hr>" + pictured(FR, OTHER + PICTURE)),
    (PICTURE, PICTURE),
    (PICTURE, "<p>Seulement des mots.</p>"),
    (f"<ul><li><p>a</p></li></ul>{PICTURE}<ul><li><p>b</p></li></ul>", pictured(FR)),
]


@pytest.mark.parametrize(("english", "french"), BODIES)
def test_a_side_is_published_as_it_was(english, french, amina):
    document = factories.live_pair(body_en=english, body_fr=french)
    save(document, amina, posted(rows(document, ":title")[0], "Autre titre", ":title"))
    publishing.publish_side(Bulletin, document.pk, "fr", person=amina)
    assert (fresh(document).body_fr, stands(document)) == (french, "current")

    # And once more, now by the alignment that was published.
    save(document, amina, posted(rows(document, ":title")[0], "Encore un", ":title"))
    publishing.publish_side(Bulletin, document.pk, "fr", person=amina)
    assert (fresh(document).body_fr, stands(document)) == (french, "current")


def test_a_side_that_is_taken_back_and_put_back_is_as_it_was(without):
    withdrawing.withdraw(Bulletin, without.pk, "fr")
    assert drafts.texts(side(without).draft)[":body"] == FR

    withdrawing.put_back(Bulletin, without.pk, "fr")

    assert (fresh(without).body_fr, side(without).draft) == (FR, None)


def test_a_side_that_is_taken_back_keeps_its_own_rules(amina):
    document = factories.live_pair(body_en=EN.replace("</p><p>", "</p><hr><p>"), body_fr=FR)
    withdrawing.withdraw(Bulletin, document.pk, "fr")
    save(document, amina, posted(rows(document)[0], "<p>Un !</p>"))

    assert drafts.texts(side(document).draft)[":body"] == "<p>Un !</p><p>Deux : la nuit.</p>"


def test_a_new_translation_has_the_rules_of_its_original(amina):
    document = factories.live(body_en=EN.replace("</p><p>", "</p><hr><p>"))
    for number, text in enumerate(("<p>Un.</p>", "<p>Deux.</p>")):
        save(document, amina, posted(rows(document)[number], text))
    save(document, amina, posted(rows(document, ":title")[0], "La cuisine", ":title"))
    publishing.publish_side(Bulletin, document.pk, "fr", person=amina)

    assert (fresh(document).body_fr, stands(document)) == (
        "<p>Un.</p><hr><p>Deux.</p>",
        "current",
    )


def test_a_side_of_which_nobody_knows_what_it_says_gets_the_pictures_with_its_draft(amina):
    document = factories.live_pair(body_en=pictured(EN), body_fr=FR)
    Side.objects.filter(pk=side(document).pk).update(based_on=None, based_on_hash=None)

    opened = Opened(side(document), fresh(document))

    assert [row.kind for row in opened.shown(":body")] == ["unsure", "same", "unsure"]
    assert [p.path[-1] for p in pieces(opened.text(opened.places[":body"]))] == ["p", "img", "p"]


def test_every_button_says_what_it_did(esther, without):
    """The deeds are told of the page that was shown: what it brings is no surprise to them."""
    opened = views.open_side(without, "fr")
    outcome = drafting.save(without, "fr", esther, [], opened.fingerprint)
    deed = deeds.Deed(without, "fr", esther, {"saw": opened.fingerprint}, [], outcome)

    assert (outcome.changed, deeds.do(deed, "save")) == (False, "")
