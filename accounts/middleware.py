from __future__ import annotations

from django.utils import translation

from accounts import doors
from core import languages

INSIDE = ("/admin/", "/desk/", "/accounts/", "/pictures/")


class PersonsLanguage:
    """Inside, the interface speaks the language that the person chose, or that the login's switch
    names (`?language=fr`) before they are known.

    Readers' pages speak the language of their address, and never look into a session.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path.startswith(INSIDE):
            return self.get_response(request)
        known = request.user.is_authenticated
        language = request.user.language if known else request.GET.get("language")
        if language in languages.codes():
            translation.activate(language)
            request.LANGUAGE_CODE = language
        response = self.get_response(request)
        response.headers["Content-Language"] = translation.get_language()
        return response


class KeepText:
    """A form that comes without a login is answered by a login page that carries its text.

    Here and not in a view, because the desk lies below this room and cannot ask it.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        # The address first: a reader's page never asks who somebody is.
        if doors.holds_text(request) and not request.user.is_authenticated:
            return doors.to_login(request)
        return None
