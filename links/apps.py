from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LinksConfig(AppConfig):
    name = "links"
    verbose_name = _("Links")

    def ready(self):
        from links.checking import collecting
        from links.models import Group
        from search import registry
        from translations import followers

        followers.register(collecting.follow)
        registry.register(
            Group,
            registry.SearchOptions(
                title="name",
                texts=("description",),
                topics="topics",
                addresses=registry.on_page("links:links", "group-{}"),
            ),
        )
