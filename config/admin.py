from __future__ import annotations

from functools import update_wrapper

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from accounts.doors import to_login

# The rich-text editor writes one constant <style>; another version of it has another hash, and the
# browser tests fail on the message in the console.
EDITOR_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"


class TractAdminSite(admin.AdminSite):
    """Django's admin in our house: our login, our front page, our name above it."""

    site_title = _("Tract")
    index_title = _("What would you like to do?")
    enable_nav_sidebar = False

    def each_context(self, request):
        context = super().each_context(request)
        identity = getattr(request, "identity", None)
        return context | {"site_header": str(identity or "") or "Tract"}

    def admin_view(self, view, cacheable=False):
        guarded = super().admin_view(view, cacheable)

        def inner(request, *args, **kwargs):
            # Before Django's own redirect, which would drop the text of a posted form.
            if not request.user.is_authenticated:
                return to_login(request)
            if not self.has_permission(request):
                raise PermissionDenied
            response = guarded(request, *args, **kwargs)
            response._csp_update = {"style-src": [EDITOR_STYLE]}
            return response

        return update_wrapper(inner, guarded)

    def login(self, request, extra_context=None):
        return to_login(request)
