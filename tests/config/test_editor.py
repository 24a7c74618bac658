"""The editor's style is allowed where people write, and nowhere else."""

from __future__ import annotations

import pytest

from config.editor import STYLE
from tests import factories
from tests.accounts.people import editor

pytestmark = pytest.mark.django_db

POLICY = "Content-Security-Policy"


@pytest.mark.parametrize("address", ["/admin/", "/admin/bulletins/bulletin/add/", "/desk/"])
def test_pages_where_people_write_allow_the_editors_style(client, address):
    client.force_login(editor())

    response = client.get(address)

    assert response.status_code == 200
    assert f"style-src 'self' {STYLE};" in f"{response[POLICY]};"


def test_the_desk_of_a_side_allows_the_editors_style(client):
    client.force_login(editor())

    response = client.get(f"/desk/bulletins.bulletin-{factories.live().pk}/fr/")

    assert response.status_code == 200
    assert f"style-src 'self' {STYLE};" in f"{response[POLICY]};"


@pytest.mark.parametrize("address", ["/en/", "/fr/desk/", "/accounts/login/", "/deskwork/"])
def test_no_other_page_does(client, address):
    assert STYLE not in client.get(address)[POLICY]
