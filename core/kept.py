"""Nobody's text is lost because a form came too late.

A form that cannot be saved as it came (no login any more, its subject deleted) is sealed into the
page that answers it, and put back into the form by the person. Nothing is stored on the way: the
text travels in the page, signed and compressed.
"""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote, urlsplit

from django.core import signing
from django.core.exceptions import SuspiciousOperation
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from core import html, languages

SALT = "core.kept"
RESTORE = "_restore"
RESTORED = _("Your text is back. Nothing has been saved yet: look it over, then save.")
# What belongs to the old request and not to the person's text.
NOT_TEXT = {"csrfmiddlewaretoken", RESTORE}
BUTTONS = ("_save", "_continue", "_addanother", "_saveasnew", "_publish", "_draft")
# Where the forms live that take a text back.
FORMS = "/admin/"


def posted(request) -> dict:
    """{"action", "fields"} of a posted form: where it was going, and what a person put into it."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in NOT_TEXT and name not in BUTTONS
    ]
    return {"action": request.get_full_path(), "fields": fields}


def seal(request) -> str:
    """The posted form as one string that a hidden field can carry."""
    return signing.dumps(posted(request), salt=SALT, compress=True)


def unseal(sealed: str) -> dict | None:
    """{"action", "fields"} of what `seal` made of a form of the admin, None for anything else."""
    try:
        text = signing.loads(sealed, salt=SALT)
    except signing.BadSignature:
        return None
    return text if _leads_to_a_form(text["action"]) else None


def _leads_to_a_form(action: str) -> bool:
    # A browser reads /admin/../x as /x, and takes \ for /.
    path = unquote(urlsplit(action).path)
    is_plain = posixpath.normpath(path) == path.rstrip("/") and "\\" not in path
    return is_plain and action.startswith(FORMS)


def _texts(fields: list[tuple[str, str]]):
    """What a person wrote, to be read and copied: language, its name, and the plain words."""
    pattern = re.compile(rf".*_({'|'.join(languages.codes())})")
    for name, value in fields:
        match = pattern.fullmatch(name)
        if match and value.strip():
            text = html.plain_text(html.canonical(html.from_plain(value)))
            yield {"lang": match[1], "language": languages.native_name(match[1]), "text": text}


def give_back(request, kept: dict):
    """The page from which the person puts the text back into the form; what it posts is not saved
    at once but shown in the form (see `translations.forms`).

    Raises SuspiciousOperation for a text that would be posted to anything but a form of the admin.
    """
    if not _leads_to_a_form(kept["action"]):
        raise SuspiciousOperation("A kept text belongs to a form of the admin.")
    fields = [tuple(pair) for pair in kept["fields"]]
    context = {
        "action": kept["action"],
        "fields": [*fields, (RESTORE, "1")],
        "texts": list(_texts(fields)),
    }
    response = render(request, "accounts/keep.html", context)
    response["Cache-Control"] = "no-store"
    return response
