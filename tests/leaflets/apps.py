"""A content app that nobody but the tests knows: what an app must say to have the desk."""

from __future__ import annotations

from django.apps import AppConfig


class LeafletsConfig(AppConfig):
    name = "tests.leaflets"
    label = "leaflets"
    verbose_name = "Leaflets"
