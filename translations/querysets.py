from __future__ import annotations

from functools import reduce
from operator import or_

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone

from translations import followers, registry
from translations.status import Public


class TranslatedQuerySet(models.QuerySet):
    """Refuses what would write text around `save()`: its normal form, its history, its sides."""

    def update(self, **values):
        self._refuse(values)
        return super().update(**values)

    def bulk_update(self, objs, fields, batch_size=None):
        self._refuse(fields)
        return super().bulk_update(objs, fields, batch_size)

    def bulk_create(self, objs, *args, **kwargs):
        self._refuse(registry.translated(self.model))
        return super().bulk_create(objs, *args, **kwargs)

    def delete(self):
        """Delete children one event per document: what is known of its sides follows."""
        parent = registry.options(self.model).parent
        if not parent:
            return self._delete_documents()
        from translations import sides

        with sides.together():
            documents = {getattr(child, parent) for child in self.select_related(parent)}
            deleted = super().delete()
            for document in documents:
                sides.refresh(document, tells_more=True)
        return deleted

    delete.alters_data = True
    delete.queryset_only = True

    def _delete_documents(self):
        pks = list(self.order_by().values_list("pk", flat=True))
        with transaction.atomic(using=self.db):
            rows = models.QuerySet(self.model, using=self.db).filter(pk__in=pks).order_by("pk")
            for document in rows.select_for_update():
                followers.tell(document, is_going=True)
            return super().delete()

    def _refuse(self, names):
        texts = registry.translated(self.model)
        columns = {*texts, *registry.columns(texts)}
        if refused := sorted(columns.intersection(names)):
            raise TypeError(
                f"{', '.join(refused)} of {self.model.__name__} are written by save(), one object "
                "at a time: it keeps their history and their sides true."
            )

    def light(self):
        """Without the long texts: lists and addresses never need them."""
        return self.defer(*registry.long_texts(self.model))


class DocumentQuerySet(TranslatedQuerySet):
    """The words that editors, views and feeds share."""

    def published(self):
        """What readers may see now."""
        return self

    def readable_in(self, language: str):
        """What has a side in `language`."""
        return self.filter(self._has_side(language))

    def missing_in(self, language: str):
        """What has no side in `language`."""
        return self.exclude(self._has_side(language))

    def _has_side(self, language: str) -> models.Q:
        # The first required text stands for them all; where none is required, any text will do.
        names = registry.options(self.model).required[:1] or registry.written(self.model)
        columns = registry.columns(names, language=language)
        return reduce(or_, (models.Q(**{f"{name}__isnull": False}) for name in columns))

    def up_to_date_in(self, language: str):
        """What has a side in `language` that says what its source says now."""
        return self.filter(self._side_is(language, Public.CURRENT))

    def outdated_in(self, language: str):
        """What has a side in `language` whose source has changed since."""
        return self.filter(self._side_is(language, Public.OUTDATED))

    def with_outdated(self, language: str):
        """Each with `is_outdated`: whether its side in `language` is; no query of its own."""
        return self.annotate(is_outdated=self.side_is_outdated(language))

    def with_tidings(self, language: str):
        """Each with `public_since` and `changed_at` of its side in `language`, None where readers
        do not have it; no query of its own."""
        rows = self._sides().filter(language=language)
        names = ("public_since", "changed_at")
        return self.annotate(**{name: models.Subquery(rows.values(name)[:1]) for name in names})

    def side_is_outdated(self, language: str) -> models.Exists:
        return self._side_is(language, Public.OUTDATED)

    def _side_is(self, language: str, state: Public) -> models.Exists:
        return models.Exists(self._sides().filter(language=language).public(state))

    def _sides(self):
        """The sides of each, inside a query of theirs."""
        from translations.models import Side

        content_type = ContentType.objects.get_for_model(self.model)
        return Side.objects.filter(content_type=content_type, object_id=models.OuterRef("pk"))

    def at(self, slug: str):
        """The document that has or had `slug`, in any language: one or none."""
        from translations.models import Address

        content_type = ContentType.objects.get_for_model(self.model)
        owner = Address.objects.filter(content_type=content_type, slug=slug).values("object_id")
        return self.filter(pk__in=owner)


class PublishedQuerySet(DocumentQuerySet):
    """Documents with `published_at`: empty is a draft, in the future scheduled, past live."""

    def published(self):
        return self.filter(published_at__lte=timezone.now())

    def scheduled(self):
        return self.filter(published_at__gt=timezone.now())

    def drafts(self):
        return self.filter(published_at__isnull=True)
