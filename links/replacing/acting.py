"""Another address in the place of an old one: saved as an editor saves, document by document."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.addresses import safe_href
from links.checking import collecting
from links.models import Group
from links.replacing import drafts
from links.replacing.finding import Spot, may_change, name_of_part, seen
from links.replacing.links import Moves, holds, moved
from translations import parts, references, registry, sides, snapshots
from translations.desk import titles
from translations.locking import locked_document
from translations.models import Side

ACT = "address_replaced"


@dataclass
class Done:
    """In how many places an address was replaced, and where it was not: (title, why)."""

    places: int = 0
    documents: list[str] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)


class Skipped(Exception):
    """Nothing was done in this document. The message says why."""


def address(text: str) -> str:
    """An address as it stands in a text. Raises ValidationError for what is none."""
    found = safe_href(text)
    found = references.to_reference(found) if found else None
    if not found or found.startswith(("/", "#")):
        raise ValidationError(_("This is no whole address. Write it with https:// or http://."))
    return found


def replace(spots: list[Spot], new: str, person) -> Done:
    """Put `new` in the place of the address of each spot.

    What is changed in one document is one event of `person`, in all its languages together. A place
    is left alone where its text is not the one that the person has seen.
    """
    done = Done()
    by_document: dict[str, list[Spot]] = {}
    for spot in spots:
        by_document.setdefault(spot.name, []).append(spot)
    for name, found in by_document.items():
        title = name
        try:
            with transaction.atomic():
                document = _locked(name)
                title = titles.title(document, document.source_language, get_language()).text
                _InOne(document, new, person, done, title).replace(found)
        except Skipped as skipped:
            done.skipped.append((title, str(skipped)))
        except ValidationError as error:
            done.skipped.append((title, " ".join(error.messages)))
    return done


def _locked(name: str):
    label, _dash, pk = name.rpartition("-")
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        raise Skipped(_("It is no longer there.")) from None
    if model not in registry.documents():
        raise Skipped(_("It is no longer there."))
    try:
        return locked_document(model, int(pk))
    except (model.DoesNotExist, OverflowError, ValueError):
        raise Skipped(_("It is no longer there.")) from None


class _InOne:
    """One document, locked: what is replaced in it, and what follows for its sides."""

    def __init__(self, document, new: str, person, done: Done, title: str):
        self.document, self.new, self.person = document, new, person
        self.done, self.title = done, title
        self.source = document.source_language
        rows = Side.objects.of(document).order_by("pk").select_for_update()
        self.sides = {side.language: side for side in rows}
        self.parts = {part.key: part for part in parts.of(document) if part.is_rich}
        # (part, language) → what is replaced there: in columns, and in drafts.
        self.columns: dict[tuple[str, str], Moves] = {}
        self.drafts: dict[tuple[str, str], Moves] = {}
        self.places = 0
        self.skipped: list[tuple[str, str]] = []

    def replace(self, spots: list[Spot]):
        """Raises Skipped, and ValidationError for a text that cannot be saved."""
        if not may_change(self.person, self.document):
            raise Skipped(_("You may not change it."))
        url = self._choose(spots)
        if self.places:
            with sides.together() as event:
                event.act, event.author = ACT, self.person
                self._write(event, url)
            self.done.places += self.places
            self.done.documents.append(self.title)
        self.done.skipped += self.skipped

    def _choose(self, spots: list[Spot]) -> str:
        """Sort out what still stands as it was shown; gives a group's new address, "" for none."""
        url = ""
        for spot in spots:
            text = self._text(spot)
            if text is None or seen(text) != spot.seen:
                why = _("Somebody has changed the text since. Look at it again.")
                self.skipped.append((self._named(spot), why))
                continue
            self.places += 1
            if spot.part == collecting.URL:
                url = self.new
            else:
                chosen = self.drafts if spot.is_draft else self.columns
                chosen.setdefault((spot.part, spot.language), {})[spot.address] = self.new
        return url

    def _text(self, spot: Spot) -> str | None:
        """What stands there now, None where there is no such place."""
        if spot.part == collecting.URL:
            return self.document.url if isinstance(self.document, Group) else None
        part, side = self.parts.get(spot.part), self.sides.get(spot.language)
        if part is None or side is None:
            return None
        text = drafts.texts(side).get(spot.part) if spot.is_draft else part.text(spot.language)
        return text if text and holds(text, {spot.address: self.new}) else None

    def _named(self, spot: Spot) -> str:
        where = name_of_part(self.parts.get(spot.part)) if spot.part in self.parts else ""
        return ", ".join(filter(None, (self.title, where, spot.language)))

    # Writing ------------------------------------------------------------------------------------

    def _write(self, event, url: str):
        before = {key: self.parts[key[0]].text(key[1]) for key in self.columns}
        after = {key: moved(text, self.columns[key]) for key, text in before.items()}
        was = self.sides[self.source].fingerprint if self.source in self.sides else ""
        for language, side in self.sides.items():
            if language != self.source and side.whole and side.based_on is not None:
                event.bases[language] = self._base(side, after)
            event.alignments[language] = self._alignment(side, before, after)
        self._save(after, url)
        self._write_drafts(before, after, was)

    def _moved_in_source(self) -> dict[str, Moves]:
        found = self.columns.items()
        return {part: moves for (part, language), moves in found if language == self.source}

    def _base(self, side: Side, after: dict) -> dict[str, parts.Base]:
        """What a translation is based on: the original with the new address, but where it keeps
        the old one."""
        base = dict(side.based_on)
        for key, moves in self._moved_in_source().items():
            text = after.get((key, side.language)) or self.parts[key].text(side.language)
            if key in base and not holds(text, moves):
                base[key] = drafts.rebased(base[key], moves)
        return base

    def _alignment(self, side: Side, before: dict, after: dict) -> dict:
        """Which segments stand beside which blocks: as before, of a text that reads otherwise."""
        alignment = dict(side.alignment or {})
        for (key, language), text in before.items():
            held = alignment.get(key)
            if language == side.language and held and held["of"] == _digest(text):
                alignment[key] = {**held, "of": _digest(after[key, language])}
        return alignment

    def _save(self, after: dict, url: str):
        by_item: dict[str, list[tuple[str, str]]] = {}
        for key, language in after:
            by_item.setdefault(self.parts[key].item_key, []).append((key, language))
        if url:
            by_item.setdefault("", [])
        # The document first: its children ask it for its language and whether it is public.
        for item_key in sorted(by_item):
            found = by_item[item_key]
            item = self.parts[found[0][0]].item if found else self.document
            for key, language in found:
                setattr(item, self.parts[key].column(language), after[key, language])
            if url and item is self.document:
                item.url = url
            item._history_user, item._change_reason = self.person, ACT
            item.save()

    def _write_drafts(self, before: dict, after: dict, was: str):
        """The drafts of all sides: where one keeps the old address, its translator is shown that
        the original has changed."""
        source = self._moved_in_source()
        now = snapshots.of(self.document)[self.source].digests
        for language, side in self.sides.items():
            chosen = {part: m for (part, code), m in self.drafts.items() if code == language}
            column = {
                part: (_digest(before[part, code]), _digest(after[part, code]))
                for part, code in before
                if code == language
            }
            if side.draft is None or not (chosen or source or column):
                continue
            says_all = drafts.replace(side, chosen, source, column)
            if source and says_all and side.draft["saw"] == was:
                side.draft["saw"] = parts.fingerprint(now)
            drafts.keep(side)
            sides.refresh(self.document)


def _digest(text: str) -> str:
    return parts.digest(parts.split(text, is_rich=True))
