"""A public site with an onion service, as production serves it."""

from __future__ import annotations

from tests import factories
from tests.config.commands import SITE

HOST = SITE.removeprefix("https://")
ONION = "exampleonlynobodyanswershereitwasinventedfortheportfpiqd.onion"


def serve_publicly(settings):
    """Serve at `SITE` over HTTPS, and at `ONION`, with the identity of the factories."""
    settings.SITE_URL, settings.ONION_HOST = SITE, ONION
    settings.ALLOWED_HOSTS = [HOST, ONION]
    settings.CSRF_TRUSTED_ORIGINS = [SITE, f"http://{ONION}"]
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 1000
    return factories.identity()
