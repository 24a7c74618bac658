"""Pictures inside the form of a document."""

from __future__ import annotations

import re
from functools import cached_property

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.images import Refused
from pictures import telling
from pictures.admin.media import of_rows
from pictures.admin.uploads import ACCEPTED, take_in
from pictures.figure_forms import SUGGESTED, SUGGESTIONS, FigureForm, FigureFormSet
from pictures.models import Figure, Picture, Place
from translations import registry
from translations.admin import ChildInline

# Where nobody has scripts, a picture is placed in a text by a line of its own.
_LINE = r"\[\s*(?:picture|{word})\s+(\d{{1,18}})\s*\]"
_REFERENCE = re.compile(r'<img src="ref:pictures\.picture/(\d+)">')


class FigureInline(ChildInline):
    """The pictures of a document, each with its words side by side. `model` is its figure."""

    form = FigureForm
    formset = FigureFormSet
    template = "admin/pictures/figures.html"
    facts = ("picture", "upload", ("place", "position"), "is_decoration", "show_on_card")
    # One empty row, for whoever has no scripts; theirs takes it away.
    extra = 1
    verbose_name = gettext_lazy("Picture")
    verbose_name_plural = gettext_lazy("Pictures")

    @property
    def media(self):
        return super().media + of_rows()

    @cached_property
    def suggestions(self) -> list[str]:
        """The newest pictures of the library, as a row's field takes them."""
        newest = Picture.objects.there().newest_first()[:SUGGESTED]
        return [telling.label(picture) for picture in newest]

    suggestions_id = SUGGESTIONS
    accepted = ACCEPTED


class Illustrated:
    """For the ModelAdmin of a kind of document that has pictures, before DocumentAdmin.

    Uploaded files go into the library before anything else is done, in a transaction of their own:
    a form that is refused, or a save that fails, then loses none of them.
    """

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        request.refused_pictures = {}
        if request.method == "POST" and self._may_write(request):
            request.POST = self._with_references(request.POST)
            self._take_in(request)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_formset_kwargs(self, request, obj, inline, prefix):
        given = super().get_formset_kwargs(request, obj, inline, prefix)
        if issubclass(inline.model, Figure):
            given["refused"] = request.refused_pictures
        return given

    def _may_write(self, request) -> bool:
        return self.has_add_permission(request) or self.has_change_permission(request)

    def _take_in(self, request):
        """Add the files that came with rows to the library, and choose them there."""
        library = self.admin_site.get_model_admin(Picture)
        for name in [name for name in request.FILES if name.endswith("-upload")]:
            row = name.removesuffix("-upload")
            [upload, *_others] = request.FILES.pop(name)
            if f"{row}-DELETE" in request.POST:
                continue
            if not library.has_add_permission(request):
                request.refused_pictures[row] = _("You may not add pictures.")
                continue
            try:
                picture = take_in(library, request, upload)
            except Refused as refused:
                request.refused_pictures[row] = f"{upload.name}: {refused.message}"
                continue
            request.POST[f"{row}-picture"] = telling.label(picture)
            told = " ".join([f"“{picture}”:", *telling.taken_in(picture)])
            self.message_user(request, told, messages.INFO)

    def _with_references(self, data):
        """A copy of what was posted, in which “[picture 7]” alone in a paragraph is a reference."""
        line = _LINE.format(word=re.escape(_("picture")))
        alone = re.compile(
            rf"<p>\s*{line}\s*</p>|^[ \t]*{line}[ \t]*$", re.IGNORECASE | re.MULTILINE
        )
        data = data.copy()
        for name in self._bodies():
            for field in [field for field in data if re.fullmatch(rf"(.+-\d+-)?{name}", field)]:
                data[field] = alone.sub(_reference, data[field])
        return data

    def _bodies(self) -> list[str]:
        """The columns of this document and its children that hold a text with blocks."""
        related = [self.model._meta.get_field(n) for n in registry.options(self.model).children]
        models = [self.model, *(relation.related_model for relation in related)]
        return [c for model in models for c in registry.columns(registry.long_texts(model))]

    # What was saved, and shows nothing all the same ---------------------------------------------

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        document = self.model.objects.get(pk=form.instance.pk)
        figures = list(document.figures.all())
        referred = self._referred(document)
        missing = sorted(referred - {figure.picture_id for figure in figures})
        if missing:
            told = ngettext(
                "The text has a picture that does not stand among its pictures, and shows nothing: "
                "number %(numbers)s. Add it below, or take it out of the text.",
                "The text has pictures that do not stand among its pictures, and show nothing: "
                "numbers %(numbers)s. Add them below, or take them out of the text.",
                len(missing),
            )
            told %= {"numbers": ", ".join(map(str, missing))}
            self.message_user(request, told, messages.WARNING)
        for figure in figures:
            if figure.place == Place.TEXT and figure.picture_id not in referred:
                told = _(
                    "“%(name)s” is to stand in the text, and does not yet: put it where it belongs "
                    "with the picture tool above the text, or with a line [picture %(number)s]."
                )
                told %= {"name": figure.picture, "number": figure.picture_id}
                self.message_user(request, told, messages.WARNING)

    def _referred(self, document) -> set[int]:
        columns = self._bodies()
        texts = (
            getattr(item, column, None) or ""
            for item in (document, *document.children())
            for column in columns
        )
        return {int(number) for text in texts for number in _REFERENCE.findall(text)}


def _reference(match: re.Match[str]) -> str:
    number = next(group for group in match.groups() if group)
    return f'<img src="ref:pictures.picture/{number}">'
