"""A topic is described in each language."""

from __future__ import annotations

import pytest
from django.urls import reverse

from pages.models import Topic
from tests import factories
from tests.forms import post, shown

pytestmark = pytest.mark.django_db


def test_a_description_is_written_on_both_sides(admin_client):
    path = reverse("admin:pages_topic_change", args=[factories.topic().pk])

    words = {"description_en": "Roofs.", "description_fr": "Des toits."}
    post(admin_client, admin_client.get(path), "topic_form", **words)

    topic = Topic.objects.get()
    assert (topic.description_en, topic.description_fr) == ("Roofs.", "Des toits.")
    fields = shown(admin_client.get(path), "topic_form")
    assert (fields["description_en"], fields["description_fr"]) == (["Roofs."], ["Des toits."])
