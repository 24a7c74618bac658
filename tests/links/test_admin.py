from __future__ import annotations

import pytest
from django.urls import reverse
from lxml import html

from links.models import Group, Section
from pages.models import Identity, MenuEntry
from tests.factories import topic
from tests.links import factories

pytestmark = pytest.mark.django_db

LIST = "/admin/links/group/"
ADD = "/admin/links/group/add/"


def change(document) -> str:
    return reverse(f"admin:links_{document._meta.model_name}_change", args=[document.pk])


def opened(client, address: str):
    """The page, and what its form would send as it stands."""
    tree = html.fromstring(client.get(address).content.decode())
    [form] = [form for form in tree.forms if form.get("id", "").endswith("_form")]
    sent: dict[str, list] = {}
    for name, value in form.form_values():
        sent.setdefault(name, []).append(value)
    return tree, sent


def send(client, address: str, sent: dict, **changed):
    """What the form says after it was sent: None when it was saved, else its errors."""
    response = client.post(address, {**sent, **changed, "_save": "Save"})
    if response.status_code == 302:
        return None
    assert response.status_code == 200
    return dict(response.context["adminform"].form.errors)


def listed(client, query: str = "") -> list[str]:
    tree = html.fromstring(client.get(f"{LIST}{query}").content.decode())
    return [node.text_content() for node in tree.xpath("//th[contains(@class, 'field-name')]")]


def test_a_group_is_written_with_all_its_facts(admin_client):
    section, housing = factories.section(), topic()
    _tree, sent = opened(admin_client, ADD)

    errors = send(
        admin_client,
        ADD,
        sent,
        section=section.pk,
        name="Les Toits",
        url="https://Toits.example.org",
        country="FR",
        languages=["fr", "ar"],
        topics=[housing.pk],
        source_language="fr",
        description_fr="Locataires à la même table.",
    )

    assert errors is None
    group = Group.objects.get()
    assert (group.section, group.name, group.country) == (section, "Les Toits", "FR")
    assert group.url == "https://toits.example.org"
    assert list(group.languages) == ["ar", "fr"]
    assert list(group.topics.all()) == [housing]
    assert (group.source_language, group.description_en) == ("fr", None)
    assert group.is_live is True


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("javascript:alert(1)", "Write the whole address, beginning with https:// or http://."),
        ("toits.example.org", "Write the whole address, beginning with https:// or http://."),
        (
            "https://me:secret@example.org",
            "The address holds a user name or password. Leave out all up to the “@”.",
        ),
        (
            "https://localhost/",
            "“localhost” is not the name of a site. Check it for typing errors.",
        ),
        ("", "This field is required."),
    ],
)
def test_a_bad_address_comes_back_with_a_message_and_the_text(admin_client, url, message):
    group = factories.group()
    address = change(group)
    _tree, sent = opened(admin_client, address)

    changed = {"url": url, "description_en": "New words."}
    response = admin_client.post(address, {**sent, **changed, "_save": "Save"})

    assert response.status_code == 200
    form = response.context["adminform"].form
    assert dict(form.errors) == {"url": [message]}
    assert form["url"].value() == url
    assert form["description_en"].value() == "New words."
    group.refresh_from_db()
    assert group.url == "https://toits.example.org"
    assert group.description_en == "Tenants around one table."


def test_a_wrong_onion_address_comes_back_with_a_message(admin_client):
    group = factories.group()
    _tree, sent = opened(admin_client, change(group))

    errors = send(admin_client, change(group), sent, url="http://toits.onion")

    [message] = errors["url"]
    assert message.startswith("This onion address cannot be right")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("languages", ["fr", "klingon"]),
        ("country", "ZZ"),
        ("section", "9999"),
        ("section", "x"),
        ("topics", ["9999"]),
        ("position", "-1"),
        ("position", "99999999999999999999"),
        ("name", "x" * 10_000),
        ("name", ""),
        ("name", "with\x00nothing"),
        ("url", "https://example.org/" + "a" * 10_000),
        ("source_language", "xx"),
    ],
)
def test_bad_input_is_refused_at_its_field(admin_client, field, value):
    group = factories.group()
    _tree, sent = opened(admin_client, change(group))

    errors = send(admin_client, change(group), sent, **{field: value})

    assert list(errors) == [field]
    assert Group.history.count() == 1


def test_a_reason_takes_a_group_off_the_page_and_emptying_it_puts_it_back(admin_client, client):
    group = factories.group()
    _tree, sent = opened(admin_client, change(group))

    assert send(admin_client, change(group), sent, delisted_reason="Asks for papers.") is None
    group.refresh_from_db()
    assert group.delisted_at is not None
    assert "Les Toits" not in client.get("/en/links/").content.decode()

    _tree, sent = opened(admin_client, change(group))
    assert [text.strip() for text in sent["delisted_reason"]] == ["Asks for papers."]
    assert send(admin_client, change(group), sent, delisted_reason="  ") is None
    group.refresh_from_db()
    assert group.delisted_at is None
    assert "Les Toits" in client.get("/en/links/").content.decode()


