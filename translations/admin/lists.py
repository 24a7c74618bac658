"""Lists of documents: the state of each language, and what is missing."""

from __future__ import annotations

from django.contrib import admin
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import languages
from translations import registry, rules
from translations.status import Public


class ReadOnly:
    """For a ModelAdmin, before all others: what stands here is written by the site, by no form."""

    actions = None

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


def outdated_mark(language: str) -> str:
    """The name of the annotation that says whether the side in `language` is outdated."""
    return registry.column("outdated", language)


class MissingSide(admin.SimpleListFilter):
    """“French missing”, “English missing”."""

    title = gettext_lazy("missing text")
    parameter_name = "missing"

    def lookups(self, request, model_admin):
        return [
            (code, _("%(language)s missing") % {"language": languages.native_name(code)})
            for code in languages.codes()
        ]

    def queryset(self, request, queryset):
        return queryset.missing_in(self.value()) if self.value() in languages.codes() else queryset


class Publication(admin.SimpleListFilter):
    """Live, scheduled or draft."""

    title = gettext_lazy("publication")
    parameter_name = "publication"

    def lookups(self, request, model_admin):
        return [
            ("live", _("Live")),
            ("scheduled", _("Scheduled")),
            ("draft", _("Draft")),
        ]

    def queryset(self, request, queryset):
        words = {
            "live": queryset.published,
            "scheduled": queryset.scheduled,
            "draft": queryset.drafts,
        }
        return words[self.value()]() if self.value() in words else queryset


class Columns:
    """The columns that every list of documents may show."""

    @admin.display(description=gettext_lazy("languages"))
    def sides_column(self, obj):
        """The state of each language: “EN original”, “FR missing”."""
        return format_html_join(
            " ",
            '<span class="side-state side-state-{}"><abbr title="{}">{}</abbr> {}</span>',
            (
                (state, languages.name(code), code.upper(), word)
                for code in languages.codes()
                for state, word in [self._mark(obj, code)]
            ),
        )

    def _mark(self, obj, code) -> tuple[str, str]:
        # Not has_side(): of a draft it would ask for bodies that a list has not read.
        if not rules.is_begun(obj, code):
            return "missing", _("missing")
        if code == obj.source_language:
            return "source", _("original")
        if getattr(obj, outdated_mark(code), False):
            return "outdated", Public.OUTDATED.label
        return "there", _("translated") if obj.is_committed else _("begun")

    @admin.display(description=gettext_lazy("publication"), ordering="published_at")
    def publication(self, obj):
        if obj.published_at is None:
            return format_html('<span class="state state-draft">{}</span>', _("Draft"))
        if obj.published_at > timezone.now():
            return format_html('<span class="state state-scheduled">{}</span>', _("Scheduled"))
        return format_html('<span class="state state-live">{}</span>', _("Live"))
