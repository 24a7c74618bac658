"""What stands around the rows of a page: names, addresses, and where to go next."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse

from translations import registry
from translations.desk import titles, urgency
from translations.desk.page import Link, Urls
from translations.models import Side


def name_of(document) -> str:
    """How addresses of the desk call a document."""
    return titles.name(document, document.pk)


def kind_of(document) -> str:
    """“Call-out”, “Page”: what a document is, in words."""
    field = registry.options(document).kind
    return titles.kind(type(document), field and getattr(document, field))


def urls(document, language: str, person) -> Urls:
    where = {"name": name_of(document), "language": language}
    ours = ("desk", "save", "row", "preview", "review", "claim", "versions")
    return Urls(
        **{view: reverse(f"desk:{view}", kwargs=where) for view in ours},
        board=reverse("desk:board"),
        reader=(document.address(document.source_language) or "") if document.is_live else "",
        public=_public(document, language),
        admin=_admin(document, person),
    )


def _public(document, language: str) -> str:
    is_there = document.is_live and language in document.sides()
    return (document.address(language) or "") if is_there else ""


def _admin(document, person) -> str:
    meta = document._meta
    if not person.is_staff or not person.has_perm(f"{meta.app_label}.change_{meta.model_name}"):
        return ""
    try:
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[document.pk])
    except NoReverseMatch:
        return ""


def neighbours(side: Side, person) -> tuple[Link | None, Link | None]:
    """What comes before and after this side for `person` in its language, in the order of “next for
    you” on the board; around one that is not waiting, nothing and the first of them."""
    waiting = Side.objects.open_for(person).filter(language=side.language)
    order = list(waiting.order_by(*urgency.for_one(person)).values_list("pk", flat=True))
    place = order.index(side.pk) if side.pk in order else -1
    before = order[place - 1] if place > 0 else None
    after = order[place + 1] if place + 1 < len(order) else None
    found = Side.objects.light().in_bulk([pk for pk in (before, after) if pk])
    return _link(found.get(before)), _link(found.get(after))


def _link(side: Side | None) -> Link | None:
    if side is None:
        return None
    model = side.content_type.model_class()
    document = model and model.objects.light().filter(pk=side.object_id).first()
    if document is None:
        return None
    where = {"name": name_of(document), "language": side.language}
    title = titles.title(document, side.source_language)
    return Link(reverse("desk:desk", kwargs=where), title.text)
