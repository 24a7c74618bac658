from __future__ import annotations

from django.contrib import admin
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pages.models import Identity, MenuEntry, Page, PageFigure, Topic
from pages.views import show_page
from pictures.admin import FigureInline, Illustrated
from translations.admin import DocumentAdmin, MissingSide, Publication
from translations.registry import columns


class MenuInline(admin.TabularInline):
    model = MenuEntry
    extra = 1
    fields = ["position", "part", "page"]


@admin.register(Identity)
class IdentityAdmin(DocumentAdmin):
    """There is one identity: its list leads straight to it."""

    facts = [
        (None, ["source_language", "email", "licence"]),
        (_("Time zones"), [("default_time_zone", "second_time_zone")]),
    ]
    inlines = [MenuInline]

    def has_add_permission(self, request):
        return super().has_add_permission(request) and request.identity.pk is None

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request, extra_context=None):
        identity = Identity.objects.order_by("pk").first()
        if identity is None:
            return HttpResponseRedirect(reverse("admin:pages_identity_add"))
        return HttpResponseRedirect(reverse("admin:pages_identity_change", args=[identity.pk]))


@admin.register(Topic)
class TopicAdmin(DocumentAdmin):
    list_display = ["__str__", "sides_column"]
    list_filter = [MissingSide]
    search_fields = columns(["name"])


class PageFigureInline(FigureInline):
    model = PageFigure


@admin.register(Page)
class PageAdmin(Illustrated, DocumentAdmin):
    facts = [(None, ["source_language", "published_at"])]
    inlines = [PageFigureInline]
    list_display = ["__str__", "sides_column", "publication"]
    list_filter = [MissingSide, Publication]
    search_fields = columns(["title", "body"])

    def preview(self, request, document):
        return show_page(request, document, is_preview=True)
