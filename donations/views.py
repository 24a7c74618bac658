"""The reader's page: which account is for whom, and its numbers."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from donations.models import BankAccount, Kind
from donations.qr import epc_png
from pages.rendering import render_page


def donate(request):
    """Every active account, under the question from where one pays."""
    accounts = list(BankAccount.objects.active())
    context = {
        "accounts": [
            {"text": account.side(get_language()), "account": as_shown(account)}
            for account in accounts
        ],
        "origins": origins(accounts),
    }
    return render_page(request, "donations/donate.html", context)


def qr(request, pk):
    """The QR code of an active account in euros as PNG: it fills in a transfer, but no amount."""
    payload = get_object_or_404(BankAccount.objects.active().in_euros(), pk=pk).qr_payload()
    if not payload:
        raise Http404
    return HttpResponse(epc_png(payload), content_type="image/png")


def as_shown(account: BankAccount) -> dict:
    """What the page shows of an account, the same in every language."""
    names = ("kind", "currency", "holder", "bank", "iban", "iban_grouped", "bic")
    names += ("sort_code_grouped", "account_number", "reference", "confirmed_on", "anchor")
    shown = {name: getattr(account, name) for name in names}
    return shown | {
        "qr_url": reverse("donations:qr", args=[account.pk]) if account.in_sepa else None
    }


def origins(accounts: list[BankAccount]) -> list[dict]:
    """“Where are you paying from?”: each answer leads to the first account that serves it.

    An answer that no account serves is not offered.
    """
    answers = [
        (
            "euro",
            _("The euro area, Switzerland and other SEPA countries"),
            lambda account: account.in_sepa,
        ),
        ("sterling", _("The United Kingdom"), lambda account: account.kind == Kind.STERLING),
        ("elsewhere", _("Elsewhere"), lambda account: account.takes_swift),
    ]
    found = [
        (code, label, next((account for account in accounts if serves(account)), None))
        for code, label, serves in answers
    ]
    return [
        {"code": code, "label": label, "url": f"#{account.anchor}"}
        for code, label, account in found
        if account
    ]
