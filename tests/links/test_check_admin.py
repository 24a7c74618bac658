"""The list of checked links, what it proposes, and the page that replaces an address."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone
from lxml import html

from core.kept import RESTORE
from links.checking import recording
from links.checking.outcomes import Outcome, Problem
from links.models import CheckedLink, Group
from pages.models import Identity, MenuEntry
from tests import factories
from tests.accounts.people import editor, person
from tests.links import factories as links
from tests.links.test_check_collecting import linking

pytestmark = pytest.mark.django_db

LIST = "/admin/links/checkedlink/"
REPLACE = f"{LIST}replace/"
OLD, NEW = "https://old.example.org/a?x=1&y=2", "https://new.example.org/"
GONE = Outcome(Problem.GONE, 404)


def page(client, address: str = LIST, **query):
    return html.fromstring(client.get(address, query).content.decode())


def words(node) -> str:
    return " ".join(node.text_content().split())


def cards(client, **query) -> list[str]:
    return [words(node) for node in page(client, **query).xpath("//ul[@class='link-cards']/li/h2")]


def visited(address: str, outcome: Outcome, times: int = 1):
    link = CheckedLink.objects.get_or_create(address=address)[0]
    for _time in range(times):
        recording.record(link.pk, outcome)
    return link


def some_of_each():
    """A link in every state, all in one text."""
    found = {
        "https://a.example.org/": Outcome("", 200),
        "https://b.example.org/": Outcome("", 200, NEW),
        "https://c.example.org/": Outcome(Problem.LOGIN, 403),
        "https://d.example.org/": GONE,
        "https://e.example.onion/": Outcome(Problem.ONION),
        "https://f.example.org/": None,
    }
    document = factories.live(body_en=linking(*found))
    for address, outcome in found.items():
        if outcome:
            visited(address, outcome)
    return document


def test_what_has_to_be_looked_at_stands_first(admin_client):
    some_of_each()

    assert cards(admin_client) == [f"https://{n}.example.org/" for n in "dbc"] + [
        "https://e.example.onion/",
        "https://f.example.org/",
        "https://a.example.org/",
    ]


def test_what_is_broken_longest_stands_first_among_its_like(admin_client):
    factories.live(body_en=linking("https://a.example.org/", "https://b.example.org/"))
    visited("https://a.example.org/", GONE)
    link = visited("https://b.example.org/", GONE)
    earlier = timezone.now() - timedelta(days=3)
    CheckedLink.objects.filter(pk=link.pk).update(failing_since=earlier)

    assert cards(admin_client) == ["https://b.example.org/", "https://a.example.org/"]


@pytest.mark.parametrize(
    ("state", "letters"),
    [("broken", "d"), ("moved", "b"), ("unsure", "c"), ("waiting", "f"), ("fine", "a")],
)
def test_the_list_is_filtered_by_state(admin_client, state, letters):
    some_of_each()

    assert cards(admin_client, state=state) == [f"https://{n}.example.org/" for n in letters]


def test_the_list_is_filtered_by_what_is_to_be_decided(admin_client):
    factories.live(body_en=linking("https://a.example.org/", "https://b.example.org/"))
    visited("https://a.example.org/", GONE, times=2)
    visited("https://b.example.org/", GONE, times=3)

    assert cards(admin_client, state="decide") == ["https://b.example.org/"]


@pytest.mark.parametrize("query", [{"state": "x"}, {"state": "\x00"}, {"q": "%"}, {"p": "99"}])
def test_a_filter_that_means_nothing_is_no_error(admin_client, query):
    some_of_each()

    assert admin_client.get(LIST, query).status_code in (200, 302)


def test_a_link_says_what_is_wrong_since_when_and_where_it_stands(admin_client):
    document = factories.live_pair(body_en=linking(OLD), body_fr=linking(OLD))
    visited(OLD, GONE, times=2)

    [card] = page(admin_client).xpath("//ul[@class='link-cards']/li")

    today = timezone.localdate().strftime("%m/%d/%Y")
    assert words(card.xpath(".//p[@class='link-found']")[0]) == (
        f"broken The page is gone. (404) since {today}, 2 visits in a row"
    )
    [use] = card.xpath(".//ul[@class='link-uses']/li")
    assert words(use) == "Kitchen opens Update, English, French"
    assert use.xpath(".//a/@href") == [f"/admin/bulletins/bulletin/{document.pk}/change/"]


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        ("en", [("La cuisine", "fr"), ("Ovens", "en")]),
        ("fr", [("Fours", "fr"), ("La cuisine", "fr")]),
    ],
)
def test_titles_are_in_the_language_of_the_one_who_looks(client, language, titles):
    french = {"source_language": "fr", "title_en": "", "body_en": "", "body_fr": linking(OLD)}
    factories.live(**french | {"title_fr": "La cuisine"})
    factories.live(**french | {"title_fr": "Fours", "title_en": "Ovens", "body_en": "<p>Ovens</p>"})
    client.force_login(person("ada", is_staff=True, is_superuser=True, language=language))

    for address, path in [(LIST, "ul[@class='link-uses']/li/a"), (REPLACE, "h3/a")]:
        found = page(client, address, **({"old": OLD} if address == REPLACE else {}))
        links_to = found.xpath(f"//{path}")
        assert sorted((words(a), a.get("lang")) for a in links_to) == titles


def test_what_is_not_visited_or_unsure_is_explained(admin_client):
    [help_text] = page(admin_client).xpath("//p[@class='link-lead quiet']")

    explained = [name in words(help_text) for name in ("“Unsure”", "“Not visited”", "yet”")]
    assert explained == [True] * 3


def test_what_stands_nowhere_is_not_listed(admin_client):
    visited(OLD, GONE)
    document = factories.live(body_en=linking(NEW))
    document.published_at = None
    document.save()

    assert cards(admin_client) == []


def test_a_link_that_moved_leads_to_its_replacement(admin_client):
    factories.live(body_en=linking(OLD))
    visited(OLD, Outcome("", 200, NEW))

    [card] = page(admin_client).xpath("//ul[@class='link-cards']/li")
    [address] = card.xpath("./p[last()]/a/@href")
    form = page(admin_client, address)

    assert form.xpath("//form[@method='get']//input[@name='new']/@value") == [NEW]
    assert form.xpath("//input[@type='hidden'][@name='old']/@value") == [OLD]
    assert form.xpath("//input[@type='hidden'][@name='new']/@value") == [NEW]


def test_long_lists_of_places_are_cut_short_and_whole_on_the_links_own_page(admin_client):
    for number in range(7):
        factories.live(title_en=f"Text {number}", body_en=linking(OLD))

    [card] = page(admin_client).xpath("//ul[@class='link-cards']/li")
    assert [words(node) for node in card.xpath(".//li")][-1] == "and 2 more"
    one = page(admin_client, card.xpath("./h2/a/@href")[0])
    assert len(one.xpath("//ul[@class='link-uses']/li")) == 7


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_eleven_queries(admin_client, django_assert_num_queries, count):
    Identity.objects.create(name_en="Aubremer").menu.create(part=MenuEntry.Part.LINKS)
    for number in range(count):
        factories.live(body_en=linking(f"https://{number}.example.org/"))
        links.group(links.section(position=number), url=f"https://{number}.example.org/")
    admin_client.get(LIST)

    with django_assert_num_queries(11):
        assert len(cards(admin_client)) == count


def test_an_address_with_markup_in_it_is_text(admin_client):
    factories.live(body_en='<p><a href="https://a.example.org/%3Cb%3E&lt;x">x</a></p>')
    visited(CheckedLink.objects.get().address, Outcome("", 200, "https://b.example.org/'\"<i>"))

    for address in (LIST, reverse("admin:links_checkedlink_change", args=[1])):
        assert b"<i>" not in admin_client.get(address).content


# Groups --------------------------------------------------------------------------------------


def test_three_failures_propose_to_look_at_the_group_and_do_nothing(admin_client):
    group = links.group(url=OLD)
    visited(OLD, GONE, times=2)
    assert page(admin_client).xpath("//p[@class='link-decide']") == []

    visited(OLD, GONE)

    [told] = page(admin_client).xpath("//p[@class='link-decide']")
    assert words(told) == (
        "Nobody has been reached at the address of “Les Toits” for 3 visits in a row. "
        "Decide whether it stays on the list (Les Toits)"
    )
    change = f"/admin/links/group/{group.pk}/change/"
    assert told.xpath("./a/@href") == [f"{change}#id_delisted_reason"]
    [on_form] = page(admin_client, change).xpath("//p[@class='link-decide']")
    assert "for 3 visits in a row. The page is gone." in words(on_form)
    assert page(admin_client, change).xpath("//*[@id='id_delisted_reason']") != []
    group.refresh_from_db()
    assert group.is_live is True


def test_a_link_in_a_text_that_fails_for_long_is_nobodys_group(admin_client):
    factories.live(body_en=linking(OLD))
    visited(OLD, GONE, times=3)

    assert page(admin_client).xpath("//p[@class='link-decide']") == []


def test_a_group_that_was_delisted_is_no_longer_proposed(admin_client):
    group = links.group(url=OLD)
    visited(OLD, GONE, times=3)
    group.delisted_reason = "It is gone."
    group.save()

    change = f"/admin/links/group/{group.pk}/change/"
    assert page(admin_client, change).xpath("//p[@class='link-decide']") == []
    assert cards(admin_client) == []


def test_a_new_group_has_no_notice(admin_client):
    assert page(admin_client, "/admin/links/group/add/").xpath("//p[@class='link-decide']") == []


def test_the_front_page_counts_what_is_broken(admin_client):
    links.group(url=OLD)
    factories.live(body_en=linking("https://a.example.org/"))
    assert page(admin_client, "/admin/").xpath("//*[@aria-labelledby='links-block']") == []

    visited(OLD, GONE, times=3)
    visited("https://a.example.org/", GONE)

    [block] = page(admin_client, "/admin/").xpath("//*[@aria-labelledby='links-block']")
    assert [words(node) for node in block.xpath(".//li")] == [
        "2 links are broken",
        "1 of them three times in a row or more",
    ]


# Replacing -----------------------------------------------------------------------------------


def opened(client, address: str = OLD, new: str = NEW) -> dict:
    """What the form of the preview sends as it stands."""
    tree = page(client, REPLACE, old=address, new=new)
    [form] = [form for form in tree.forms if form.method == "POST" and "old" in form.fields]
    sent: dict[str, list] = {}
    for name, value in form.form_values():
        sent.setdefault(name, []).append(value)
    return sent | {"_save": "x"}


def told(response) -> list[str]:
    return [words(html.fromstring(str(message))) for message in response.context["messages"]]


def test_an_address_is_replaced_where_it_was_chosen(client):
    document = factories.live_pair(body_en=linking(OLD), body_fr=linking(OLD))
    group = links.group(url=OLD)
    edith = editor()
    client.force_login(edith)

    response = client.post(REPLACE, opened(client), follow=True)

    document.refresh_from_db(), group.refresh_from_db()
    assert (document.body_en, document.body_fr, group.url) == (linking(NEW), linking(NEW), NEW)
    assert response.redirect_chain == [(LIST, 302)]
    assert told(response) == [f"3 places lead to {NEW} now. To undo it, put the old address back"]
    assert document.history.latest().history_user == edith


def test_only_what_is_chosen_is_replaced(admin_client):
    document = factories.live_pair(body_en=linking(OLD), body_fr=linking(OLD))
    sent = opened(admin_client)

    admin_client.post(REPLACE, sent | {"place": sent["place"][:1]})

    document.refresh_from_db()
    assert (document.body_en, document.body_fr) == (linking(NEW), linking(OLD))


def test_a_variant_is_offered_and_not_chosen(admin_client):
    factories.live(body_en=linking("https://a.example.org/x", "http://a.example.org/x"))

    tree = page(admin_client, REPLACE, old="https://a.example.org/x", new=NEW)
    boxes = tree.xpath("//input[@name='place']")

    assert [box.get("checked") is not None for box in boxes] == [True, False]
    assert [words(p) for p in tree.xpath("//li/p[@class='link-address']")] == [
        "http://a.example.org/x"
    ]


@pytest.mark.parametrize(
    ("new", "message"),
    [
        (
            "javascript:alert(1)",
            "This is no whole address. Write it with https:// or http://.",
        ),
        (OLD, "This is the same address."),
        ("https://a.example.org/" + "a" * 3000, "Ensure this value has at most 2000 characters"),
    ],
)
def test_a_bad_address_comes_back_with_a_message_and_replaces_nothing(admin_client, new, message):
    document = factories.live(body_en=linking(OLD))
    sent = opened(admin_client) | {"new": new}

    responses = [admin_client.get(REPLACE, {"old": OLD, "new": new})]
    responses.append(admin_client.post(REPLACE, sent))

    for response in responses:
        tree = html.fromstring(response.text)
        assert response.status_code == 200
        [error] = tree.xpath("//form[@method='get']//ul[@class='errorlist']/li")
        assert words(error).startswith(message)
        assert tree.xpath("//input[@name='new']/@value") == [new]
        assert tree.xpath("//input[@name='place']") == []
    document.refresh_from_db()
    assert document.body_en == linking(OLD)


def buttons(form) -> list[str]:
    """The names of a form's buttons, in their order: the Enter key presses the first."""
    found = form.xpath(".//*[self::button or self::input[@type='submit']]")
    return [button.get("name", "") for button in found]


