"""Make the index of the search anew."""

from __future__ import annotations

from django.core.management import BaseCommand

from search import rebuilding


class Command(BaseCommand):
    help = (
        "Make the index of the search anew from the texts: after a backup was restored, or rows "
        "were written by hand. Readers go on finding meanwhile."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-needed",
            action="store_true",
            help="only where it was never made, or by another version",
        )

    def handle(self, *, if_needed, verbosity, **options):
        if if_needed and not rebuilding.is_needed():
            return
        number = rebuilding.rebuild()
        if verbosity:
            self.stdout.write(f"Sides that readers can find: {number}.")
