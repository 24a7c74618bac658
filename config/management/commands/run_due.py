"""What is due, done. Called by cron as often as one likes; doing nothing is fine."""

from __future__ import annotations

from django.core.cache import cache
from django.core.management import BaseCommand, call_command


class Command(BaseCommand):
    help = "Do what is due: forget ended logins and counted tries. Run it from cron."

    def handle(self, **options):
        call_command("clearsessions")
        # DatabaseCache drops what has expired only when it is full.
        cache.get("run_due")
