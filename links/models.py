"""The directory of allied groups."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from links import countries, languages
from links.fields import LanguageCodes, WebAddress
from links.querysets import GroupQuerySet
from pages.models import Topic
from translations import rules
from translations.documents import Document
from translations.fields import Line, Text

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
