"""The sample site's accounts. Their numbers are test numbers and belong to nobody."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from core import samples
from donations.details import DETAILS, change_details
from donations.models import BankAccount

FILE = Path(__file__).parent / "accounts.toml"


def load(today: date) -> dict[str, BankAccount]:
    """Make the accounts of the sample file, live, by their kind."""
    tables = samples.read(FILE)["accounts"]
    return {
        table["kind"]: _make(table, position, today) for position, table in enumerate(tables, 1)
    }


def _make(table: dict, position: int, today: date) -> BankAccount:
    notes = samples.columns(table)
    account = BankAccount(source_language=table["source_language"], position=position, **notes)
    given = {name: table[name] for name in DETAILS if name in table}
    given |= {
        "confirmed_on": today - timedelta(days=table["confirmed_days_ago"]),
        "is_active": True,
    }
    return change_details(account, given)
