from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PicturesConfig(AppConfig):
    name = "pictures"
    verbose_name = _("Pictures")

    def ready(self):
        from pictures import cards, publicity, showing
        from translations import embeds, followers

        followers.register(publicity.follow)
        followers.register(cards.follow)
        embeds.register("pictures.picture", showing.show, preview=showing.preview)