def test_the_enter_key_in_a_field_shows_and_replaces_nothing(admin_client):
    factories.live(body_en=linking(OLD))

    tree = page(admin_client, REPLACE, old=OLD, new=NEW)

    [shows] = tree.xpath("//div[@id='content-main']/form[@method='get']")
    [replaces] = tree.xpath("//div[@id='content-main']/form[@method='post']")
    assert [field.name for field in shows.xpath(".//input[@type='text']")] == ["old", "new"]
    assert replaces.xpath(".//input[@type='text']") == []
    assert (buttons(shows), buttons(replaces)) == ([""], ["", "_save"])


def test_the_enter_key_in_a_box_shows_the_same_again_with_what_was_chosen(admin_client):
    document = factories.live_pair(body_en=linking(OLD), body_fr=linking(OLD))
    sent = opened(admin_client)
    del sent["_save"]

    response = admin_client.post(REPLACE, sent | {"place": sent["place"][1:]})

    boxes = html.fromstring(response.text).xpath("//input[@name='place']")
    assert [box.get("checked") is not None for box in boxes] == [False, True]
    document.refresh_from_db()
    assert (document.body_en, document.body_fr) == (linking(OLD), linking(OLD))


def test_without_a_new_address_the_places_are_shown_and_nothing_can_be_replaced(admin_client):
    document = factories.live(body_en=linking(OLD))
    sent = opened(admin_client)

    tree = page(admin_client, REPLACE, old=OLD)

    assert words(tree.xpath("//section[@class='link-entry']/h3")[0]) == "Kitchen opens"
    [form] = tree.xpath("//div[@id='content-main']/form[@method='post']")
    assert (buttons(form), form.xpath(".//input[@name='place']")) == ([""], [])
    admin_client.post(REPLACE, sent | {"new": ""})
    document.refresh_from_db()
    assert document.body_en == linking(OLD)


