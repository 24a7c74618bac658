from __future__ import annotations

from allauth.account.views import LoginView, LogoutView, PasswordChangeView
from django.contrib.auth import views as auth_views
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpResponseRedirect
from django.urls import reverse, reverse_lazy
from django.utils import translation
from django.views.decorators.http import require_POST

from accounts import known, places
from core import kept, languages


class Login(LoginView):
    """The login, which also carries a text that was posted after the last login had ended."""

    sealed = ""

    @classmethod
    def carrying(cls, request, sealed: str, goal: str | None = None):
        """The login page in answer to a form that came without a login.

        After it, to `goal`: None is where the form was going, "" wherever the person belongs.
        """
        view = cls(sealed=sealed)
        view.setup(request)
        context = view.get_context_data(form=view.form_class(request=request))
        context["redirect_field_value"] = request.get_full_path() if goal is None else goal
        response = view.render_to_response(context)
        response["Cache-Control"] = "no-store"
        return response

    @classmethod
    def resumed(cls, request):
        """The answer to a login form with a stale token: it was open in two windows, perhaps."""
        sealed, goal = request.POST.get("kept", ""), request.POST.get("next", "")
        if not request.user.is_authenticated:
            return cls.carrying(request, sealed, goal)
        if text := kept.unseal(sealed):
            return kept.give_back(request, text)
        return HttpResponseRedirect(places.landing(request, goal))

    def get_authenticated_redirect_url(self):
        return places.landing(self.request, super().get_authenticated_redirect_url())

    def get_context_data(self, **kwargs):
        sealed = self.sealed or self.request.POST.get("kept", "")
        text = sealed if kept.unseal(sealed) else ""
        context = super().get_context_data(**kwargs) | {"kept": text}
        # allauth's "site" is a host name; the pages' own is the collective.
        context.pop("site", None)
        if text:
            # The switch is a link: it would leave the text behind.
            context["switcher"] = []
        return context

    def form_invalid(self, form):
        response = super().form_invalid(form)
        if form.has_error(NON_FIELD_ERRORS, "too_many_login_attempts"):
            response.status_code = 429
        return response

    def form_valid(self, form):
        response = super().form_valid(form)
        user = self.request.user
        if not user.is_authenticated:
            return response
        if text := kept.unseal(self.request.POST.get("kept", "")):
            with translation.override(user.language):
                response = kept.give_back(self.request, text)
        else:
            response = HttpResponseRedirect(places.landing(self.request, response.url))
        known.remember(response, user)
        return response


class WithAWayBack:
    """A page that also leads back to where the person works."""

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"back": places.home(self.request.user)}


class Logout(WithAWayBack, LogoutView):
    pass


class ChangePassword(WithAWayBack, PasswordChangeView):
    pass


class SetPassword(auth_views.PasswordResetConfirmView):
    """The page behind a one-time link, on which a person chooses their password."""

    template_name = "accounts/set_password.html"
    success_url = reverse_lazy("set_password_done")

    def get_user(self, uidb64):
        # Django's own lets a person in whose account was closed after the link was made.
        user = super().get_user(uidb64)
        return user if user is not None and user.is_active else None


class SetPasswordDone(auth_views.PasswordResetCompleteView):
    template_name = "accounts/set_password_done.html"


@require_POST
def choose_language(request):
    """Remember the language in which a person wants the interface."""
    if not request.user.is_authenticated:
        return HttpResponseRedirect(reverse("account_login"))
    if request.POST.get("language") in languages.codes():
        request.user.language = request.POST["language"]
        request.user.save(update_fields=["language"])
    return HttpResponseRedirect(places.landing(request, request.POST.get("next", "")))


def no_signup(request):
    """allauth names this address in its pages; nobody signs up here."""
    return HttpResponseRedirect(reverse("account_login"))
