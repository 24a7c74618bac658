"""A save writes only the columns that changed.

Two people work on one row: one writes the English, the other the French. A save of the whole row
would put back the other's old text, and `update_fields` alone would make the history lie, which
copies the object in memory. So a save locks its row (a child locks its document first), reads it
anew, writes what this object changed, and takes the rest from the row.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models, router, transaction
from modeltranslation.fields import TranslationField

from core import languages
from translations import registry
from translations.fields import Translatable
from translations.querysets import TranslatedQuerySet


class Translated(models.Model):
    """Base of documents and of their children."""

    objects = TranslatedQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db, field_names, values):
        instance = super().from_db(db, field_names, values)
        instance._as_read = dict(zip(field_names, values, strict=False))
        return instance

    def refresh_from_db(self, using=None, fields=None, from_queryset=None):
        super().refresh_from_db(using, fields, from_queryset)
        self._remember(fields)

    def save(self, *, force_insert=False, force_update=False, using=None, update_fields=None):
        """Write what changed since this object was read, and nothing else.

        `update_fields` narrows it further: other changes of this object are dropped, and its
        attributes show the row as it stands. Raises ValidationError, by column, for a text that
        does not fit and for a live side that is only half there.
        """
        using = using or router.db_for_write(type(self), instance=self)
        with transaction.atomic(using=using):
            self.lock_parent(using)
            if self._state.adding:
                self._insert(using)
            else:
                self._write_changes(using, update_fields)

    # What documents and children add ------------------------------------------------------------

    def lock_parent(self, using):
        """Children lock their document before their own row: one order, no deadlock."""

    def prepare(self, before: dict):
        """Make what follows from the text. `before` is the row as it stood, {} for a new one."""
        for name, make in registry.options(self).derived.items():
            for language in languages.codes():
                setattr(self, registry.column(name, language), make(self, language))

    def require_whole_sides(self, before: dict):
        """Raise ValidationError where a public side would be only half there."""

    def after_save(self, before: dict):
        """What follows from the new row, in the same transaction."""

    # How it is done -----------------------------------------------------------------------------

    def normalise(self):
        """Give every text its stored form. Raises ValidationError by column."""
        errors = {}
        read = getattr(self, "_as_read", {})
        # Not the base columns: refresh_from_db() leaves an old text there, whose descriptor would
        # put it over the new one of the active language.
        for field in stored(self):
            value = self.__dict__.get(field.attname)
            if not isinstance(field, Translatable) or value == read.get(field.attname):
                continue
            try:
                setattr(self, field.attname, field.normalise(value))
            except ValidationError as error:
                errors[field.name] = error
        if errors:
            raise ValidationError(errors)

    def _insert(self, using):
        self.normalise()
        self.prepare({})
        self.require_whole_sides({})
        super().save(force_insert=True, using=using)
        self._remember()
        self.after_save({})

    def _write_changes(self, using, only):
        before = self._locked_row(using)
        self.normalise()
        self._take_unchanged(before, only)
        self.prepare(before)
        changed = [f.name for f in stored(self) if self.__dict__[f.attname] != before[f.attname]]
        if changed:
            self.require_whole_sides(before)
            super().save(force_update=True, using=using, update_fields=changed)
        self._remember()
        self.after_save(before)

    def _locked_row(self, using) -> dict:
        rows = models.QuerySet(type(self), using=using).filter(pk=self.pk).select_for_update()
        row = rows.values(*(field.attname for field in stored(self))).first()
        if row is None:
            raise type(self).DoesNotExist(f"{self._meta.label} {self.pk} is no longer there.")
        return row

    def _take_unchanged(self, row: dict, only):
        read = getattr(self, "_as_read", {})
        for field in stored(self):
            name = field.attname
            mine = self.__dict__.get(name, row[name])
            changed = name not in read or mine != read[name]
            if name not in self.__dict__ or not changed or not (only is None or field.name in only):
                mine = row[name]
            if self.__dict__.get(name, row) is not mine:
                setattr(self, name, mine)

    def _remember(self, fields=None):
        names = fields or [field.attname for field in stored(self)]
        read = getattr(self, "_as_read", {})
        self._as_read = read | {n: self.__dict__[n] for n in names if n in self.__dict__}


def stored(instance) -> list[models.Field]:
    """The concrete fields, but for the base columns of translated ones: those stay NULL."""
    return [
        field
        for field in instance._meta.concrete_fields
        if isinstance(field, TranslationField) or not isinstance(field, Translatable)
    ]
