"""Checked links as people look at them: what was found, since when, and where each stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Prefetch, Q
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.translation import get_language

from core import languages
from links.models import CheckedLink, Group, LinkPlace
from translations.desk import titles
from translations.models import Side

PLACES_IN_A_LIST = 5


@dataclass(frozen=True)
class Use:
    """A document in which an address stands, and in which languages."""

    title: titles.Title
    kind: str
    url: str
    is_group: bool
    languages: list[str] = field(default_factory=list)

    @property
    def delist_url(self) -> str:
        """Where the reason is written why a group is listed no longer."""
        return f"{self.url}#id_delisted_reason" if self.is_group else ""


@dataclass(frozen=True)
class Card:
    """One address with its places."""

    link: CheckedLink
    uses: list[Use]

    @property
    def page(self) -> str:
        return reverse("admin:links_checkedlink_change", args=[self.link.pk])

    @property
    def replace_url(self) -> str:
        """Where it is replaced; by the address to which it has moved, where that is known."""
        given = {"old": self.link.address}
        if self.link.moved_to:
            given["new"] = self.link.moved_to
        return f"{reverse('admin:links_checkedlink_replace')}?{urlencode(given)}"

    @property
    def first_uses(self) -> list[Use]:
        return self.uses[:PLACES_IN_A_LIST]

    @property
    def more_uses(self) -> int:
        return len(self.uses[PLACES_IN_A_LIST:])

    @property
    def groups_to_decide_on(self) -> list[Use]:
        """The groups at an address that has failed for long: a person says whether they stay."""
        return [use for use in self.uses if use.is_group] if self.link.fails_for_long else []


def with_places(links):
    """Links with their places, in one query more."""
    places = LinkPlace.objects.order_by("content_type", "object_id", "part", "language")
    return links.prefetch_related(Prefetch("places", places))


def cards(links: Iterable[CheckedLink]) -> list[Card]:
    """What a list shows of some links `with_places`, in as many queries as for one."""
    links = list(links)
    sources = _sources([place for link in links for place in link.places.all()])
    names = titles.of(sources.values(), get_language())
    return [Card(link, _uses(link, sources, names)) for link in links]


def group_to_decide_on(group: Group) -> CheckedLink | None:
    """The link of a listed group that has failed for long."""
    if group.pk is None or not group.is_live:
        return None
    return CheckedLink.objects.failing_for_long().filter(places__in=_own(group)).first()


def _own(group: Group):
    content_type = ContentType.objects.get_for_model(Group)
    return LinkPlace.objects.filter(content_type=content_type, object_id=group.pk)


def _sources(places: list[LinkPlace]) -> dict[titles.Key, Side]:
    """The original of each document: it knows its kind and its language."""
    keys: dict[int, set[int]] = {}
    for place in places:
        keys.setdefault(place.content_type_id, set()).add(place.object_id)
    if not keys:
        return {}
    wanted = Q()
    for content_type, pks in keys.items():
        wanted |= Q(content_type=content_type, object_id__in=pks)
    sides = Side.objects.light().filter(wanted, language=F("source_language"))
    return {titles.key(side): side for side in sides}


def _uses(link: CheckedLink, sources, names) -> list[Use]:
    found: dict[titles.Key, Use] = {}
    for place in link.places.all():
        key = titles.key(place)
        if key not in names:
            continue
        use = found.setdefault(key, _use(sources[key], names[key]))
        if place.language and languages.name(place.language) not in use.languages:
            use.languages.append(languages.name(place.language))
    return list(found.values())


def _use(side: Side, title: titles.Title) -> Use:
    model = titles.model_of(side)
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
    try:
        url = reverse(name, args=[side.object_id])
    except NoReverseMatch:
        url = ""
    return Use(title, titles.kind_of(side), url, model is Group)
