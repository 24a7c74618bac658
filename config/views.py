"""What belongs to no room: the front door, errors, health."""

from __future__ import annotations

from functools import cache

from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import (
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.cache import never_cache

from accounts import places
from accounts.middleware import INSIDE
from core import languages
from pages.asking import words_of
from pages.finding import gone
from pages.rendering import render_page
from translations.models import OldPath


def root(request):
    """`/`: to the reader's own language, or to where an old short address leads."""
    if response := _moved(request):
        return response
    response = HttpResponseRedirect(f"/{_wished_language(request)}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


def feed(request):
    """`/feed/`, where programs look for one first: to that of the reader's own language."""
    with translation.override(_wished_language(request)):
        response = HttpResponseRedirect(reverse("feeds:all"))
    patch_vary_headers(response, ["Accept-Language"])
    return response


def _wished_language(request) -> str:
    """The first public language that the browser asks for (RFC 9110, 12.5.4), else the first."""
    public = languages.public()
    for wish, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        # fr-CA is French to somebody whom we cannot serve in anything nearer.
        for code in (wish, wish.split("-")[0]):
            if code in public:
                return code
    return public[0]


@never_cache
def healthz(request):
    """“ok” when the database answers and is migrated, 503 with one word of reason when not."""
    try:
        applied = MigrationRecorder(connection).applied_migrations()
    except Error:
        return HttpResponse("database", status=503, content_type="text/plain")
    if not _migrations() <= applied.keys():
        return HttpResponse("migrations", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")


@cache
def _migrations() -> set[tuple[str, str]]:
    """Every migration of this code. Read once: new code is a new process."""
    return set(MigrationLoader(None).graph.nodes)


def favicon(request):
    # Not for good: the address changes with the file.
    return HttpResponseRedirect(staticfiles_storage.url("favicon.ico"))


def bad_request(request, exception):
    return render(request, "400.html", status=400)


def forbidden(request, exception):
    user = getattr(request, "user", None)
    inside = request.path.startswith(INSIDE) and user is not None and user.is_authenticated
    return render(request, "403.html", {"back": places.home(user) if inside else None}, status=403)


def not_found(request, exception):
    """404, unless the address stood on the old site: then to where that text is now, or 410."""
    if response := _moved(request):
        return response
    if not hasattr(request, "identity"):
        return HttpResponse(status=404)
    return render_page(request, "404.html", {"wanted": words_of(request.path)}, status=404)


def server_error(request):
    """500: in both languages, without asking the database for anything."""
    with translation.override(None):
        return render(None, "500.html", status=500)


def _moved(request):
    rows = OldPath.objects.filter(path__in=_old_spellings(request)).select_related("content_type")
    for document, language in ((row.document, row.language) for row in rows):
        if document and document.is_live and (address := document.address(language)):
            return HttpResponsePermanentRedirect(address)
        if document and document.addresses.filter(was_public=True).exists():
            return gone(request)
    return None


def _old_spellings(request) -> list[str]:
    """How the old site may have written the address that is asked for, with and without slash."""
    short = [f"/?{name}={request.GET[name]}" for name in ("p", "page_id") if request.GET.get(name)]
    path = request.path.rstrip("/")
    spellings = [*short, *([path, f"{path}/"] if path else [])]
    # PostgreSQL refuses to be asked for a NUL.
    return [spelling for spelling in spellings if "\0" not in spelling]
