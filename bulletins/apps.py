from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BulletinsConfig(AppConfig):
    name = "bulletins"
    verbose_name = _("Bulletins")

    def ready(self):
        from bulletins import threads
        from bulletins.announcing import queue
        from bulletins.models import Bulletin
        from search import registry
        from translations import followers

        followers.register(threads.let_go)
        followers.register(queue.follow)
        questions = registry.ChildOptions("entries", title="question", texts=("answer",))
        registry.register(
            Bulletin,
            registry.SearchOptions(
                texts=("summary", "body"),
                children=(questions,),
                date="published_at",
                topics="topics",
            ),
        )
