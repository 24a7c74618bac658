"""Who may do what at the desk, and who is there."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from core import languages
from translations.desk import drafts
from translations.desk.page import Claim, May
from translations.locking import locked_side
from translations.models import Side


def may(person, act: str, language: str) -> bool:
    """Whether `person` may "translate" into `language`, or "publish" its sides."""
    return person.has_perm(f"translations.{act}_{language.replace('-', '_')}")


def may_read(person) -> bool:
    """Whether somebody has any business at the desk."""
    return any(may(person, a, code) for code in languages.codes() for a in ("translate", "publish"))


def rights(person, language: str) -> May:
    publish = may(person, "publish", language)
    return May(write=publish or may(person, "translate", language), publish=publish)


def here(side: Side, person) -> list[str]:
    """Who else is on this side: who said so, and who wrote in the last minutes."""
    names = [side.claimant.get_username()] if side.claimant else []
    names += drafts.recent(side.draft)
    return [name for name in dict.fromkeys(names) if name != person.get_username()]


def claim_of(side: Side, person) -> Claim:
    claimant = side.claimant
    if claimant is None:
        return Claim()
    return Claim(claimant.get_username(), claimant == person, side.claimed_until)


@transaction.atomic
def claim(document, language: str, person) -> Claim:
    """“I'm on it”, for two hours. Whoever said so before keeps it until it expires."""
    side = locked_side(document, language)
    if side.claimant in (None, person):
        side.claimed_by, side.claimed_until = person, timezone.now() + drafts.CLAIM
        side.save(update_fields=["claimed_by", "claimed_until"])
    return claim_of(side, person)


@transaction.atomic
def release(document, language: str, person):
    """“I'm no longer on it”. Nobody takes away what is another's."""
    side = locked_side(document, language)
    if side.claimant == person:
        side.claimed_by = side.claimed_until = None
        side.save(update_fields=["claimed_by", "claimed_until"])