def test_what_was_replaced_is_undone_on_the_same_page(admin_client):
    document = factories.live_pair(body_en=linking(OLD), body_fr=linking(OLD))

    response = admin_client.post(REPLACE, opened(admin_client), follow=True)
    [link] = html.fromstring(response.text).xpath("//ul[@class='messagelist']//a/@href")
    tree = page(admin_client, link)
    sent = dict(tree.xpath("//div[@id='content-main']/form[@method='post']")[0].form_values())
    assert (sent["old"], sent["new"]) == (NEW, OLD)
    admin_client.post(REPLACE, opened(admin_client, NEW, OLD))

    document.refresh_from_db()
    assert (document.body_en, document.body_fr) == (linking(OLD), linking(OLD))


@pytest.mark.parametrize("typed", ["/en/donate/", "http://testserver/en/donate/"])
def test_a_page_of_ours_is_named_as_it_was_typed(admin_client, settings, typed):
    settings.ALLOWED_HOSTS = ["testserver"]
    document = factories.live(body_en=linking(OLD))

    shown = admin_client.get(REPLACE, {"old": OLD, "new": typed}).text
    response = admin_client.post(REPLACE, opened(admin_client, new=typed), follow=True)

    document.refresh_from_db()
    assert document.body_en == linking("ref:view.donations/donate")
    assert told(response) == [f"1 place leads to {typed} now. To undo it, put the old address back"]
    [undo] = html.fromstring(response.text).xpath("//ul[@class='messagelist']//a/@href")
    assert "ref:" not in shown
    assert len(page(admin_client, undo).xpath("//input[@name='place']")) == 1


