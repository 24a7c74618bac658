from __future__ import annotations

from translations.models.addresses import Address, OldPath
from translations.models.glossary import Concept, Term
from translations.models.memory import MemoryEntry
from translations.models.news import Subscription
from translations.models.sides import Side, SideVersion

__all__ = [
    "Address",
    "Concept",
    "MemoryEntry",
    "OldPath",
    "Side",
    "SideVersion",
    "Subscription",
    "Term",
]
