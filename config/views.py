"""What belongs to no room: the front door, errors, health, files."""

from __future__ import annotations

import mimetypes

from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import (
    FileResponse,
    Http404,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request
from django.views.decorators.cache import never_cache

from core import languages
from pages.rendering import render_page
from translations.models import OldPath


def root(request):
    """`/`: to the reader's own language, or to where an old short address leads."""
    if response := _moved(request):
        return response
    language = get_language_from_request(request)
    if language not in languages.public():
        language = languages.public()[0]
    response = HttpResponseRedirect(f"/{language}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


@never_cache
def healthz(request):
    """“ok” when the database answers and is migrated, 503 with one word of reason when not."""
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Exception:
        return HttpResponse("database", status=503, content_type="text/plain")
    if pending:
        return HttpResponse("migrations", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")


def favicon(request):
    return HttpResponsePermanentRedirect(staticfiles_storage.url("favicon.ico"))


def media(request, name):
    """An uploaded file, as nothing but itself: no script of it may ever run."""
    try:
        file = default_storage.open(name)
    except (FileNotFoundError, IsADirectoryError, SuspiciousOperation) as error:
        raise Http404 from error
    content_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    response = FileResponse(file, content_type=content_type)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


def bad_request(request, exception):
    return render(request, "400.html", status=400)


def forbidden(request, exception):
    return render(request, "403.html", status=403)


def not_found(request, exception):
    """404, unless the address stood on the old site: then to where that text is now."""
    if response := _moved(request):
        return response
    if not hasattr(request, "identity"):
        return HttpResponse(status=404)
    return render_page(request, "404.html", {}, status=404)


def server_error(request):
    """500: in both languages, without asking the database for anything."""
    with translation.override(None):
        return render(None, "500.html", status=500)


def _moved(request):
    row = OldPath.objects.filter(path__in=_old_spellings(request)).select_related("content_type")
    for old in row:
        document = old.document
        if document and document.is_live and (address := document.address(old.language)):
            return HttpResponsePermanentRedirect(address)
    return None


def _old_spellings(request) -> list[str]:
    """How the old site may have written the address that is asked for, with and without slash."""
    short = [f"/?{name}={request.GET[name]}" for name in ("p", "page_id") if request.GET.get(name)]
    path = request.path.rstrip("/")
    return [*short, *([path, f"{path}/"] if path else [])]
