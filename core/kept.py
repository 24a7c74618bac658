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
BUTTONS = ("_save", "_continue", "_addanother", "_saveasnew", "_publish", "_draft", "do")
# Where the forms live that take a text back: the admin, and /desk/<document>/<language>/.
ADMIN = re.compile(r"/admin/.*")
DESK = re.compile(r"/desk/[^/]+/(?P<language>[^/]+)/")
# Where one click would do more than save: the words are shown to be copied, and posted nowhere.
TO_COPY = re.compile(r"/desk/(glossary|[^/]+/[^/]+/review)/")
WORDS_AT_THE_DESK = re.compile(r"(text|reason)-.*|note|(source|target)_term")
# The desk saves what it is given into a draft that readers do not see, and lays it beside what
# somebody else wrote meanwhile. Whatever was asked for besides (submit, publish) is asked anew.
SAVE = ("do", "save")


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
    """{"action", "fields"} of what `seal` made of such a form, None for anything else."""
    try:
        text = signing.loads(sealed, salt=SALT)
    except signing.BadSignature:
        return None
    return text if _leads_to_a_form(text["action"]) else None


def _leads_to_a_form(action: str) -> bool:
    # A browser reads /admin/../x as /x, and takes \ for /.
    path = unquote(urlsplit(action).path)
    is_plain = posixpath.normpath(path) == path.rstrip("/") and "\\" not in path
    # The address itself and not its path: that of `//host/admin/` is one of ours.
    address = action.partition("?")[0]
    return is_plain and any(form.fullmatch(address) for form in (ADMIN, DESK, TO_COPY))


def texts(kept: dict) -> list[dict]:
    """What a person wrote, to be read and copied: language, its name, and the plain words.

    The desk's rows are one text; where no language is known, `lang` is empty.
    """
    fields = kept["fields"]
    path = urlsplit(kept["action"]).path
    if ADMIN.fullmatch(path):
        pattern = re.compile(rf".*_({'|'.join(languages.codes())})")
        matches = ((pattern.fullmatch(name), value) for name, value in fields)
        found = [(match[1], _plain(value)) for match, value in matches if match]
    else:
        words = [_plain(value) for name, value in fields if WORDS_AT_THE_DESK.fullmatch(name)]
        desk = DESK.fullmatch(path)
        found = [(desk["language"] if desk else "", "\n\n".join(filter(None, words)))]
    return [
        {"lang": code, "language": code and languages.native_name(code), "text": text}
        for code, text in found
        if text
    ]


def _plain(value: str) -> str:
    return html.plain_text(html.canonical(html.from_plain(value)))


def give_back(request, kept: dict):
    """The page from which the person puts the text back into the form.

    What it posts to the admin is not saved at once but shown in the form (see
    `translations.forms`); what it posts to the desk is saved in the draft, and nothing else is
    done. Other words of the desk are only shown.

    Raises SuspiciousOperation for a text that would be posted to anything but such a form.
    """
    if not _leads_to_a_form(kept["action"]):
        raise SuspiciousOperation("A kept text belongs to a form of the admin or the desk.")
    path = urlsplit(kept["action"]).path
    is_draft = bool(DESK.fullmatch(path))
    context = {
        "action": kept["action"],
        "fields": [*(tuple(pair) for pair in kept["fields"]), SAVE if is_draft else (RESTORE, "1")],
        "texts": texts(kept),
        "is_draft": is_draft,
        "is_to_copy": bool(TO_COPY.fullmatch(path)),
    }
    response = render(request, "accounts/keep.html", context)
    response["Cache-Control"] = "no-store"
    return response
