"""What an upgrade does with what was there before."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType

from bulletins.models import Bulletin
from tests import factories
from translations import sides
from translations.acts import withdrawing
from translations.models import Side

pytestmark = pytest.mark.django_db


class Held:
    """A row of the old table of sides that were taken back."""

    def __init__(self, document, language, texts):
        self.content_type_id = ContentType.objects.get_for_model(type(document)).pk
        self.object_id, self.language, self.texts = document.pk, language, texts


class OldApps:
    """The app registry as the migration sees it: with the table that it empties."""

    def __init__(self, *held):
        self.held = held

    def get_model(self, app, name):
        return self if name == "HeldSide" else apps.get_model(app, name)

    @property
    def objects(self):
        return self

    def all(self):
        return self.held


def test_a_side_that_was_taken_back_before_the_upgrade_is_put_back_as_it_was():
    bulletin = factories.live()
    Side.objects.of(bulletin).filter(language="fr").delete()
    texts = {
        "title_fr": "La cuisine",
        "slug_fr": "cuisine-ouverte",
        "body_fr": "<p>Un.</p><p>Deux.</p>",
    }
    migration = import_module("translations.migrations.0003_held_sides")

    migration.into_drafts(OldApps(Held(bulletin, "fr", {"": texts})), None)
    sides.refresh(bulletin, is_saved=False)
    withdrawing.put_back(Bulletin, bulletin.pk, "fr")

    stored = Bulletin.objects.get()
    assert {name: getattr(stored, name) for name in texts} == texts


def test_what_readers_wait_for_is_left_to_do_after_the_upgrade():
    bulletin = factories.live()
    Side.objects.update(words_to_do=0)

    import_module("translations.migrations.0004_left_to_do").as_readers_wait(apps, None)

    found = dict(Side.objects.of(bulletin).values_list("language", "words_to_do"))
    assert found == {"en": 0, "fr": 6}
