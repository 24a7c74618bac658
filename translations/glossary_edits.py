"""Terms of the glossary mended or taken out: by whoever added them, and by who looks after it."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from translations import glossary
from translations.models import Concept, Term


@dataclass(frozen=True)
class Wording:
    """What a person wants of one term: its text, whether it is forbidden, whether it goes."""

    text: str
    forbidden: bool = False
    is_taken_out: bool = False


def looks_after(person) -> bool:
    """Whether `person` may change what others have added, as in the admin."""
    return person.has_perms(["translations.change_concept", "translations.change_term"])


def may_change(person, added: Concept | Term) -> bool:
    """Whether `person` may change an entry's note, or one of its terms."""
    return added.added_by_id == person.pk or looks_after(person)


def own(concept: Concept, person, *languages: str) -> list[Term]:
    """The terms in these languages that `person` may change, language by language."""
    terms = [term for term in concept.terms.all() if may_change(person, term)]
    return [term for code in languages for term in terms if term.language == code]


@transaction.atomic
def change(
    concept: Concept,
    person,
    wordings: dict[int, Wording],
    *,
    note: str | None = None,
    leave_as_is: bool | None = None,
):
    """Change terms (by primary key) of a concept, and what is said of it; None leaves it alone.

    What `person` may not change is left as it is. A concept goes with its last term, and with the
    last thing that it says. Raises ValidationError, by primary key or "leave_as_is", for what does
    not fit; nothing is written then.
    """
    concept = Concept.objects.select_for_update().get(pk=concept.pk)
    terms = list(concept.terms.all())
    asked = {t.pk: wordings[t.pk] for t in terms if t.pk in wordings and may_change(person, t)}
    stay = [t for t in terms if t.pk not in asked or not asked[t.pk].is_taken_out]
    for term in stay:
        if term.pk in asked:
            wording = asked[term.pk]
            term.text, term.forbidden = glossary.tidy(wording.text), wording.forbidden
    errors = _errors(stay, asked)
    if may_change(person, concept):
        concept.note = concept.note if note is None else glossary.tidy_note(note)
        if leave_as_is and not concept.leave_as_is:
            errors |= _against_leaving(stay)
        concept.leave_as_is = concept.leave_as_is if leave_as_is is None else leave_as_is
    if errors:
        raise ValidationError(errors)
    _write(concept, terms, stay, asked)
    if not _says_something(concept, stay) and all(may_change(person, term) for term in stay):
        concept.delete()


def _errors(stay: list[Term], asked: dict[int, Wording]) -> dict[str, list[str]]:
    errors = {}
    for term in stay:
        if term.pk not in asked:
            continue
        same = [
            other
            for other in stay
            if other is not term
            and other.language == term.language
            and other.text.casefold() == term.text.casefold()
        ]
        if not term.text:
            errors[str(term.pk)] = [_("Write the term, or take it out.")]
        elif fault := glossary.fault(term.text) or (same and glossary.already(term.text)):
            errors[str(term.pk)] = [fault]
    return errors


def _against_leaving(terms: list[Term]) -> dict[str, list[str]]:
    # A name that stays as it is may stand in every language, but in one way only.
    if len({term.text.casefold() for term in terms if not term.forbidden}) < 2:
        return {}
    message = _("What is left as is has no translation: take that out first, or forbid the word.")
    return {"leave_as_is": [message]}


def _write(concept: Concept, terms: list[Term], stay: list[Term], asked: dict):
    concept.save(update_fields=["note", "leave_as_is"])
    kept = {term.pk for term in stay}
    try:
        with transaction.atomic():
            for term in terms:
                if term.pk not in kept:
                    term.delete()
            for term in stay:
                if term.pk in asked:
                    term.save(update_fields=["text", "forbidden"])
    except IntegrityError as error:
        # Two terms changed places, or somebody added the same at the same moment.
        message = _("These terms cannot be told apart. Change them one after the other.")
        raise ValidationError({next(iter(map(str, asked))): [message]}) from error


def _says_something(concept: Concept, terms: list[Term]) -> bool:
    """Whether there is anything to learn from it: a term alone says nothing."""
    is_told = concept.note or concept.leave_as_is or any(term.forbidden for term in terms)
    return bool(terms) and bool(is_told or len({term.language for term in terms}) > 1)
