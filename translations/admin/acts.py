"""What is done to a document from beside its form: look at it, take it back, read its history."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.cache import never_cache

from core import languages
from translations import registry, versions
from translations.acts import publishing, withdrawing
from translations.documents import PublishedDocument

TITLES = {
    "withdraw": gettext_lazy("Take this side back"),
    "put_back": gettext_lazy("Put this side back"),
    "unpublish": gettext_lazy("Take this back from readers"),
}
DONE = {
    "withdraw": gettext_lazy("This side is no longer public. Its text is kept."),
    "put_back": gettext_lazy("This side is back."),
    "unpublish": gettext_lazy("It is a draft again. Readers are told that it was taken back."),
}


class Acts:
    """Pages beside the form of one document. For a ModelAdmin."""

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
            lambda pk: withdrawing.withdraw(self.model, pk, language),
            language=language,
        )

    def put_back_view(self, request, object_id, language):
        """Give a side that was taken back to readers again."""
        return self._confirmed(
            request,
            object_id,
            "put_back",
            lambda pk: withdrawing.put_back(self.model, pk, language),
            language=language,
        )

    def unpublish_view(self, request, object_id):
        """Take the whole document back from readers."""
        return self._confirmed(
            request, object_id, "unpublish", lambda pk: publishing.unpublish(self.model, pk)
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
                self.message_user(request, DONE[act])
            return HttpResponseRedirect(self._change_url(document))
        told = {"act": act, "language": language and languages.name(language)}
        context = self._beside(request, document, title=TITLES[act], **told)
        return render(request, "admin/document_act.html", context)

    def _beside(self, request, document, **context) -> dict:
        """What every page beside a document's form is given."""
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": document,
            "back": self._change_url(document),
            **context,
        }

    def _change_url(self, obj) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return reverse(name, args=[obj.pk])

    # History ------------------------------------------------------------------------------------

    def history_view(self, request, object_id, extra_context=None):
        document = self._document(request, object_id)
        if not self.has_view_or_change_permission(request, document):
            raise PermissionDenied
        title = _("History of “%(name)s”") % {"name": document}
        context = self._beside(request, document, title=title, versions=versions.of(document))
        return render(request, "admin/document_history.html", context)
