"""A picture's own page: who is in it, where it stands, what it is called; withdrawn and deleted."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.kept import RESTORE, RESTORED
from pictures import acts, finding, publicity, telling
from pictures.forms import ConsentForm, NameForm
from pictures.models import Picture


class Pages:
    """The pages about one picture. For the ModelAdmin of pictures."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.withdraw_view)
        name = "pictures_picture_withdraw"
        return [path("<path:object_id>/withdraw/", view, name=name), *super().get_urls()]

    def picture(self, request, object_id: str) -> Picture:
        """The picture that an address means. Raises Http404."""
        picture = self.get_object(request, unquote(object_id))
        if picture is None:
            raise Http404
        return picture

    def to_change(self, request, object_id: str) -> Picture:
        """The same, for whoever may change it. Raises Http404, PermissionDenied."""
        picture = self.picture(request, object_id)
        if not self.has_change_permission(request, picture):
            raise PermissionDenied
        return picture

    def about(self, request, picture: Picture, title: str) -> dict:
        """What every page about a picture tells its template."""
        [card] = finding.cards([picture])
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "picture": picture,
            "card": card,
            "title": title,
            "back": telling.page(picture),
            "may_change": self.has_change_permission(request, picture),
            "may_delete": self.has_delete_permission(request, picture),
        }

    # Its page -----------------------------------------------------------------------------------

    def change_view(self, request, object_id, form_url="", extra_context=None):
        picture = self.picture(request, object_id)
        if not self.has_view_or_change_permission(request, picture):
            raise PermissionDenied
        if request.method != "POST":
            return self._page(request, picture)
        self.to_change(request, object_id)
        if RESTORE in request.POST:
            self.message_user(request, RESTORED, messages.INFO)
        return (
            self._consent(request, picture.pk)
            if "consent" in request.POST
            else (self._name(request, picture))
        )

    def _page(self, request, picture, *, consent=None, name=None):
        context = self.about(request, picture, str(picture)) | {
            "consent": consent or ConsentForm(instance=picture),
            "name": name or NameForm(initial={"name": picture.name}),
            "told": telling.taken_in(picture),
            "covered": len(picture.masks),
        }
        return TemplateResponse(request, "admin/pictures/picture/change_form.html", context)

    def _consent(self, request, pk: int):
        with transaction.atomic():
            picture = next(iter(publicity.locked([pk])), None)
            if picture is None:
                raise Http404
            if picture.is_withdrawn:
                self.message_user(request, picture.why_not(), messages.ERROR)
                return HttpResponseRedirect(telling.page(picture))
            form = ConsentForm(request.POST, instance=picture)
            standing = Picture.objects.get(pk=pk)
            if form.is_valid() and form.is_outdated:
                form.show_as_it_is(standing)
            if not form.is_valid():
                return self._page(request, standing, consent=form)
            changed = acts.set_consent(pk, **form.known())
        self.log_change(request, changed, [{"changed": {"fields": ["consent"]}}])
        told = changed.why_not() or _("It may be shown: readers see it where a public text has it.")
        self.message_user(request, told, messages.SUCCESS)
        return HttpResponseRedirect(telling.page(changed))

    def _name(self, request, picture):
        form = NameForm(request.POST)
        if not form.is_valid():
            return self._page(request, picture, name=form)
        changed = on(acts.rename, picture, form.cleaned_data["name"])
        self.log_change(request, changed, [{"changed": {"fields": ["name"]}}])
        told = _("It is called “%(name)s” now.") % {"name": changed}
        self.message_user(request, told, messages.SUCCESS)
        return HttpResponseRedirect(telling.page(changed))

    # To let it go -------------------------------------------------------------------------------

    def withdraw_view(self, request, object_id):
        picture = self.to_change(request, object_id)
        if request.method != "POST":
            context = self.about(request, picture, _("Withdraw this picture"))
            return TemplateResponse(request, "admin/pictures/picture/withdraw.html", context)
        documents = on(acts.withdraw, picture)
        self.log_change(request, picture, "withdrawn")
        told = _("The picture is withdrawn: its files are deleted, and its addresses say so.")
        if documents:
            told += " " + ngettext(
                "It stood in %(count)d text, which is named below.",
                "It stood in %(count)d texts, which are named below.",
                len(documents),
            ) % {"count": len(documents)}
        self.message_user(request, told, messages.SUCCESS)
        return HttpResponseRedirect(telling.page(picture))

    def delete_view(self, request, object_id, extra_context=None):
        picture = self.picture(request, object_id)
        if not self.has_delete_permission(request, picture):
            raise PermissionDenied
        if request.method == "POST":
            name = str(picture)
            try:
                with transaction.atomic():
                    self.log_deletions(request, Picture.objects.filter(pk=picture.pk))
                    on(acts.delete, picture)
            except ValidationError as error:
                self.message_user(request, error.messages[0], messages.ERROR)
            else:
                told = _("“%(name)s” is deleted, with its files.") % {"name": name}
                self.message_user(request, told, messages.SUCCESS)
                return HttpResponseRedirect(reverse("admin:pictures_picture_changelist"))
        context = self.about(request, picture, _("Delete this picture"))
        return TemplateResponse(request, "admin/pictures/picture/delete.html", context)


def on(act, picture: Picture, *given, **named):
    """What an act gives for a picture. Raises Http404 where somebody deleted it at this moment."""
    try:
        return act(picture.pk, *given, **named)
    except Picture.DoesNotExist as error:
        raise Http404 from error
