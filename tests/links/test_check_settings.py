"""What an operator decides about visits."""

from __future__ import annotations

from tests.config.commands import SITE, ask

ASKED = "settings.LINK_CHECK, settings.LINK_CHECK_TEST_SERVER"
SERVER = {"LINK_CHECK_TEST_SERVER": "127.0.0.1:8001"}


def test_a_public_site_visits_links_and_never_the_server_of_a_test(tmp_path):
    assert ask(tmp_path / "data", ASKED, SITE_URL=SITE, **SERVER) == "True"


def test_visits_may_be_switched_off(tmp_path):
    assert ask(tmp_path / "data", ASKED, SITE_URL=SITE, LINK_CHECK="0") == "False"


def test_a_site_at_home_visits_nothing_by_itself(tmp_path):
    assert ask(tmp_path / "data", ASKED, **SERVER) == "False 127.0.0.1:8001"
