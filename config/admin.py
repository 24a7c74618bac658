from __future__ import annotations

from functools import update_wrapper

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.doors import refused, to_login


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
            # Before Django's own redirect, which leads to Django's own login.
            if not request.user.is_authenticated:
                return to_login(request)
            if not self.has_permission(request):
                return refused(request)
            return guarded(request, *args, **kwargs)

        return update_wrapper(inner, guarded)

    # Django's own doors lead to ours: one login, one count of tries, one look.

    def login(self, request, extra_context=None):
        goal = request.GET.get("next") or reverse("admin:index")
        return redirect_to_login(goal, reverse("account_login"))

    def logout(self, request, extra_context=None):
        return HttpResponseRedirect(reverse("account_logout"))

    def password_change(self, request, extra_context=None):
        return HttpResponseRedirect(reverse("account_change_password"))

    def password_change_done(self, request, extra_context=None):
        return HttpResponseRedirect(reverse("admin:index"))
