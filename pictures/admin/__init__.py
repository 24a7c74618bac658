"""Pictures as editors see them: the library, each picture's page, masks, and pictures in a text.

A kind of document that has pictures says so in its own admin:

    class BulletinFigureInline(FigureInline):
        model = BulletinFigure

    @admin.register(Bulletin)
    class BulletinAdmin(Illustrated, DocumentAdmin):
        inlines = [FAQEntryInline, BulletinFigureInline]
"""

from __future__ import annotations

from pictures.admin import library  # noqa: F401 (registers it)
from pictures.admin.inlines import FigureInline, Illustrated

__all__ = ["FigureInline", "Illustrated"]
