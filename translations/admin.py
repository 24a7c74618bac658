"""Documents in Django's admin: languages side by side, nobody's text overwritten.

A content app says which facts its form shows, and gets the rest:

    @admin.register(Page)
    class PageAdmin(DocumentAdmin):
        facts = [(None, ["source_language", "published_at"])]
"""

from __future__ import annotations

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from js_asset import ImportMap, Media

from core import kept, languages
from translations import acts, registry, rules, versions
from translations.documents import PublishedDocument
from translations.forms import DRAFT, PUBLISH, RESTORED, ChildForm, DocumentForm, loss_message
from translations.formsets import ChildFormSet

# What the editor's modules share. By name, because their files are served under hashed names.
MODULES = ImportMap({"tract/dialog": "admin/dialog.js", "tract/words": "admin/words.js"})


def told_errors(context) -> list[dict]:
    """Every error of a form with its field, to be listed above it as links (WCAG 3.3.1)."""
    if not context["errors"]:
        return []
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += inline.formset.forms
    return [
        {"id": field.id_for_label, "label": field.label, "errors": field.errors}
        for form in forms
        for field in form
        if field.errors
    ]


def side_fieldsets(fields, source_language: str, shown: list[str]) -> list[tuple]:
    """One fieldset per language, the source language's first."""
    return [
        (
            format_html('<span lang="{}">{}</span>', code, languages.native_name(code)),
            {
                "fields": registry.columns(fields, language=code),
                "classes": ["side", f"side-{code}", *(["held"] if code in shown else [])],
            },
        )
        for code in languages.order(source_language)
    ]


class Moment(forms.DateTimeInput):
    """Day and time in the browser's own picker."""

    input_type = "datetime-local"

    def __init__(self, attrs=None, format=None):
        super().__init__(attrs, format or "%Y-%m-%dT%H:%M")


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


class ChildInline(admin.StackedInline):
    """Parts of a document, each with its languages side by side."""

    form = ChildForm
    formset = ChildFormSet
    extra = 0
    facts: tuple[str, ...] = ()

    def get_fieldsets(self, request, obj=None):
        source = obj.source_language if obj else get_language()
        sides = side_fieldsets(registry.written(self.model), source, [])
        return [(None, {"fields": [*self.facts, "as_shown"], "classes": ["facts"]}), *sides]


