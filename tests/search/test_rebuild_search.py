from __future__ import annotations

import pytest
from django.core.management import call_command

from search import rebuilding
from search.models import Entry, State
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_index_is_made_once_where_it_is_needed(django_assert_num_queries):
    factories.live_pair()
    Entry.objects.all().delete()

    call_command("rebuild_search", if_needed=True, verbosity=0)
    made = Entry.objects.count()
    with django_assert_num_queries(1):
        call_command("rebuild_search", if_needed=True, verbosity=0)

    assert (made, rebuilding.is_needed()) == (2, False)


def test_an_index_of_another_version_is_made_anew(monkeypatch):
    call_command("rebuild_search", verbosity=0)
    monkeypatch.setattr(rebuilding, "VERSION", rebuilding.VERSION + 1)

    assert rebuilding.is_needed()
    call_command("rebuild_search", verbosity=0)
    assert not rebuilding.is_needed()
    assert State.objects.count() == 1


def test_the_command_says_how_much_is_found(capsys):
    factories.live_pair()

    call_command("rebuild_search")

    assert capsys.readouterr().out == "Sides that readers can find: 2.\n"
