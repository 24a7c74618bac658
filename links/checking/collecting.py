"""Which links stand where in what readers may see. Kept true with every change of a document.

Drafts are left out: a visit would tell the other side of them. A document that is to be published
later is known with its moment, and left alone until then.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction

from core import html, languages
from links.models import CheckedLink, Group, LinkPlace, digest
from translations import parts, registry

URL = ":url"
_AT_ONCE = 100


class Spot(NamedTuple):
    """An address in one part of one document."""

    address: str
    part: str
    language: str
    public_from: datetime | None


def spots(document) -> set[Spot]:
    """The http(s) addresses in what readers have of a document, or will have."""
    if isinstance(document, Group):
        # Its own address, and no other: its description is plain text.
        return {Spot(document.url, URL, "", None)} if document.is_live else set()
    if not document.is_committed:
        return set()
    public_from = getattr(document, "published_at", None)
    return {
        Spot(address, part.key, language, public_from)
        for part in parts.of(document)
        if part.is_rich
        for language in languages.public()
        if document.has_side(language) and part.item.has_side(language)
        for address in html.links(part.text(language))
        if is_of_the_web(address)
    }


def is_of_the_web(address: str) -> bool:
    return address.startswith(("https://", "http://"))


def follow(document, *, is_going: bool = False):
    """Bring what is known of a document's links up to its rows. A follower of documents."""
    wanted = set() if is_going or not has_links(type(document)) else spots(document)
    places = {_spot(place): place for place in _places(document).select_related("link")}
    gone = [place.pk for spot, place in places.items() if spot not in wanted]
    new = wanted - places.keys()
    if gone:
        LinkPlace.objects.filter(pk__in=gone).delete()
    if new:
        links = _links({spot.address for spot in new})
        LinkPlace.objects.bulk_create(
            LinkPlace(
                link=links[spot.address],
                document=document,
                part=spot.part,
                language=spot.language,
                public_from=spot.public_from,
            )
            for spot in sorted(new, key=lambda spot: (spot.address, spot.part, spot.language))
        )


def collect():
    """Look through all documents: what was written around `save()` is found here."""
    for model in registry.documents():
        if has_links(model):
            _collect(model)
    _forget_places_of_nothing()
    forget_unused()


def has_links(model) -> bool:
    """Whether there is anything in documents of `model` that can hold a link."""
    return model is Group or any(rich_columns(one) for one in (model, *children(model)))


def rich_columns(model) -> list[str]:
    """The columns of `model` that hold HTML, in every language of the site."""
    return registry.columns(registry.long_texts(model))


def children(model) -> list[type]:
    """The models of what is translated along with documents of `model`."""
    return [getattr(model, name).rel.related_model for name in registry.options(model).children]


def forget_unused():
    """Delete addresses that stand nowhere any more."""
    with transaction.atomic():
        # Locked, and only then looked at: whoever adds a place has locked the row before.
        unused = CheckedLink.objects.filter(places__isnull=True).order_by("pk")
        keys = [link.pk for link in unused.select_for_update(of=("self",))]
        used = LinkPlace.objects.filter(link__in=keys).values_list("link_id", flat=True)
        CheckedLink.objects.filter(pk__in=set(keys) - set(used)).delete()


def _collect(model):
    content_type = ContentType.objects.get_for_model(model)
    known = defaultdict(set)
    for place in LinkPlace.objects.filter(content_type=content_type).select_related("link"):
        known[place.object_id].add(_spot(place))
    documents = model._base_manager.order_by("pk")
    documents = documents.prefetch_related(*registry.options(model).children)
    for document in documents.iterator(chunk_size=_AT_ONCE):
        if spots(document) != known[document.pk]:
            with transaction.atomic():
                # Anew and locked: somebody may be saving it.
                found = model._base_manager.select_for_update().filter(pk=document.pk).first()
                if found is not None:
                    follow(found)


def _forget_places_of_nothing():
    for pk in LinkPlace.objects.values_list("content_type", flat=True).distinct().order_by():
        model = ContentType.objects.get_for_id(pk).model_class()
        places = LinkPlace.objects.filter(content_type=pk)
        if model is not None and registry.is_registered(model):
            places = places.exclude(object_id__in=model._base_manager.values("pk"))
        places.delete()


def _places(document):
    content_type = ContentType.objects.get_for_model(type(document))
    return LinkPlace.objects.filter(content_type=content_type, object_id=document.pk)


def _spot(place: LinkPlace) -> Spot:
    return Spot(place.link.address, place.part, place.language, place.public_from)


def _links(addresses: set[str]) -> dict[str, CheckedLink]:
    """The rows of some addresses, made where there are none. Locked, so that none is forgotten."""
    digests = {digest(address): address for address in addresses}
    rows = CheckedLink.objects.filter(digest__in=digests).order_by("pk").select_for_update()
    found = {link.address: link for link in rows}
    for key, address in sorted(digests.items()):
        if address not in found:
            found[address] = _made(address, key)
    return found


def _made(address: str, key: str) -> CheckedLink:
    try:
        with transaction.atomic():
            return CheckedLink.objects.create(address=address)
    except IntegrityError:
        # Somebody else has just written it, too.
        return CheckedLink.objects.select_for_update().get(digest=key)
