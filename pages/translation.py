from __future__ import annotations

from modeltranslation.translator import register

from pages.models import Identity, Page, PageFigure, Topic
from pictures.options import FigureText
from translations.history import keep_history
from translations.registry import DocumentOptions


@register(Identity)
class IdentityText(DocumentOptions):
    fields = ("name", "tagline", "byline", "contact", "reuse")
    required = ("name",)


@register(Topic)
class TopicText(DocumentOptions):
    fields = ("name", "slug", "description")
    required = ("name",)
    proposed = {"slug": "name"}
    view_name = "bulletins:topic"


@register(Page)
class PageText(DocumentOptions):
    fields = ("title", "slug", "body")
    required = ("title", "body")
    proposed = {"slug": "title"}
    children = ("figures",)
    view_name = "pages:page"


@register(PageFigure)
class PageFigureText(FigureText):
    parent = "page"


for model in (Identity, Topic, Page, PageFigure):
    keep_history(model)
