from __future__ import annotations

from django.utils import translation

from core import languages

INSIDE = ("/admin/", "/accounts/")


class PersonsLanguage:
    """Inside, the interface speaks the language that the person chose.

    Readers' pages speak the language of their address, and never look into a session.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path.startswith(INSIDE) or not request.user.is_authenticated:
            return self.get_response(request)
        if request.user.language in languages.codes():
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
        response = self.get_response(request)
        response.headers["Content-Language"] = translation.get_language()
        return response
