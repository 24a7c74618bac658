"""The list of checked links, and the page on which an address is replaced everywhere."""

from __future__ import annotations

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Case, IntegerField, Value, When
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.kept import RESTORE, RESTORED
from links import telling
from links.checking.outcomes import Verdict
from links.models import CheckedLink
from links.replacing import acting, finding
from links.replacing.forms import FindForm, ReplaceForm
from translations.admin import ReadOnly

TO_DECIDE = "decide"


class State(admin.SimpleListFilter):
    """By what the last visit found."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [*Verdict.choices, (TO_DECIDE, _("broken three times in a row"))]

    def queryset(self, request, queryset):
        if self.value() == TO_DECIDE:
            return queryset.failing_for_long()
        return queryset.filter(verdict=self.value()) if self.value() in Verdict else queryset


@admin.register(CheckedLink)
class CheckedLinkAdmin(ReadOnly, admin.ModelAdmin):
    """What readers are sent to. Written by the visits alone: nothing is added or changed here."""

    list_display = ["address"]
    list_filter = [State]
    list_per_page = 50
    search_fields = ["address"]
    show_facets = admin.ShowFacets.NEVER

    def get_urls(self):
        view = self.admin_site.admin_view(self.replace_view)
        return [path("replace/", view, name="links_checkedlink_replace"), *super().get_urls()]

    def get_queryset(self, request):
        # What has to be looked at stands first.
        order = [When(verdict=verdict, then=Value(rank)) for rank, verdict in enumerate(Verdict)]
        rank = Case(*order, output_field=IntegerField())
        return CheckedLink.objects.standing().annotate(rank=rank)

    def get_ordering(self, request):
        return ["rank", "failing_since", "address"]

    def changelist_view(self, request, extra_context=None):
        response = super().changelist_view(request, extra_context)
        context = getattr(response, "context_data", None) or {}
        if "cl" in context:
            context["cards"] = telling.cards(telling.with_places(context["cl"].result_list))
        return response

    def change_view(self, request, object_id, form_url="", extra_context=None):
        link = self.get_object(request, unquote(object_id))
        if link is None:
            raise Http404
        if not self.has_view_permission(request, link):
            raise PermissionDenied
        [card] = telling.cards(telling.with_places(CheckedLink.objects.filter(pk=link.pk)))
        context = {**self._context(request), "title": _("Checked link"), "card": card}
        return TemplateResponse(request, "admin/links/checkedlink/change_form.html", context)

    def _context(self, request) -> dict:
        return {**self.admin_site.each_context(request), "opts": self.opts}

    # Replacing ----------------------------------------------------------------------------------

    def replace_view(self, request):
        """One address replaced by another, in the texts that this person may change.

        Only the button of what was shown replaces anything; GET and every other POST show it.
        """
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            form = ReplaceForm(request.POST, chosen=request.POST.getlist("place"))
            if RESTORE in request.POST:
                self.message_user(request, RESTORED, messages.INFO)
            elif form.is_valid() and "_save" in request.POST:
                return self._replaced(request, form)
            return self._page(request, form)
        return self._page(request, None)

    def _page(self, request, form: ReplaceForm | None):
        asked = request.POST if form else request.GET
        # From the list one comes with an address, from the menu without.
        find = FindForm(asked if "old" in asked else None)
        find.full_clean()
        # What is valid of it: an unbound form has nothing.
        given = getattr(find, "cleaned_data", {})
        old, new = given.get("old", ""), given.get("new", "")
        entries = finding.find(old, request.user) if old else []
        if old and new:
            form = form or ReplaceForm(initial={name: find.shown(name) for name in ("old", "new")})
        context = {
            **self._context(request),
            "title": _("Replace an address everywhere"),
            "find": find,
            "form": form if old and new else None,
            "old": old,
            "new": find.shown("new") if new else "",
            "others": finding.count(new) if new and entries else 0,
            "entries": [entry for entry in entries if entry.may_change],
            "closed": [entry for entry in entries if not entry.may_change],
            "chosen": set(form.chosen) if form and form.is_bound else None,
        }
        return TemplateResponse(request, "admin/links/checkedlink/replace.html", context)

    def _replaced(self, request, form: ReplaceForm):
        old, new = form.shown("old"), form.shown("new")
        done = acting.replace(form.spots, form.cleaned_data["new"], request.user)
        here = reverse("admin:links_checkedlink_replace")
        for title, why in done.skipped:
            told = _("Left as it was: %(where)s. %(why)s") % {"where": title, "why": why}
            self.message_user(request, told, messages.WARNING)
        if done.places:
            told = ngettext(
                "%(count)d place leads to %(address)s now.",
                "%(count)d places lead to %(address)s now.",
                done.places,
            ) % {"count": done.places, "address": new}
            undo = f"{here}?{urlencode({'old': new, 'new': old})}"
            link = _("To undo it, put the old address back")
            told = format_html('{} <a href="{}">{}</a>', told, undo, link)
            self.message_user(request, told, messages.SUCCESS)
        if done.skipped:
            return HttpResponseRedirect(f"{here}?{urlencode({'old': old, 'new': new})}")
        return HttpResponseRedirect(reverse("admin:links_checkedlink_changelist"))