class DocumentAdmin(admin.ModelAdmin):
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
        js = ["admin/document.js", "admin/kind.js", "admin/paste.js"]

    # The form -----------------------------------------------------------------------------------

    def get_fieldsets(self, request, obj=None):
        names = self.side_fields or (*registry.written(self.model), *self._neutral())
        source = obj.source_language if obj else get_language()
        held = acts.held_languages(obj) if obj else []
        facts = [(title, {"fields": list(names)}) for title, names in self.facts]
        facts[0][1]["fields"].append("as_shown")
        after = [(title, {"fields": list(names)}) for title, names in self.after]
        return [*facts, *side_fieldsets(names, source, held), *after]

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
        return queryset.light() if self._is_list(request) else queryset

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
            with transaction.atomic():
                return super().changeform_view(request, object_id, form_url, extra_context)
        except ValidationError as error:
            # A rule that only the saving itself could check: the text goes back to the person.
            return self._refused(request, error.messages)
        except IntegrityError:
            return self._refused(request, [_("Somebody saved at the same moment. Save again.")])

    def _refused(self, request, reasons):
        for reason in reasons:
            self.message_user(request, reason, messages.ERROR)
        return kept.give_back(request, kept.unseal(kept.seal(request)))

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        if request.method != "POST":
            return super()._get_obj_does_not_exist_redirect(request, opts, object_id)
        text = kept.unseal(kept.seal(request))
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
            self.message_user(request, RESTORED, messages.INFO)
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
            self.message_user(request, loss_message(lost), messages.WARNING)
        return document

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
        if not obj.is_committed:
            return _("It is saved as a draft: only you in here can see it.")
        if not obj.is_live:
            when = date_format(timezone.localtime(obj.published_at), "DATETIME_FORMAT")
            return _("It will be public by itself on %(when)s.") % {"when": when}
        addresses = ((obj.address(code), languages.native_name(code)) for code in obj.sides())
        links = format_html_join(", ", '<a href="{}">{}</a>', addresses)
        return format_html("{} {}", _("It is public now:"), links)

    def _change_url(self, obj) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return reverse(name, args=[obj.pk])

    # What stands beside the form ----------------------------------------------------------------

    def _sides(self, obj) -> list[dict]:
        """Per language: where to see it, and whether it can be taken back or put back."""
        if obj is None or obj.pk is None:
            return []
        held = acts.held_languages(obj)
        return [
            {
                "code": code,
                "name": languages.native_name(code),
                "exists": obj.has_side(code),
                "is_source": code == obj.source_language,
                "is_held": code in held,
                "is_empty": rules.is_empty(obj, code),
                "url": obj.is_live and obj.has_side(code) and obj.address(code),
                "preview_url": self._act_url("preview", obj, code) if self.has_preview else None,
                "withdraw_url": self._act_url("withdraw", obj, code),
                "put_back_url": self._act_url("put_back", obj, code),
            }
            for code in languages.order(obj.source_language)
        ]

    @property
    def is_drafted(self) -> bool:
        """Whether these documents are drafted and published; others are live once saved."""
        return issubclass(self.model, PublishedDocument)

    @property
    def has_preview(self) -> bool:
        return bool(registry.options(self.model).view_name)

    def _act_url(self, act: str, obj, language: str | None = None) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_{act}"
        return reverse(name, args=[obj.pk, *([language] if language else [])])

    def get_urls(self):
        prefix = f"{self.opts.app_label}_{self.opts.model_name}"

        def to(view, name, *, language=True):
            where = f"<path:object_id>/{name.replace('_', '-')}/"
            return path(
                where + ("<str:language>/" if language else ""),
                self.admin_site.admin_view(view),
                name=f"{prefix}_{name}",
            )

        return [
            to(self.preview_view, "preview"),
            to(self.withdraw_view, "withdraw"),
            to(self.put_back_view, "put_back"),
            *([to(self.unpublish_view, "unpublish", language=False)] if self.is_drafted else []),
            *super().get_urls(),
        ]

    def _document(self, request, object_id, language=None):
        obj = self.get_object(request, unquote(object_id))
        if obj is None or (language and language not in languages.codes()):
            raise Http404
        return obj

    def preview(self, request, document):
        """The reader's page of a document that may not be public. Given by each content app."""
        raise Http404

    @method_decorator(never_cache)
    def preview_view(self, request, object_id, language):
        document = self._document(request, object_id, language)
        if not self.has_view_or_change_permission(request, document):
            raise PermissionDenied
        with override(language):
            response = self.preview(request, document)
        response["X-Robots-Tag"] = "noindex"
        return response

    def withdraw_view(self, request, object_id, language):
        """Take one side back from readers; its text is kept."""
        return self._confirmed(
            request,
            object_id,
            "withdraw",
            lambda pk: acts.withdraw(self.model, pk, language),
            language=language,
        )

    def put_back_view(self, request, object_id, language):
        """Give a side that was taken back to readers again."""
        return self._confirmed(
            request,
            object_id,
            "put_back",
            lambda pk: acts.put_back(self.model, pk, language),
            language=language,
        )

    def unpublish_view(self, request, object_id):
        """Take the whole document back from readers."""
        return self._confirmed(
            request, object_id, "unpublish", lambda pk: acts.unpublish(self.model, pk)
        )

    def _confirmed(self, request, object_id, act, do, language=None):
        document = self._document(request, object_id, language)
        if not self.has_change_permission(request, document):
            raise PermissionDenied
        if request.method == "POST":
            try:
                do(document.pk)
            except ValidationError as error:
                for message in error.messages:
                    self.message_user(request, message, messages.ERROR)
            else:
                self.log_change(request, document, act)
                self.message_user(request, acts.DONE[act])
            return HttpResponseRedirect(self._change_url(document))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": document,
            "act": act,
            "title": acts.TITLES[act],
            "language": language and languages.name(language),
            "back": self._change_url(document),
        }
        return render(request, "admin/document_act.html", context)

    # History ------------------------------------------------------------------------------------

    def history_view(self, request, object_id, extra_context=None):
        document = self._document(request, object_id)
        if not self.has_view_or_change_permission(request, document):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": document,
            "title": _("History of “%(name)s”") % {"name": document},
            "versions": versions.of(document),
            "back": self._change_url(document),
        }
        return render(request, "admin/document_history.html", context)

    # The list -----------------------------------------------------------------------------------

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
        if code == obj.source_language and obj.has_side(code):
            return "source", _("original")
        return ("there", _("translated")) if obj.has_side(code) else ("missing", _("missing"))

    @admin.display(description=gettext_lazy("publication"), ordering="published_at")
    def publication(self, obj):
        if obj.published_at is None:
            return format_html('<span class="state state-draft">{}</span>', _("Draft"))
        if obj.published_at > timezone.now():
            return format_html('<span class="state state-scheduled">{}</span>', _("Scheduled"))
        return format_html('<span class="state state-live">{}</span>', _("Live"))
