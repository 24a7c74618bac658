"""Compare the files of pictures with the database."""

from __future__ import annotations

from django.core.management import BaseCommand, CommandError

from pictures import checking


class Command(BaseCommand):
    help = (
        "Say which files of pictures are not where they belong: public copies that are missing or "
        "that nobody may see, private files that belong to no picture. With --repair, set it right."
    )

    def add_arguments(self, parser):
        parser.add_argument("--repair", action="store_true", help="set right what is not")

    def handle(self, *, repair, verbosity, **options):
        found = list(checking.check(repair=repair))
        for finding in found:
            if not finding.is_mendable:
                self.stderr.write(finding.words)
            elif verbosity:
                self.stdout.write(finding.words)
        if found and not repair:
            raise CommandError(f"{len(found)} things are not as they should be. Try --repair.")
        if verbosity:
            mended = sum(finding.is_mendable for finding in found)
            self.stdout.write(f"{mended} mended." if found else "All files are where they belong.")
