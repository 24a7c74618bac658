"""Who may open which page of the admin: roles against addresses."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.urls import reverse

from accounts.groups import ROLES
from accounts.models import User
from core.kept import RESTORE
from tests import factories
from tests.accounts.people import VISITORS, editor, person, superuser, translator

pytestmark = pytest.mark.django_db

# What each of VISITORS gets: 302 is the login.
NOBODY = [302, 403, 403, 403, 403, 403, 403, 200]
NOBODY_AT_ALL = [302, 403, 403, 403, 403, 403, 403, 403]
ADMINISTRATORS_ONLY = [302, 403, 403, 403, 403, 403, 200, 200]
EDITORS_TOO = [302, 403, 403, 403, 403, 200, 200, 200]
LOOK_ONLY = {"add": ADMINISTRATORS_ONLY, "delete": ADMINISTRATORS_ONLY}

EXPECTED = {
    "accounts.user": {"*": ADMINISTRATORS_ONLY},
    "bulletins.announcement": {"*": EDITORS_TOO, "add": NOBODY_AT_ALL, "delete": NOBODY_AT_ALL},
    "bulletins.bulletin": {"*": EDITORS_TOO},
    "bulletins.mailinglist": {"*": ADMINISTRATORS_ONLY},
    "donations.bankaccount": {"*": EDITORS_TOO, **LOOK_ONLY},
    "links.checkedlink": {"*": EDITORS_TOO, "add": NOBODY_AT_ALL, "delete": NOBODY_AT_ALL},
    "links.group": {"*": EDITORS_TOO},
    "links.section": {"*": EDITORS_TOO},
    "pages.page": {"*": EDITORS_TOO},
    "pages.topic": {"*": EDITORS_TOO},
    "pictures.picture": {"*": EDITORS_TOO},
    "translations.concept": {"*": EDITORS_TOO},
}
PAGES = ("changelist", "add", "change", "delete", "history")


def statuses(client, address: str) -> list[int]:
    """What each kind of visitor gets at an address."""
    found = []
    for make in VISITORS.values():
        client.logout()
        if (user := make()) is not None:
            client.force_login(user)
        found.append(client.get(address).status_code)
        User.objects.filter(pk=user.pk if user else None).delete()
    return found


def an_object(model):
    """Something of a model to look at, made by the factories of its room."""
    from tests.links import factories as links

    name = model._meta.label_lower
    if name == "donations.bankaccount":
        from tests.donations import factories as donations

        return donations.euro(is_active=False)
    makers = {
        "accounts.user": lambda: person("somebody"),
        "bulletins.announcement": lambda: model.objects.create(language="fr"),
        "bulletins.bulletin": factories.live,
        "bulletins.mailinglist": lambda: model.objects.create(language="fr", address="a@b.org"),
        "links.checkedlink": lambda: links.group() and model.objects.get(),
        "links.group": lambda: links.group(),
        "links.section": lambda: links.section(),
        "pages.page": factories.page,
        "pages.topic": factories.topic,
        "pictures.picture": lambda: model.objects.create(width=4, height=3),
        "translations.concept": lambda: model.objects.create(),
    }
    return makers[name]()


def test_the_matrix_names_every_kind_of_the_admin():
    registered = {model._meta.label_lower for model in admin.site._registry}

    # The site's identity leads from its list to itself: it has a test of its own.
    assert registered == EXPECTED.keys() | {"pages.identity"}


@pytest.mark.parametrize("what", PAGES)
@pytest.mark.parametrize("name", EXPECTED)
def test_who_may_open_what(client, name, what):
    [model] = [model for model in admin.site._registry if model._meta.label_lower == name]
    address = f"admin:{name.replace('.', '_')}_{what}"
    args = [] if what in ("changelist", "add") else [an_object(model).pk]

    found = statuses(client, reverse(address, args=args))

    assert dict(zip(VISITORS, found, strict=True)) == dict(
        zip(VISITORS, EXPECTED[name].get(what, EXPECTED[name]["*"]), strict=True)
    )


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/admin/", [302, 403, 200, 403, 403, 200, 200, 200]),
        ("/admin/accounts/", [302, 403, 404, 403, 403, 404, 200, 200]),
        ("/admin/jsi18n/", [302, 403, 200, 403, 403, 200, 200, 200]),
        ("/admin/pages/identity/add/", ADMINISTRATORS_ONLY),
    ],
)
def test_who_may_open_the_other_pages(client, address, expected):
    assert statuses(client, address) == expected


def test_who_may_make_a_link_for_whom(client):
    somebody, boss = person("somebody"), superuser("boss")

    assert statuses(client, f"/admin/accounts/user/{somebody.pk}/link/") == ADMINISTRATORS_ONLY
    assert statuses(client, f"/admin/accounts/user/{boss.pk}/link/") == NOBODY


def test_who_may_open_the_page_that_replaces_an_address(client):
    assert statuses(client, "/admin/links/checkedlink/replace/") == EDITORS_TOO


@pytest.mark.parametrize("act", ["mask", "withdraw"])
def test_who_may_open_what_is_done_to_a_picture(client, act):
    from pictures.models import Picture

    one = {"width": 480, "height": 300, "files": {"jpeg": 1}}
    picture = Picture.objects.create(width=480, height=300, renditions=[one])

    assert statuses(client, f"/admin/pictures/picture/{picture.pk}/{act}/") == EDITORS_TOO


def test_who_may_ask_for_the_pictures_to_choose_from(client):
    expected = [401, *EDITORS_TOO[1:]]

    assert statuses(client, "/admin/pictures/picture/choose/") == expected


@pytest.mark.parametrize("act", ["change", "unpublish", "withdraw/fr"])
@pytest.mark.parametrize("into", ["fr", "en"])
def test_translators_change_nothing_in_the_admin(client, into, act):
    document = factories.live_pair()
    client.force_login(translator(into))
    sent = {"title_en": "Taken", "title_fr": "Pris", "_save": "Save", "post": "yes"}

    response = client.post(f"/admin/bulletins/bulletin/{document.pk}/{act}/", sent)

    before = (document.title_en, document.title_fr, document.published_at)
    document.refresh_from_db()
    assert response.status_code == 403
    assert (document.title_en, document.title_fr, document.published_at) == before


def test_editors_see_no_people(client):
    client.force_login(editor())

    assert "/admin/accounts/" not in client.get("/admin/").text


def test_editors_look_at_bank_details_and_change_none(client):
    from donations.models import BankAccount

    account = an_object(BankAccount)
    client.force_login(editor())
    address = f"/admin/donations/bankaccount/{account.pk}/change/"

    assert client.get(address).status_code == 200
    assert client.post(address, {"holder": "Thief", "_save": "Save"}).status_code == 403
    assert BankAccount.objects.get().holder == "Quai Ouvert"


def test_every_permission_that_a_role_names_exists():
    there = {
        f"{app}.{code}"
        for app, code in Permission.objects.values_list("content_type__app_label", "codename")
    }

    assert [label for labels in ROLES.values() for label in labels if label not in there] == []


def test_a_role_holds_what_is_written_and_no_more():
    from django.contrib.auth.models import Group

    for group in Group.objects.all():
        held = group.permissions.values_list("content_type__app_label", "codename")
        assert sorted(f"{app}.{code}" for app, code in held) == sorted(ROLES[group.name])


# A picture comes as a file, without words; its own page has a test of its own. Nobody writes a log.
NO_TEXTS = ("pictures.picture", "bulletins.announcement", "links.checkedlink")
TEXTS = [name for name in EXPECTED if name not in NO_TEXTS]


@pytest.mark.parametrize("name", [*TEXTS, "pages.identity"])
def test_no_form_saves_a_text_that_is_only_given_back(client, name):
    """A text that came too late is shown in its form first: every form of the admin knows that."""
    [model] = [model for model in admin.site._registry if model._meta.label_lower == name]
    client.force_login(superuser())
    before = model._base_manager.count()

    page = client.get(reverse(f"admin:{name.replace('.', '_')}_add"))
    form = page.context["adminform"].form
    sent = {form.add_prefix(n): form.get_initial_for_field(f, n) for n, f in form.fields.items()}
    filled = {n: v for n, v in sent.items() if v not in (None, "")} | {RESTORE: "1", "name_en": "x"}
    for formset in page.context["inline_admin_formsets"]:
        management = formset.formset.management_form
        filled |= {management.add_prefix(n): management.initial[n] for n in management.fields}

    response = client.post(page.request["PATH_INFO"], filled | {"username": "newcomer"})

    errors = response.context["adminform"].form.non_field_errors()
    assert any("Nothing has been saved yet" in error for error in errors)
    assert model._base_manager.count() == before
