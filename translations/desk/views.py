"""The pages of the desk. GET never writes."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseBadRequest, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from translations import rules
from translations.acts.publishing import Moved
from translations.desk import (
    around,
    building,
    comparing,
    deeds,
    drafting,
    people,
    posted,
    reading,
    restoring,
    sending,
)
from translations.desk.answers import saved
from translations.desk.checking import Checking
from translations.desk.doors import of_a_side
from translations.desk.opened import Opened
from translations.desk.page import Fault, Language
from translations.desk.row_help import row_help
from translations.models import Side, SideVersion

SHOWN_VERSIONS = 50
# The buttons by which a draft leaves the desk.
SENDS = ("submit", "publish")


def open_side(document, language: str) -> Opened:
    """A side to look at. Nothing is locked, nothing is written."""
    people_on_it = ("claimed_by", "draft_by", "submitted_by", "sent_back_by")
    found = Side.objects.of(document).filter(language=language).select_related(*people_on_it)
    side = found.first() or Side(
        # Of rows that were written around save(); the first save makes it true.
        document=document,
        language=language,
        source_language=document.source_language,
        whole=rules.is_whole(document, language),
    )
    return Opened(side, document)


# The desk ---------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@of_a_side(to_write=True)
def desk(request, document, language):
    """One side, row by row; the same form with and without scripts."""
    if request.method == "POST":
        return _posted(request, document, language)
    page = building.build(open_side(document, language), request.user)
    return render(request, "desk/desk.html", {"page": page})


def _posted(request, document, language):
    button = request.POST.get("do", "save")
    try:
        rows = posted.from_form(request.POST)
        saw = posted.fingerprint(request.POST.get("saw"))
        outcome = drafting.save(document, language, request.user, rows, saw)
    except ValueError as error:
        return HttpResponseBadRequest(str(error))
    if refused := _refused(outcome, rows):
        return _given_back(request, document, language, refused)
    deed = deeds.Deed(document, language, request.user, request.POST, rows, outcome)
    wall = _wall(outcome, rows)
    if wall and button in SENDS:
        messages.error(request, wall[1])
        return _back(request, wall[0])
    if answer := _asked_first(request, deed, button):
        return answer
    try:
        if said := deeds.do(deed, button):
            messages.success(request, said)
    except Moved as error:
        return moved_again(request, document, language, error, "desk/desk.html")
    except (ValueError, ValidationError) as error:
        tell(request, error)
    if wall:
        messages.warning(request, wall[1])
    for received in outcome.rows.values():
        if received.conflict:
            messages.warning(
                request,
                _("Somebody else has written in the same place: both texts are kept and shown."),
            )
            return _back(request, received.key)
    key = button.split(":")[1] if ":" in button else ""
    return _back(request, deed.key(key))


def _refused(outcome: drafting.Outcome, rows: list[posted.PostedRow]) -> dict[str, Fault]:
    """Row key → why what was typed there was not kept."""
    received = ((outcome.rows[row.key], row.text) for row in rows)
    return {one.key: Fault(one.refused, typed, one.was) for one, typed in received if one.refused}


def _given_back(request, document, language, faults: dict[str, Fault]):
    """The page again with what was typed, and what is wrong with it; 400."""
    fresh = type(document).objects.get(pk=document.pk)
    page = building.build(open_side(fresh, language), request.user, faults=faults)
    return render(request, "desk/desk.html", {"page": page}, status=400)


def _asked_first(request, deed: deeds.Deed, button: str):
    """Before a draft is sent: the page again where something must be mended; where something is
    not done yet, the question whether it is to go out as it is. None where nothing is to be asked.
    """
    opened = deed.outcome.opened
    may = button == "submit" or people.may(request.user, "publish", deed.language)
    if button not in SENDS or not may or opened.side.draft is None:
        # What may not be done at all is said where it is tried.
        return None
    if faults := sending.faults(opened):
        return _given_back(request, deed.document, deed.language, faults)
    is_sure = posted.number(request.POST.get("sure")) == opened.side.revision
    if is_sure or not sending.is_incomplete(opened):
        return None
    page = building.build(open_side(deed.document, deed.language), request.user)
    context = {"page": page, "button": button, "saw": deed.fields.get("saw", "")}
    return render(request, "desk/unfinished.html", context)


def _wall(outcome: drafting.Outcome, rows: list[posted.PostedRow]) -> tuple[str, str] | None:
    """(key of the row, what is broken) of the first text that cannot be kept as it was typed."""
    if not any("<" in row.text for row in rows):
        return None
    checking = Checking(outcome.opened)
    for row in rows:
        if "<" not in row.text or row.key not in outcome.rows:
            continue
        key = outcome.rows[row.key].key
        try:
            place, shown = outcome.opened.find(key)
        except ValueError:
            continue
        for problem in checking.row(place, shown, typed=row.text):
            if problem.wall:
                return key, problem.message
    return None


def _back(request, key: str = ""):
    show = "?show=left" if request.GET.get("show") == "left" else ""
    return redirect(f"{request.path}{show}" + (f"#row-{key}" if key else ""))


def tell(request, error: ValueError | ValidationError):
    for message in getattr(error, "messages", None) or [str(error)]:
        messages.error(request, message)


def moved_again(request, document, language, error: Moved, template: str):
    """The page again, with what changed under the draft; 409."""
    opened = open_side(type(document).objects.get(pk=document.pk), language)
    moved = comparing.moved_of(opened)
    page = building.build(opened, request.user, moved=moved)
    tell(request, error)
    context = {"page": page, "changes": comparing.changes_of(opened)}
    return render(request, template, context, status=409)


@require_http_methods(["GET", "HEAD", "POST"])
@of_a_side(to_write=True)
def save(request, document, language):
    """Autosave. GET answers with a fresh token, so that a page can go on after another login."""
    if request.method != "POST":
        names = people.here(open_side(document, language).side, request.user)
        return JsonResponse({"csrf": get_token(request), "people": names})
    try:
        saw, rows = posted.from_json(request.body)
        outcome = drafting.save(document, language, request.user, rows, saw)
    except ValueError as error:
        return JsonResponse({"error": str(error)}, status=400)
    return JsonResponse(saved(outcome, rows, request.user))


# Beside it --------------------------------------------------------------------------------------


@require_GET
@of_a_side()
def row(request, document, language):
    """What stands beside one row: how it was translated before, and the glossary's words."""
    opened = open_side(document, language)
    try:
        _place, shown = opened.find(request.GET.get("key", ""))
    except ValueError as error:
        return HttpResponseBadRequest(str(error))
    source = document.source_language
    segments = list(shown.now or shown.row.source)
    context = row_help(segments, source, language, document)
    context |= {"row": shown, "source": Language.of(source), "target": Language.of(language)}
    context["segments"] = segments
    return render(request, "desk/row_help.html", context)


