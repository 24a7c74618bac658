from __future__ import annotations

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from core import languages


class MailingList(models.Model):
    """The list to which the sides of one language go. Each change is kept with who made it."""

    language = models.CharField(_("language"), max_length=12, unique=True)
    address = models.EmailField(
        _("address of the list"),
        help_text=_(
            "Of the list itself, at its host, and never of a person. Whoever may change it decides "
            "who gets your bulletins, and could send them to strangers or to nobody without a "
            "trace on the site. So only administrators may, and every change is kept with who "
            "made it: see “History”."
        ),
    )
    is_active = models.BooleanField(
        _("in use"), default=True, help_text=_("Without it, nothing is sent to this list.")
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("mailing list")
        verbose_name_plural = _("mailing lists")
        ordering = ["language"]

    def __str__(self):
        return f"{languages.native_name(self.language)}: {self.address}"

    def save(self, **options):
        # Not at import: the queue asks these models.
        from bulletins.announcing import queue

        with transaction.atomic():
            # Before: what was due without a list does not go to this one.
            queue.drop_without_list()
            super().save(**options)


class State(models.TextChoices):
    QUEUED = "queued", _("Waiting to be sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    UNSURE = "unsure", _("Unsure: was it sent?")
    FAILED = "failed", _("Not sent")
    DROPPED = "dropped", _("Dropped")


class Why(models.TextChoices):
    """What the log says beside a state. A word and not a text: it is read in several languages."""

    TAKEN_BACK = "taken_back", _("Readers no longer had it.")
    UNTICKED = "unticked", _("Somebody took the tick out of its box.")
    NO_LIST = "no_list", _("No list of this language was in use.")
    BY_HAND = "by_hand", _("Somebody dropped it here.")
    UNREACHABLE = "unreachable", _("The mail server did not answer.")
    LOGIN = "login", _("The mail server did not take our name and password.")
    LATER = "later", _("The mail server asked us to try again later.")
    REFUSED = "refused", _("The mail server refused it. Is the address of the list right?")
    LOST = "lost", _("The connection broke off before the mail was handed over.")
    CUT_OFF = "cut_off", _("The connection broke off while the mail was being handed over.")
    STOPPED = "stopped", _("The program was stopped while the mail was being handed over.")
    FAULTY = "faulty", _("No mail could be made of it. That is a fault of ours: please tell us.")
    TOO_LATE = "too_late", _("For three days no mail could be sent. It may be old news by now.")


class Announcement(models.Model):
    """One side of a bulletin on its way to the list of its language: at most one row, hence once.

    `address` is where it went; `next_try_at` when it is due, or, while it is being sent, until when
    it may take. A row without a bulletin tells of one that was deleted since.
    """

    bulletin = models.ForeignKey(
        "bulletins.Bulletin",
        models.SET_NULL,
        null=True,
        related_name="announcements",
        verbose_name=_("bulletin"),
    )
    language = models.CharField(_("language"), max_length=12)
    # Translators: the address that a mail went to.
    address = models.EmailField(_("to"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    error = models.CharField(_("why"), max_length=12, choices=Why, blank=True)
    queued_at = models.DateTimeField(_("wanted since"), default=timezone.now)
    next_try_at = models.DateTimeField(_("next try"), default=timezone.now)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    sent_at = models.DateTimeField(_("sent"), null=True)

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        default_permissions = ("view", "change")
        ordering = ["-queued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["bulletin", "language"], name="announced_once")
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(state__in=["queued", "sending"]),
                name="announcement_due",
            )
        ]

    def __str__(self):
        title = str(self.bulletin) if self.bulletin else _("A bulletin that was deleted")
        return f"{title} ({languages.native_name(self.language)})"

    @property
    def may_be_retried(self) -> bool:
        """Whether a person may ask for it to be sent after all."""
        stopped = (State.FAILED, State.UNSURE, State.DROPPED)
        return self.state in stopped and self.bulletin_id is not None

    @property
    def had_no_list(self) -> bool:
        """Whether it was due when its language had no list in use."""
        return self.state == State.DROPPED and self.error == Why.NO_LIST

    @property
    def may_have_arrived(self) -> bool:
        """Whether only a person can find out if the list has it."""
        return self.state == State.UNSURE

    @property
    def may_be_dropped(self) -> bool:
        return self.state == State.QUEUED
