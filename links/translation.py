from __future__ import annotations

from modeltranslation.translator import register

from links.models import Group, Section
from translations.history import keep_history
from translations.registry import DocumentOptions


@register(Section)
class SectionText(DocumentOptions):
    fields = ("name",)
    required = ("name",)


@register(Group)
class GroupText(DocumentOptions):
    fields = ("description",)
    watched = ("name", "delisted_at")


keep_history(Section)
keep_history(Group)
