"""The review: both sides beside one another, what the checks found, and the verdict."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from translations.acts import reviewing
from translations.acts.publishing import Moved
from translations.desk import building, comparing, deeds, people, posted
from translations.desk.doors import of_a_side
from translations.desk.views import moved_again, open_side, tell
from translations.fields import printable


@require_http_methods(["GET", "HEAD", "POST"])
@of_a_side(to_write=True)
def review(request, document, language):
    """One side to be judged."""
    if request.method == "POST":
        return _verdict(request, document, language)
    return _review(request, document, language)


def _review(request, document, language, *, wrong: dict | None = None, status: int = 200):
    opened = open_side(document, language)
    page = building.build(opened, request.user)
    context = {"page": page, "changes": comparing.changes_of(opened), "wrong": wrong}
    return render(request, "desk/review.html", context, status=status)


def _verdict(request, document, language):
    if not people.may(request.user, "publish", language):
        raise PermissionDenied(_("You may not publish in this language."))
    side = (type(document), document.pk, language)
    button = request.POST.get("do", "")
    try:
        if button == "send_back":
            return _sent_back(request, document, language)
        if button in ("publish", "publish_anyway"):
            read = {
                "anyway": button == "publish_anyway",
                "revision": posted.number(request.POST.get("revision")),
            }
            messages.success(request, deeds.publish(side, request.user, **read))
        else:
            return HttpResponseBadRequest(_("This button is not known here."))
    except Moved as error:
        return moved_again(request, document, language, error, "desk/review.html")
    except ValidationError as error:
        tell(request, error)
    return redirect(request.path)


def _sent_back(request, document, language):
    """Back to its translator; the page again, with what is wrong, where the note says nothing."""
    note = printable(request.POST.get("note", ""))[:2000]
    try:
        reviewing.send_back(type(document), document.pk, language, note=note, person=request.user)
    except ValidationError as error:
        if not hasattr(error, "error_dict"):
            raise
        wrong = {"note": note, "errors": error.messages}
        return _review(request, document, language, wrong=wrong, status=400)
    messages.success(request, _("Sent back to its translator."))
    return redirect(request.path)
