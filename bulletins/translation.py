from __future__ import annotations

from modeltranslation.translator import register

from bulletins.models import Bulletin, BulletinFigure, FAQEntry, Kind
from core import html
from pictures.options import FigureText
from translations.history import keep_history
from translations.registry import DocumentOptions, column


def excerpt(bulletin, language: str) -> str | None:
    """What a list shows under the title: the summary, or how the text begins."""
    body = getattr(bulletin, column("body", language))
    return getattr(bulletin, column("summary", language)) or html.excerpt(body or "") or None


def words(bulletin, language: str) -> int | None:
    return html.word_count(getattr(bulletin, column("body", language)) or "") or None


@register(Bulletin)
class BulletinText(DocumentOptions):
    fields = ("title", "slug", "summary", "body", "excerpt", "words", "place")
    required = ("title", "body")
    neutral = ("place",)
    derived = {"excerpt": excerpt, "words": words}
    proposed = {"slug": "title"}
    children = ("entries", "figures")
    view_name = "bulletins:bulletin"
    kind = "kind"
    dated_kinds = (Kind.CALLOUT,)
    watched = ("starts_at", "ends_at", "time_zone", "cancelled")

    def required_of(self, bulletin):
        return ("title",) if bulletin.kind == Kind.FAQ else self.required


@register(FAQEntry)
class FAQEntryText(DocumentOptions):
    fields = ("question", "answer")
    required = ("question", "answer")
    parent = "bulletin"


@register(BulletinFigure)
class BulletinFigureText(FigureText):
    parent = "bulletin"


keep_history(Bulletin)
keep_history(FAQEntry)
keep_history(BulletinFigure)
