"""The directory of allied groups."""

from __future__ import annotations

import hashlib

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.addresses import MAX_ADDRESS
from links import countries, languages
from links.checking.outcomes import Problem, Verdict
from links.fields import LanguageCodes, WebAddress
from links.querysets import CheckedLinkQuerySet, GroupQuerySet
from pages.models import Topic
from translations import rules
from translations.documents import Document
from translations.fields import Line, Text
from translations.models.base import OfADocument

NAME_LENGTH = 120


class Section(Document):
    """A heading of the directory, with groups under it."""

    name = Line(_("name"), max_length=NAME_LENGTH)
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("Smaller numbers stand first.")
    )

    class Meta(Document.Meta):
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["position", "pk"]
        constraints = rules.constraints("links_section", required=["name"], text=["name"])

    def __str__(self):
        return self.name or ""


class Group(Document):
    """A group that the collective recommends, or did: one that was delisted keeps its entry."""

    # With a section, its groups would go unasked.
    section = models.ForeignKey(
        Section, models.PROTECT, related_name="groups", verbose_name=_("section")
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("Smaller numbers stand first.")
    )
    name = models.CharField(
        _("name"),
        max_length=NAME_LENGTH,
        help_text=_("As the group calls itself, in any language."),
    )
    url = WebAddress(_("address"), help_text=_("With https:// or http://. Onion addresses, too."))
    description = Text(_("description"), help_text=_("One or two sentences. May stay empty."))
    languages = LanguageCodes(_("languages spoken"), blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True, choices=countries.choices)
    topics = models.ManyToManyField(
        Topic, verbose_name=_("topics"), blank=True, related_name="groups"
    )
    delisted_at = models.DateTimeField(_("delisted"), null=True, blank=True, editable=False)
    delisted_reason = models.TextField(
        _("why it is no longer listed"),
        blank=True,
        help_text=_(
            "With a reason here, readers no longer see the group. Empty it, and they do again. "
            "Readers never see the reason."
        ),
    )

    objects = GroupQuerySet.as_manager()

    CHECKED = ("name", "url", "languages", "country")

    class Meta(Document.Meta):
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(delisted_at__isnull=True, delisted_reason="")
                | Q(delisted_at__isnull=False) & ~Q(delisted_reason=""),
                name="group_delisted_with_a_reason",
                violation_error_message=_("A group is delisted with a date and a reason."),
            ),
            models.CheckConstraint(
                condition=Q(url__startswith="https://") | Q(url__startswith="http://"),
                name="group_url_is_of_the_web",
                violation_error_message=_("The address begins with https:// or http://."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_live(self) -> bool:
        return self.delisted_at is None

    def was_live(self, before: dict) -> bool:
        return bool(before) and before["delisted_at"] is None

    @property
    def country_label(self) -> str:
        return countries.name(self.country)

    @property
    def languages_spoken(self) -> list[str]:
        """The names of the languages, for a reader."""
        return languages.names(self.languages)

    def language_for(self, language: str) -> str:
        found = super().language_for(language)
        # Without any description, nothing is in another language than the reader's.
        return found if self.has_side(found) else language

    def save(self, **options):
        self.check_facts()
        super().save(**options)

    def check_facts(self):
        """Check what changed of the facts, and give it its stored form.

        A form has done so already, a command has not. Raises ValidationError by field.
        """
        read = getattr(self, "_as_read", {})
        changed = {
            name
            for name in self.CHECKED
            if name in self.__dict__ and (name not in read or self.__dict__[name] != read[name])
        }
        self.clean_fields(exclude={field.name for field in self._meta.fields} - changed)

    def prepare(self, before: dict):
        super().prepare(before)
        # A reason that is written delists the group now, one that is emptied lists it again.
        if self.delisted_reason and not self.delisted_at:
            self.delisted_at = timezone.now()
        elif not self.delisted_reason and before.get("delisted_reason"):
            self.delisted_at = None

    def after_save(self, before: dict):
        super().after_save(before)
        # A change of text is told to whoever follows; these two are facts without words.
        if before and any(before[name] != getattr(self, name) for name in ("url", "delisted_at")):
            from links.checking import collecting

            collecting.follow(self)


class CheckedLink(models.Model):
    """An address that readers are sent to, and what the last visit found there.

    There is one row for each address, whatever the number of its places. Written by
    `links.checking` and by nobody else.
    """

    Verdict = Verdict
    # So often in a row an address fails before somebody is asked whether to keep the group.
    FAILURES_TO_ACT_ON = 3

    address = models.CharField(_("address"), max_length=MAX_ADDRESS)
    # An index over the address itself would be too wide for PostgreSQL.
    digest = models.CharField(max_length=32, unique=True, editable=False)
    verdict = models.CharField(
        _("state"), max_length=10, choices=Verdict.choices, default=Verdict.WAITING
    )
    problem = models.CharField(max_length=20, blank=True)  # of Problem
    status = models.PositiveSmallIntegerField(null=True)
    moved_to = models.CharField(max_length=MAX_ADDRESS, blank=True)
    checked_at = models.DateTimeField(_("last visited"), null=True)
    due_at = models.DateTimeField(default=timezone.now, db_index=True)
    failing_since = models.DateTimeField(_("since"), null=True)
    failures = models.PositiveIntegerField(default=0)

    objects = CheckedLinkQuerySet.as_manager()

    class Meta:
        # Translators: The list of all addresses that are linked to, and whether they work.
        verbose_name = _("checked link")
        verbose_name_plural = _("checked links")
        default_permissions = ("view",)
        ordering = ["address"]

    def __str__(self):
        return self.address

    def save(self, **options):
        self.digest = digest(self.address)
        super().save(**options)

    @property
    def problem_label(self) -> str:
        return str(Problem(self.problem).label) if self.problem in Problem.values else ""

    @property
    def fails_for_long(self) -> bool:
        """Whether somebody should decide what becomes of a group at this address."""
        return self.verdict == Verdict.BROKEN and self.failures >= self.FAILURES_TO_ACT_ON


class LinkPlace(OfADocument):
    """One place in which a checked address stands: a part of a public side, or a group's address.

    `part` is a part's key, ":url" for a group's own address, which is in no language.
    """

    link = models.ForeignKey(CheckedLink, models.CASCADE, related_name="places")
    part = models.CharField(max_length=120)
    language = models.CharField(max_length=12, blank=True)
    # Until then it is a draft, and nobody is told of it by a visit. None: from the beginning.
    public_from = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("place of a link")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "part", "language", "link"],
                name="link_place_once",
            )
        ]

    def __str__(self):
        return f"{self.link}: {self.part} {self.language}".strip()


def digest(address: str) -> str:
    """What an address is found by."""
    return hashlib.blake2b(address.encode(), digest_size=16).hexdigest()
