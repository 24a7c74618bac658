"""Browsers in which a person has logged in before.

Whoever floods the login with wrong passwords would shut everybody out. A browser that is known
has a limit of its own, so that those who work here still get in (OWASP, “Slow Down Online
Guessing Attacks with Device Cookies”). Its cookie is sent to the login only, never with a reader's
page; it names nobody, ends after a month, and dies with the password it was given for.
"""

from __future__ import annotations

import secrets

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "accounts.known"
SECONDS = 30 * 24 * 3600
PATH = "/accounts/"


def cookie_name() -> str:
    """The cookie's name; over HTTPS one that browsers accept from HTTPS only (RFC 6265bis)."""
    return "__Secure-known" if settings.SESSION_COOKIE_SECURE else "known"


def remember(response, user) -> None:
    """Make the browser that gets `response` a known one of `user`."""
    mark = [user.pk, _password(user), secrets.token_urlsafe(12)]
    response.set_cookie(
        cookie_name(),
        signing.dumps(mark, salt=SALT),
        max_age=SECONDS,
        path=PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def browser(request, name: str) -> str | None:
    """What tells the browser from others, if the person called `name` has logged in with it."""
    mark = request.COOKIES.get(cookie_name(), "")
    try:
        pk, password, nonce = signing.loads(mark, salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        return None
    user = get_user_model().objects.filter(pk=pk, username__iexact=name, is_active=True).first()
    is_same = user is not None and constant_time_compare(_password(user), password)
    return nonce if is_same else None


def _password(user) -> str:
    """What changes with a person's password and does not tell it."""
    return salted_hmac(SALT, user.get_session_auth_hash(), algorithm="sha256").hexdigest()
