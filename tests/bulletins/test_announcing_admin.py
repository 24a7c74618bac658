"""Lists, the log and the box, as editors and administrators see them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone
from lxml import html

from bulletins.announcing.models import Announcement, MailingList, State, Why
from bulletins.models import Bulletin
from tests import factories
from tests.accounts.people import administrator, editor, translator
from tests.accounts.test_matrix import ADMINISTRATORS_ONLY, EDITORS_TOO, statuses
from tests.bulletins.announcing_helpers import SITE, announced, lists, states
from tests.forms import post, shown

pytestmark = pytest.mark.django_db

ADD = "/admin/bulletins/bulletin/add/"
LOG = "/admin/bulletins/announcement/"
LISTS = "/admin/bulletins/mailinglist/"
NOBODY_SENDS = "This site cannot send mail yet. Ask whoever runs it."
ADD_ONE = "An administrator can add a list."
DUMMY = "django.core.mail.backends.dummy.EmailBackend"


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = SITE
    settings.ALLOWED_HOSTS = ["testserver"]


@pytest.fixture
def ada(client):
    client.force_login(administrator())
    return client


@pytest.fixture
def edith(client):
    client.force_login(editor())
    return client


def change(thing) -> str:
    return reverse(f"admin:bulletins_{thing._meta.model_name}_change", args=[thing.pk])


def told(response) -> list[str]:
    """The messages above a page."""
    page = html.fromstring(response.text)
    return [
        " ".join(line.text_content().split())
        for line in page.xpath('//ul[contains(@class, "messagelist")]/li')
    ]


def hint(response) -> list[str]:
    """What stands below the box, line by line."""
    found = html.fromstring(response.text).xpath('//*[@id="id_announce_helptext"]/p')
    return [" ".join(line.text_content().split()) for line in found]


def post_unticked(client, page):
    """Send the form of a bulletin back with its box unticked."""
    fields = shown(page, "bulletin_form")
    del fields["announce"]
    return client.post(page.request["PATH_INFO"], fields | {"_publish": "x"})


# Lists -------------------------------------------------------------------------------------------


def test_an_administrator_sets_up_a_list(ada):
    page = ada.get(f"{LISTS}add/")
    post(ada, page, "mailinglist_form", language="fr", address="news@lists.example.org")

    assert [*MailingList.objects.values_list("language", "address", "is_active")] == [
        ("fr", "news@lists.example.org", True)
    ]


@pytest.mark.parametrize(
    "address", ["", "no address", "a@example.org, b@example.org", "a@example.org\nBcc: b@c.org"]
)
def test_what_is_no_mailbox_is_refused(ada, address):
    page = ada.get(f"{LISTS}add/")
    response = post(ada, page, "mailinglist_form", language="fr", address=address)

    assert response.status_code == 200
    assert list(response.context["adminform"].form.errors) == ["address"]
    assert not MailingList.objects.exists()


def test_a_language_has_one_list(ada):
    lists("fr")

    page = ada.get(f"{LISTS}add/")
    response = post(ada, page, "mailinglist_form", language="fr", address="other@example.org")

    assert list(response.context["adminform"].form.errors) == ["language"]


def test_who_changed_an_address_is_kept(ada):
    lists("fr")
    one = MailingList.objects.get()

    post(ada, ada.get(change(one)), "mailinglist_form", address="moved@lists.example.org")

    kept = MailingList.history.values_list("address", "history_user__username")
    assert [*kept] == [("moved@lists.example.org", "ada"), ("news-fr@lists.example.org", None)]
    page = ada.get(f"{LISTS}{one.pk}/history/").text
    assert [a in page for a in ("moved@lists", "news-fr@lists", "ada")] == [True] * 3


@pytest.mark.parametrize("key", ["x", "²", "9" * 19, "9" * 5000])
def test_a_made_up_address_leads_nowhere(ada, key):
    for path in (f"{LISTS}{key}/history/", f"/admin/bulletins/bulletin/{key}/change/"):
        assert ada.get(path).status_code == 302


def test_a_save_that_changes_nothing_leaves_no_trace(ada):
    lists("fr")
    one = MailingList.objects.get()

    post(ada, ada.get(change(one)), "mailinglist_form")

    assert MailingList.history.count() == 1


def test_a_list_that_was_deleted_is_kept_with_who_did_it(ada):
    lists("fr")
    one = MailingList.objects.get()

    ada.post(f"{LISTS}{one.pk}/delete/", {"post": "yes"})

    assert not MailingList.objects.exists()
    last = MailingList.history.first()
    assert (last.history_type, last.history_user.username) == ("-", "ada")


@pytest.mark.parametrize("who", [editor, translator])
@pytest.mark.parametrize("act", ["change", "delete"])
def test_nobody_else_changes_where_mail_goes(client, who, act):
    addresses = lists()
    client.force_login(who())
    one = MailingList.objects.get(language="fr")

    sent = {"language": "fr", "address": "thief@example.org", "_save": "Save", "post": "yes"}
    response = client.post(f"{LISTS}{one.pk}/{act}/", sent)

    assert response.status_code == 403
    assert dict(MailingList.objects.values_list("language", "address")) == addresses


def test_nobody_else_adds_a_list(client):
    client.force_login(editor())

    sent = {"language": "fr", "address": "thief@example.org", "_save": "Save"}
    assert client.post(f"{LISTS}add/", sent).status_code == 403
    assert not MailingList.objects.exists()


# What others see of it ---------------------------------------------------------------------------


def test_editors_are_not_led_to_the_lists(edith):
    assert LISTS not in edith.get("/admin/").text


def test_readers_and_translators_see_nothing_of_it(client):
    lists()
    document = announced()
    factories.draft(announce=True)
    pages = ["/en/", document.address("en"), document.address("fr")]
    client.force_login(translator())
    desk = ["/desk/", f"/desk/bulletins.bulletin-{document.pk}/fr/"]

    found = [client.get(address) for address in [*pages, *desk]]

    assert [response.status_code for response in found] == [200] * 5
    assert [response for response in found if "lists.example.org" in response.text] == []


# The box -----------------------------------------------------------------------------------------


def test_the_box_says_where_it_goes(edith):
    lists()

    page = edith.get(ADD)

    assert hint(page) == [
        "Once, when readers get it: each side to the list of its language.",
        "English: goes to news-en@lists.example.org",
        "French: goes to news-fr@lists.example.org",
    ]
    assert page.context["adminform"].form["announce"].value() is False


def test_the_box_says_that_there_is_no_list(edith):
    lists("fr")

    assert hint(edith.get(ADD))[1:] == [
        "English: no list, it is not sent",
        "French: goes to news-fr@lists.example.org",
        ADD_ONE,
    ]


@pytest.mark.parametrize(("name", "value"), [("SITE_URL", ""), ("EMAIL_BACKEND", DUMMY)])
def test_editors_are_told_in_words_that_no_mail_can_go_out(edith, settings, name, value):
    lists()
    setattr(settings, name, value)

    assert hint(edith.get(ADD))[3:] == [NOBODY_SENDS]
    assert told(edith.get(LOG)) == [NOBODY_SENDS]


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ({"SITE_URL": ""}, "SITE_URL"),
        ({"EMAIL_BACKEND": DUMMY}, "EMAIL_URL"),
        ({"SITE_URL": "", "EMAIL_BACKEND": DUMMY}, "SITE_URL, EMAIL_URL"),
    ],
)
def test_administrators_are_told_which_settings_are_missing_wherever_lists_are(
    ada, settings, given, names
):
    lists("fr")
    for name, value in given.items():
        setattr(settings, name, value)
    reason = f"This site cannot send mail yet. Ask whoever runs it ({names})."

    pages = [LISTS, f"{LISTS}add/", change(MailingList.objects.get()), LOG]

    assert [told(ada.get(address)) for address in pages] == [[reason]] * 4
    assert hint(ada.get(ADD))[-1] == reason


def test_a_list_that_is_saved_warns_once(ada, settings):
    settings.SITE_URL = ""
    lists("fr")
    page = ada.get(change(MailingList.objects.get()))

    response = post(ada, page, "mailinglist_form", address="moved@lists.example.org")

    assert len([line for line in told(ada.get(response["Location"])) if "SITE_URL" in line]) == 1


def test_after_publishing_one_is_told_what_goes_out(edith):
    lists()

    response = post(
        edith,
        edith.get(ADD),
        button="_publish",
        title_en="Kitchen opens",
        body_en="<p>Come.</p>",
        title_fr="La cuisine ouvre",
        body_fr="<p>Venez.</p>",
        announce="on",
    )

    assert told(edith.get(response["Location"]))[-1] == (
        "English: goes to news-en@lists.example.org within minutes. "
        "French: goes to news-fr@lists.example.org within minutes."
    )
    assert states() == {"en": (State.QUEUED, ""), "fr": (State.QUEUED, "")}


def test_what_will_be_public_later_is_told_so(edith):
    lists()
    day = timezone.now() + timedelta(days=2)

    response = post(
        edith,
        edith.get(ADD),
        button="_publish",
        title_en="Kitchen opens",
        body_en="<p>Come.</p>",
        published_at=day.strftime("%Y-%m-%dT%H:%M"),
        announce="on",
    )

    assert told(edith.get(response["Location"]))[-1] == (
        "English: goes to news-en@lists.example.org when readers get it."
    )


def test_with_a_tick_and_without_a_list_one_is_warned(edith):
    bulletin = factories.live()

    post(edith, edith.get(change(bulletin)), button="_publish", announce="on")

    assert told(edith.get(change(bulletin)))[-1] == f"English: no list, it is not sent. {ADD_ONE}"


def test_after_publishing_one_is_told_that_no_mail_can_go_out(edith, settings):
    lists()
    settings.SITE_URL = ""
    bulletin = factories.live()

    post(edith, edith.get(change(bulletin)), button="_publish", announce="on")

    assert told(edith.get(change(bulletin)))[-1] == (
        f"English: goes to news-en@lists.example.org. {NOBODY_SENDS}"
    )


def test_form_message_and_log_give_one_answer(edith):
    lists("fr")
    bulletin = factories.live_pair()
    before = hint(edith.get(change(bulletin)))[1:3]

    post(edith, edith.get(change(bulletin)), button="_publish", announce="on")

    page = edith.get(change(bulletin))
    assert before == [
        "English: no list, it is not sent",
        "French: goes to news-fr@lists.example.org",
    ]
    assert told(page)[-1] == (
        "English: no list, it is not sent. "
        f"French: goes to news-fr@lists.example.org within minutes. {ADD_ONE}"
    )
    assert hint(page)[1:3] == [
        "English: no list, it is not sent",
        "French: waiting to be sent to news-fr@lists.example.org",
    ]
    assert log(edith) == [
        ["Kitchen opens (English)", "No list, it is not sent", "-", "-", "-"],
        ["Kitchen opens (Français)", "Waiting to be sent", "-", "-", "-"],
    ]


def test_when_a_list_is_added_form_and_log_say_that_there_was_none(edith):
    bulletin = factories.live(announce=True)
    lists()

    assert hint(edith.get(change(bulletin)))[1] == "English: there was no list, it was not sent"
    [row] = log(edith)
    assert row[1:3] == ["There was no list, it was not sent", "-"]


def test_a_scheduled_side_without_a_list_is_not_said_to_wait(edith):
    factories.draft(announce=True, published_at=timezone.now() + timedelta(days=2))

    [row] = log(edith)

    assert row[1:3] == ["No list, it is not sent", "-"]


def test_a_save_without_a_tick_says_nothing_of_mail(edith):
    lists()
    bulletin = factories.live()

    post(edith, edith.get(change(bulletin)), button="_publish", title_en="Kitchen opens soon")

    assert [line for line in told(edith.get(change(bulletin))) if "mailing" in line] == []


def test_a_tick_that_is_taken_out_in_time_is_told(edith):
    lists()
    bulletin = announced()

    post_unticked(edith, edith.get(change(bulletin)))

    assert told(edith.get(change(bulletin)))[-1] == "It no longer goes out to the mailing lists."
    assert not Bulletin.objects.get().announce


def test_the_box_says_what_was_sent_and_ticking_again_sends_nothing(edith):
    lists()
    bulletin = announced()
    at = timezone.now().replace(year=2026, month=5, day=3, hour=10, minute=20)
    bulletin.announcements.filter(language="en").update(state=State.SENT, sent_at=at)

    assert hint(edith.get(change(bulletin)))[1:] == [
        "English: Sent, May 3, 2026, 12:20 p.m.",
        "French: waiting to be sent to news-fr@lists.example.org",
        "What was sent is not sent again. To correct it, publish a bulletin that says so.",
    ]
    post_unticked(edith, edith.get(change(bulletin)))
    post(edith, edith.get(change(bulletin)), button="_publish", announce="on")
    assert states(bulletin)["en"] == (State.SENT, "")


def test_the_forms_queries_do_not_grow_with_the_lists(edith, django_assert_num_queries):
    from bulletins.announcing import telling

    bulletin = announced()
    with django_assert_num_queries(2):
        telling.hint(bulletin, None)
    lists()
    with django_assert_num_queries(2):
        telling.hint(bulletin, None)


# The log -----------------------------------------------------------------------------------------


def log(client) -> list[list[str]]:
    """The rows of the log, cell by cell."""
    page = html.fromstring(client.get(LOG).text)
    return sorted(
        [" ".join(cell.text_content().split()) for cell in row.xpath("./th|./td")]
        for row in page.xpath('//table[@id="result_list"]/tbody/tr')
    )


def test_the_log_shows_what_became_of_each_side(edith):
    lists()
    bulletin = announced()
    bulletin.announcements.filter(language="en").update(state=State.FAILED, error=Why.REFUSED)

    refused = "The mail server refused it. Is the address of the list right?"
    assert log(edith) == [
        ["Kitchen opens (English)", "Not sent", refused, "-", "-"],
        ["Kitchen opens (Français)", "Waiting to be sent", "-", "-", "-"],
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_the_log_takes_the_same_queries_for_one_and_for_many(
    edith, django_assert_num_queries, count
):
    for _number in range(count):
        factories.live(announce=True)

    with django_assert_num_queries(10) as asked:
        edith.get(LOG)

    assert [query["sql"] for query in asked if "body_en" in query["sql"]] == []


def test_nobody_writes_in_the_log(edith):
    lists()
    row = announced().announcements.first()

    response = edith.post(change(row), {"state": "sent", "_save": "Save"})

    assert response.status_code == 403
    row.refresh_from_db()
    assert row.state == State.QUEUED


def deed(row, name: str) -> str:
    return reverse("admin:bulletins_announcement_deed", args=[row.pk, name])


def deeds(response) -> list[str]:
    page = html.fromstring(response.text)
    return [a.text for a in page.xpath('//ul[@class="object-tools"]//a[contains(@href, "/do/")]')]


@pytest.mark.parametrize(
    ("state", "offered"),
    [
        (State.QUEUED, ["Do not send it"]),
        (State.SENDING, []),
        (State.SENT, []),
        (State.UNSURE, ["Send it after all", "It has arrived"]),
        (State.FAILED, ["Send it after all"]),
        (State.DROPPED, ["Send it after all"]),
    ],
)
def test_what_can_be_done_depends_on_the_state(edith, state, offered):
    row = announced().announcements.first()
    Announcement.objects.filter(pk=row.pk).update(state=state)

    assert deeds(edith.get(change(row))) == offered


@pytest.mark.parametrize(
    ("state", "name", "then"),
    [
        (State.FAILED, "again", State.QUEUED),
        (State.QUEUED, "drop", State.DROPPED),
        (State.UNSURE, "arrived", State.SENT),
    ],
)
def test_a_deed_is_asked_for_done_and_kept_with_who_did_it(edith, state, name, then):
    lists()
    row = announced().announcements.first()
    Announcement.objects.filter(pk=row.pk).update(state=state)

    assert edith.get(deed(row, name)).status_code == 200
    assert Announcement.objects.get(pk=row.pk).state == state
    assert edith.post(deed(row, name)).status_code == 302

    assert Announcement.objects.get(pk=row.pk).state == then
    assert LogEntry.objects.get().user.username == "edith"


def test_without_a_list_it_is_not_sent_after_all(edith):
    row = factories.live(announce=True).announcements.get()

    responses = [edith.get(deed(row, "again")), edith.post(deed(row, "again"))]

    assert [response.status_code for response in responses] == [302] * 2
    assert told(edith.get(change(row)))[-1] == f"English: no list, it is not sent. {ADD_ONE}"
    assert states() == {"en": (State.DROPPED, Why.NO_LIST)}
    assert not LogEntry.objects.exists()


def test_what_is_to_be_sent_after_all_waits_where_no_mail_can_go_out(edith, settings):
    lists()
    settings.SITE_URL = ""
    row = announced().announcements.first()
    Announcement.objects.filter(pk=row.pk).update(state=State.FAILED)

    response = edith.post(deed(row, "again"))

    assert told(edith.get(response["Location"])) == [NOBODY_SENDS]


def test_a_deed_that_comes_too_late_is_told(edith):
    row = announced().announcements.first()
    Announcement.objects.filter(pk=row.pk).update(state=State.SENT)

    response = edith.post(deed(row, "drop"))

    assert told(edith.get(response["Location"])) == ["Its state has changed meanwhile. Look again."]
    assert Announcement.objects.get(pk=row.pk).state == State.SENT


def test_who_would_send_twice_is_told_so(edith):
    lists()
    row = announced().announcements.first()
    twice = "its readers get it twice"
    assert twice not in edith.get(deed(row, "again")).text

    Announcement.objects.filter(pk=row.pk).update(state=State.UNSURE)

    assert twice in edith.get(deed(row, "again")).text


def test_a_deed_that_does_not_exist_is_not_found(edith):
    row = announced().announcements.first()

    assert edith.post(deed(row, "delete")).status_code == 404
    assert edith.post("/admin/bulletins/announcement/99/do/drop/").status_code == 404
    assert edith.post("/admin/bulletins/announcement/x/do/drop/").status_code == 404


def test_who_may_do_something_to_the_log(client):
    row = announced().announcements.first()

    assert statuses(client, deed(row, "drop")) == EDITORS_TOO
    assert statuses(client, f"{LISTS}add/") == ADMINISTRATORS_ONLY


def test_who_may_only_look_does_nothing(client):
    from django.contrib.auth.models import Permission

    looker = editor("looker")
    looker.groups.clear()
    looker.user_permissions.set(Permission.objects.filter(codename="view_announcement"))
    client.force_login(looker)
    lists()
    row = announced().announcements.first()

    page = client.get(change(row))

    assert (page.status_code, deeds(page)) == (200, [])
    assert client.post(deed(row, "drop")).status_code == 403
    assert Announcement.objects.get(pk=row.pk).state == State.QUEUED
