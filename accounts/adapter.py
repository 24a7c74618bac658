from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter

EVERYBODY = "0.0.0.0"


class ClosedAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves, and nobody's address is kept."""

    def is_open_for_signup(self, request):
        return False

    def get_client_ip(self, request):
        # allauth counts tries per address and stores the address to do so. Here everybody shares
        # one: what it limits "per address" is then limited in all.
        return EVERYBODY
