from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bulletins import threads, timing
from bulletins.announcing import queue
from bulletins.querysets import BulletinQuerySet
from core import zones
from pages.models import Topic
from pictures.models import Figure
from translations import rules
from translations.documents import Child, PublishedDocument
from translations.fields import Body, Count, Line, Text
from translations.reading import SideText
from translations.registry import column, columns


class Kind(models.TextChoices):
    UPDATE = "update", _("Update")
    CALLOUT = "callout", _("Call-out")
    FAQ = "faq", _("Questions and answers")

    @property
    def plural(self) -> str:
        """What a filter calls many of them."""
        return {"update": _("Updates"), "callout": _("Call-outs")}.get(self.value, self.label)


def whole(language: str) -> Q:
    """A bulletin's side is whole with title, address and text; an FAQ may be entries alone."""
    titled = Q(**{f"{column(name, language)}__isnull": False for name in ("title", "slug")})
    return titled & (Q(kind=Kind.FAQ) | Q(**{f"{column('body', language)}__isnull": False}))


class Bulletin(PublishedDocument):
    """An update, a call-out or a set of questions and answers."""

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.UPDATE)
    title = Line(_("title"))
    slug = Line(_("address"), max_length=80, help_text=_("Left empty, it is made from the title."))
    summary = Text(_("summary"), help_text=_("One or two sentences for lists. May stay empty."))
    body = Body(_("text"))
    excerpt = Text(_("excerpt"), editable=False)
    words = Count(_("words"), editable=False)
    topics = models.ManyToManyField(
        Topic, verbose_name=_("topics"), blank=True, related_name="bulletins"
    )
    pinned = models.BooleanField(
        _("pinned"), default=False, help_text=_("It stands on top of the front page.")
    )
    announce = models.BooleanField(
        _("send it to the mailing lists"),
        default=False,
        help_text=_("Once, when readers get it: each side to the list of its language."),
    )
    # What feeds and calendars know it by: the same whatever becomes of its title and its host.
    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    follows = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="followed_by",
        verbose_name=_("follows"),
        help_text=_(
            "An earlier bulletin that this one goes on from: each then leads readers to the other."
        ),
    )
    # The bulletin with which its thread began; none where it follows nothing (`threads`).
    thread = models.ForeignKey(
        "self", models.SET_NULL, null=True, editable=False, related_name="thread_members"
    )

    starts_at = models.DateTimeField(_("starts"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="Europe/Paris", validators=[zones.validate]
    )
    place = Line(_("place"), help_text=_("It is shown in every language, even if written in one."))
    cancelled = models.BooleanField(
        _("cancelled"), default=False, help_text=_("The call-out stays, marked as cancelled.")
    )
    # RFC 5545, 3.8.7.4: raised whenever people have to change their calendars.
    sequence = models.PositiveIntegerField(default=0, editable=False)

    objects = BulletinQuerySet.as_manager()

    # Where these change, whoever comes by their calendar would come to the wrong place or time.
    IN_CALENDARS = ("starts_at", "ends_at", "time_zone", "cancelled", *columns(["place"]))

    class Meta(PublishedDocument.Meta):
        verbose_name = _("bulletin")
        verbose_name_plural = _("bulletins")
        constraints = [
            *rules.constraints(
                "bulletin",
                required=["title", "slug"],
                text=["title", "slug", "summary", "body"],
                live=PublishedDocument.COMMITTED,
                whole=whole,
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=models.F("starts_at")),
                name="bulletin_ends_after_it_starts",
                violation_error_message=_("The end lies before the start."),
            ),
        ]
        indexes = [
            models.Index(fields=["-published_at", "-id"], name="bulletin_latest_first"),
        ]

    def __str__(self):
        return self.title or ""

    def clean(self):
        super().clean()
        read = getattr(self, "_as_read", {})
        for name in ("published_at", "starts_at", "ends_at"):
            moment = getattr(self, name)
            # What stands there already is for whoever changes it: not every form has the field.
            if moment and moment != read.get(name) and moment.year not in timing.YEARS:
                raise ValidationError({name: _("Look at the year again.")})
        if self.ends_at and not self.starts_at:
            raise ValidationError({"starts_at": _("Say when it starts, too.")})
        threads.refuse_circle(self)

    def prepare(self, before: dict):
        super().prepare(before)
        if before and any(before[name] != getattr(self, name) for name in self.IN_CALENDARS):
            self.sequence = before["sequence"] + 1

    def after_save(self, before: dict):
        super().after_save(before)
        threads.keep(self, before)
        queue.ticked(self, before)

    def questions(self, language: str) -> list[SideText]:
        """The questions as a reader of `language` gets them; one without any whole side is left
        out."""
        entries = self.entries.all() if self.kind == Kind.FAQ else []
        texts = [entry.side(language) for entry in entries]
        return [text for text in texts if text.document.has_side(text.lang)]

    @property
    def zone_label(self) -> str:
        """The zone in words, as it stands after a time: “Paris time”."""
        return zones.label(self.time_zone)

    @property
    def local_start(self) -> datetime | None:
        return self.starts_at and self.starts_at.astimezone(zones.zone(self.time_zone))

    @property
    def local_end(self) -> datetime | None:
        return self.ends_at and self.ends_at.astimezone(zones.zone(self.time_zone))

    @property
    def when(self) -> str:
        """“upcoming”, “now”, “past” or “undated” for a call-out, "" for anything else.

        One that names no end is over when its day is, where it takes place.
        """
        if self.kind != Kind.CALLOUT:
            return ""
        if not self.starts_at:
            return "undated"
        now = timezone.now()
        if now < self.starts_at:
            return "upcoming"
        return "now" if now < timing.over_at(self) else "past"

    @property
    def state(self) -> str:
        """What readers are told of a call-out now: see `timing`. "" for anything else."""
        return timing.state(self, timezone.now()) if self.kind == Kind.CALLOUT else ""

    def event_address(self, language: str) -> str | None:
        """Where a call-out with a date stands for people's own calendars."""
        address = self.starts_at and self.kind == Kind.CALLOUT and self.address(language)
        return f"{address}event.ics" if address else None

    @property
    def here(self) -> timing.Clock | None:
        """The times of a call-out where it takes place; None for one without a date."""
        return timing.here(self)

    @property
    def elsewhere(self) -> list[timing.Clock]:
        """The times of a call-out on the site's other clocks, where they show other times."""
        return timing.elsewhere(self)


