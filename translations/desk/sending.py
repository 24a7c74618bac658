"""Whether a draft can be sent: what must be in it, what must fit, and what is not done yet."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from translations.desk.opened import Opened, Place
from translations.desk.page import Fault


def faults(opened: Opened) -> dict[str, Fault]:
    """Row key → why the side cannot be sent as it is: a required text that is missing, or one that
    does not fit. Of a child that nobody has begun, nothing is required: readers get it in the
    original's language."""
    begun = {place.item_key for place in opened.places.values() if opened.text(place)}
    found = {}
    for key, place in opened.places.items():
        rows = [row for row in opened.shown(key) if row.kind != "removed"]
        is_asked = not place.item_key or place.item_key in begun
        message = _fault(place, opened.text(place)) if rows and is_asked else ""
        if message:
            found[rows[0].key] = Fault(message)
    return found


def is_incomplete(opened: Opened) -> bool:
    """Whether nobody has written anything in some row, or left it out on purpose."""
    return any(
        row.now and not row.row.text and not row.row.omitted and not row.is_done
        for _place, row in opened.every_row()
    )


def _fault(place: Place, text: str) -> str:
    if not text:
        message = _("“%(field)s” is missing: without it, this cannot be sent.")
        return message % {"field": place.label} if place.is_required else ""
    try:
        if not place.is_rich:
            place.field.normalise(text)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""
