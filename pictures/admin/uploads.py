"""Pictures come in: several at once from a form, one by one from a script, or with a document."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.images import Refused
from pictures import acts, finding, telling
from pictures.admin.media import with_modules
from pictures.models import Picture

# What a browser offers to choose. What is taken is decided by what is in a file.
ACCEPTED = "image/jpeg,image/png,image/webp,image/avif,image/gif,image/heic,image/heif,.heic,.heif"
PICTURES_TO_CHOOSE = 24
NOT_NOW = "busy"


def take_in(admin, request, upload) -> Picture:
    """Add an uploaded file to the library, in the name of whoever sent it. Raises Refused."""
    picture = acts.add(upload)
    admin.log_addition(request, picture, [{"added": {}}])
    return picture


class Uploads:
    """The ways into the library. For the ModelAdmin of pictures."""

    def get_urls(self):
        def to(name, view):
            guarded = for_scripts(self.admin_site.admin_view(view))
            return path(f"{name}/", guarded, name=f"pictures_picture_{name}")

        return [
            to("upload", require_POST(self.upload_view)),
            to("choose", require_GET(self.choose_view)),
            *super().get_urls(),
        ]

    def uploading(self, request) -> dict:
        """What the template of a page needs on which pictures can be uploaded."""
        return {
            "accepted": ACCEPTED,
            "may_upload": self.has_add_permission(request),
            "upload_media": with_modules(request, "picture_library"),
        }

    # Without scripts ----------------------------------------------------------------------------

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            return self._add(request)
        context = {
            **self.admin_site.each_context(request),
            **self.uploading(request),
            "opts": self.opts,
            "title": _("Add pictures"),
        }
        return TemplateResponse(request, "admin/pictures/picture/add_form.html", context)

    def _add(self, request):
        uploads = request.FILES.getlist("files")
        if not uploads:
            self.message_user(request, _("Choose at least one picture."), messages.ERROR)
            return HttpResponseRedirect(reverse("admin:pictures_picture_add"))
        added = [picture for upload in uploads if (picture := self._add_one(request, upload))]
        if len(added) == len(uploads) == 1:
            return HttpResponseRedirect(telling.page(added[0]))
        return HttpResponseRedirect(reverse("admin:pictures_picture_changelist"))

    def _add_one(self, request, upload) -> Picture | None:
        try:
            picture = take_in(self, request, upload)
        except Refused as refused:
            told = format_html("<strong>{}</strong>: {}", upload.name, refused.message)
            self.message_user(request, told, messages.ERROR)
            return None
        told = format_html(
            '<a href="{}">{}</a>: {} {}',
            telling.page(picture),
            picture,
            _("It is in the library now."),
            " ".join(telling.taken_in(picture)),
        )
        self.message_user(request, told, messages.SUCCESS)
        return picture

    # For scripts --------------------------------------------------------------------------------

    def upload_view(self, request):
        """One file, `file`; answers {"picture", "told"} or {"error"}."""
        if not self.has_add_permission(request):
            return _error(_("You may not add pictures."), 403)
        upload = request.FILES.get("file")
        if upload is None:
            return _error(_("Choose at least one picture."), 400)
        try:
            picture = take_in(self, request, upload)
        except Refused as refused:
            return _error(refused.message, 503 if refused.code == NOT_NOW else 400)
        return JsonResponse({"picture": telling.about(picture), "told": telling.taken_in(picture)})

    def choose_view(self, request):
        """Pictures to choose from, the newest first: those with the words `q`, or those of the keys
        `pk`. Answers {"pictures", "more"}."""
        if not self.has_view_permission(request):
            return _error(_("You may not see the pictures."), 403)
        pictures = Picture.objects.newest_first()
        if wanted := request.GET.getlist("pk"):
            pictures = pictures.filter(pk__in=[int(pk) for pk in wanted[:200] if _is_key(pk)])
        else:
            pictures = finding.by_words(pictures.there(), request.GET.get("q", "")[:200])
        page = Paginator(pictures, PICTURES_TO_CHOOSE).get_page(request.GET.get("page"))
        found = page.object_list if not wanted else pictures
        return JsonResponse(
            {
                "pictures": [telling.about(picture) for picture in found],
                "more": not wanted and page.has_next(),
            }
        )


def for_scripts(view):
    """A view for a page's own scripts: they are told that a login has ended, and led nowhere."""

    def inner(request, *args, **kwargs):
        if not request.user.is_authenticated:
            return _error(Refused("login").message, 401)
        return view(request, *args, **kwargs)

    return inner


def _error(message: str, status: int) -> JsonResponse:
    return JsonResponse({"error": message}, status=status)


def _is_key(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) < 19
