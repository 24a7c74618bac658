"""The form on the board by which people ask for the daily mail."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponseBadRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core import languages
from translations import news
from translations.desk import board, people
from translations.desk.doors import guarded, refuse
from translations.desk.subscribing import MailForm


@require_http_methods(["GET", "HEAD", "POST"])
@guarded
def subscribe(request):
    """Turn the daily mail on or off, and say so on the board."""
    if request.method != "POST":
        # The form came after the login had ended: from there the way leads back to here.
        return redirect("desk:board")
    language = request.POST.get("language", "")
    form = MailForm(request.user, request.POST, language=language)
    if not form.is_valid():
        if set(form.errors) == {"email"}:
            return board.show(request, wrong=form)
        return HttpResponseBadRequest("language is a language of the site, on is 0 or 1.")
    name = {"language": languages.name(language)}
    is_on = form.cleaned_data["on"]
    if is_on and not people.may(request.user, "translate", language):
        return refuse(request, _("You may not write in %(language)s.") % name)
    form.save()
    if not is_on:
        told = _("You get no more mails about %(language)s.")
    elif news.is_possible():
        told = _(
            "You get a mail, once a day at most, when there is something new for %(language)s."
        )
    else:
        told = _(
            "Noted: mails about %(language)s. This site sends no mail yet; they come as soon as "
            "whoever runs it has set it up."
        )
    messages.success(request, told % name)
    return redirect("desk:board")
