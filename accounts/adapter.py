from __future__ import annotations

import unicodedata

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts import known, places

EVERYBODY = "0.0.0.0"
APP = "allauth.account"


class ClosedAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves, nobody's address is kept, and wrong passwords are counted.

    Five wrong passwords for one name in five minutes close that name, a hundred for all names
    together close the login (`ACCOUNT_RATE_LIMITS`). While it is closed the right password is
    refused like a wrong one, or a refusal would tell which it was. The time is short because the
    limit in all can be held shut by anybody who keeps on trying: it ends five minutes after them.
    Until then those who write here still get in: their browsers are known, and have a limit of
    their own (see `accounts.known`). Whoever is logged in stays so.
    """

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": _(
            "Too many wrong passwords have been tried. Wait five minutes, then try again."
        ),
        "username_password_mismatch": _("This name and this password do not go together."),
    }

    def is_open_for_signup(self, request):
        return False

    def get_login_redirect_url(self, request):
        return places.home(request.user)

    def get_password_change_redirect_url(self, request):
        return places.home(request.user)

    def get_client_ip(self, request):
        # allauth counts tries per address and stores the address to do so. Here everybody shares
        # one: what it limits "per address" is then limited in all.
        return EVERYBODY

    def pre_authenticate(self, request, **credentials):
        """Count a try before its password is looked at. Raises ValidationError for one too many.

        allauth's own counts per `Host` header, which a stranger may vary (localhost:1,
        localhost:2, …), and per spelling of a name that the database takes for the same.
        """
        name = spelling(credentials.get("username", ""))
        browser = known.browser(request, name)
        limit = {
            "app": APP,
            "action": "login_failed_known" if browser else "login_failed",
            "key": salted_hmac("accounts.tries", browser or name, algorithm="sha256").hexdigest(),
        }
        # First without counting: a refused try writes nothing, so that a flood of invented names
        # neither fills the table nor pushes counts that matter out of it.
        is_free = ratelimit.consume(request, dry_run=True, **limit)
        # allauth takes this one back when the password was right.
        self._login_failed_rl_usage = is_free and ratelimit.consume(request, **limit)
        if not self._login_failed_rl_usage:
            raise self.validation_error("too_many_login_attempts")


def spelling(name: str) -> str:
    """One form for all spellings of a name that a database may find the same row for.

    Upper before casefold: PostgreSQL compares UPPER(), for which “ſ” is S and “ı” is I.
    """
    return unicodedata.normalize("NFKC", name).strip().upper().casefold()
