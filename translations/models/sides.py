from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import languages
from translations.models.base import OfADocument
from translations.status import SideQuerySet, Status, status_of


def permissions() -> list[tuple[str, str]]:
    """Per language: who may translate into it, and who may give its sides to readers."""
    return [
        (f"{act}_{code.replace('-', '_')}", f"Can {act} {name}")
        for code, name in (
            (code, languages.english_name(code)) for code in sorted(languages.codes())
        )
        for act in ("translate", "publish")
    ]


class Side(OfADocument):
    """What is known of one document in one language, and the work on it that nobody sees yet.

    There is a row for every document and every language, the source too. The facts are kept true by
    `translations.sides.refresh`; from them `Status` is computed, in Python or in SQL.

    `parts`     part ("<app>.<model>/<pk>:<field>", ":<field>" of the document itself) → digest
    `based_on`  part → [[path, inner HTML], …]: the source segments that this side is confirmed to
                say; None where nobody knows
    `alignment` part → {"of": digest of the part, "beads": [[source segments, blocks], …]}
    `draft`     see `translations.desk.drafts`
    """

    language = models.CharField(max_length=12)
    source_language = models.CharField(max_length=12)
    # Facts about the document, so that a board over every app is one query.
    kind = models.CharField(max_length=40, blank=True)
    public_from = models.DateTimeField(null=True)
    source_fingerprint = models.CharField(max_length=32, blank=True)
    source_words = models.PositiveIntegerField(default=0)
    # Facts about this side.
    whole = models.BooleanField(default=False)
    begun = models.BooleanField(default=False)
    fingerprint = models.CharField(max_length=32, blank=True)
    based_on_hash = models.CharField(max_length=32, null=True)
    gaps = models.PositiveSmallIntegerField(default=0)
    # Words of the original that readers wait for, and what is left of them for a translator.
    words_left = models.PositiveIntegerField(default=0)
    words_to_do = models.PositiveIntegerField(default=0)
    waiting_since = models.DateTimeField(null=True)
    # When readers first had this side, and when it last said something new: what feeds tell. Both
    # may lie ahead, both are None while readers do not have it.
    public_since = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(null=True)
    # The work on it.
    has_draft = models.BooleanField(default=False)
    draft_at = models.DateTimeField(null=True)
    draft_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    # An editor's words with which the draft was sent back.
    note = models.TextField(blank=True)
    sent_back_at = models.DateTimeField(null=True)
    sent_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    hold = models.BooleanField(default=False)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    claimed_until = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=0)
    # Wide, and never read by a list.
    parts = models.JSONField(default=dict)
    based_on = models.JSONField(null=True)
    alignment = models.JSONField(default=dict)
    dismissed = models.JSONField(default=dict)
    draft = models.JSONField(null=True)

    WIDE = ("parts", "based_on", "alignment", "dismissed", "draft")

    objects = SideQuerySet.as_manager()

    class Meta:
        verbose_name = _("side")
        verbose_name_plural = _("sides")
        default_permissions = ()
        permissions = permissions()
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "language"], name="side_once"
            ),
            models.CheckConstraint(
                condition=~Q(language=F("source_language")) | Q(based_on_hash__isnull=True),
                name="side_source_is_based_on_nothing",
            ),
        ]
        indexes = [
            models.Index(
                fields=["language", "submitted_at"],
                condition=Q(submitted_at__isnull=False),
                name="side_submitted",
            ),
            models.Index(fields=["language", "whole"], name="side_by_language"),
        ]

    def __str__(self):
        return f"{self.document} ({self.language})"

    @property
    def is_source(self) -> bool:
        return self.language == self.source_language

    @property
    def status(self) -> Status:
        return status_of(self)

    @property
    def claimant(self):
        """Who is on it now, None where nobody is."""
        is_claimed = self.claimed_until is not None and self.claimed_until > timezone.now()
        return self.claimed_by if is_claimed else None


class SideVersion(OfADocument):
    """The text of one side as it once stood. Nobody changes a version.

    `texts` is part → text, `based_on` what it said (as on `Side`), None where nobody knows.
    """

    language = models.CharField(max_length=12)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    act = models.CharField(max_length=20)
    texts = models.JSONField(default=dict)
    based_on = models.JSONField(null=True)

    class Meta:
        verbose_name = _("version of a side")
        default_permissions = ()
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(
                fields=["content_type", "object_id", "language", "-at"], name="versions_of_side"
            )
        ]

    def __str__(self):
        return f"{self.language} {self.at:%Y-%m-%d %H:%M} {self.act}"
