"""The page on which regions of a picture are covered. Its rows of numbers work without scripts."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from core.images import REGIONS_MOST, Refused
from pictures import acts, telling
from pictures.admin.media import with_modules
from pictures.admin.pages import on
from pictures.forms import NEW_REGION, REGION_FIELDS, RegionForm
from pictures.models import Picture


class Masks:
    """For the ModelAdmin of pictures, beside `Pages`."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.mask_view)
        return [
            path("<path:object_id>/mask/", view, name="pictures_picture_mask"),
            *super().get_urls(),
        ]

    def mask_view(self, request, object_id):
        picture = self.to_change(request, object_id)
        if not picture.renditions:
            return HttpResponseRedirect(telling.page(picture))
        if request.method != "POST":
            return self._canvas(request, picture, [], all_covered=picture.faces_masked)
        rows, errors = posted_rows(request.POST), []
        if request.POST.get("do") == "apply":
            try:
                return self._apply(request, picture, rows)
            except ValidationError as error:
                errors = error.messages
        else:
            rows = changed(rows, request.POST.get("do", ""))
        all_covered = "all_covered" in request.POST
        return self._canvas(request, picture, rows, all_covered=all_covered, errors=errors)

    def _canvas(self, request, picture, rows, *, all_covered: bool, errors=()):
        context = self.about(request, picture, _("Cover parts of this picture")) | {
            "rows": rows,
            "row_to_copy": RegionForm(initial=NEW_REGION, number=0),
            "errors": errors,
            "covered": len(picture.masks),
            "all_covered": all_covered,
            "mask_media": with_modules(request, "mask"),
        }
        return TemplateResponse(request, "admin/pictures/picture/mask.html", context)

    def _apply(self, request, picture: Picture, rows: list[RegionForm]):
        """Cover the rows' regions. Raises ValidationError with what is wrong, in words."""
        if request.POST.get("key") != picture.key:
            raise ValidationError(
                _("Somebody else has masked this picture meanwhile. Look at it, then go on.")
            )
        if not all(row.is_valid() for row in rows):
            raise ValidationError(_("One of the regions has a number that makes no sense."))
        all_covered = "all_covered" in request.POST
        try:
            regions = [row.region() for row in rows]
            masked = on(acts.apply_mask, picture, regions, all_covered=all_covered)
        except Refused as refused:
            raise ValidationError(refused.message) from refused
        self.log_change(request, masked, "masked")
        told = []
        if rows:
            told.append(_("The regions are covered. What was under them is gone from everywhere."))
        told.append(
            masked.why_not() or _("It may be shown: readers see it where a public text has it.")
        )
        self.message_user(request, " ".join(told), messages.SUCCESS)
        return HttpResponseRedirect(telling.page(masked))


def posted_rows(data) -> list[RegionForm]:
    """The rows of a posted page, in their order."""
    columns = [data.getlist(name) for name in REGION_FIELDS]
    return [
        RegionForm(dict(zip(REGION_FIELDS, values, strict=True)), number=number)
        for number, values in enumerate(zip(*columns, strict=False), start=1)
    ]


def changed(rows: list[RegionForm], wish: str) -> list[RegionForm]:
    """The rows after one was added (“add”) or taken away (“remove:2”)."""
    what, _colon, which = wish.partition(":")
    data = [row.data for row in rows if not (what == "remove" and which == str(row.number))]
    again = [RegionForm(one, number=number) for number, one in enumerate(data, start=1)]
    if what == "add" and len(again) < REGIONS_MOST:
        again.append(RegionForm(initial=NEW_REGION, number=len(again) + 1))
    return again
