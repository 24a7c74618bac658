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
from donations.models import BankAccount

from config import sample
from config.environment import write_secret

ADMIN = "admin"
STATIC_STAMP = "static.stamp"


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
        self._administrator()
        if settings.SAMPLE and sample.is_wanted():
            sample.load()
        self._refuse_sample_accounts()
        self._collect_static()
        self._greet()

    def _administrator(self):
        """The first person: made once, with a password of its own that only this machine holds."""
        if get_user_model().objects.exists():
            return
        path = settings.DATA_DIR / "admin_password"
        write_secret(path, secrets.token_urlsafe(15))
        password = path.read_text().strip()
        get_user_model().objects.create_superuser(ADMIN, "", password)

    def _refuse_sample_accounts(self):
        if settings.PUBLIC and BankAccount.objects.filter(iban__in=sample.ibans()).exists():
            raise CommandError(
                f"Tract does not start at {settings.SITE_URL} with the sample's bank accounts: "
                "people would send money to numbers that belong to nobody. Delete them in the "
                "admin of the local site (without SITE_URL), or begin with a new DATA_DIR."
            )

    def _collect_static(self):
        stamp = settings.DATA_DIR / STATIC_STAMP
        now = self._static_state()
        if settings.DEBUG or (stamp.exists() and stamp.read_text() == now):
            return
        self.stdout.write("Collecting static files …")
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        stamp.write_text(now)

    @staticmethod
    def _static_state() -> str:
        """What the collected files depend on: ours by size and time, the libraries' by their pins."""
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
        path = settings.DATA_DIR / "admin_password"
        admin = get_user_model().objects.filter(username=ADMIN).first()
        if path.exists() and admin and admin.check_password(path.read_text().strip()):
            self.stdout.write(f"User        {ADMIN}")
            self.stdout.write(f"Password    {path.read_text().strip()}   (kept in {path})")
