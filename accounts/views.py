from __future__ import annotations

from allauth.account.views import LoginView
from django.conf import settings
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseRedirect
from django.urls import reverse, reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from core import kept, languages


class Login(LoginView):
    """The login, which also carries a text that was posted after the last login had ended."""

    sealed = ""

    @classmethod
    def carrying(cls, request, sealed: str):
        """The login page in answer to a form that came without a login."""
        view = cls(sealed=sealed)
        view.setup(request)
        context = view.get_context_data(form=view.form_class(request=request))
        context["redirect_field_value"] = request.get_full_path()
        response = view.render_to_response(context)
        response["Cache-Control"] = "no-store"
        return response

    def get_context_data(self, **kwargs):
        sealed = self.sealed or self.request.POST.get("kept", "")
        return super().get_context_data(**kwargs) | {"kept": sealed}

    def form_valid(self, form):
        response = super().form_valid(form)
        if self.request.user.is_authenticated:
            if text := kept.unseal(self.request.POST.get("kept", "")):
                return kept.give_back(self.request, text)
        return response


class SetPassword(auth_views.PasswordResetConfirmView):
    """The page behind a one-time link, on which a person chooses their password."""

    template_name = "accounts/set_password.html"
    success_url = reverse_lazy("set_password_done")


class SetPasswordDone(auth_views.PasswordResetCompleteView):
    template_name = "accounts/set_password_done.html"


@require_POST
@login_required
def choose_language(request):
    """Remember the language in which a person wants the interface."""
    if request.POST.get("language") in languages.codes():
        request.user.language = request.POST["language"]
        request.user.save(update_fields=["language"])
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = reverse(settings.LOGIN_REDIRECT_URL)
    return HttpResponseRedirect(back)


def no_signup(request):
    """allauth names this address in its pages; nobody signs up here."""
    return HttpResponseRedirect(reverse("account_login"))


