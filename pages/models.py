"""What every content app may lean on: who speaks here, about what, and the pages that stay."""

from __future__ import annotations

from contextlib import contextmanager
from uuid import uuid4

from django.core.validators import URLValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import zones
from pages import licences
from pages.querysets import MenuQuerySet
from pictures.models import Figure
from translations import rules
from translations.documents import Document, PublishedDocument
from translations.fields import Body, Line, Text


class Identity(Document):
    """The site's own words. There is one."""

    name = Line(_("name"), max_length=80)
    tagline = Line(_("tagline"), help_text=_("One line under the name."))
    byline = Line(
        _("byline"), max_length=80, help_text=_("How the collective signs. Nobody else is named.")
    )
    contact = Body(
        _("contact"), help_text=_("How to reach you. It stands at the foot of each page.")
    )
    reuse = Body(_("reuse"), help_text=_("What others may do with your texts."))
    licence = models.CharField(
        _("licence"),
        max_length=200,
        blank=True,
        validators=[URLValidator(schemes=["https", "http"])],
        help_text=_(
            "The address of a licence that says the same to machines, for example "
            "https://creativecommons.org/licenses/by-sa/4.0/"
        ),
    )
    email = models.EmailField(_("e-mail"), blank=True)
    # What feeds know the site by: the same whatever becomes of its name and its host.
    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    default_time_zone = models.CharField(
        _("time zone"), max_length=64, default="Europe/Paris", validators=[zones.validate]
    )
    second_time_zone = models.CharField(
        _("second time zone"),
        max_length=64,
        blank=True,
        validators=[zones.validate],
        help_text=_("Call-outs then give their times in both, for readers on the other side."),
    )

    class Meta(Document.Meta):
        verbose_name = _("the site's identity")
        verbose_name_plural = _("the site's identity")
        constraints = rules.constraints(
            "identity",
            required=["name"],
            text=["name", "tagline", "byline", "contact", "reuse"],
        )

    def __str__(self):
        return self.name or ""

    @property
    def licence_name(self) -> str:
        return licences.name(self.licence)

    @contextmanager
    def clocks(self):
        """The clocks by which readers are told times: the site's own, and those of call-outs by its
        second one, too."""
        second = self.second_time_zone
        both = (self.default_time_zone, second) if second else ()
        with timezone.override(zones.zone(self.default_time_zone)), zones.shown(*both):
            yield

    @classmethod
    def current(cls) -> Identity:
        """The site's identity with its menu (`entries`), in one query where there is a menu.

        A site that has not said its name yet has a blank one.
        """
        entries = list(MenuEntry.objects.with_the_site())
        identity = entries[0].identity if entries else cls.objects.order_by("pk").first() or cls()
        identity.entries = entries
        return identity


class MenuEntry(models.Model):
    """One line of the menu: a part of the site, or a page."""

    class Part(models.TextChoices):
        BULLETINS = "bulletins:list", _("Bulletins")
        CALENDAR = "bulletins:calendar", _("Calendar")
        ARCHIVE = "bulletins:archive", _("Archive")
        FAQ = "bulletins:faq", _("Questions")
        LINKS = "links:links", _("Links")
        DONATE = "donations:donate", _("Donate")

    identity = models.ForeignKey(Identity, models.CASCADE, related_name="menu")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    part = models.CharField(_("part of the site"), max_length=40, choices=Part, blank=True)
    page = models.ForeignKey(
        "Page", models.CASCADE, null=True, blank=True, verbose_name=_("or a page"), related_name="+"
    )

    objects = MenuQuerySet.as_manager()

    class Meta:
        verbose_name = _("menu entry")
        verbose_name_plural = _("menu")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(part="") ^ models.Q(page__isnull=True),
                name="menu_entry_leads_to_one_place",
                violation_error_message=_("Choose either a part of the site or a page."),
            )
        ]

    def __str__(self):
        return self.get_part_display() or str(self.page)


class Topic(Document):
    """What a bulletin or a group is about."""

    name = Line(_("name"), max_length=60)
    slug = Line(_("address"), max_length=80, help_text=_("Left empty, it is made from the name."))
    description = Text(
        _("description"), help_text=_("What the page of this topic says above its bulletins.")
    )
    uid = models.UUIDField(default=uuid4, unique=True, editable=False)

    class Meta(Document.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = rules.constraints(
            "topic", required=["name", "slug"], text=["name", "slug", "description"]
        )

    def __str__(self):
        return self.name or ""


class Page(PublishedDocument):
    """A page that stays: about, contact, how to publish safely."""

    title = Line(_("title"))
    slug = Line(_("address"), max_length=80, help_text=_("Left empty, it is made from the title."))
    body = Body(_("text"))

    class Meta(PublishedDocument.Meta):
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        constraints = rules.constraints(
            "page",
            required=["title", "slug", "body"],
            text=["title", "slug", "body"],
            live=PublishedDocument.COMMITTED,
        )

    def __str__(self):
        return self.title or ""


class PageFigure(Figure):
    """A picture in a standing page."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="figures")

    class Meta(Figure.Meta):
        constraints = [
            models.UniqueConstraint(fields=["page", "picture"], name="page_picture_once")
        ]
