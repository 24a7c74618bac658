"""What is done to a picture: it is added, masked, agreed to, withdrawn, deleted.

Each act holds the picture's row while it writes. What takes long (the child process that reads the
pixels) comes before, with nothing held; an act that finds another picture then gives up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import images
from pictures import files, publicity, uses
from pictures.models import EXTENSIONS, Consent, GoneKey, Picture, file_name, new_key
from pictures.naming import LENGTH, words_of


def add(upload, *, name: str | None = None) -> Picture:
    """Take an uploaded picture in: re-made from its pixels alone, in every size and format.

    `upload` is an open binary file. Without a `name`, its own gives the words that it has.
    Raises core.images.Refused, with a sentence for the person; nothing is kept then.
    """
    made = images.process(upload)
    if name is None:
        name = words_of(getattr(upload, "name", None) or "")
    with transaction.atomic():
        picture = Picture(
            name=_one_line(name), removed=made.removed, was_animated="animation" in made.removed
        )
        _take_pixels(picture, made)
        picture.save(force_insert=True)
    return picture


def apply_mask(pk: int, regions: Iterable, *, all_covered: bool) -> Picture:
    """Cover regions of a picture for good; the pixels under them are gone from every storage.

    `regions` are core.images.Region or dicts of their fields. `all_covered` is the editor's word
    that nobody in it can be recognised any more; with masks applied before, it can be given alone.
    Raises ValidationError for regions that make no sense and for a picture that somebody else has
    changed or withdrawn meanwhile, core.images.Refused, Picture.DoesNotExist.
    """
    seen = Picture.objects.get(pk=pk)
    _require_there(seen)
    new, before = _regions(regions), _regions(seen.masks)
    if not new and not before:
        raise ValidationError(_("Draw at least one region to cover."))
    if len(new) + len(before) > images.REGIONS_MOST:
        raise ValidationError(
            _("These are more than %(number)d regions. Cover larger ones instead."),
            params={"number": images.REGIONS_MOST},
        )
    # All of them: what was covered before stays so in what is encoded anew.
    made = images.mask(_master(seen), [*before, *new]) if new else None
    with transaction.atomic():
        picture = _held(pk)
        _require_there(picture)
        if picture.key != seen.key:
            raise ValidationError(
                _("Somebody else has masked this picture meanwhile. Look at it, then go on.")
            )
        if made:
            _let_go(picture)
            _take_pixels(picture, made)
            picture.masks = [*picture.masks, *map(asdict, new)]
        picture.faces_masked = all_covered
        _write(picture)
        publicity.sync([pk])
    return picture


def set_consent(
    pk: int, consent: str, *, agreed_on: date | None = None, agreed_for: str = ""
) -> Picture:
    """Write down whether the people in a picture agreed, when and to what.

    Where that no longer lets it be public, readers lose it at once. Raises ValidationError by
    field, Picture.DoesNotExist.
    """
    with transaction.atomic():
        picture = _held(pk)
        _require_there(picture)
        picture.consent, picture.agreed_on, picture.agreed_for = consent, agreed_on, agreed_for
        picture.clean_fields(exclude=["key", "name", "width", "height"])
        picture.clean()
        _write(picture)
        publicity.sync([pk])
    return picture


def rename(pk: int, name: str) -> Picture:
    """Give a picture another name in the library. Raises Picture.DoesNotExist."""
    with transaction.atomic():
        picture = _held(pk)
        picture.name = _one_line(name)
        _write(picture)
    return picture


def withdraw(pk: int) -> list:
    """Take a picture off the site, for good: every address of it answers 410, every file is gone.

    Gives the documents in which it stood; they stay, without it. Raises Picture.DoesNotExist.
    """
    with transaction.atomic():
        picture = _held(pk)
        if not picture.is_withdrawn:
            _let_go(picture)
            picture.master, picture.renditions, picture.withdrawn_at = "", [], timezone.now()
            picture.consent, picture.agreed_on, picture.agreed_for = Consent.UNKNOWN, None, ""
            picture.faces_masked, picture.masks = False, []
            _write(picture)
        return uses.documents_of(picture)


def delete(pk: int):
    """Delete a picture that no document uses, with its files.

    Raises ValidationError with the list of the documents that do, Picture.DoesNotExist.
    """
    with transaction.atomic():
        # With its key: nobody begins to use it now.
        picture = Picture.objects.select_for_update().get(pk=pk)
        if documents := uses.documents_of(picture):
            raise ValidationError(
                _("This picture is in use: %(documents)s. Take it out there first."),
                params={"documents": ", ".join(f"“{document}”" for document in documents)},
                code="in_use",
            )
        if not picture.is_withdrawn:
            _let_go(picture)
        models.QuerySet(Picture).filter(pk=pk).delete()


# How it is done ---------------------------------------------------------------------------------


def _held(pk: int) -> Picture:
    found = publicity.locked([pk])
    if not found:
        raise Picture.DoesNotExist(f"Picture {pk} is no longer there.")
    return found[0]


def _require_there(picture: Picture):
    if picture.is_withdrawn:
        raise ValidationError(picture.why_not(), code="withdrawn")


def _master(picture: Picture) -> bytes:
    try:
        with files.private().open(picture.master) as file:
            return file.read()
    except OSError as error:
        raise ValidationError(
            _("The file of this picture is lost. Only a backup has it; else withdraw the picture.")
        ) from error


def _take_pixels(picture: Picture, made: images.Processed):
    """Put what was made from the pixels in place of what was there, under a new key."""
    picture.key = new_key()
    picture.master = f"{picture.key}.{EXTENSIONS[made.master_format]}"
    picture.width, picture.height, picture.has_alpha = made.width, made.height, made.has_alpha
    new, by_size = {picture.master: made.master}, {}
    for each in made.renditions:
        new[file_name(picture.key, each.width, each.format)] = each.data
        by_size.setdefault((each.width, each.height), {})[each.format] = len(each.data)
    picture.renditions = [
        {"width": width, "height": height, "files": sizes}
        for (width, height), sizes in sorted(by_size.items())
    ]
    files.keep(new)


def _let_go(picture: Picture):
    """Give up the present pixels: the public ones now, the others once this is committed."""
    files.take_back(picture.files)
    files.forget([picture.master, *picture.files])
    GoneKey.objects.create(key=picture.key)


def _write(picture: Picture):
    fields = [field.name for field in Picture._meta.concrete_fields if not field.primary_key]
    picture.save(update_fields=fields)


def _regions(found: Iterable) -> list[images.Region]:
    try:
        return [r if isinstance(r, images.Region) else images.Region(**r) for r in found]
    except (TypeError, ValueError) as error:
        raise ValidationError(
            _("A region to cover lies outside of the picture, or has no size.")
        ) from error


def _one_line(name: str) -> str:
    return " ".join(name.split())[:LENGTH].strip()
