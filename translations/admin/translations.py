"""What an editor says about the translations while saving a document's form."""

from __future__ import annotations

from contextlib import nullcontext

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from translations import sides
from translations.acts.publishing import hold
from translations.acts.sources import minor_change
from translations.desk.around import name_of
from translations.documents import PublishedDocument
from translations.forms import DRAFT, PUBLISH
from translations.models import Side
from translations.status import Public


class Translations:
    """For a ModelAdmin of documents: one saved form is one event, minor or not."""

    def event(self, request, object_id):
        """What is saved inside counts as one; as a minor change where the person says so."""
        if request.method != "POST":
            return nullcontext()
        found = object_id and self.model._base_manager.filter(pk=unquote(object_id)).first()
        if found and request.POST.get("minor"):
            return minor_change(found)
        return sides.together()

    def _about_translations(self, obj) -> list[tuple]:
        """The boxes that make sense for this document now, as fieldsets."""
        if obj is None or obj.pk is None:
            names = ["wait_for"] if issubclass(self.model, PublishedDocument) else []
        else:
            rows = [side for side in self.side_rows(obj).values() if not side.is_source]
            names = []
            if any(side.whole for side in rows):
                names.append("minor")
            if any(side.status.public == Public.OUTDATED for side in rows):
                names.append("confirms")
            if not obj.is_committed and not all(side.whole for side in rows):
                names.append("wait_for")
        return [(_("Translations"), {"fields": names})] if names else []

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        rows = self.side_rows(obj).values() if obj and obj.pk else []
        outdated = {side.language for side in rows if side.status.public == Public.OUTDATED}
        waiting = [side.language for side in rows if side.hold]

        class Fitting(form):
            def __init__(self, *args, **kwargs):
                super().__init__(*args, **kwargs)
                if "confirms" in self.fields:
                    field = self.fields["confirms"]
                    field.choices = [c for c in field.choices if c[0] in outdated]
                if "wait_for" in self.fields:
                    self.initial.setdefault("wait_for", waiting)

        return Fitting

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        document, said = form.instance, form.cleaned_data
        with sides.together() as event:
            if matching := set(said.get("confirms") or ()):
                event.confirmed |= matching
                sides.refresh(document)
        if PUBLISH in request.POST and form.passed_over:
            message = _("This is written in %(language)s: it does not wait for that side.")
            self.message_user(request, message % {"language": form.passed_over}, messages.WARNING)
        if {PUBLISH, DRAFT} & request.POST.keys():
            self._hold(document, said.get("wait_for") if form.waits else [])

    def _hold(self, document, wanted):
        waiting = [
            code
            for code in wanted
            if code != document.source_language and not document.has_side(code)
        ]
        if wanted and not waiting:
            # Both are here already: there is nothing to wait for.
            document.published_at = timezone.now().replace(microsecond=0)
            document.save()
        sides.settle(document)
        hold(type(document), document.pk, waiting)

    def side_rows(self, obj) -> dict[str, Side]:
        return {side.language: side for side in Side.objects.of(obj).light()}

    def waiting(self, obj) -> list[str]:
        """The languages for which a document that is ready waits."""
        return [code for code, side in self.side_rows(obj).items() if side.hold]

    @staticmethod
    def desk_url(obj, language: str) -> str | None:
        """Where this side is translated."""
        if language == obj.source_language:
            return None
        return reverse("desk:desk", args=[name_of(obj), language])
