"""What stands around the rows of a page: names, addresses, and where to go next."""

from __future__ import annotations

from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.text import capfirst

from translations import parts, registry
from translations.desk.page import Link, Urls
from translations.models import Side


def name_of(document) -> str:
    """How addresses of the desk call a document: "bulletins.bulletin-12"."""
    return f"{document._meta.label_lower}-{document.pk}"


def kind_of(document) -> str:
    field = registry.options(document).kind
    label = getattr(document, f"get_{field}_display", None)
    return capfirst(str(label() if label else document._meta.verbose_name))


def urls(document, language: str, person) -> Urls:
    where = {"name": name_of(document), "language": language}
    ours = ("desk", "save", "row", "preview", "review", "claim", "versions")
    return Urls(
        **{view: reverse(f"desk:{view}", kwargs=where) for view in ours},
        board=reverse("desk:board"),
        glossary=reverse("desk:glossary"),
        reader=(document.address(document.source_language) or "") if document.is_live else "",
        admin=_admin(document, person),
    )


def _admin(document, person) -> str:
    meta = document._meta
    if not person.is_staff or not person.has_perm(f"{meta.app_label}.change_{meta.model_name}"):
        return ""
    try:
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[document.pk])
    except NoReverseMatch:
        return ""


def neighbours(side: Side, person) -> tuple[Link | None, Link | None]:
    """What waits before and after this side for somebody of the same language, in the order of the
    board: who has waited longest comes first. What others are at work on is left out."""
    waiting = Side.objects.light().wanting().filter(language=side.language).exclude(pk=side.pk)
    waiting = waiting.exclude(Q(claimed_until__gt=timezone.now()) & ~Q(claimed_by=person))
    if side.waiting_since is None:
        return None, _link(waiting.order_by("waiting_since", "pk").first())
    earlier = Q(waiting_since__lt=side.waiting_since)
    earlier |= Q(waiting_since=side.waiting_since, pk__lt=side.pk or 0)
    return (
        _link(waiting.filter(earlier).order_by("-waiting_since", "-pk").first()),
        _link(waiting.exclude(earlier).order_by("waiting_since", "pk").first()),
    )


def _link(side: Side | None) -> Link | None:
    if side is None:
        return None
    model = side.content_type.model_class()
    document = model and model.objects.light().filter(pk=side.object_id).first()
    if document is None:
        return None
    where = {"name": name_of(document), "language": side.language}
    first = parts.translatable(model)[0]
    title = getattr(document, registry.column(first, side.source_language)) or str(document)
    return Link(reverse("desk:desk", kwargs=where), title)
