from __future__ import annotations

from modeltranslation.translator import register

from tests.leaflets.models import Leaflet, Panel
from translations.history import keep_history
from translations.registry import DocumentOptions


@register(Leaflet)
class LeafletText(DocumentOptions):
    fields = ("title", "body")
    required = ("title", "body")
    children = ("panels",)


@register(Panel)
class PanelText(DocumentOptions):
    fields = ("heading",)
    required = ("heading",)
    parent = "leaflet"


keep_history(Leaflet)
keep_history(Panel)
