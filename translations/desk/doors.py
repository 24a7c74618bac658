"""Who comes in: everybody who translates or publishes in some language.

A form that comes without a login is not our matter: the text in it is kept by what stands above
this room; a script is told to log in and keeps its own.
"""

from __future__ import annotations

from functools import wraps

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import resolve_url
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from core import languages
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

    Raises Http404 for what is no document, no language, or the source itself. `to_write` asks for
    the right to translate into that language, or to publish it, when something is posted.
    """

    def decorate(view):
        @guarded
        @wraps(view)
        def wrapped(request, name: str, language: str):
            document = find(name)
            if language not in languages.codes() or language == document.source_language:
                raise Http404
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


def find(name: str):
    """The document that is called "<app>.<model>-<pk>". Raises Http404."""
    label, _dash, pk = name.rpartition("-")
    models = {model._meta.label_lower: model for model in registry.documents()}
    is_number = pk.isascii() and pk.isdigit() and len(pk) < 19
    document = label in models and is_number and models[label].objects.filter(pk=pk).first()
    if not document:
        raise Http404
    return document


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
