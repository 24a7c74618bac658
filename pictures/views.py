"""The two addresses of every picture: for readers, and for those who work here."""

from __future__ import annotations

import logging

from django.core.files.storage import Storage
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from pictures import files, publicity
from pictures.models import EXTENSIONS, MEDIA_TYPES, GoneKey, Picture, file_name
from pictures.serving import sent
from translations.desk import people

logger = logging.getLogger(__name__)

FORMATS = {extension: format for format, extension in EXTENSIONS.items()}


@require_safe
def public(request, key: str, width: str, extension: str):
    """A picture that readers may see now; 410 where it was masked, withdrawn or deleted.

    The first to ask after a scheduled publication lets its files be copied.
    """
    picture = _picture(key)
    if picture is None:
        return _gone(key)
    name = file_name(key, int(width), FORMATS[extension])
    size = picture.files.get(name)
    if size is None or not publicity.is_public(picture):
        raise Http404
    data = _read(files.public(), name, size)
    if data is None:
        try:
            if publicity.publish(picture.pk, key) is None:
                # It was taken back while it was looked for.
                return _gone(key)
        except OSError:
            # A full disk is no reason to show nothing: readers may see it.
            logger.exception("Picture %s could not be copied into public storage.", picture.pk)
        data = _read(files.private(), name, size)
    if data is None:
        raise Http404
    # A day: a withdrawal must reach everybody. Never “immutable”.
    # Other pixels have another key, hence another name. Whoever reads a feed in a browser sees the
    # pictures on the feed reader's own page.
    caching = "public, max-age=86400"
    return _drawn(request, data, extension, caching, etag=name, others_may_show=True)


@require_safe
def private(request, key: str, width: str, extension: str):
    """Any picture, public or not, for whoever works here. To anybody else there is none."""
    user = request.user
    if not (user.is_authenticated and (user.is_staff or people.may_read(user))):
        raise Http404
    picture = _picture(key)
    if picture is None:
        return _gone(key)
    name = file_name(key, int(width), FORMATS[extension])
    size = picture.files.get(name)
    data = _read(files.private(), name, size) if size else None
    if data is None:
        raise Http404
    return _drawn(request, data, extension, "private, no-store")


def _picture(key: str) -> Picture | None:
    return Picture.objects.there().filter(key=key).first()


def _gone(key: str) -> HttpResponse:
    """410 for what stood here once. Raises Http404 for what never did."""
    if not GoneKey.objects.filter(key=key).exists():
        raise Http404
    return HttpResponse(status=410)


def _read(storage: Storage, name: str, size: int) -> bytes | None:
    """A whole file; None where it is not there, or only half of it."""
    try:
        with storage.open(name) as file:
            data = file.read()
    except OSError:
        return None
    return data if len(data) == size else None


def _drawn(request, data: bytes, extension: str, caching: str, **about) -> HttpResponse:
    # It is as small as it gets: compressing it again costs time and gives nothing.
    request.META.pop("HTTP_ACCEPT_ENCODING", None)
    return sent(data, MEDIA_TYPES[FORMATS[extension]], caching, **about)
