"""What happens to whoever comes without a valid login, token or role; their text is kept."""

from __future__ import annotations

from django.contrib.auth.views import redirect_to_login
from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import kept
from pages.rendering import render_page
from translations.desk import people

# How Django names the admin's pages on which somebody writes.
FORMS = ("_add", "_change")


def csrf_failure(request, reason=""):
    """A form with a stale token: somebody logged in anew in another window, most often.

    Only where the browser says that the form came from this site is the text offered again;
    a foreign form is refused as ever. A script is told so: it has the text still, and asks for
    another token.
    """
    if _is_a_scripts(request):
        error = _("The page is too old: somebody logged in since it was opened.")
        return JsonResponse({"error": error, "csrf": True}, status=403)
    if _came_from_here(request):
        # Not at import: the views use this module's neighbours.
        from accounts.views import Login

        if request.path == reverse("account_login"):
            return Login.resumed(request)
        if holds_text(request):
            if request.user.is_authenticated:
                return kept.give_back(request, kept.posted(request))
            return to_login(request)
    return render(request, "403_csrf.html", status=403)


def to_login(request):
    """Send a person without login to the login page, with the text of their form."""
    if holds_text(request):
        from accounts.views import Login

        return Login.carrying(request, kept.seal(request))
    return redirect_to_login(request.get_full_path(), reverse("account_login"))


def refused(request):
    """The admin's answer to somebody who has no role there: where their place is, with 403."""
    context = {"has_desk": people.may_read(request.user)}
    return render_page(request, "accounts/refused.html", context, status=403)


def holds_text(request) -> bool:
    """Whether a form of the admin or the desk was posted in which somebody may have written.

    A confirmed deletion or an action is none: given back, one click would carry it out.
    """
    match = request.resolver_match
    if request.method != "POST" or match is None:
        return False
    if match.view_name in ("desk:glossary", "desk:review"):
        # Mostly a button alone: only words are worth a page of their own.
        return bool(kept.texts(kept.posted(request)))
    # Django's page for whatever is not there has no name.
    is_admins = match.app_names == ["admin"] and (match.url_name or "").endswith(FORMS)
    return (is_admins or match.view_name == "desk:desk") and bool(request.POST)


def _is_a_scripts(request) -> bool:
    # `*/*` is what every form says at the end: JSON has to be asked for before pages.
    wish = request.get_preferred_type(["text/html", "application/json"])
    is_json = "application/json" in (wish, request.content_type)
    return is_json or request.path.endswith("/save/")


def _came_from_here(request) -> bool:
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