def test_saving_a_form_that_nobody_touched_changes_nothing(admin_client):
    group = factories.group(languages=["fr", "ar", "ti"], country="FR", description_fr="À table.")
    _tree, sent = opened(admin_client, change(group))

    assert send(admin_client, change(group), sent) is None
    assert Group.history.count() == 1


def test_two_editors_changing_the_languages_are_shown_the_conflict(admin_client):
    group = factories.group(languages=["fr"])
    _tree, sent = opened(admin_client, change(group))
    other = Group.objects.get()
    other.languages = ["fr", "ar"]
    other.save()

    errors = send(admin_client, change(group), sent, languages=["fr", "ti"])

    [message] = errors["languages"]
    assert "Somebody else changed this" in message
    assert "Arabic, French" in message
    assert list(Group.objects.get().languages) == ["ar", "fr"]


def test_languages_that_somebody_else_changed_stay_when_this_form_left_them_alone(admin_client):
    # By name, French stands after Arabic; by code, Arabic stands first as well, but Dari does not.
    group = factories.group(languages=["fr", "prs"])
    _tree, sent = opened(admin_client, change(group))
    other = Group.objects.get()
    other.languages = ["ar"]
    other.save()

    assert send(admin_client, change(group), sent, name="Toits") is None
    stored = Group.objects.get()
    assert (stored.name, list(stored.languages)) == ("Toits", ["ar"])


def test_languages_are_boxes_with_names_in_alphabetical_order(admin_client):
    tree, _sent = opened(admin_client, ADD)

    boxes = tree.xpath("//input[@type='checkbox'][@name='languages']")
    labels = [box.getparent().text_content().strip() for box in boxes]
    assert labels[:3] == ["Albanian", "Amharic", "Arabic"]
    assert len(boxes) == 36


def test_the_list_is_filtered_by_what_groups_have(admin_client):
    section = factories.section()
    factories.group(section, name="Arabic", languages=["ar"], country="FR")
    factories.group(section, name="Tigrinya", languages=["ti"], country="GB", description_fr="À")
    factories.delisted(section, name="Gone", languages=["fr"], country="BE", description_fr="B")

    assert listed(admin_client) == ["Arabic", "Tigrinya", "Gone"]
    assert listed(admin_client, "?listing=listed") == ["Arabic", "Tigrinya"]
    assert listed(admin_client, "?listing=delisted") == ["Gone"]
    assert listed(admin_client, "?language=ti") == ["Tigrinya"]
    assert listed(admin_client, "?country=FR") == ["Arabic"]
    assert listed(admin_client, "?missing=fr") == ["Arabic"]
    assert listed(admin_client, "?q=tigrin") == ["Tigrinya"]
    assert listed(admin_client, "?q=toits.example") == ["Arabic", "Tigrinya", "Gone"]


@pytest.mark.parametrize(
    "query", ["?language=klingon", "?country=%00", "?listing=x", "?missing=xx", "?q=%25"]
)
def test_a_filter_that_means_nothing_is_no_error(admin_client, query):
    factories.group()

    assert admin_client.get(f"{LIST}{query}").status_code in (200, 302)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_nine_queries(admin_client, django_assert_num_queries, count):
    Identity.objects.create(name_en="Aubremer").menu.create(part=MenuEntry.Part.LINKS)
    for number in range(count):
        factories.group(factories.section(position=number), languages=["ar"], country="FR")
    admin_client.get(LIST)

    with django_assert_num_queries(9):
        assert len(listed(admin_client)) == count


def test_a_section_is_written_in_one_language_and_named_in_the_list(admin_client):
    address = "/admin/links/section/add/"
    _tree, sent = opened(admin_client, address)

    errors = send(admin_client, address, sent, source_language="fr", name_fr="Se défendre")

    assert errors is None
    section = Section.objects.get()
    assert (section.name_fr, section.name_en) == ("Se défendre", None)


def test_a_section_without_a_name_comes_back_with_a_message(admin_client):
    address = "/admin/links/section/add/"
    _tree, sent = opened(admin_client, address)

    response = admin_client.post(address, {**sent, "source_language": "fr", "_save": "Save"})

    assert response.status_code == 200
    assert "is missing in French" in response.content.decode()
    assert Section.objects.count() == 0


def test_a_section_with_groups_is_not_deleted(admin_client):
    group = factories.group()
    address = reverse("admin:links_section_delete", args=[group.section_id])

    response = admin_client.post(address, {"post": "yes"})

    assert response.status_code == 200
    assert (Section.objects.count(), Group.objects.count()) == (1, 1)


def test_the_history_names_languages_in_words(admin_client):
    group = factories.group(languages=["fr"])
    group.languages = ["fr", "ar"]
    group.save()

    page = admin_client.get(reverse("admin:links_group_history", args=[group.pk]))

    assert "Arabic, French" in page.content.decode()
