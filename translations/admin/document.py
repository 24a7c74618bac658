from __future__ import annotations

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from js_asset import Media

from core import kept, languages
from translations import losses, registry, rules
from translations.acts.withdrawing import held_languages
from translations.admin import dates
from translations.admin.acts import Acts
from translations.admin.layout import MODULES, Moment, side_fieldsets, told_errors
from translations.admin.lists import Columns, outdated_mark
from translations.admin.translations import Translations
from translations.forms import DRAFT, PUBLISH, ChildForm, DocumentForm
from translations.formsets import ChildFormSet


class ChildInline(admin.StackedInline):
    """Parts of a document, each with its languages side by side."""

    form = ChildForm
    formset = ChildFormSet
    extra = 0
    facts: tuple[str, ...] = ()

    def get_fieldsets(self, request, obj=None):
        source = obj.source_language if obj else get_language()
        sides = side_fieldsets(registry.written(self.model), source)
        return [(None, {"fields": [*self.facts, "as_shown"], "classes": ["facts"]}), *sides]


class DocumentAdmin(Acts, Columns, Translations, admin.ModelAdmin):
    """The admin of one kind of document."""

    form = DocumentForm
    facts: list[tuple] = [(None, ["source_language"])]
    after: list[tuple] = []
    side_fields: tuple[str, ...] = ()

    change_form_template = "admin/document_change_form.html"
    # One field for day and time: Django's pair of them has one label for two inputs.
    formfield_overrides = {
        models.DateTimeField: {"form_class": forms.DateTimeField, "widget": Moment},
    }
    save_on_top = False
    list_per_page = 50

    class Media:
        js = ["admin/document.js", "admin/unfinished.js", "admin/kind.js", "admin/paste.js"]

    # The form -----------------------------------------------------------------------------------

    def get_fieldsets(self, request, obj=None):
        names = self.side_fields or (*registry.written(self.model), *self._neutral())
        source = obj.source_language if obj else get_language()
        facts = [(title, {"fields": list(names)}) for title, names in self.facts]
        facts[0][1]["fields"].append("as_shown")
        after = [(title, {"fields": list(names)}) for title, names in self.after]
        return [*facts, *side_fieldsets(names, source), *after, *self._about_translations(obj)]

    def _neutral(self):
        return registry.options(self.model).neutral

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(field and field.widget, RelatedFieldWidgetWrapper):
            # Beside a choice one may add to it; to change or delete a thing, one goes to it.
            field.widget.can_change_related = field.widget.can_view_related = False
            field.widget.can_delete_related = False
        return field

    def get_changeform_initial_data(self, request):
        return {"source_language": get_language(), **super().get_changeform_initial_data(request)}

    def get_queryset(self, request):
        queryset = super().get_queryset(request)
        if not self._is_list(request):
            return queryset
        marks = {outdated_mark(code): queryset.side_is_outdated(code) for code in languages.codes()}
        return queryset.light().annotate(**marks)

    def _is_list(self, request) -> bool:
        match = request.resolver_match
        return bool(match and match.url_name and match.url_name.endswith("_changelist"))

    def get_object(self, request, object_id, from_field=None):
        if request.method == "POST" and transaction.get_connection().in_atomic_block:
            # The row stays as the form compares it until the form is saved.
            self.model._base_manager.select_for_update().filter(pk=unquote(object_id)).first()
        return super().get_object(request, object_id, from_field)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            with transaction.atomic(), self.event(request, object_id):
                return super().changeform_view(request, object_id, form_url, extra_context)
        except ValidationError as error:
            # A rule that only the saving itself could check: the text goes back to the person.
            return self._refused(request, error.messages)
        except IntegrityError:
            return self._refused(request, [_("Somebody saved at the same moment. Save again.")])

    def _refused(self, request, reasons):
        for reason in reasons:
            self.message_user(request, reason, messages.ERROR)
        return kept.give_back(request, kept.posted(request))

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        if request.method != "POST":
            return super()._get_obj_does_not_exist_redirect(request, opts, object_id)
        text = kept.posted(request)
        text["action"] = reverse(f"admin:{opts.app_label}_{opts.model_name}_add")
        self.message_user(
            request,
            _("Somebody deleted this while you were writing. Your text can become a new one."),
            messages.WARNING,
        )
        return kept.give_back(request, text)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        media = Media.from_media(context["media"]) + Media(importmap=MODULES)
        context["media"] = media.with_nonce(str(request.csp_nonce))
        # A refused form has put its values into `obj`: what stands around it tells of what is
        # stored, so that a draft which could not be published can still be published.
        if obj and obj.pk and request.method == "POST":
            obj = context["original"] = self.get_object(request, str(obj.pk))
        if self._is_only_restored(context):
            context["errors"] = None
            self.message_user(request, kept.RESTORED, messages.INFO)
        context |= {
            "told": told_errors(context),
            "sides": self._sides(obj),
            "is_publishable": self.is_drafted,
            "show_save_and_add_another": False,
        }
        return super().render_change_form(request, context, add, change, form_url, obj)

    @staticmethod
    def _is_only_restored(context) -> bool:
        form = context["adminform"].form
        found = [error.code for error in form.non_field_errors().as_data()]
        return len(context["errors"]) == 1 and found == ["restored"]

    def save_form(self, request, form, change):
        document = super().save_form(request, form, change)
        if lost := form.lost():
            self.message_user(request, losses.message(lost), messages.WARNING)
        return document

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if found := dates.soon_wrong(form.instance):
            self.message_user(request, dates.warning(found), messages.WARNING)

    def response_change(self, request, obj):
        return self._stay(request, obj) or super().response_change(request, obj)

    def response_add(self, request, obj, post_url_continue=None):
        return self._stay(request, obj) or super().response_add(request, obj, post_url_continue)

    def _stay(self, request, obj):
        """After “publish” and “save draft”, the form again, and what has become of the text."""
        if not {PUBLISH, DRAFT} & request.POST.keys():
            return None
        self.message_user(request, self._standing(obj))
        return HttpResponseRedirect(self._change_url(obj))

    def _standing(self, obj) -> str:
        """Whether readers see this now, in words, with the addresses at which they do."""
        if waiting := self.waiting(obj):
            names = ", ".join(languages.native_name(code) for code in waiting)
            return _("It waits for: %(languages)s. With that side, it is published.") % {
                "languages": names
            }
        if not obj.is_committed:
            return _("It is saved as a draft: only you in here can see it.")
        if not obj.is_live:
            when = date_format(timezone.localtime(obj.published_at), "DATETIME_FORMAT")
            return _("It will be public by itself on %(when)s.") % {"when": when}
        addresses = ((obj.address(code), languages.native_name(code)) for code in obj.sides())
        links = format_html_join(", ", '<a href="{}">{}</a>', addresses)
        return format_html("{} {}", _("It is public now:"), links)

    # What stands beside the form ----------------------------------------------------------------

    def _sides(self, obj) -> list[dict]:
        """Per language: where to see it, and whether it can be taken back or put back."""
        if obj is None or obj.pk is None:
            return []
        held = held_languages(obj)
        rows = self.side_rows(obj)
        return [
            {
                "code": code,
                "name": languages.native_name(code),
                "exists": obj.has_side(code),
                "is_source": code == obj.source_language,
                "is_held": code in held,
                "status": rows[code].status if code in rows else None,
                "waits": code in rows and rows[code].hold,
                "desk_url": self.desk_url(obj, code),
                "is_empty": rules.is_empty(obj, code),
                "url": obj.is_live and obj.has_side(code) and obj.address(code),
                "preview_url": self._act_url("preview", obj, code) if self.has_preview else None,
                "withdraw_url": self._act_url("withdraw", obj, code),
                "put_back_url": self._act_url("put_back", obj, code),
            }
            for code in languages.order(obj.source_language)
        ]
