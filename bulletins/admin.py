from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from bulletins import moving
from bulletins.announcing.admin import Announced
from bulletins.forms import BulletinForm, EntriesFormSet
from bulletins.models import Bulletin, BulletinFigure, FAQEntry
from bulletins.views import show_bulletin
from pictures.admin import FigureInline, Illustrated
from translations.admin import ChildInline, DocumentAdmin, MissingSide, Publication
from translations.registry import columns


class FAQEntryInline(ChildInline):
    model = FAQEntry
    formset = EntriesFormSet
    facts = ("position",)


class BulletinFigureInline(FigureInline):
    model = BulletinFigure


@admin.register(Bulletin)
class BulletinAdmin(Announced, Illustrated, DocumentAdmin):
    form = BulletinForm
    facts = [
        (None, ["kind", "source_language", "published_at", "pinned", "topics"]),
        (
            _("When (call-outs)"),
            [("starts_at", "ends_at"), ("time_zone", "cancelled")],
        ),
        (_("Thread"), ["follows", "follows_at"]),
        (_("Mailing lists"), ["announce"]),
    ]
    inlines = [FAQEntryInline, BulletinFigureInline]
    list_display = ["__str__", "kind", "sides_column", "publication", "published_at"]
    list_filter = [MissingSide, Publication, "kind", "topics"]
    search_fields = columns(["title", "summary", "body"])
    # Drafts first: that is where the work is.
    ordering = [F("published_at").desc(nulls_first=True), "-pk"]

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        for warning in moving.warnings(form.instance, form.stood):
            self.message_user(request, warning, messages.WARNING)

    def preview(self, request, document):
        return show_bulletin(request, document, is_preview=True)
