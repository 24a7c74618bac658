"""What happens to a form that comes without a valid login or token: its text is kept."""

from __future__ import annotations

from django.contrib.auth.views import redirect_to_login
from django.urls import reverse
from django.views.csrf import csrf_failure as django_csrf_failure

from core import kept


def csrf_failure(request, reason=""):
    """A form with a stale token: somebody logged in anew in another window, most often.

    Only where the browser says that the form came from this site is the text offered again;
    a foreign form is refused as ever.
    """
    origin = request.headers.get("Origin", "")
    is_own = origin and origin == f"{request.scheme}://{request.get_host()}"
    if is_own and request.user.is_authenticated and request.path.startswith("/admin/"):
        return kept.give_back(request, kept.unseal(kept.seal(request)))
    return django_csrf_failure(request, reason)


def to_login(request):
    """Send a person without login to the login page, with the text of their form."""
    if request.method == "POST" and request.POST:
        # Not at import: the view uses this module.
        from accounts.views import Login

        return Login.carrying(request, kept.seal(request))
    return redirect_to_login(request.get_full_path(), reverse("account_login"))
