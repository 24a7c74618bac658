from __future__ import annotations

import pytest
from django.utils import timezone

from links import sample
from links.models import Group, Section
from tests import factories

pytestmark = pytest.mark.django_db

KEYS = ("housing", "border", "port", "rights", "kitchen", "collective")


@pytest.fixture
def topics():
    return {key: factories.topic(name_en=key.title(), name_fr=f"Le {key}") for key in KEYS}


def test_the_sample_directory_shows_every_case(topics):
    now = timezone.now()
    groups = sample.load(topics, now)

    assert list(groups.values()) == list(Group.objects.by_section())
    assert Section.objects.count() == 4
    assert Group.objects.missing_in("en").exists()
    assert Group.objects.missing_in("fr").exists()
    assert Group.objects.filter(url__contains=".onion").count() == 1
    [delisted] = Group.objects.delisted()
    assert (delisted.name, delisted.delisted_at) == ("Coastal Comfort Fund", now)


def test_the_sample_groups_have_their_facts_and_topics(topics):
    group = sample.load(topics, timezone.now())["Second Key"]

    assert list(group.languages) == ["ckb", "en"]
    assert (group.country, group.source_language) == ("GB", "en")
    assert list(group.topics.all()) == [topics["housing"]]


def test_every_sample_address_is_on_a_reserved_domain(topics):
    for group in sample.load(topics, timezone.now()).values():
        assert group.url.split("/")[2].endswith(
            (".example.org", ".example.net", ".example.com", ".onion")
        )
