"""The pictures of a document that was imported, with their words in each of its languages."""

from __future__ import annotations

from dataclasses import dataclass, field

from bulletins.wordpress.images import Shown
from bulletins.wordpress.ledger import Ledger, language_name
from bulletins.wordpress.sides import Side
from pictures.models import Figure, Place
from translations import registry, sides
from translations.registry import column

# The order in which a page shows them.
_PLACES = [Place.LEAD, Place.TEXT, Place.GALLERY]
_ALT = Figure._meta.get_field("alt").max_length


@dataclass
class _Wanted:
    """One picture of a document, wherever its sides show it."""

    place: Place
    alts: dict[str, str] = field(default_factory=dict)
    captions: dict[str, list[str]] = field(default_factory=dict)

    def take(self, shown: Shown, language: str):
        self.place = min(self.place, shown.place, key=_PLACES.index)
        if shown.alt:
            self.alts.setdefault(language, shown.alt)
        said = self.captions.setdefault(language, [])
        if shown.caption and shown.caption not in said:
            said.append(shown.caption)


def attach(document, new: list[Side], ledger: Ledger):
    """Give `document` the pictures of the sides `new`, the source first, within its transaction.

    A picture that is there already gets the words that it has not. In what is public already they
    wait unseen: see `Figure.bring_along`.
    """
    wanted: dict[int, _Wanted] = {}
    for side in new:
        for shown in side.shown:
            wanted.setdefault(shown.picture, _Wanted(shown.place)).take(shown, side.language)
    if not wanted:
        return
    _leave_lone_descriptions(document, new, wanted, ledger)
    there = {figure.picture_id: figure for figure in document.figures.all()}
    after = max((figure.position for figure in there.values()), default=-1)
    with sides.together() as event:
        # They came as translations of each other, and their pictures change nothing about that.
        event.confirmed |= {s.language for s in new if s.language != document.source_language}
        for pk in sorted(wanted, key=lambda pk: _PLACES.index(wanted[pk].place)):
            if pk not in there:
                after += 1
            figure = there.get(pk) or _figure(document, pk, wanted[pk].place, after)
            _write(figure, wanted[pk])


def _leave_lone_descriptions(document, new: list[Side], wanted: dict[int, _Wanted], ledger: Ledger):
    """Leave out what only the source says of a picture, where readers have another side as well:
    that would pass for outdated from the first day, because of a picture that nobody sees yet."""
    source, *others = new
    if not (document.is_committed and others):
        return
    for one in wanted.values():
        is_lone = any(side.language not in one.alts for side in others)
        if is_lone and (alt := one.alts.pop(source.language, None)):
            ledger.note(
                source.post,
                f"Only in {language_name(source.language)} it says what a picture shows, and that "
                f"was left out: “{alt}”.",
            )


def _figure(document, picture: int, place: Place, position: int) -> Figure:
    model = document._meta.get_field("figures").related_model
    parent = registry.options(model).parent
    return model(**{parent: document}, picture_id=picture, place=place, position=position)


def _write(figure: Figure, wanted: _Wanted):
    texts = {column("alt", code): _cut(alt) for code, alt in wanted.alts.items()}
    texts |= {column("caption", code): "\n".join(said) for code, said in wanted.captions.items()}
    for name, text in texts.items():
        # What somebody has written here meanwhile stays.
        if text and not getattr(figure, name):
            setattr(figure, name, text)
    figure.bring_along()


def _cut(alt: str) -> str:
    return alt if len(alt) <= _ALT else f"{alt[: _ALT - 1]}…"
