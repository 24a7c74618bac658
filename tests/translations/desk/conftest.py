"""Who works at the desk, and on what."""

from __future__ import annotations

import pytest

from tests import factories
from tests.translations.desk.board_helpers import begun, outdated, submitted
from tests.translations.desk.desk_helpers import BODY, person


@pytest.fixture
def pair():
    return factories.live_pair(**BODY)


@pytest.fixture
def amina(client):
    """A translator into French, logged in."""
    somebody = person("amina", "translate_fr")
    client.force_login(somebody)
    return somebody


@pytest.fixture
def editor(client):
    """Somebody who translates into French and publishes, logged in."""
    somebody = person("esther", "translate_fr", "publish_fr")
    client.force_login(somebody)
    return somebody


@pytest.fixture
def esther(client):
    """Somebody who translates and publishes in both languages, logged in."""
    rights = ("translate_fr", "publish_fr", "translate_en", "publish_en")
    somebody = person("esther", *rights)
    client.force_login(somebody)
    return somebody


@pytest.fixture
def one_of_each(esther):
    """Texts in every state in which the board can show one."""
    factories.live(title_en="Missing")
    outdated("Outdated")
    factories.live_pair(title_en="Current")
    begun(factories.live(title_en="Begun"), esther)
    submitted(factories.live(title_en="Submitted"), person("basile", "translate_fr"))
    factories.page(title_en="A page")
    factories.live_french(title_fr="Née en français")
