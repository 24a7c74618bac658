"""The glossary: which word the collective uses for what, in each language.

A concept has terms in every language, wanted ones and forbidden ones, or is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core import languages
from core.markup import clean_characters
from translations import checks, terms
from translations.checks.stems import fold
from translations.models import Concept, Term


@dataclass(frozen=True)
class Hit(checks.Hit):
    """A term that stands in a source text, from `start` to `end` of its plain text.

    `term` are the words as they stand there. Where several concepts have this term, `wanted` and
    `forbidden` are those of all of them, and `note` has a line for each.
    """

    start: int = 0
    end: int = 0
    note: str = ""


@dataclass(frozen=True)
class Entry:
    """One concept for a person who translates from one language into another."""

    concept: int
    terms: tuple[str, ...] = ()  # of the source language
    wanted: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    note: str = ""
    leave_as_is: bool = False
    # Who added any of it, by primary key.
    authors: frozenset[int] = field(default=frozenset(), compare=False)


@dataclass(frozen=True)
class Glossary:
    """What a page needs of the glossary: one query, however many texts are then looked at."""

    source_language: str
    entries: dict[tuple[str, ...], list[Entry]] = field(default_factory=dict)  # by stems
    _terms: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)  # stems by the first

    @classmethod
    def for_pair(cls, source_language: str, target_language: str) -> Glossary:
        """All that says something about translating from the one language into the other."""
        glossary = cls(source_language)
        for concept in _concepts(source_language, target_language):
            entry = _entry(concept, source_language, target_language)
            if entry.wanted or entry.forbidden or entry.note or entry.leave_as_is:
                for term in concept:
                    if term.language == source_language:
                        glossary._learn(term.text, entry)
        return glossary

    def _learn(self, term: str, entry: Entry) -> None:
        stems = terms.stems_of(term, self.source_language)
        if stems and stems not in self.entries:
            self._terms.setdefault(stems[0], []).append(stems)
        if stems and entry not in self.entries.setdefault(stems, []):
            self.entries[stems].append(entry)

    def hits(self, text: str) -> list[Hit]:
        """The terms in a plain text of the source language, in their order, not overlapping."""
        found = terms.places(text, self.source_language, self._terms)
        return [
            _hit(text[place.start : place.end], place, self.entries[place.stems]) for place in found
        ]


def _hit(words: str, place: terms.Place, entries: list[Entry]) -> Hit:
    wanted = _once(text for entry in entries for text in entry.wanted)
    forbidden = _once(text for entry in entries for text in entry.forbidden)
    return Hit(
        term=words,
        wanted=wanted,
        # What one concept forbids may be another one's word.
        forbidden=tuple(text for text in forbidden if text not in wanted),
        leave_as_is=any(entry.leave_as_is for entry in entries),
        start=place.start,
        end=place.end,
        note="\n".join(_once(entry.note for entry in entries if entry.note)),
    )


def mark(inner: str, hits: Iterable[Hit]) -> SafeString:
    """The inner HTML of a segment with its hits in `<mark class="term">`, to be shown."""
    return terms.mark(inner, [(hit.start, hit.end) for hit in hits])


# The list -----------------------------------------------------------------------------------------


def entries(source_language: str, target_language: str, search: str = "") -> list[Entry]:
    """The glossary as a list, by the terms of the source language; two languages, one query.

    `search` finds part of a term or of a note, whatever its capitals and accents.
    """
    concepts = _concepts(source_language, target_language)
    found = [_entry(concept, source_language, target_language) for concept in concepts]
    sought = fold(" ".join(search.split()))
    return sorted(
        (entry for entry in found if sought in fold("\n".join(_said(entry)))),
        key=lambda entry: [fold(text) for text in (entry.terms or entry.wanted)],
    )


def _said(entry: Entry) -> tuple[str, ...]:
    return (*entry.terms, *entry.wanted, *entry.forbidden, entry.note)


def _concepts(source_language: str, target_language: str) -> list[list[Term]]:
    """The terms of the two languages, by concept."""
    found: dict[int, list[Term]] = {}
    pair = [source_language, target_language]
    for term in Term.objects.filter(language__in=pair).select_related("concept"):
        found.setdefault(term.concept_id, []).append(term)
    return [found[key] for key in sorted(found)]


def _entry(concept: list[Term], source_language: str, target_language: str) -> Entry:
    target = [term for term in concept if term.language == target_language]
    return Entry(
        concept=concept[0].concept_id,
        terms=tuple(term.text for term in concept if term.language == source_language),
        wanted=tuple(term.text for term in target if not term.forbidden),
        forbidden=tuple(term.text for term in target if term.forbidden),
        note=concept[0].concept.note,
        leave_as_is=concept[0].concept.leave_as_is,
        authors=frozenset(
            added.added_by_id for added in (concept[0].concept, *concept) if added.added_by_id
        ),
    )


# Adding -------------------------------------------------------------------------------------------


def add(
    source_language: str,
    source_term: str,
    target_language: str,
    target_term: str = "",
    *,
    note: str = "",
    leave_as_is: bool = False,
    forbidden: bool = False,
    by=None,
) -> Concept:
    """Add one line to the glossary; to the concept that has the source term, where there is one.

    `forbidden` says that the target term is never to be used, `leave_as_is` that there is none to
    use; one line says one of them. A note is added to the note that is there. What is new was added
    `by` a person, who may change it later (`glossary_edits`).

    Raises ValidationError, by argument, for what is empty, too long, or there already.
    """
    source_term, target_term = tidy(source_term), tidy(target_term)
    note = tidy_note(note)
    _check_languages(source_language, target_language)
    errors = {"source_term": fault(source_term) or (not source_term and _("Write the term."))}
    errors["target_term"] = fault(target_term)
    if leave_as_is and forbidden:
        errors["forbidden"] = _(
            "Choose one of the two: left as it is, or a word that is never used. The other one can "
            "be added in a line of its own."
        )
    elif leave_as_is and target_term:
        errors["target_term"] = _("What is left as is has no translation: leave this empty.")
    elif not leave_as_is and not target_term:
        errors["target_term"] = _("Write how it is translated, or choose “leave as is”.")
    if errors := {name: error for name, error in errors.items() if error}:
        raise ValidationError(errors)
    try:
        with transaction.atomic():
            known = _known(source_language, source_term)
            concept = known or _new(source_language, source_term, by)
            _tell(concept, note, leave_as_is, is_all=not target_term)
            if target_term:
                _name(concept, target_language, target_term, forbidden, by)
    except IntegrityError as error:
        # Somebody added the same at the same moment.
        raise ValidationError({"target_term": already(target_term)}) from error
    return concept


def tidy(term: str) -> str:
    """A term as it is stored."""
    return " ".join(clean_characters(term).split())


def tidy_note(note: str) -> str:
    """A note as it is stored."""
    return clean_characters(note).replace("\r\n", "\n").strip()


def _check_languages(source_language: str, target_language: str) -> None:
    errors = {
        name: _("Choose one of the site’s languages.")
        for name, code in (
            ("source_language", source_language),
            ("target_language", target_language),
        )
        if code not in languages.codes()
    }
    if not errors and source_language == target_language:
        errors = {"target_language": _("Choose two different languages.")}
    if errors:
        raise ValidationError(errors)


def fault(term: str) -> str:
    """What is wrong with a term, in words; "" where nothing is, and for none."""
    if len(term) > Term.MAX_LENGTH:
        return _("A term has at most %(number)d characters.") % {"number": Term.MAX_LENGTH}
    if term and not any(map(str.isalnum, term)):
        return _("Write a word.")
    return ""


def already(term: str) -> str:
    """That a term is there, in words."""
    return _("“%(term)s” is in the glossary already.") % {"term": term}


def _known(language: str, term: str) -> Concept | None:
    """The concept that has this term, in whichever capitals. Accents are letters: pêche, péché."""
    found = Term.objects.filter(language=language).select_related("concept").order_by("pk")
    return next((one.concept for one in found if one.text.casefold() == term.casefold()), None)


def _new(language: str, term: str, by) -> Concept:
    concept = Concept.objects.create(added_by=by)
    Term.objects.create(concept=concept, language=language, text=term, added_by=by)
    return concept


def _tell(concept: Concept, note: str, leave_as_is: bool, *, is_all: bool) -> None:
    """Keep what is said of the concept itself; refuse where that is all, and nothing new."""
    has_note = note in concept.note.split("\n") or note == concept.note or not note
    if has_note and concept.leave_as_is >= leave_as_is:
        if is_all:
            raise ValidationError({"source_term": already(str(concept))})
        return
    if not has_note:
        concept.note = f"{concept.note}\n{note}".strip()
    concept.leave_as_is = concept.leave_as_is or leave_as_is
    concept.save()


def _name(concept: Concept, language: str, text: str, forbidden: bool, by) -> None:
    for term in concept.terms.filter(language=language):
        if term.text.casefold() == text.casefold():
            message = already(text)
            if term.forbidden and not forbidden:
                message = _("“%(term)s” is in the glossary already, as forbidden.")
                message %= {"term": text}
            raise ValidationError({"target_term": message})
    Term.objects.create(
        concept=concept, language=language, text=text, forbidden=forbidden, added_by=by
    )


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
