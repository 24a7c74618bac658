"""Slugs, current and old.

One table holds every slug of every language: a slug belongs to one document, so that
`/fr/…/<slug>/` finds it by any of them. A slug that readers may have seen is kept for ever;
one that was only ever in a draft is given up when it changes.
"""

from __future__ import annotations

import secrets
from itertools import chain, count

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core import languages, slugs
from translations import registry

SLUG_LENGTH = 80


def propose(document, before: dict):
    """Give every side a slug, from its title, and take it from a side that is not there.

    A slug follows its title until the document is live for the first time, unless a person chose
    another. Raises ValidationError for a chosen slug that belongs to another document.
    """
    [(name, source)] = registry.options(document).proposed.items()
    for language in languages.codes():
        column = registry.column(name, language)
        title_column = registry.column(source, language)
        title, slug = getattr(document, title_column), getattr(document, column)
        if not title:
            setattr(document, column, None)
            continue
        if slug and _is_own_proposal(document, before, column, title_column):
            slug = None
        if slug:
            slug = slugs.propose(slug, SLUG_LENGTH)
        if not slug:
            slug = _free(document, slugs.propose(title, SLUG_LENGTH) or secrets.token_hex(4))
        elif slug != before.get(column) and taken(document, slug):
            raise ValidationError({column: taken_message(slug)})
        setattr(document, column, slug)


def _is_own_proposal(document, before: dict, column: str, title_column: str) -> bool:
    """Whether the slug stands as we proposed it for a title that has changed, still unseen."""
    slug, title = before.get(column), before.get(title_column)
    if not slug or not title or title == getattr(document, title_column):
        return False
    if getattr(document, column) != slug or was_public(document, before):
        return False
    proposed = slugs.propose(title, SLUG_LENGTH)
    return slug == proposed or slug.startswith(f"{proposed[: SLUG_LENGTH - 4]}-")


def was_public(document, before: dict) -> bool:
    return document.was_live(before) or document.addresses.filter(was_public=True).exists()


def taken(document, slug: str) -> bool:
    """Whether `slug` belongs to another document of the same kind, in any language, old or new."""
    return _rows(document).filter(slug=slug).exclude(object_id=document.pk or 0).exists()


def taken_message(slug: str) -> str:
    return _(
        "The address “%(slug)s” belongs to another text already, or did once. Choose another, or "
        "leave the field empty and one is made from the title."
    ) % {"slug": slug}


def keep(document, before: dict):
    """Bring the table in line with the document's slugs, as they were and as they are.

    The same slug may serve several languages of one document: each has its own `/<lang>/`.
    """
    [name] = registry.options(document).proposed
    then = {before.get(column) for column in registry.columns([name])} if before else set()
    now = {getattr(document, column) for column in registry.columns([name])} - {None}
    rows = {row.slug: row for row in document.addresses.all()}
    for slug, row in rows.items():
        seen = (slug in then and document.was_live(before)) or (slug in now and document.is_live)
        if seen and not row.was_public:
            row.was_public = True
            row.save(update_fields=["was_public"])
        if slug not in now and not row.was_public:
            row.delete()
    for slug in sorted(now - rows.keys()):
        document.addresses.create(slug=slug, was_public=document.is_live)


def _rows(document):
    from translations.models import Address

    return Address.objects.filter(content_type=ContentType.objects.get_for_model(document))


def _free(document, slug: str) -> str:
    """`slug`, or the first of slug-2, slug-3, … that belongs to nobody else."""
    numbered = (f"{slug[: SLUG_LENGTH - 4]}-{number}" for number in count(2))
    return next(
        candidate for candidate in chain([slug], numbered) if not taken(document, candidate)
    )
