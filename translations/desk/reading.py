"""A draft as readers would read it, and the versions of a side as people read them."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from core import typography
from translations import embeds
from translations.desk import comparing
from translations.desk.opened import Opened, Place
from translations.desk.page import MovedPart, VersionRow
from translations.models import SideVersion
from translations.reading import SideText
from translations.references import References

ACTS = {
    "published": _("published at the desk"),
    "saved": _("saved in the admin"),
    "withdrawn": _("taken back from readers"),
    "put_back": _("given back to readers"),
    "set_aside": _("set aside"),
    "imported": _("imported"),
    "address_replaced": _("a link replaced"),
}


@dataclass
class PreviewField:
    """One text: `html` of a body, `text` of a plain one."""

    label: str
    html: SafeString | str = ""
    text: str = ""


@dataclass
class PreviewItem:
    """The document or one of its children."""

    title: str = ""
    fields: list[PreviewField] = field(default_factory=list)


def items(opened: Opened) -> list[PreviewItem]:
    """The draft, or what is public, typeset; links lead where they would lead readers."""
    texts = {p.key: opened.text(p) for p in opened.places.values() if p.part is not None}
    references = References(opened.language)
    references.learn(*texts.values())
    found: dict[str, PreviewItem] = {}
    for key, text in texts.items():
        place = opened.places[key]
        if not text:
            continue
        item = found.setdefault(place.item_key, PreviewItem())
        told = _field(place, text, references, opened)
        if not item.title and not place.is_rich and not item.fields:
            item.title = told.text
        else:
            item.fields.append(told)
    return list(found.values())


def _field(place: Place, text: str, references: References, opened: Opened) -> PreviewField:
    language = opened.language
    if not place.is_rich:
        return PreviewField(place.label, text=typography.typeset(text, language))
    shown = typography.typeset_html(references.show(text), language)
    side = SideText(place.part.item, language, language)
    side.is_preview = True
    # Canonical HTML: sanitised when it was saved.
    return PreviewField(place.label, html=mark_safe(embeds.shown(shown, side)))


def versions(opened: Opened, found: list[SideVersion], most: int) -> list[VersionRow]:
    """At most `most` versions, the newest first, each with what it changed; `found` may hold one
    more, for the last to be compared with."""
    olders = [*found[1:], None]
    pairs = list(zip(found, olders, strict=True))[:most] if found else []
    return [
        VersionRow(
            pk=version.pk,
            at=version.at,
            by=version.author.get_username() if version.author else "",
            act=str(ACTS.get(version.act, version.act)),
            changes=_changes(opened, older.texts if older else {}, version.texts),
        )
        for version, older in pairs
    ]


def _changes(opened: Opened, old: dict[str, str], new: dict[str, str]) -> list[MovedPart]:
    told: list[MovedPart] = []
    for key in dict.fromkeys([*opened.places, *old, *new]):
        try:
            place = opened.place(key)
        except ValueError:  # of a field that the site no longer has
            continue
        told += comparing.told_changes(
            place.label, old.get(key, ""), new.get(key, ""), is_rich=place.is_rich
        )
    return told
