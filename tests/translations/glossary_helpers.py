"""Words of the glossary, and where they are found."""

from __future__ import annotations

from translations.glossary import Glossary
from translations.models import Concept, Term


def concept(note="", leave_as_is=False, **texts) -> Concept:
    """A concept: `en="squat", fr=["squat", "-occupation"]`; a word after a hyphen is forbidden."""
    made = Concept.objects.create(note=note, leave_as_is=leave_as_is)
    for language, said in texts.items():
        for text in [said] if isinstance(said, str) else said:
            Term.objects.create(
                concept=made,
                language=language,
                text=text.removeprefix("-"),
                forbidden=text.startswith("-"),
            )
    return made


def hits(text: str, source="en", target="fr") -> list:
    return Glossary.for_pair(source, target).hits(text)


def found(text: str, source="en", target="fr") -> list[str]:
    return [hit.term for hit in hits(text, source, target)]


def stored() -> list[tuple]:
    rows = Term.objects.order_by("concept_id", "pk")
    return list(rows.values_list("language", "text", "forbidden"))
