"""Children inside their document's form."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext as _

from translations import registry, rules
from translations.three_texts import SHOWN, was_touched


class ChildFormSet(BaseInlineFormSet):
    """Children of a live document are public with it: each side of them is whole or absent.

    A child that somebody deleted while this person was writing is let go, unless they changed it:
    then its text comes back as a new one, and nothing is saved before they have seen that.
    """

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(data, *args, **kwargs)
        self.deleted_meanwhile = False
        if self.is_bound and self.instance.pk:
            self._set_deleted_aside()

    def clean(self):
        super().clean()
        if self.deleted_meanwhile:
            raise ValidationError(
                _(
                    "Somebody deleted one of these while you were writing. Your text is kept as a "
                    "new one: save again to add it, or remove it."
                ),
                code="deleted",
            )
        if self.instance.is_committed:
            self._require_whole_sides()

    def _require_whole_sides(self):
        for form in self.forms:
            if not self._stays(form):
                continue
            found = rules.problems(form.instance, self.instance.source_language)
            for column, message in found.items():
                if column not in form.errors:
                    form.add_error(column, message)

    def _stays(self, form) -> bool:
        is_new = form.empty_permitted and not form.has_changed()
        return form.is_valid() and not is_new and not self._should_delete_form(form)

    def _set_deleted_aside(self):
        there = {str(pk) for pk in self.get_queryset().values_list("pk", flat=True)}
        posted = self._posted_forms()
        initial = posted[: self.initial_form_count()]
        kept = [fields for fields in initial if fields.get("id") in there]
        if len(kept) == len(initial):
            return
        gone = [fields for fields in initial if fields not in kept and self._was_touched(fields)]
        self.deleted_meanwhile = bool(gone)
        as_new = [fields | {"id": "", SHOWN: "{}"} for fields in gone]
        self._put(kept, [*as_new, *posted[len(initial) :]])

    def _was_touched(self, fields: dict) -> bool:
        names = registry.columns(registry.written(self.model))
        deleted = fields.get("DELETE")
        return not deleted and was_touched(self.model, fields, names)

    def _posted_forms(self) -> list[dict]:
        """What was posted for each child: field → value."""
        forms: list[dict] = [{} for _number in range(self.total_form_count())]
        for name, value in self.data.items():
            match = re.fullmatch(rf"{re.escape(self.prefix)}-(\d+)-(.+)", name)
            if match and int(match[1]) < len(forms):
                forms[int(match[1])][match[2]] = value
        return forms

    def _put(self, initial: list[dict], new: list[dict]):
        data = self.data.copy()
        for name in [n for n in data if re.match(rf"{re.escape(self.prefix)}-\d+-", n)]:
            del data[name]
        for number, fields in enumerate([*initial, *new]):
            for name, value in fields.items():
                data[f"{self.prefix}-{number}-{name}"] = value
        data[f"{self.prefix}-INITIAL_FORMS"] = len(initial)
        data[f"{self.prefix}-TOTAL_FORMS"] = len(initial) + len(new)
        self.data = data
        self.__dict__.pop("management_form", None)
        self.__dict__.pop("forms", None)
