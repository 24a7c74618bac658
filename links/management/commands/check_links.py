"""Do the addresses that readers are sent to still lead somewhere?"""

from __future__ import annotations

from django.core.management import BaseCommand, CommandError

from links.checking import running
from links.checking.outcomes import Outcome, Problem, Verdict


class Command(BaseCommand):
    help = (
        "Visit the addresses of allied groups and the links in public texts, each once a week, a "
        "broken one once a day. run_due does so, too, a few at a time. What was found stands in "
        "the admin."
    )

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="visit those that are not due, too")
        parser.add_argument("--limit", type=_count, help="visit at most so many")

    def handle(self, *, verbosity, **options):
        told = self._tell if verbosity > 0 else lambda address, outcome: None
        try:
            counts = running.run(limit=options["limit"], everything=options["all"], told=told)
        except running.AlreadyRunning:
            raise CommandError("Links are being checked already. Try again later.") from None
        if verbosity > 0:
            found = [f"{counts[v]} {v.label}" for v in Verdict if counts[v]]
            self.stdout.write(", ".join(found) or "No link is due.")

    def _tell(self, address: str, outcome: Outcome):
        words = Problem(outcome.problem).label if outcome.problem else outcome.moved_to
        self.stdout.write(f"{outcome.verdict.label}: {address} {words}".rstrip())


def _count(text: str) -> int:
    if not text.isdigit() or not int(text):
        raise ValueError
    return int(text)
