"""Bring a data folder into the state in which the site can be served. Safe to run at any time."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connection

from config import sample
from config.environment import write_secret
from donations.models import BankAccount

ADMIN = "admin"
# The file in the data folder that holds the first password.
PASSWORD = "admin_password"
STATIC_STAMP = ".collected"


class Command(BaseCommand):
    help = "Migrate, fill an empty database, make the administrator, collect static files."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-empty", action="store_true", help="migrate when there is no table, nothing else"
        )

    def handle(self, *, if_empty, **options):
        is_empty = not connection.introspection.table_names()
        if if_empty and not is_empty:
            return
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        if if_empty:
            return
        # What an upgrade adds to be known of a side is found out once.
        call_command("check_sides", repair=True, verbosity=0)
        # So is how texts are found.
        call_command("rebuild_search", if_needed=True, verbosity=0)
        self._administrator()
        self._fill()
        # After the sample, which has pictures of its own; and what a crash left behind is gone.
        call_command("check_pictures", repair=True, verbosity=0)
        self._refuse_sample_accounts()
        self._collect_static()
        self._greet()

    def _administrator(self):
        """The first person: made once, with a password of its own that only this machine holds."""
        if get_user_model().objects.exists():
            return
        path = settings.DATA_DIR / PASSWORD
        write_secret(path, secrets.token_urlsafe(15))
        password = path.read_text().strip()
        get_user_model().objects.create_superuser(ADMIN, "", password)

    def _fill(self):
        if not (settings.SAMPLE and sample.is_wanted()):
            return
        if settings.PUBLIC:
            raise CommandError(
                f"The sample content is not for {settings.SITE_URL}: it holds bank accounts that "
                "belong to nobody. Unset SAMPLE, or look at the sample without SITE_URL."
            )
        sample.load()

    def _refuse_sample_accounts(self):
        if settings.PUBLIC and BankAccount.objects.filter(iban__in=sample.ibans()).exists():
            raise CommandError(
                f"Tract does not start at {settings.SITE_URL} with the sample's bank accounts: "
                "people would send money to numbers that belong to nobody. Delete them in the "
                "admin of the local site (without SITE_URL), or begin with a new DATA_DIR."
            )

    def _collect_static(self):
        # In the folder itself, so that whoever empties it gets it filled again.
        stamp = Path(settings.STATIC_ROOT) / STATIC_STAMP
        now = self._static_state()
        if settings.DEBUG or (stamp.exists() and stamp.read_text() == now):
            return
        self.stdout.write("Collecting static files …")
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        stamp.write_text(now)

    @staticmethod
    def _static_state() -> str:
        """What they were collected from: our files by size and time, the libraries' by pin."""
        seen = hashlib.sha256((settings.BASE_DIR / "requirements.txt").read_bytes())
        for path in sorted(Path(settings.BASE_DIR / "static").rglob("*")):
            stat = path.stat()
            seen.update(f"{path}|{stat.st_size}|{stat.st_mtime_ns}\n".encode())
        return seen.hexdigest()

    def _greet(self):
        port = os.environ.get("PORT") or "8000"
        address = settings.SITE_URL or f"http://localhost:{port}"
        self.stdout.write(f"Tract       {address}/")
        self.stdout.write(f"Admin       {address}/admin/")
        path = settings.DATA_DIR / PASSWORD
        admin = get_user_model().objects.filter(username=ADMIN).first()
        if admin and path.exists() and admin.check_password(password := path.read_text().strip()):
            self.stdout.write(f"User        {ADMIN}")
            # What a service prints is kept in the machine's journal: no place for a password.
            shown = f"in {path}" if settings.PUBLIC else f"{password}   (kept in {path})"
            self.stdout.write(f"Password    {shown}")