@require_GET
@of_a_side()
def preview(request, document, language):
    """The draft as readers would read it."""
    opened = open_side(document, language)
    items = reading.items(opened)
    context = {"page": building.build(opened, request.user), "items": items}
    context["title"] = items[0].title if items else ""
    return render(request, "desk/preview.html", context)


@require_POST
@of_a_side(to_write=True)
def claim(request, document, language):
    """“I'm on it”, and no longer."""
    button = request.POST.get("do", "")
    if button == "claim":
        found = people.claim(document, language, request.user)
        if not found.is_mine:
            messages.warning(request, _("%(person)s is on it already.") % {"person": found.by})
    elif button == "release":
        people.release(document, language, request.user)
    else:
        return HttpResponseBadRequest(_("This button is not known here."))
    return redirect(resolve_url("desk:desk", around.name_of(document), language))


@require_http_methods(["GET", "HEAD", "POST"])
@of_a_side(to_write=True)
def versions(request, document, language):
    """The versions of a side; each can be made the draft."""
    opened = open_side(document, language)
    found = SideVersion.objects.filter(
        content_type=opened.side.content_type, object_id=document.pk, language=language
    ).select_related("author")
    if request.method == "POST":
        pk = request.POST.get("version", "")
        version = found.filter(pk=pk).first() if pk.isascii() and pk.isdigit() else None
        if request.POST.get("do") != "restore" or version is None:
            return HttpResponseBadRequest(_("This version is not there."))
        try:
            restoring.restore(document, language, version, request.user)
        except ValueError as error:
            return HttpResponseBadRequest(str(error))
        at = date_format(timezone.localtime(version.at), "DATETIME_FORMAT")
        messages.success(request, _("The text of %(when)s is the draft now.") % {"when": at})
        return redirect(resolve_url("desk:desk", around.name_of(document), language))
    context = {
        "page": building.build(opened, request.user),
        "versions": reading.versions(opened, list(found[: SHOWN_VERSIONS + 1]), SHOWN_VERSIONS),
    }
    return render(request, "desk/versions.html", context)
