"""Mailing lists for administrators, the log for editors, the box in the form of a bulletin."""

from __future__ import annotations

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Exists, OuterRef, Prefetch
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bulletins.announcing import queue, telling
from bulletins.announcing.models import Announcement, MailingList, State
from bulletins.models import Bulletin
from core import languages
from core.kept import RESTORE, RESTORED
from translations.admin import ReadOnly


def language_choices() -> list[tuple[str, str]]:
    return [(code, languages.native_name(code)) for code in languages.codes()]


def warn(model_admin, request):
    """Say on the page that is asked for why no mail can go out from this site."""
    if request.method == "GET" and (reason := telling.what_is_missing(request.user)):
        model_admin.message_user(request, reason, messages.WARNING)


class MailingListForm(forms.ModelForm):
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=language_choices)

    class Meta:
        model = MailingList
        fields = ["language", "address", "is_active"]

    def clean(self):
        if RESTORE in self.data:
            raise ValidationError(RESTORED, code="restored")
        return super().clean()


@admin.register(MailingList)
class MailingListAdmin(admin.ModelAdmin):
    """Where mail goes is a matter of safety: only administrators have a permission for it."""

    form = MailingListForm
    # One at a time: a selection would delete a list without a look at it.
    actions = None
    list_display = ["in_language", "address", "is_active"]
    show_facets = admin.ShowFacets.NEVER

    def changelist_view(self, request, extra_context=None):
        warn(self, request)
        return super().changelist_view(request, extra_context)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        warn(self, request)
        return super().changeform_view(request, object_id, form_url, extra_context)

    @admin.display(description=gettext_lazy("language"), ordering="language")
    def in_language(self, mailing_list):
        return languages.native_name(mailing_list.language)

    def save_model(self, request, mailing_list, form, change):
        # Not a row of history for a save that changed nothing.
        if form.has_changed():
            super().save_model(request, mailing_list, form, change)

    def history_view(self, request, object_id, extra_context=None):
        row = self.get_object(request, unquote(object_id))
        changes = row and MailingList.history.filter(id=row.pk).select_related("history_user")
        return super().history_view(request, object_id, {"changes": changes})


class InLanguage(admin.SimpleListFilter):
    title = gettext_lazy("language")
    parameter_name = "language"

    def lookups(self, request, model_admin):
        return language_choices()

    def queryset(self, request, queryset):
        is_one = self.value() in languages.codes()
        return queryset.filter(language=self.value()) if is_one else queryset


