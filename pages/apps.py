from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "pages"
    verbose_name = _("Site")

    def ready(self):
        from pages.models import Page
        from search import registry

        registry.register(Page, registry.SearchOptions(texts=("body",), date="published_at"))
