"""Bring the posts and pages of a WordPress site along. Safe to run again."""

from __future__ import annotations

import json

from django.core.management import BaseCommand, CommandError
from django.core.management.base import no_translations

from bulletins.wordpress.several import join
from bulletins.wordpress.uploads import Uploads
from bulletins.wordpress.write import LanguageNeeded, import_export
from bulletins.wordpress.wxr import NotAnExport, parse
from core import languages, zones
from pages.models import Identity


class Command(BaseCommand):
    help = (
        "Import posts and pages from a WordPress export (Tools, Export, All content). Running it "
        "again imports nothing twice and keeps what was edited or deleted here."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "files", nargs="+", metavar="FILE.xml", help="the export, with all its parts"
        )
        parser.add_argument(
            "--language",
            choices=languages.codes(),
            help="the language of posts that do not say theirs",
        )
        parser.add_argument(
            "--media", metavar="FOLDER", help="a copy of the old site's folder of uploads"
        )
        parser.add_argument("--dry-run", action="store_true", help="try it and keep nothing")
        parser.add_argument("--json", action="store_true", help="the ledger for programs")

    # The ledger is in one language: what the parser says is not translated.
    @no_translations
    def handle(self, *, files, language, media, dry_run, **options):
        zone = zones.zone(Identity.current().default_time_zone)
        try:
            export = join([self._parsed(name, zone) for name in files])
            uploads = None if media is None else Uploads(media)
            ledger = import_export(export, language=language, uploads=uploads, dry_run=dry_run)
        except (NotAnExport, LanguageNeeded) as error:
            raise CommandError(f"Nothing was imported. {error}") from error
        except NotADirectoryError as error:
            raise CommandError(f"Nothing was imported. There is no folder “{error}”.") from error
        if options["json"]:
            self.stdout.write(json.dumps(ledger.as_dict(), ensure_ascii=False, indent=2))
        else:
            self.stdout.write(ledger.as_text())

    @staticmethod
    def _parsed(name: str, zone):
        try:
            return parse(name, zone=zone)
        except NotAnExport as error:
            raise NotAnExport(f"{name}: {error}") from error