class FAQEntry(Child):
    """One question with its answer."""

    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="entries")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    question = Line(_("question"), max_length=300)
    answer = Body(_("answer"))

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions and answers")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.question or ""

    @property
    def anchor(self) -> str:
        """Where this entry stands on its page; the same in every language and order, for ever."""
        return f"q{self.pk}"


class BulletinFigure(Figure):
    """A picture in a bulletin."""

    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="figures")

    class Meta(Figure.Meta):
        constraints = [
            models.UniqueConstraint(fields=["bulletin", "picture"], name="bulletin_picture_once")
        ]


class ImportedPost(models.Model):
    """A post of the old site that became a side here, so that it is not imported twice.

    `site` is the old site's host and path. A row with neither bulletin nor page tells of one that
    was deleted here: it does not come back.
    """

    site = models.CharField(max_length=300)
    post_id = models.PositiveBigIntegerField()
    language = models.CharField(max_length=12)
    bulletin = models.ForeignKey(Bulletin, models.SET_NULL, null=True, related_name="imported_from")
    page = models.ForeignKey("pages.Page", models.SET_NULL, null=True, related_name="imported_from")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "post_id"], name="imported_post_once")
        ]

    def __str__(self):
        return f"{self.site} {self.post_id}"


class ImportedPicture(models.Model):
    """A picture of the old site that is in the library, so that it is not imported twice.

    `attachment` is its number there; several may be of one picture. A row without a picture tells
    of one that was deleted here: it does not come back.
    """

    site = models.CharField(max_length=300)
    attachment = models.PositiveBigIntegerField()
    picture = models.ForeignKey("pictures.Picture", models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "attachment"], name="imported_picture_once")
        ]

    def __str__(self):
        return f"{self.site} {self.attachment}"
