"""What machines ask every host for: robots.txt, and what stands under /.well-known/."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from accounts.middleware import INSIDE
from config.onion import here
from core import languages

# RFC 9116 (2.5.5) recommends less than a year.
GOOD_FOR = timedelta(days=180)


def robots(request):
    """All but the doors of those who work here, and what somebody searched for (RFC 9309)."""
    rules = [*(f"Disallow: {path}" for path in INSIDE), "Disallow: /*/search/"]
    lines = ["User-agent: *", *rules, "", f"Sitemap: {here(request, reverse('sitemap'))}"]
    return _text(lines)


def security(request):
    """Whom to tell of a hole in the site (RFC 9116). Raises Http404 where nobody can be told."""
    email = request.identity.email
    if not email:
        raise Http404
    # From midnight on, so that the file is the same all day.
    midnight = datetime.combine(timezone.now().astimezone(UTC), time(), UTC)
    lines = [
        f"Contact: mailto:{quote(email, safe='@+')}",
        f"Expires: {midnight + GOOD_FOR:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(languages.public())}",
    ]
    # It may name https addresses only, and found at any other would then not be trusted.
    if settings.SITE_URL.startswith("https://") and here(request, "") == settings.SITE_URL:
        lines.append(f"Canonical: {settings.SITE_URL}{request.path}")
    return _text(lines)


def change_password(request):
    """Where a password manager sends people (w3c.github.io/webappsec-change-password-url)."""
    return HttpResponseRedirect(reverse("account_change_password"))


def _text(lines: list[str]) -> HttpResponse:
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
