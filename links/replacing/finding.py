"""Where an address stands: in every text, public or not, and as a group's own address."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from itertools import groupby

from django.db.models import Prefetch, Q
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

from core import html, languages
from links.checking import collecting
from links.models import Group
from links.replacing import drafts
from translations import parts, registry
from translations.desk import around, titles
from translations.models import Side

AROUND = 60
SEPARATOR = "|"


@dataclass(frozen=True)
class Context:
    """A link's words, and what stands before and after them."""

    before: str
    words: str
    after: str


@dataclass(frozen=True)
class Spot:
    """One part of one side that holds `address`, as a page sends it back.

    `name` is the document ("bulletins.bulletin-12"), `seen` a hash of the text as it was shown.
    """

    name: str
    part: str
    language: str
    is_draft: bool
    seen: str
    address: str

    def __str__(self) -> str:
        draft = "draft" if self.is_draft else ""
        fields = (self.name, self.part, self.language, draft, self.seen, self.address)
        return SEPARATOR.join(fields)

    @classmethod
    def read(cls, text: str) -> Spot:
        """What __str__ wrote. Raises ValueError for anything else."""
        name, part, language, draft, seen, address = text.split(SEPARATOR, 5)
        return cls(name, part, language, bool(draft), seen, address)


@dataclass(frozen=True)
class Place:
    """A spot as a person looks at it before anything is replaced."""

    spot: Spot
    where: str
    language_name: str
    contexts: list[Context]
    is_chosen: bool

    @property
    def value(self) -> str:
        return str(self.spot)


@dataclass(frozen=True)
class Entry:
    """One document with its places; `places` is empty where the person may not change it."""

    title: titles.Title
    kind: str
    url: str
    is_live: bool
    may_change: bool
    places: list[Place] = field(default_factory=list)


def find(address: str, person) -> list[Entry]:
    """Every document that holds `address` or a variant of it, with what `person` may change."""
    wanted = [address, *variants(address)]
    return [
        _entry(document, found, address, person)
        for model in registry.documents()
        if collecting.has_links(model)
        for document in _candidates(model, address)
        if (found := list(_spots(document, wanted)))
    ]


def count(address: str) -> int:
    """In how many places `address` itself stands, whoever may change them."""
    return sum(
        len(list(_spots(document, [address])))
        for model in registry.documents()
        if collecting.has_links(model)
        for document in _candidates(model, address)
    )


def variants(address: str) -> list[str]:
    """`address` with the other scheme, with or without its last slash: most likely the same page,
    but nobody knows."""
    if not collecting.is_of_the_web(address):
        return []
    scheme, _separator, rest = address.partition("://")
    other = "http" if scheme == "https" else "https"
    whole = rest.removesuffix("/") if rest.endswith("/") else f"{rest}/"
    found = [f"{scheme}://{whole}", f"{other}://{rest}", f"{other}://{whole}"]
    # After a question or a fragment, a slash is one of its letters.
    return [f"{other}://{rest}"] if "?" in rest or "#" in rest else found


def may_change(person, document) -> bool:
    meta = document._meta
    return person.is_staff and person.has_perm(f"{meta.app_label}.change_{meta.model_name}")


def seen(text: str) -> str:
    """What tells whether a text is still the one that was shown."""
    return hashlib.blake2b(text.encode(), digest_size=9).hexdigest()


def _candidates(model, address: str) -> Iterator:
    """The documents of which some text holds what every variant of `address` has."""
    rest = address.partition("://")[2] if collecting.is_of_the_web(address) else address
    needle = escape(rest.removesuffix("/"))
    found = set(_holding(model, needle).values_list("pk", flat=True))
    for child in collecting.children(model):
        parent = child._meta.get_field(registry.options(child).parent).attname
        found |= set(_holding(child, needle).values_list(parent, flat=True))
    found |= drafts.holding(model, needle)
    if model is Group:
        found |= set(
            Group.objects.filter(url__contains=rest.removesuffix("/")).values_list("pk", flat=True)
        )
    documents = model._base_manager.filter(pk__in=found).order_by("pk")
    begun = Prefetch("side_rows", Side.objects.filter(has_draft=True).order_by("pk"), "begun")
    return documents.prefetch_related(*registry.options(model).children, begun)


def _holding(model, needle: str):
    held = Q(pk__in=[])
    for column in collecting.rich_columns(model):
        held |= Q(**{f"{column}__contains": needle})
    return model._base_manager.filter(held)


def _spots(document, wanted: list[str]) -> Iterator[tuple[Spot, parts.Part | None, list[Context]]]:
    name = titles.name(type(document), document.pk)
    if isinstance(document, Group) and document.url in wanted:
        yield Spot(name, collecting.URL, "", False, seen(document.url), document.url), None, []
    rich = {part.key: part for part in parts.of(document) if part.is_rich}
    for part in rich.values():
        for language in languages.codes():
            text = part.text(language)
            for address in _held(text, wanted):
                spot = Spot(name, part.key, language, False, seen(text), address)
                yield spot, part, contexts(text, address)
    if not rich:
        return
    for side in document.begun:
        for key, text in drafts.texts(side).items():
            for address in _held(text, wanted) if key in rich else ():
                spot = Spot(name, key, side.language, True, seen(text), address)
                yield spot, rich[key], contexts(text, address)


def _held(text: str, wanted: Iterable[str]) -> list[str]:
    """Those of the `wanted` addresses that a text links to."""
    if "<a " not in text:
        return []
    found = set(html.links(text))
    return [address for address in wanted if address in found]


def contexts(text: str, address: str) -> list[Context]:
    """The words of each link to `address`, in their sentence."""
    found = []
    for block in html.blocks(text):
        whole = block.text.replace("\n", " ")
        start = 0
        for href, words in html.anchors(block.inner):
            words = words.replace("\n", " ")
            at = max(whole.find(words, start), start)
            start = at + len(words)
            if href == address:
                found.append(Context(_end(whole[:at]), words, _beginning(whole[start:])))
    return found


def _end(text: str) -> str:
    return text if len(text) <= AROUND else "…" + text[-AROUND:].partition(" ")[2]


def _beginning(text: str) -> str:
    return text if len(text) <= AROUND else text[:AROUND].rpartition(" ")[0] + "…"


def _entry(document, found, address: str, person) -> Entry:
    allowed = may_change(person, document)
    places = [_place(spot, part, around_it, address) for spot, part, around_it in found]
    # One after the other by part: the languages of one part stand together.
    return Entry(
        title=titles.title(document, document.source_language, get_language()),
        kind=around.kind_of(document),
        url=admin_url(document) if allowed else "",
        is_live=document.is_live,
        may_change=allowed,
        places=[place for _part, group in groupby(places, _part_of) for place in group]
        if allowed
        else [],
    )


def _part_of(place: Place) -> str:
    return place.spot.part


def _place(spot: Spot, part, around_it: list[Context], address: str) -> Place:
    return Place(
        spot=spot,
        where=name_of_part(part),
        language_name=languages.name(spot.language) if spot.language else "",
        contexts=around_it,
        # A variant is chosen by a person, who knows whether it is the same page.
        is_chosen=spot.address == address,
    )


def name_of_part(part: parts.Part | None) -> str:
    """“Text”, “Why? – Answer”, “Address”: how a form calls a part."""
    if part is None:
        return str(Group._meta.get_field("url").verbose_name).capitalize()
    return f"{part.item} – {part.label}" if part.item_key else part.label


def admin_url(document) -> str:
    """Where a document is changed, "" where nobody does."""
    meta = document._meta
    try:
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[document.pk])
    except NoReverseMatch:
        return ""
