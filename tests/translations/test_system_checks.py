"""What a content app must remember is said at start."""

from __future__ import annotations

from django.db import models

from bulletins.models import Bulletin
from translations import registry
from translations.system_checks import _check, check_registrations


def test_the_apps_of_this_house_pass():
    assert list(check_registrations(None)) == []


def test_a_translated_field_of_another_kind_is_an_error(monkeypatch):
    field = Bulletin._meta.get_field("title")
    plain = models.CharField(max_length=10, name="title")
    monkeypatch.setattr(
        Bulletin._meta, "get_field", lambda name: plain if name == "title" else field
    )

    assert [error.id for error in _check(Bulletin)] == ["translations.E002"]


def test_a_unique_translated_field_is_an_error(monkeypatch):
    monkeypatch.setattr(Bulletin._meta.get_field("title"), "unique", True)

    assert [error.id for error in _check(Bulletin)] == ["translations.E003"]


def test_fields_come_in_model_order_whatever_the_registration_says():
    assert registry.translated(Bulletin) == [
        "title",
        "slug",
        "summary",
        "body",
        "excerpt",
        "words",
        "place",
    ]


def test_what_a_person_writes_is_neither_derived_nor_a_neutral_fact():
    assert registry.written(Bulletin) == ["title", "slug", "summary", "body"]


def test_documents_are_what_stands_by_itself():
    names = [model._meta.label for model in registry.documents()]

    assert names == [
        "bulletins.Bulletin",
        "donations.BankAccount",
        "leaflets.Leaflet",
        "links.Group",
        "links.Section",
        "pages.Identity",
        "pages.Page",
        "pages.Topic",
    ]
