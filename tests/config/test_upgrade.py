"""What was there before an upgrade, and is there after it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE_KEYS = [("bulletins", "0003_imported_picture"), ("pages", "0002_figures")]


@pytest.fixture
def migrate(transactional_db):
    """Bring the database to a state of old; in the end it is the present one again."""

    def to(targets):
        executor = MigrationExecutor(connection)
        executor.migrate(targets)
        return MigrationExecutor(connection).loader.project_state(targets).apps

    newest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    yield to
    to(newest)


def test_each_row_that_was_there_gets_a_key_of_its_own(migrate):
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    old = migrate(BEFORE_KEYS)
    for number in (1, 2):
        old.get_model("bulletins", "Bulletin").objects.create(source_language="en")
        old.get_model("pages", "Topic").objects.create(
            source_language="en", name_en=f"Topic {number}", slug_en=f"topic-{number}"
        )

    new = migrate(newest)

    for app, model in (("bulletins", "Bulletin"), ("pages", "Topic")):
        keys = new.get_model(app, model).objects.values_list("uid", flat=True)
        assert len(set(keys) - {None}) == 2
