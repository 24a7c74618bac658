"""What is told of a picture to those who work with it: words, and data for a page's scripts."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from pictures.models import Picture

# Every code of core.images.REMOVED but "animation", which is a sentence of its own.
REMOVED = {
    "location": gettext_lazy("location"),
    "camera": gettext_lazy("camera"),
    "time": pgettext_lazy("when a picture was taken", "time"),
    "author": gettext_lazy("author"),
    "comment": gettext_lazy("comment"),
    "thumbnail": gettext_lazy("small copy"),
    "profile": gettext_lazy("colour profile"),
    "text": gettext_lazy("hidden text"),
    "other": gettext_lazy("other data"),
    "appended": gettext_lazy("attached file"),
}


def removed(codes: Iterable[str]) -> str:
    """What was taken out of a file, as a sentence: “Location, camera and time were removed.”"""
    codes = set(codes)
    found = [str(word) for code, word in REMOVED.items() if code in codes]
    if not found:
        return _("There was nothing hidden in the file.")
    what = capfirst(get_text_list(found, _("and")))
    return ngettext("%(what)s was removed.", "%(what)s were removed.", len(found)) % {"what": what}


def taken_in(picture: Picture) -> list[str]:
    """What the person who uploaded a picture is told of it, as sentences."""
    told = [removed(picture.removed)]
    if picture.was_animated:
        told.append(_("It was animated: only its first image is kept, and stands still."))
    return told


def thumbnail(picture: Picture) -> str:
    """The address of its smallest rendition for those who work here, "" where nothing is left."""
    if not picture.renditions:
        return ""
    smallest = picture.renditions[0]
    format = "webp" if "webp" in smallest["files"] else picture.fallback
    return picture.address(smallest["width"], format, is_private=True)


def page(picture: Picture) -> str:
    """The address of the page on which it is kept."""
    return reverse("admin:pictures_picture_change", args=[picture.pk])


def label(picture: Picture) -> str:
    """What stands in a form for a picture, so that it can be found again: “7 · Market square”."""
    return f"{picture.pk} · {picture}"


def about(picture: Picture) -> dict:
    """What a page's scripts show of a picture."""
    return {
        "pk": picture.pk,
        "name": str(picture),
        "label": label(picture),
        "thumbnail": thumbnail(picture),
        "width": picture.width,
        "height": picture.height,
        "whyNot": picture.why_not(),
        "page": page(picture),
    }
