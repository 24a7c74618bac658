"""The pages of the desk. GET never writes."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseBadRequest, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from translations import acts, rules
from translations.desk import around, building, comparing, deeds, drafts, people, posted, reading
from translations.desk.answers import saved
from translations.desk.checking import Checking
from translations.desk.doors import of_a_side
from translations.desk.opened import Opened
from translations.desk.page import Language
from translations.desk.row_help import row_help
from translations.fields import printable
from translations.models import Side, SideVersion

SHOWN_VERSIONS = 50


def open_side(document, language: str) -> Opened:
    """A side to look at. Nothing is locked, nothing is written."""
    people_on_it = ("claimed_by", "draft_by", "submitted_by")
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
        outcome = drafts.save(document, language, request.user, rows, saw)
    except ValueError as error:
        return HttpResponseBadRequest(str(error))
    deed = deeds.Deed(document, language, request.user, request.POST, rows, outcome)
    wall = _wall(outcome, rows)
    if wall and button.partition(":")[0] in ("submit", "publish"):
        messages.error(request, wall[1])
        return _back(request, wall[0])
    try:
        if said := deeds.do(deed, button):
            messages.success(request, said)
    except acts.Moved as error:
        return _moved(request, document, language, error, "desk/desk.html")
    except (ValueError, ValidationError) as error:
        _tell(request, error)
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


def _wall(outcome: drafts.Outcome, rows: list[posted.PostedRow]) -> tuple[str, str] | None:
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


def _tell(request, error: ValueError | ValidationError):
    for message in getattr(error, "messages", None) or [str(error)]:
        messages.error(request, message)


def _moved(request, document, language, error: acts.Moved, template: str):
    """The page again, with what changed under the draft; 409."""
    opened = open_side(type(document).objects.get(pk=document.pk), language)
    moved = comparing.moved_of(opened)
    page = building.build(opened, request.user, moved=moved)
    _tell(request, error)
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
        outcome = drafts.save(document, language, request.user, rows, saw)
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
    context = row_help(list(shown.now or shown.row.source), source, language, document)
    context |= {"source": Language.of(source), "target": Language.of(language)}
    context |= {"row": shown, "hits": context["terms"]}
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


@require_http_methods(["GET", "HEAD", "POST"])
@of_a_side(to_write=True)
def review(request, document, language):
    """Both sides beside one another with all that the checks found: publish, or send back."""
    if request.method == "POST":
        return _verdict(request, document, language)
    opened = open_side(document, language)
    page = building.build(opened, request.user)
    context = {"page": page, "changes": comparing.changes_of(opened)}
    return render(request, "desk/review.html", context)


def _verdict(request, document, language):
    if not people.may(request.user, "publish", language):
        raise PermissionDenied(_("You may not publish in this language."))
    side = (type(document), document.pk, language)
    button = request.POST.get("do", "")
    now = str(open_side(document, language).side.revision)
    if button.startswith("publish") and request.POST.get("revision", now) != now:
        messages.warning(
            request, _("Somebody has changed this translation while you read it. Look again.")
        )
        return redirect(request.path)
    try:
        if button == "send_back":
            note = printable(request.POST.get("note", ""))[:2000]
            acts.send_back(*side, note=note)
            messages.success(request, _("Sent back to its translator."))
        elif button in ("publish", "publish_anyway"):
            anyway = button == "publish_anyway"
            messages.success(request, deeds.publish(side, request.user, anyway=anyway))
        else:
            return HttpResponseBadRequest(_("This button is not known here."))
    except acts.Moved as error:
        return _moved(request, document, language, error, "desk/review.html")
    except ValidationError as error:
        _tell(request, error)
    return redirect(request.path)


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
        drafts.restore(document, opened.side, version, request.user)
        at = timezone.localtime(version.at)
        messages.success(
            request,
            _("The text of %(when)s is the draft now.") % {"when": f"{at:%Y-%m-%d %H:%M}"},
        )
        return redirect(resolve_url("desk:desk", around.name_of(document), language))
    context = {
        "page": building.build(opened, request.user),
        "versions": reading.versions(opened, list(found[: SHOWN_VERSIONS + 1]), SHOWN_VERSIONS),
    }
    return render(request, "desk/versions.html", context)