def test_other_links_to_the_new_address_are_counted_in_the_preview(admin_client):
    factories.live(body_en=linking(OLD))
    factories.live_pair(body_en=linking(NEW), body_fr=linking(NEW))
    # Neither of them leads there.
    factories.live(body_en=linking(f"{NEW}more", "https://www.example.org/"))

    [note] = page(admin_client, REPLACE, old=OLD, new=NEW).xpath("//p[@class='link-decide']")

    assert words(note) == (
        "2 other places lead there already: afterwards, nobody can tell them from those that you "
        "replace."
    )


def test_where_nothing_leads_to_the_new_address_nobody_is_warned(admin_client):
    factories.live(body_en=linking(OLD))

    tree = page(admin_client, REPLACE, old=OLD, new=NEW)

    assert tree.xpath("//p[@class='link-decide']") == []


def test_nothing_chosen_is_told(admin_client):
    factories.live(body_en=linking(OLD))
    sent = opened(admin_client)
    del sent["place"]

    response = admin_client.post(REPLACE, sent)

    assert "Choose at least one place." in response.content.decode()


@pytest.mark.parametrize("place", ["x", "", "a|b|c|d|e|f", "bulletins.bulletin-1|:body|en||x|y"])
def test_nonsense_is_no_error(admin_client, place):
    factories.live(body_en=linking(OLD))

    response = admin_client.post(
        REPLACE, {"old": OLD, "new": NEW, "place": place, "_save": "x"}, follow=True
    )

    assert response.status_code == 200
    assert Group.objects.count() == 0


