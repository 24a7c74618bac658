from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from pictures import finding
from pictures.admin.masks import Masks
from pictures.admin.pages import Pages
from pictures.admin.uploads import Uploads
from pictures.models import Picture


class Standing(admin.SimpleListFilter):
    """What is still to be done with a picture. What was withdrawn is shown on demand."""

    title = _("what is to be done")
    parameter_name = "standing"
    template = "admin/pictures/filter.html"
    found = {
        "closed": finding.not_cleared,
        "unused": finding.unused,
        "withdrawn": finding.withdrawn,
    }

    def lookups(self, request, model_admin):
        return [
            ("closed", _("May not be shown yet")),
            ("unused", _("Used nowhere")),
            ("withdrawn", _("Withdrawn")),
        ]

    def choices(self, changelist):
        everything, *others = super().choices(changelist)
        return [everything | {"display": _("All there are")}, *others]

    def queryset(self, request, queryset):
        return self.found.get(self.value(), lambda all_of_them: all_of_them.there())(queryset)


@admin.register(Picture)
class PictureAdmin(Uploads, Masks, Pages, admin.ModelAdmin):
    """The library of pictures. What is done to one is done by `pictures.acts`."""

    actions = None
    list_filter = [Standing]
    list_per_page = 24
    list_display = ["__str__"]
    ordering = ["-added_at", "-pk"]
    search_fields = ["name"]
    search_help_text = _("Looks through names, descriptions, captions and credits.")
    show_facets = admin.ShowFacets.NEVER

    def get_search_results(self, request, queryset, search_term):
        return finding.by_words(queryset, search_term), False

    def changelist_view(self, request, extra_context=None):
        response = super().changelist_view(request, extra_context)
        context = getattr(response, "context_data", None) or {}
        if "cl" in context:
            context["cards"] = finding.cards(context["cl"].result_list)
            context |= self.uploading(request)
        return response
