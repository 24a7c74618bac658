"""Compare what is known of every side with the rows themselves."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.core.management import BaseCommand, CommandError
from django.db import transaction
from django.db.models import QuerySet

from core import languages
from translations import facts, registry, sides, snapshots
from translations.desk import left
from translations.models import Side


class Command(BaseCommand):
    help = (
        "Say which sides are not known as they are: rows from a fixture, from raw SQL, from a "
        "restored backup. With --repair, mend what is known. A side of which nobody knows what it "
        "was based on counts as outdated until somebody confirms it."
    )

    def add_arguments(self, parser):
        parser.add_argument("--repair", action="store_true", help="mend what is not right")

    def handle(self, *, repair, verbosity, **options):
        found = [*orphans(repair=repair), *drifted(repair=repair)]
        for line in found if verbosity else []:
            self.stdout.write(line)
        if found and not repair:
            raise CommandError(f"Not known as they are: {len(found)}. Try --repair.")
        if verbosity:
            mended = f"Mended: {len(found)}."
            self.stdout.write(mended if found else "Every side is known as it is.")


def drifted(*, repair: bool = False):
    """A line for each document whose sides are not known as they are."""
    for model in registry.documents():
        for pk in QuerySet(model).order_by("pk").values_list("pk", flat=True):
            with transaction.atomic():
                document = QuerySet(model).select_for_update().filter(pk=pk).first()
                if document is None:
                    continue
                if wrong := _wrong(document):
                    yield f"{model._meta.label_lower}/{pk}: {', '.join(wrong)}"
                    if repair:
                        sides.refresh(document)


def _wrong(document) -> list[str]:
    now = snapshots.of(document)
    rows = {side.language: side for side in Side.objects.of(document).defer("draft")}
    found = []
    for code in languages.codes():
        if code not in rows:
            found.append(f"{code} has no row")
            continue
        side = rows[code]
        known = facts.of(side, document, now, side.based_on)
        known["words_to_do"] = left.words_to_do(side, document)
        found += [f"{code} {name}" for name, fact in known.items() if getattr(side, name) != fact]
    return found


def orphans(*, repair: bool = False):
    """A line for each side whose document is gone, or is none any more."""
    known = {ContentType.objects.get_for_model(model).pk: model for model in registry.documents()}
    for content_type_id in (
        Side.objects.order_by().values_list("content_type", flat=True).distinct()
    ):
        rows = Side.objects.filter(content_type=content_type_id)
        if model := known.get(content_type_id):
            rows = rows.exclude(object_id__in=QuerySet(model).values("pk"))
        for side in rows.light():
            yield f"side {side.pk} ({side.language}): its document is gone"
            if repair:
                side.delete()
