from __future__ import annotations

from itertools import chain

from django import forms
from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from links import (
    admin_checked,  # noqa: F401 (registers it)
    countries,
    languages,
    naming,
    telling,
)
from links.models import Group, Section
from translations import registry
from translations.admin import DocumentAdmin, MissingSide
from translations.forms import DocumentForm


class Listing(admin.SimpleListFilter):
    """Listed or delisted."""

    title = gettext_lazy("listing")
    parameter_name = "listing"

    def lookups(self, request, model_admin):
        return [("listed", _("Listed")), ("delisted", _("Delisted"))]

    def queryset(self, request, queryset):
        words = {"listed": queryset.listed, "delisted": queryset.delisted}
        return words[self.value()]() if self.value() in words else queryset


class Spoken(admin.SimpleListFilter):
    """By language spoken, of those that some group speaks."""

    title = gettext_lazy("language spoken")
    parameter_name = "language"

    def lookups(self, request, model_admin):
        used = Group.objects.values_list("languages", flat=True).distinct().order_by()
        spoken = chain.from_iterable(used)
        return naming.choices(languages.NAMES, set(spoken) & languages.NAMES.keys())

    def queryset(self, request, queryset):
        return queryset.speaking(self.value()) if self.value() else queryset


class Country(admin.SimpleListFilter):
    """By country, of those in which some group is."""

    title = gettext_lazy("country")
    parameter_name = "country"

    def lookups(self, request, model_admin):
        used = Group.objects.values_list("country", flat=True).distinct().order_by()
        return naming.choices(countries.NAMES, set(used) & countries.NAMES.keys())

    def queryset(self, request, queryset):
        return queryset.in_country(self.value()) if self.value() else queryset


SENTENCES = forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})


class GroupForm(DocumentForm):
    class Meta:
        widgets = {
            "topics": forms.CheckboxSelectMultiple,
            "delisted_reason": SENTENCES,
            **dict.fromkeys(registry.columns(["description"]), SENTENCES),
        }


@admin.register(Group)
class GroupAdmin(DocumentAdmin):
    form = GroupForm
    change_form_template = "admin/links/group/change_form.html"
    facts = [
        (None, ["name", "url", "section", "position", "country", "languages", "topics"]),
        (gettext_lazy("Description"), ["source_language"]),
    ]
    after = [(gettext_lazy("No longer listed"), ["delisted_reason", "delisted_at"])]
    readonly_fields = ["delisted_at"]
    list_display = ["name", "section", "spoken", "in_country", "sides_column", "is_listed"]
    list_filter = [Listing, "section", Spoken, Country, MissingSide]
    list_select_related = ["section"]
    search_fields = ["name", "url", *registry.columns(["description"])]
    ordering = ["section__position", "section_id", "position", "pk"]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["failing"] = telling.group_to_decide_on(obj) if obj else None
        return super().render_change_form(request, context, add, change, form_url, obj)

    @admin.display(description=gettext_lazy("languages spoken"))
    def spoken(self, group):
        return ", ".join(group.languages_spoken)

    @admin.display(description=gettext_lazy("country"), ordering="country")
    def in_country(self, group):
        return group.country_label

    @admin.display(description=gettext_lazy("listed"), boolean=True)
    def is_listed(self, group):
        return group.is_live


@admin.register(Section)
class SectionAdmin(DocumentAdmin):
    facts = [(None, ["source_language", "position"])]
    list_display = ["__str__", "position", "sides_column"]
    list_filter = [MissingSide]
    search_fields = registry.columns(["name"])