@admin.register(Announcement)
class AnnouncementAdmin(ReadOnly, admin.ModelAdmin):
    """What went out to the lists, what waits, and what did not go. Nobody writes here: a row that
    stopped can be sent after all, one that waits can be dropped."""

    change_form_template = "admin/announcement.html"
    list_display = ["__str__", "its_state", "its_error", "sent_at", "address"]
    list_filter = ["state", InLanguage]
    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER
    fields = [
        "its_bulletin",
        "in_language",
        "its_state",
        "its_error",
        "sent_at",
        "address",
        "queued_at",
        "due",
        "tries",
    ]
    readonly_fields = fields

    DEEDS = {
        "again": (
            "may_be_retried",
            queue.retry,
            gettext_lazy("Send it after all"),
            gettext_lazy("It goes out within minutes."),
        ),
        "arrived": (
            "may_have_arrived",
            queue.arrived,
            gettext_lazy("It has arrived"),
            gettext_lazy("It counts as sent."),
        ),
        "drop": (
            "may_be_dropped",
            queue.drop,
            gettext_lazy("Do not send it"),
            gettext_lazy("It will not be sent."),
        ),
    }

    def get_queryset(self, request):
        # Of a bulletin, a list shows the title and never reads the text.
        bulletins = Prefetch("bulletin", Bulletin.objects.light())
        lists = queue.in_use().filter(language=OuterRef("language"))
        rows = super().get_queryset(request).annotate(has_list=Exists(lists))
        return rows.prefetch_related(bulletins)

    @admin.display(description=gettext_lazy("bulletin"))
    def its_bulletin(self, row):
        if row.bulletin is None:
            return _("A bulletin that was deleted")
        address = reverse("admin:bulletins_bulletin_change", args=[row.bulletin_id])
        return format_html('<a href="{}">{}</a>', address, row.bulletin)

    @admin.display(description=gettext_lazy("language"))
    def in_language(self, row):
        return languages.native_name(row.language)

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def its_state(self, row):
        return capfirst(telling.without_list(row, row.has_list) or row.get_state_display())

    @admin.display(description=gettext_lazy("why"), ordering="error")
    def its_error(self, row):
        # The state says it already.
        return None if row.had_no_list else row.get_error_display() or None

    @admin.display(description=gettext_lazy("next try"))
    def due(self, row):
        if row.state != State.QUEUED or not row.has_list:
            return None
        return date_format(timezone.localtime(row.next_try_at), "DATETIME_FORMAT")

    def changelist_view(self, request, extra_context=None):
        warn(self, request)
        return super().changelist_view(request, extra_context)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        row = self.get_object(request, unquote(object_id)) if object_id else None
        deeds = self._deeds(row) if row and self._may_act(request) else []
        return super().changeform_view(request, object_id, form_url, {"deeds": deeds})

    # Deeds ---------------------------------------------------------------------------------------

    def get_urls(self):
        deed = path(
            "<path:object_id>/do/<str:deed>/",
            self.admin_site.admin_view(self.deed_view),
            name="bulletins_announcement_deed",
        )
        return [deed, *super().get_urls()]

    def deed_view(self, request, object_id, deed):
        """Ask, then do it: what is sent cannot be taken back."""
        row = self.get_object(request, unquote(object_id))
        if row is None or deed not in self.DEEDS:
            raise Http404
        if not self._may_act(request):
            raise PermissionDenied
        _may, do, title, done = self.DEEDS[deed]
        back = reverse("admin:bulletins_announcement_change", args=[row.pk])
        if deed == "again" and not row.has_list:
            self.message_user(request, telling.needs_list(row.language), messages.WARNING)
            return HttpResponseRedirect(back)
        if request.method == "POST":
            if do(row.pk):
                self.log_change(request, row, deed)
                reason = telling.what_is_missing(request.user) if deed == "again" else ""
                level = messages.WARNING if reason else messages.INFO
                self.message_user(request, reason or done, level)
            else:
                told = _("Its state has changed meanwhile. Look again.")
                self.message_user(request, told, messages.WARNING)
            return HttpResponseRedirect(back)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": row,
            "deed": deed,
            "title": title,
            "back": back,
        }
        return TemplateResponse(request, "admin/announcement_deed.html", context)

    def _deeds(self, row: Announcement) -> list[dict]:
        name = "admin:bulletins_announcement_deed"
        return [
            {"url": reverse(name, args=[row.pk, deed]), "title": title}
            for deed, (may, _do, title, _done) in self.DEEDS.items()
            if getattr(row, may)
        ]

    @staticmethod
    def _may_act(request) -> bool:
        return request.user.has_perm("bulletins.change_announcement")


class Announced:
    """For the ModelAdmin of bulletins, before all others: the box says where it goes, and after a
    save what was queued."""

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        if "announce" in form.base_fields:
            form.base_fields["announce"].help_text = telling.hint(obj, request.user)
        return form

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        request.saved_bulletin = form.instance.pk

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        # A form that is only looked at tells nothing afterwards.
        key = object_id if request.method == "POST" else None
        before = self._rows(key and unquote(key))
        response = super().changeform_view(request, object_id, form_url, extra_context)
        saved = getattr(request, "saved_bulletin", None)
        if saved and response.status_code == 302:
            # Only now: what follows from a save follows at its very end.
            self._tell(request, before, self._rows(saved))
        return response

    @staticmethod
    def _rows(pk) -> dict[str, Announcement]:
        """Language → what waits to be sent of a bulletin, or would if there were a list."""
        # What stands in an address may be anything; a key has at most 19 digits.
        is_key = pk is not None and str(pk).isdecimal() and len(str(pk)) < 19
        rows = Announcement.objects.filter(bulletin=pk) if is_key else []
        return {row.language: row for row in rows if row.state == State.QUEUED or row.had_no_list}

    def _tell(self, request, before: dict, after: dict):
        known = {(language, row.state) for language, row in before.items()}
        if new := [row for row in after.values() if (row.language, row.state) not in known]:
            message, is_warning = telling.newly_queued(new, request.user)
            level = messages.WARNING if is_warning else messages.SUCCESS
            self.message_user(request, message, level)
        elif before and not after:
            self.message_user(request, _("It no longer goes out to the mailing lists."))
