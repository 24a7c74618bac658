"""What is due, done. Called by cron as often as one likes; doing nothing is fine."""

from __future__ import annotations

from django.conf import settings
from django.core.management import BaseCommand, call_command
from django.db import connection
from django.utils import timezone

from bulletins.announcing import sending as announcements
from links.checking import running as links
from translations import news


class Command(BaseCommand):
    help = (
        "Do what is due: forget ended logins and counted tries, let the files of pictures follow "
        "what is public, send what goes to mailing lists, mail translators what is new, visit a "
        "few of the addresses that texts link to. Run it from cron."
    )

    def handle(self, **options):
        call_command("clearsessions")
        forget_expired(settings.CACHES["default"]["LOCATION"])
        call_command("check_pictures", repair=True, verbosity=0)
        announcements.send()
        news.send()
        # The last: others' servers may be slow, and nobody waits for it.
        links.run_share()


def forget_expired(table: str) -> int:
    """Delete what has expired from the cache's table, and say how much it was.

    DatabaseCache itself drops it only when it is full.
    """
    quote = connection.ops.quote_name
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {quote(table)} WHERE {quote('expires')} < %s", [now])
        return cursor.rowcount
