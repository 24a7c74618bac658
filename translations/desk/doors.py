"""Who comes in: everybody who translates or publishes in some language.

A form that comes without a login is not our matter: the text in it is kept by what stands above
this room; a script is told to log in and keeps its own.
"""

from __future__ import annotations

from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from core import kept, languages
from translations import registry
from translations.desk import people
from translations.desk.room import with_room


def guarded(view):
    """Let in who has business at the desk. Others go to the login page, or are refused."""
    view = with_room(view)

    @wraps(view)
    def wrapped(request, *args, **kwargs):
        if not request.user.is_authenticated:
            return _log_in(request, kwargs)
        if not people.may_read(request.user):
            return refuse(request, _("Only people who translate may come in here."))
        return view(request, *args, **kwargs)

    return wrapped


def of_a_side(*, to_write: bool = False):
    """A guarded view of one side: called with (request, document, language).

    Raises Http404 for what is no document or no language; who wrote gets the words back then.
    The source is nobody's to translate: that leads to the board. `to_write` asks for the right to
    translate into that language, or to publish it, when something is posted.
    """

    def decorate(view):
        @guarded
        @wraps(view)
        def wrapped(request, name: str, language: str):
            document = _found(name, language)
            if document is None or language == document.source_language:
                return _gone(request, is_source=document is not None)
            asks = to_write and request.method == "POST"
            if asks and not people.rights(request.user, language).write:
                return refuse(
                    request,
                    _("You may not write in %(language)s.")
                    % {"language": languages.name(language)},
                )
            return view(request, document, language)

        return wrapped

    return decorate


def _found(name: str, language: str):
    """The document that is called "<app>.<model>-<pk>", None where there is none to translate."""
    label, _dash, pk = name.rpartition("-")
    models = {model._meta.label_lower: model for model in registry.documents()}
    is_number = pk.isascii() and pk.isdigit() and len(pk) < 19
    if label not in models or not is_number or language not in languages.codes():
        return None
    return models[label].objects.filter(pk=pk).first()


def _gone(request, *, is_source: bool):
    """Nothing to translate, here and now: deleted, or the original itself since a moment ago."""
    if is_source:
        reason = _("This is the original now: there is nothing to translate into this language.")
    else:
        reason = _("This text is no longer here: somebody has deleted it.")
    if wants_json(request):
        return JsonResponse({"error": reason}, status=404)
    if words := kept.texts(kept.posted(request)):
        return render(request, "desk/gone.html", {"reason": reason, "texts": words}, status=404)
    if is_source:
        messages.info(request, reason)
        return redirect("desk:board")
    raise Http404


def wants_json(request) -> bool:
    """Whether a script asks: it gets JSON for an answer, also for bad news."""
    match = request.resolver_match
    return (match is not None and match.url_name == "save") or is_fragment(request)


def is_fragment(request) -> bool:
    """Whether a script asks for a piece of a page."""
    return request.headers.get("X-Requested-With") == "fetch"


def refuse(request, message: str):
    """No. Raises PermissionDenied where a person asked."""
    if wants_json(request):
        return JsonResponse({"error": message}, status=403)
    raise PermissionDenied(message)


def _log_in(request, kwargs):
    if not wants_json(request):
        return redirect_to_login(request.get_full_path())
    # Back to the page that the script works for, not to what the script asked for.
    page = resolve_url("desk:desk", **kwargs) if "name" in kwargs else resolve_url("desk:board")
    login = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': page})}"
    return JsonResponse({"login": login}, status=401)
