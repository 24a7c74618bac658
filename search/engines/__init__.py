"""What each database does of its own, and nothing else: to keep stems, and to match them.

Where it keeps them is made by the first migration.

An engine is a module with

    fill, write                 the stems of an entry, before and after it is saved
    remove, remove_leftovers    and when it goes
    tidy                        so that nothing of what went is left in the file
    BEFORE                      SQL: what goes ahead of a question
    HITS                        SQL: whether hits are kept for a second look
    ENTRIES, MATCHES, IN_TITLE  SQL: entries (as `entry`) whose words match, and whether the title
                                alone holds what is required; each takes one expression
    matching, matching_titles   these expressions
"""

from __future__ import annotations

from types import ModuleType

from django.db import connection

from search.engines import postgres, sqlite


def engine(vendor: str = "") -> ModuleType:
    """The engine of a database, else of the one that is connected."""
    return {"sqlite": sqlite, "postgresql": postgres}[vendor or connection.vendor]
