"""What happens to a form that comes without a valid login or token: its text is kept."""

from __future__ import annotations

from django.contrib.auth.views import redirect_to_login
from django.shortcuts import render
from django.urls import reverse

from core import kept


def csrf_failure(request, reason=""):
    """A form with a stale token: somebody logged in anew in another window, most often.

    Only where the browser says that the form came from this site is the text offered again;
    a foreign form is refused as ever.
    """
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


def holds_text(request) -> bool:
    """Whether a form of the admin was posted in which somebody may have written.

    A confirmed deletion or an action is none: given back, one click would carry it out.
    """
    name = request.resolver_match.url_name or "" if request.resolver_match else ""
    is_form = request.path.startswith(kept.FORMS) and name.endswith(("_add", "_change"))
    return is_form and request.method == "POST" and bool(request.POST)


def _came_from_here(request) -> bool:
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
