"""What a visit to an address found, and what that says about the address."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Verdict(models.TextChoices):
    """What an address is worth to a reader, as far as is known."""

    BROKEN = "broken", _("broken")
    MOVED = "moved", _("moved")
    UNSURE = "unsure", _("unsure")
    REFUSED = "refused", _("not visited")
    WAITING = "waiting", _("not visited yet")
    FINE = "fine", _("works")


class Problem(models.TextChoices):
    """What is wrong, in a sentence for whoever has to decide what becomes of the link."""

    GONE = "gone", _("The page is gone.")
    SERVER = "server", _("The site is there and fails: it says that the error is its own.")
    TIME_OUT = "time_out", _("The site did not answer in time.")
    NO_NAME = "no_name", _("There is no site of this name.")
    NO_ANSWER = "no_answer", _("Nobody answers there: the connection is refused.")
    CUT = "cut", _("The site broke off the connection without an answer.")
    CERTIFICATE = "certificate", _("The site’s certificate is wrong: browsers warn of it.")
    INSECURE = "insecure", _("No secure connection to the site can be made.")
    MANY = "many", _("The site leads on and on: too many redirects.")
    LOOP = "loop", _("The site leads in a circle.")
    LOGIN = "login", _("The site asks for a login, or does not let a machine in.")
    LATER = "later", _("The site asked us to come back later.")
    ODD = "odd", _("The site’s answer makes no sense to us.")
    OUR_NETWORK = "our_network", _("We could not get there. It may be our own connection.")
    ONION = "onion", _("Onion addresses are not visited.")
    PRIVATE = "private", _("It leads into a private network.")
    PORT = "port", _("Only the usual ports are visited.")
    LOGIN_INSIDE = "login_inside", _("There is a user name or password in it.")
    NO_SITE = "no_site", _("This is not the name of a public site.")


VERDICTS = {
    **dict.fromkeys(
        [
            *(Problem.GONE, Problem.SERVER, Problem.TIME_OUT, Problem.NO_NAME, Problem.NO_ANSWER),
            *(Problem.CUT, Problem.CERTIFICATE, Problem.INSECURE, Problem.MANY, Problem.LOOP),
        ],
        Verdict.BROKEN,
    ),
    **dict.fromkeys(
        [Problem.LOGIN, Problem.LATER, Problem.ODD, Problem.OUR_NETWORK], Verdict.UNSURE
    ),
    **dict.fromkeys(
        [
            *(Problem.ONION, Problem.PRIVATE, Problem.PORT, Problem.LOGIN_INSIDE),
            Problem.NO_SITE,
        ],
        Verdict.REFUSED,
    ),
}


@dataclass(frozen=True)
class Outcome:
    """`problem` is "" where the address works, `status` the last answer's, None without one.

    `moved_to` is where it says to have moved for good. `is_unsure` says that what looks broken to
    us may work in a browser.
    """

    problem: str = ""
    status: int | None = None
    moved_to: str = ""
    is_unsure: bool = False

    @property
    def verdict(self) -> Verdict:
        if self.problem:
            return Verdict.UNSURE if self.is_unsure else VERDICTS[Problem(self.problem)]
        return Verdict.MOVED if self.moved_to else Verdict.FINE


class Failed(Exception):
    """A visit ended without the page. `problem` says how."""

    def __init__(self, problem: Problem):
        super().__init__(problem.value)
        self.problem = problem


class Refused(Failed):
    """We do not go there."""
