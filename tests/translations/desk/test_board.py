"""The board: what there is to do, in which order, and who may do what."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from lxml import html

from bulletins.models import Bulletin
from core import zones
from tests import factories
from tests.accounts import people
from tests.links import factories as links
from tests.translations.desk.desk_helpers import person, posted, rows, save, side
from translations import acts
from translations.desk import people as at_the_desk

pytestmark = pytest.mark.django_db

SOON = timedelta(days=2)


@pytest.fixture
def amina(client):
    """A translator into French, logged in."""
    somebody = person("amina", "translate_fr")
    client.force_login(somebody)
    return somebody


@pytest.fixture
def esther(client):
    """Somebody who translates and publishes in both languages, logged in."""
    rights = ("translate_fr", "publish_fr", "translate_en", "publish_en")
    somebody = person("esther", *rights)
    client.force_login(somebody)
    return somebody


# What a test asks of the page -----------------------------------------------------------------


def page(client, query: str = ""):
    return html.fromstring(client.get(f"/desk/{query}").content)


def find(tree, selector: str) -> list:
    """The elements that a plain CSS selector finds: tags, classes, ids, attributes, descent."""
    path = "."
    for step in selector.split():
        tag, rest = re.fullmatch(r"(\w*)(.*)", step).groups()
        rest = re.sub(r"\.([\w-]+)", r"[contains(concat(' ', @class, ' '), ' \1 ')]", rest)
        rest = re.sub(r"#([\w-]+)", r"[@id='\1']", rest)
        rest = re.sub(r"\[(\w+)\]", r"[@\1]", rest)
        path += f"//{tag or '*'}{rest}"
    return tree.xpath(path)


def words(element) -> str:
    return " ".join(element.text_content().split())


def titles(client, query: str = "") -> list[str]:
    return [words(one) for one in find(page(client, query), ".board .board-title")]


def cells(client, query: str = "") -> list[list[str]]:
    """The cells of the first row, without the name of the language that a phone shows."""
    tree = page(client, query)
    for one in [*find(tree, ".board-language"), *find(tree, ".visually-hidden")]:
        one.drop_tree()
    [row] = find(tree, ".board tbody tr")
    return [words(cell) for cell in find(row, "td")]


def listed(client, place: str) -> list[str]:
    return [words(one) for one in find(page(client), f"{place} li")]


# What a test makes ------------------------------------------------------------------------------


def outdated(title: str, *, ago: timedelta = timedelta(hours=1)) -> Bulletin:
    """A live pair whose original changed `ago`."""
    document = factories.live_pair(title_en="As it was")
    document.title_en = title
    document.save()
    waiting(document, ago)
    return document


def missing(title: str, *, ago: timedelta = timedelta(hours=1)) -> Bulletin:
    document = factories.live(title_en=title, ago=ago)
    waiting(document, ago)
    return document


def waiting(document, ago: timedelta):
    # The clock stands where the tests run.
    document.side_rows.filter(waiting_since__isnull=False).update(
        waiting_since=timezone.now() - ago
    )


def begun(document, who):
    """A draft of the French side with its title, by `who`."""
    [title] = rows(document, ":title")
    save(document, who, posted(title, "Une cuisine", ":title"))
    return document


def submitted(document, who, *, ago: timedelta = timedelta(hours=1)):
    begun(document, who)
    acts.submit(Bulletin, document.pk, "fr", person=who)
    document.side_rows.filter(language="fr").update(submitted_at=timezone.now() - ago)
    return document


# Who comes in -----------------------------------------------------------------------------------


def test_a_stranger_is_sent_to_the_login_and_back(client):
    assert client.get("/desk/?language=fr").url == "/accounts/login/?next=/desk/%3Flanguage%3Dfr"


def test_somebody_without_rights_at_the_desk_is_refused(client):
    client.force_login(person("robin"))

    assert client.get("/desk/").status_code == 403


def test_the_roles_come_in(client):
    for somebody in (people.translator(), people.editor()):
        client.force_login(somebody)
        assert client.get("/desk/").status_code == 200


def test_the_board_takes_no_post(client, amina):
    assert client.post("/desk/").status_code == 405


# Documents × languages --------------------------------------------------------------------------


def test_a_row_tells_the_document_and_each_side(client, amina):
    missing("Kitchen opens", ago=timedelta(days=3, hours=1))

    [head] = find(page(client), ".board tbody th")
    assert words(head) == "Kitchen opens Update live written in English"
    assert cells(client) == ["original", "missing for 3 days 6 words left"]


def test_a_title_carries_its_language(client, amina):
    factories.live_french()

    [title] = find(page(client), ".board-title [lang]")
    assert (title.get("lang"), words(title)) == ("fr", "La cuisine ouvre")


def test_a_group_is_called_by_its_name_in_no_language(client, amina):
    links.group(links.section(name_en="Legal help", name_fr="Se défendre"))

    [name] = find(page(client, "?kind=links.group:"), ".board-title bdi")
    assert words(name) == "Les Toits"


def test_drafts_and_what_is_scheduled_say_so(client, amina):
    factories.draft(title_en="Not yet")
    factories.live(title_en="Soon", ago=-SOON)

    heads = [words(one) for one in find(page(client), ".board tbody th .board-facts")]
    published_at = Bulletin.objects.get(title_en="Soon").published_at
    # In the site's own time zone.
    at = timezone.localtime(published_at, zones.zone("Europe/Paris"))
    assert [facts.split(" written")[0] for facts in heads] == [
        f"Update scheduled for {at.day} {at:%b, %H:%M}",
        "Update draft",
    ]


def test_what_is_scheduled_waits_for_nobody_yet(client, amina):
    factories.live(ago=-SOON)

    assert cells(client) == ["original", "missing 6 words left"]


def test_an_outdated_side_counts_the_words_that_changed(client, amina):
    outdated("Kitchen closes")

    assert cells(client) == ["original", "outdated for 1 hour 2 words left"]


def test_both_axes_stand_in_one_badge(client, amina):
    begun(outdated("Kitchen closes"), amina)

    assert cells(client)[1].startswith("outdated, in progress")


def test_a_submitted_side_says_since_when(client, amina):
    submitted(missing("Kitchen opens", ago=timedelta(days=9)), amina, ago=timedelta(hours=5))

    # Whoever wrote is on it, until the claim expires.
    assert cells(client)[1] == "ready for review for 5 hours You are on it"


def test_who_is_on_it_is_named(client, amina):
    document = missing("Kitchen opens")
    at_the_desk.claim(document, "fr", person("basile", "translate_fr"))

    assert cells(client)[1] == "missing for 1 hour 6 words left basile is on it"


def test_a_claim_that_expired_is_forgotten(client, amina):
    document = missing("Kitchen opens")
    at_the_desk.claim(document, "fr", person("basile", "translate_fr"))
    document.side_rows.update(claimed_until=timezone.now() - timedelta(minutes=1))

    assert cells(client)[1] == "missing for 1 hour 6 words left"


def test_a_cell_leads_to_the_desk_only_where_the_person_may_write(client, amina):
    into_french = factories.live()
    factories.live_french()

    links_ = [one.get("href") for one in find(page(client), ".board a.board-link")]
    assert links_ == [f"/desk/bulletins.bulletin-{into_french.pk}/fr/"]


def test_a_submitted_side_leads_those_who_publish_to_the_review(client, esther):
    document = submitted(factories.live(), esther)

    [link] = find(page(client), ".board a.board-link")
    assert link.get("href") == f"/desk/bulletins.bulletin-{document.pk}/fr/review/"


def test_a_link_says_which_text_in_which_language(client, amina):
    factories.live()

    [link] = find(page(client), ".board a.board-link")
    assert words(link) == "missing French: Kitchen opens"


def test_a_document_without_text_is_not_there(client, amina):
    links.group(links.section(name_en="Legal help", name_fr="Se défendre"), description_en=None)

    assert titles(client) == ["Legal help"]


def test_a_title_is_text_and_not_markup(client, amina):
    factories.live(title_en="<b>Bold</b>")

    assert titles(client) == ["<b>Bold</b>"]


# What comes first -------------------------------------------------------------------------------


def test_the_order_is_outdated_then_missing_then_scheduled_then_drafts(client, amina):
    factories.live_pair(title_en="Current")
    factories.draft(title_en="Draft")
    submitted(factories.live(title_en="Submitted"), amina)
    factories.live(title_en="Later", ago=-2 * SOON)
    factories.live(title_en="Soon", ago=-SOON)
    missing("Missing for long", ago=timedelta(days=9))
    missing("Just published", ago=timedelta(hours=1))
    outdated("Just changed", ago=timedelta(hours=2))
    outdated("Changed long ago", ago=timedelta(days=5))

    assert titles(client) == [
        *("Changed long ago", "Just changed"),
        *("Just published", "Missing for long"),
        *("Soon", "Later", "Draft", "Submitted", "Current"),
    ]


def test_a_translator_is_shown_first_what_their_language_wants(client, amina):
    factories.live_french(title_fr="Sans anglais")
    missing("Old and without French", ago=timedelta(days=90))

    assert titles(client) == ["Old and without French", "Sans anglais"]


def test_fifty_stand_on_a_page_and_the_filters_stay(client, amina):
    for number in range(51):
        factories.draft(title_en=f"Draft {number}")

    first = page(client, "?state=missing")
    [following] = find(first, ".board-pages a")
    assert len(find(first, ".board tbody tr")) == 50
    assert following.get("href") == "?state=missing&page=2#texts"
    assert titles(client, "?state=missing&page=2") == ["Draft 0"]


def test_a_page_that_is_none_is_the_nearest(client, amina):
    factories.live()

    for number in ("9", "0", "x"):
        assert titles(client, f"?page={number}") == ["Kitchen opens"]


# Filters ----------------------------------------------------------------------------------------


@pytest.fixture
def one_of_each(esther):
    factories.live(title_en="Missing")
    outdated("Outdated")
    factories.live_pair(title_en="Current")
    begun(factories.live(title_en="Begun"), esther)
    submitted(factories.live(title_en="Submitted"), person("basile", "translate_fr"))
    factories.page(title_en="A page")
    factories.live_french(title_fr="Née en français")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("state=missing&language=fr", {"Missing", "Begun", "Submitted", "A page"}),
        ("state=missing&language=en", {"Née en français"}),
        ("state=outdated", {"Outdated"}),
        ("state=current", {"Current"}),
        ("state=source&language=fr", {"Née en français"}),
        ("work=none&language=fr", {"Missing", "Outdated", "A page"}),
        ("work=in_progress", {"Begun"}),
        ("work=submitted", {"Submitted"}),
        ("state=missing&work=in_progress", {"Begun"}),
        ("state=outdated&work=submitted", set()),
        ("kind=pages.page:", {"A page"}),
        ("app=pages", {"A page"}),
        ("app=bulletins&state=current", {"Current"}),
        ("kind=bulletins.bulletin:callout", set()),
        ("mine=on", {"Begun"}),
    ],
)
def test_a_filter_shows(client, one_of_each, query, expected):
    assert set(titles(client, f"?{query}")) == expected


def test_what_i_sent_for_review_and_what_i_claimed_is_mine(client, amina):
    submitted(factories.live(title_en="Sent"), amina)
    at_the_desk.claim(factories.live(title_en="Claimed"), "fr", amina)
    at_the_desk.claim(factories.live(title_en="Not mine"), "fr", person("basile", "translate_fr"))

    assert set(titles(client, "?mine=on")) == {"Sent", "Claimed"}


def test_a_chosen_language_is_the_only_column(client, amina):
    factories.live()

    heads = find(page(client, "?language=fr"), ".board thead th")
    assert [words(one) for one in heads] == ["Text", "French"]


def test_what_is_chosen_stays_chosen_in_the_form(client, amina):
    chosen = [
        *find(tree := page(client, "?state=outdated&mine=on"), "option[selected]"),
        *find(tree, "input[checked]"),
    ]

    assert [one.get("value") or one.get("name") for one in chosen if one.get("value") != ""] == [
        "outdated",
        "mine",
    ]


def test_a_filter_that_is_none_is_said_and_filters_nothing(client, amina):
    factories.live()

    response = client.get("/desk/?state=lost")
    [error] = find(html.fromstring(response.content), ".board-filters .errorlist li")
    assert response.status_code == 200
    assert words(error) == "Select a valid choice. lost is not one of the available choices."
    assert titles(client, "?state=lost") == ["Kitchen opens"]


def test_nothing_found_offers_everything(client, amina):
    factories.live()

    [empty] = find(page(client, "?state=outdated"), ".board-empty")
    assert words(empty) == "Nothing here answers to that. Show all texts"


def test_an_empty_house_says_so_kindly(client, amina):
    [empty] = find(page(client), ".board-empty")

    assert words(empty) == "There is no text yet. As soon as somebody writes one, it stands here."


# Language by language ---------------------------------------------------------------------------


def test_each_language_is_counted(client, one_of_each):
    english, french = find(page(client), ".standing")

    assert [words(one) for one in find(french, ".standing-states li")] == [
        *("missing: 4", "outdated: 1", "up to date: 1"),
        *("in progress: 1", "ready for review: 1"),
    ]
    assert [words(one) for one in find(english, ".standing-states li")][:1] == ["missing: 1"]


def test_progress_is_the_words_that_are_translated_and_up_to_date(client, amina):
    factories.live(title_en="Four words in all", body_en="<p>And three more.</p>")
    factories.live_pair(title_en="Two words", body_en="<p>And three more.</p>")

    [bar] = find(page(client), ".standings progress")
    [told] = find(page(client), "#standing-fr-words")
    assert (bar.get("max"), bar.get("value")) == ("12", "5")
    assert words(told) == "5 of 12 words translated and up to date"


def test_of_an_outdated_side_only_what_stayed_counts(client, amina):
    outdated("Kitchen closes")

    # “We open the kitchen.” stayed, the two words of the title did not.
    [bar] = find(page(client), ".standings progress")
    assert (bar.get("max"), bar.get("value")) == ("6", "4")


# Next for me ------------------------------------------------------------------------------------


def next_titles(client) -> list[str]:
    return [words(one) for one in find(page(client), ".board-suggestions h3")]


def test_next_is_what_i_am_on_before_all_else(client, amina):
    outdated("Outdated", ago=timedelta(days=9))
    at_the_desk.claim(missing("Mine"), "fr", amina)

    assert next_titles(client) == ["Mine"]


def test_next_is_what_i_began(client, amina):
    outdated("Outdated", ago=timedelta(days=9))
    document = begun(missing("Mine"), amina)
    at_the_desk.release(document, "fr", amina)

    assert next_titles(client) == ["Mine"]


def test_next_is_outdated_before_missing_and_the_one_that_waits_longest(client, amina):
    missing("Missing", ago=timedelta(days=9))
    outdated("Changed today", ago=timedelta(hours=1))
    outdated("Changed last week", ago=timedelta(days=7))

    assert next_titles(client) == ["Changed last week"]


def test_next_of_the_missing_ones_is_the_shortest(client, amina):
    missing("A title that is much longer than the other", ago=timedelta(days=9))
    missing("Short")

    assert next_titles(client) == ["Short"]


def test_next_is_nothing_that_somebody_else_is_on_or_that_is_sent(client, amina):
    basile = person("basile", "translate_fr")
    at_the_desk.claim(outdated("His"), "fr", basile)
    submitted(outdated("Sent"), amina)
    missing("Free")

    assert next_titles(client) == ["Free"]


def test_what_somebody_else_began_comes_after_what_nobody_has(client, amina):
    basile = person("basile", "translate_fr")
    his = begun(missing("Short"), basile)
    at_the_desk.release(his, "fr", basile)
    missing("A longer title that nobody has begun")

    assert next_titles(client) == ["A longer title that nobody has begun"]


def test_the_claim_of_somebody_who_is_gone_keeps_nobody_away(client, amina):
    basile = person("basile", "translate_fr")
    at_the_desk.claim(missing("His"), "fr", basile)
    basile.delete()

    assert next_titles(client) == ["His"]


def test_there_is_one_suggestion_for_each_language(client, esther):
    missing("Into French")
    factories.live_french(title_fr="Vers l’anglais")
    missing("Into French, too, and longer")

    assert next_titles(client) == ["Vers l’anglais", "Into French"]


def test_when_all_is_done_there_is_thanks(client, amina):
    factories.live_pair()
    factories.live_french()

    [box] = find(page(client), ".board-next p")
    assert words(box).endswith("Thank you!")


# Ready to publish -------------------------------------------------------------------------------


def test_who_publishes_sees_what_is_sent_the_oldest_first(client, esther):
    basile = person("basile", "translate_fr")
    submitted(missing("Sent today"), basile, ago=timedelta(hours=2))
    old = submitted(missing("Sent long ago"), basile, ago=timedelta(days=4, hours=1))

    assert listed(client, "#ready") == [
        "Sent long ago into French sent by basile for 4 days",
        "Sent today into French sent by basile for 2 hours",
    ]
    first = find(page(client), "#ready li a")[0]
    assert first.get("href") == f"/desk/bulletins.bulletin-{old.pk}/fr/review/"


def test_who_only_translates_does_not_see_the_shelf(client, amina):
    submitted(missing("Sent"), amina)

    assert find(page(client), "#ready") == []


def test_the_shelf_holds_only_the_languages_that_one_publishes(client):
    client.force_login(person("eve", "publish_en"))
    submitted(missing("Sent"), person("basile", "translate_fr"))

    assert words(find(page(client), "#ready")[0]) == (
        "Ready to publish Nothing waits for a review."
    )


def test_what_is_held_back_says_for_what_it_waits(client, esther):
    document = factories.draft(title_en="Both together")
    acts.hold(Bulletin, document.pk, ["fr"])

    assert listed(client, "#ready") == ["Both together waits for French missing"]


def test_what_is_held_and_sent_says_so_on_the_shelf(client, esther):
    document = submitted(factories.draft(title_en="Both"), person("basile", "translate_fr"))
    acts.hold(Bulletin, document.pk, ["fr"])

    first = listed(client, "#ready")[0]
    assert first == "Both into French sent by basile for 1 hour the original waits for it"


# How much it costs ------------------------------------------------------------------------------

# Session, person, identity and menu, their rights twice; standings, number, page, sides, next,
# ready, held, subscriptions; and the titles of one kind of document.
QUERIES = 15


@pytest.mark.parametrize("number", [1, 3])
def test_the_board_costs_the_same_for_one_text_and_for_three(
    client, esther, number, django_assert_num_queries
):
    for index in range(number):
        document = submitted(factories.live(title_en=f"Text {index}"), person(f"basile{index}"))
        at_the_desk.claim(document, "fr", esther)
        outdated(f"Outdated {index}")
        acts.hold(Bulletin, factories.draft(title_en=f"Held {index}").pk, ["fr"])

    with django_assert_num_queries(QUERIES):
        client.get("/desk/")


def test_each_app_costs_one_query_more(client, esther, django_assert_num_queries):
    for number in range(3):
        factories.live(title_en=f"Text {number}")
        factories.page(title_en=f"Page {number}")

    with django_assert_num_queries(QUERIES + 1):
        client.get("/desk/")


# On the admin's front page ----------------------------------------------------------------------


def block(client) -> list[str]:
    tree = html.fromstring(client.get("/admin/").content)
    return [words(one) for one in find(tree, ".translations-block li")]


def test_the_admin_tells_how_translations_stand(client):
    client.force_login(people.editor())
    submitted(missing("Sent"), person("basile", "translate_fr"))
    outdated("Outdated")

    assert block(client) == [
        "1 text is ready to publish",
        "English nothing to translate",
        "French 1 missing, 1 outdated, 0 up to date",
    ]


def test_the_admin_tells_only_the_languages_that_one_works_in(client):
    somebody = people.person("stan", is_staff=True)
    client.force_login(somebody)
    factories.live()
    assert block(client) == []

    somebody.user_permissions.set(person("amina", "translate_fr").user_permissions.all())
    assert block(client) == ["French 1 missing, 0 outdated, 0 up to date"]


@pytest.mark.parametrize("number", [1, 3])
def test_the_block_costs_one_query(client, number, django_assert_num_queries):
    client.force_login(people.editor())
    for _number in range(number):
        outdated("Outdated")

    with django_assert_num_queries(8):
        client.get("/admin/")


def test_the_titles_of_sides_whose_document_is_gone_are_left_out(client, amina):
    document = factories.live()
    row = side(document)
    document.delete()
    row.pk, row._state.adding = None, True
    row.save()

    assert titles(client) == []
