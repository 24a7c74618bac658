"""Documents in Django's admin: languages side by side, nobody's text overwritten.

A content app says which facts its form shows, and gets the rest:

    @admin.register(Page)
    class PageAdmin(DocumentAdmin):
        facts = [(None, ["source_language", "published_at"])]
"""

from __future__ import annotations

from translations.admin import glossary  # noqa: F401 (registers it)
from translations.admin.document import ChildInline, DocumentAdmin
from translations.admin.lists import MissingSide, Publication, ReadOnly

__all__ = ["ChildInline", "DocumentAdmin", "MissingSide", "Publication", "ReadOnly"]
