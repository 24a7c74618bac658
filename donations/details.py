"""The one place through which public bank details change.

A stolen password is enough to put a thief's account on the donation page, and every check digit of
it would be right. So whatever readers would pay by passes through `change_details`, and a save that
does not is refused: what is to guard the details (a second person, a delay, a warning to others)
is built here once and cannot be walked around by a form, a command or an import.
"""

from __future__ import annotations

from contextlib import contextmanager

# Where the money goes, and what a giver compares with the bank's paper.
PAYMENT = (
    "kind",
    "holder",
    "bank",
    "iban",
    "bic",
    "sort_code",
    "account_number",
    "reference",
)
# With whether readers see it, and since when it is known to be right.
DETAILS = (*PAYMENT, "confirmed_on", "is_active")


class UnguardedChange(TypeError):
    """Public bank details were about to change without passing through `change_details`."""


def change_details(account, details: dict, *, by=None):
    """Save `account`, a new one too, with `details` (names of `DETAILS` → values, as pasted).

    `by` is who does it, for the history; without it, whoever makes the request. Details that change
    while `confirmed_on` does not are no longer confirmed. Returns `account`. Raises ValidationError
    by field, ValueError for a name that is no detail.
    """
    if unknown := sorted(set(details).difference(DETAILS)):
        raise ValueError(f"{', '.join(unknown)}: no detail of a bank account.")
    for name, value in details.items():
        setattr(account, name, value)
    with _through_here(account, by):
        account.save()
    return account


def refuse_unguarded(account, before: dict):
    """Raise UnguardedChange where a save would change the details of the row that was `before`.

    A new row may come from anywhere as long as readers do not see it.
    """
    if getattr(account, "_through_details", False):
        return
    new = {} if before else {"is_active": False}
    row = before or {name: getattr(account, name) for name in DETAILS} | new
    if changed := [name for name in DETAILS if getattr(account, name) != row[name]]:
        raise UnguardedChange(
            f"{', '.join(changed)} of a bank account may only change through "
            "donations.details.change_details()."
        )


@contextmanager
def _through_here(account, by):
    account._through_details = True
    if by is not None:
        account._history_user = by
    try:
        yield
    finally:
        del account._through_details
        account.__dict__.pop("_history_user", None)