@pytest.mark.parametrize("old", ["", "x", "javascript:alert(1)", "/x", "\x00"])
def test_what_is_no_address_is_not_looked_for(admin_client, old):
    response = admin_client.get(REPLACE, {"old": old})

    assert response.status_code == 200
    assert b'class="errorlist"' in response.content
    assert admin_client.post(REPLACE, {"old": old, "new": NEW, "_save": "x"}).status_code == 200


def test_an_address_that_stands_nowhere_is_told(admin_client):
    assert "This address stands nowhere." in admin_client.get(REPLACE, {"old": OLD}).text


def test_a_place_that_changed_meanwhile_is_told_and_shown_again(admin_client):
    document = factories.live(body_en=linking(OLD))
    sent = opened(admin_client)
    document.body_en = linking(OLD) + "<p>More.</p>"
    document.save()

    response = admin_client.post(REPLACE, sent, follow=True)

    assert told(response) == [
        "Left as it was: Kitchen opens, Text, en. Somebody has changed the text since. Look at it "
        "again."
    ]
    assert response.request["PATH_INFO"] == REPLACE
    assert len(html.fromstring(response.text).xpath("//input[@name='place']")) == 1
    document.refresh_from_db()
    assert document.body_en == linking(OLD) + "<p>More.</p>"


def test_what_one_may_not_change_is_named(client):
    document = factories.live(body_en=linking(OLD))
    # May look at links, and change no text.
    somebody = person("len", is_staff=True)
    somebody.user_permissions.add(Permission.objects.get(codename="view_checkedlink"))
    client.force_login(somebody)

    tree = page(client, REPLACE, old=OLD, new=NEW)

    assert tree.xpath("//input[@name='place']") == []
    assert "Left out: you may not change these Kitchen opens" in words(
        tree.xpath("//*[@class='link-replace']")[0]
    )
    place = f"bulletins.bulletin-{document.pk}|:body|en||x|{OLD}"
    client.post(REPLACE, {"old": OLD, "new": NEW, "place": place, "_save": "x"})
    document.refresh_from_db()
    assert document.body_en == linking(OLD)


def test_a_form_that_came_too_late_is_shown_and_not_done(admin_client):
    document = factories.live(body_en=linking(OLD))

    response = admin_client.post(REPLACE, opened(admin_client) | {RESTORE: "1"})

    assert "Nothing has been saved yet" in told(response)[0]
    assert html.fromstring(response.text).xpath("//input[@name='new']/@value") == [NEW, NEW]
    document.refresh_from_db()
    assert document.body_en == linking(OLD)


@pytest.mark.parametrize("count", [1, 3])
def test_the_preview_takes_as_many_queries_for_many_texts(
    admin_client, django_assert_num_queries, count
):
    factories.identity()
    for number in range(count):
        document = factories.live(body_en=linking(OLD), title_en=f"Text {number}")
        factories.entry(document, answer_en=linking(OLD))
    asked = {"old": OLD, "new": NEW}
    admin_client.get(REPLACE, asked)

    with django_assert_num_queries(29):
        admin_client.get(REPLACE, asked)
