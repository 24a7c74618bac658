"""The abstract bases of everything that is translated."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models, router, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from core import languages
from translations import addresses, followers, registry, rules, sides
from translations.locking import locked_side
from translations.querysets import DocumentQuerySet, PublishedQuerySet
from translations.reading import SideText, preference
from translations.saving import Translated


def default_language() -> str:
    return settings.LANGUAGE_CODE


class Sided(Translated):
    """What has sides: readers get one of them, chosen for the whole of it."""

    class Meta(Translated.Meta):
        abstract = True

    def has_side(self, language: str) -> bool:
        return rules.is_whole(self, language)

    def further_problems(self) -> dict[str, str]:
        """What keeps this from being public beside missing texts: field → message."""
        return {}

    def side(self, language: str) -> SideText:
        """This for a reader of `language`, in that language or in the next best one."""
        return SideText(self, language, self.language_for(language))

    def language_for(self, language: str) -> str:
        """The language in which a reader of `language` sees this: theirs, else the source."""
        order = preference(language, self.source_language)
        return next((code for code in order if self.has_side(code)), self.source_language)


class Document(Sided):
    """An item with text: it has a source language, and stands by itself.

    One without `published_at` is always live: what it says is public as soon as it is saved.
    """

    source_language = models.CharField(
        gettext_lazy("written in"),
        max_length=12,
        default=default_language,
        help_text=gettext_lazy(
            "The language in which this text was born. The others are translations of it."
        ),
    )
    # Everything that is kept about a document goes with it.
    addresses = GenericRelation("translations.Address")
    side_rows = GenericRelation("translations.Side")
    side_versions = GenericRelation("translations.SideVersion")
    memory = GenericRelation("translations.MemoryEntry")

    objects = DocumentQuerySet.as_manager()

    class Meta(Sided.Meta):
        abstract = True

    @property
    def is_committed(self) -> bool:
        """Whether the rules of public text hold: from the moment of being set to be published."""
        return True

    @property
    def is_live(self) -> bool:
        """Whether readers may see this now."""
        return True

    # What readers get ---------------------------------------------------------------------------

    def sides(self) -> list[str]:
        """The public languages in which this exists."""
        return [code for code in languages.public() if self.has_side(code)]

    def address(self, language: str) -> str | None:
        """The path at which a reader of `language` finds this, None where there is no page."""
        view_name = registry.options(self).view_name
        slug = view_name and getattr(self, registry.column("slug", self.language_for(language)))
        if not slug:
            return None
        with override(language):
            return reverse(view_name, kwargs={"slug": slug})

    # Saving -------------------------------------------------------------------------------------

    def clean(self):
        """Speak before the database's constraints do: by field, in plain words."""
        super().clean()
        self.normalise()
        self.prepare(getattr(self, "_as_read", {}))
        if self.is_committed:
            rules.require(self, self.source_language)
        self.require_fitting_source(getattr(self, "_as_read", {}))

    def prepare(self, before: dict):
        super().prepare(before)
        if "slug" in registry.options(self).proposed:
            addresses.propose(self, before)

    def require_whole_sides(self, before: dict):
        if before and before["source_language"] != self.source_language:
            # Locked, so that nobody begins a draft of it meanwhile.
            locked_side(self, self.source_language)
        self.require_fitting_source(before)
        if not self.is_committed:
            return
        rules.require(self, self.source_language)
        asked_anew = not before or before["source_language"] != self.source_language
        if asked_anew or not self.was_committed(before):
            sides.require_children(self)

    def require_fitting_source(self, before: dict):
        """Raise ValidationError where this would be said to be born in another language than before
        of which somebody has begun a draft, or in which a public text says something else."""
        old = before.get("source_language", self.source_language)
        if old == self.source_language:
            return
        is_public, message = self.is_committed and self.was_committed(before), ""
        if sides.has_draft(self, self.source_language):
            # Nobody opens the original at the desk: the words in the draft would be out of reach.
            message = _(
                "Somebody has begun a draft of the %(language)s side. Publish it at the "
                "translators’ desk or throw it away there; then this side can take the original’s "
                "place."
            )
        elif is_public and not sides.is_current(self, self.source_language):
            message = _(
                "The %(language)s side does not say what the original says now. Bring it up to "
                "date first; then it can take the original’s place."
            )
        if message:
            name = languages.name(self.source_language)
            raise ValidationError({"source_language": message % {"language": name}})

    def was_committed(self, before: dict) -> bool:
        return True

    def was_live(self, before: dict) -> bool:
        return bool(before)

    def after_save(self, before: dict):
        if "slug" in registry.options(self).proposed:
            addresses.keep(self, before)
        sides.follow(self, before)

    def delete(self, *args, **kwargs):
        with transaction.atomic():
            using = router.db_for_write(type(self), instance=self)
            rows = models.QuerySet(type(self), using=using)
            rows.select_for_update().filter(pk=self.pk).first()
            followers.tell(self, is_going=True)
            return super().delete(*args, **kwargs)

    def children(self):
        """Everything that is translated along with this, in the order of the registration."""
        if self._state.adding:
            return
        for name in registry.options(self).children:
            yield from getattr(self, name).all()


class PublishedDocument(Document):
    """A document that is drafted, scheduled, live, and taken back."""

    published_at = models.DateTimeField(
        gettext_lazy("published"),
        null=True,
        blank=True,
        db_index=True,
        help_text=gettext_lazy(
            "Empty: at once, when you publish. In the future: by itself, at that time."
        ),
    )

    objects = PublishedQuerySet.as_manager()

    class Meta(Document.Meta):
        abstract = True

    COMMITTED = models.Q(published_at__isnull=False)

    @property
    def is_committed(self) -> bool:
        return self.published_at is not None

    @property
    def is_live(self) -> bool:
        return self.published_at is not None and self.published_at <= timezone.now()

    def was_committed(self, before: dict) -> bool:
        return bool(before) and before["published_at"] is not None

    def was_live(self, before: dict) -> bool:
        return self.was_committed(before) and before["published_at"] <= timezone.now()


class Child(Sided):
    """A part of a document that is translated along with it and falls back by itself.

    Its registration names its `parent`; its source language is its document's.
    """

    class Meta(Translated.Meta):
        abstract = True

    @property
    def document(self) -> Document:
        return getattr(self, registry.options(self).parent)

    @property
    def source_language(self) -> str:
        return self.document.source_language

    @property
    def is_committed(self) -> bool:
        return self.document.is_committed

    def was_committed(self, before: dict) -> bool:
        return self.document.was_committed(getattr(self.document, "_as_read", {}))

    def lock_parent(self, using):
        parent = self._meta.get_field(registry.options(self).parent)
        key = getattr(self, parent.attname)
        locked = models.QuerySet(parent.related_model, using=using).select_for_update()
        document = locked.filter(pk=key).first()
        if document is None:
            raise parent.related_model.DoesNotExist(f"{parent.related_model._meta.label} {key}")
        setattr(self, parent.name, document)

    def require_whole_sides(self, before: dict):
        if self.is_committed:
            rules.require(self, self.source_language)

    def after_save(self, before: dict):
        sides.follow(self, before)

    def delete(self, *args, **kwargs):
        with transaction.atomic():
            self.lock_parent(router.db_for_write(type(self), instance=self))
            deleted = super().delete(*args, **kwargs)
            sides.refresh(self.document, tells_more=True)
        return deleted
