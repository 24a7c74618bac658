"""A picture, what may be done with it, and its use in a document.

A picture is public only while both hold: it may be (`Picture.may_be_public`), and a live document
shows it (`publicity.is_public`). Neither is stored: what is stored are the facts they follow from.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pictures.figures import Figure, Place, figure_models

__all__ = [
    "EXTENSIONS",
    "MEDIA_TYPES",
    "Consent",
    "Figure",
    "GoneKey",
    "Picture",
    "Place",
    "figure_models",
    "file_name",
    "new_key",
]

# Lower case: some storages do not tell cases apart. 26 of 36 characters are 134 bits.
KEY_LENGTH, KEY_CHARACTERS = 26, "abcdefghijklmnopqrstuvwxyz0123456789"
EXTENSIONS = {"avif": "avif", "webp": "webp", "jpeg": "jpg", "png": "png"}
MEDIA_TYPES = {format: f"image/{format}" for format in EXTENSIONS}


def new_key() -> str:
    """A name that nobody guesses. A picture gets a new one whenever its pixels change."""
    return get_random_string(KEY_LENGTH, KEY_CHARACTERS)


class Consent(models.TextChoices):
    NOBODY = "nobody", gettext_lazy("Nobody can be recognised")
    AGREED = "agreed", gettext_lazy("The people agreed")
    UNKNOWN = "unknown", gettext_lazy("Not agreed, or not known")


class PictureQuerySet(models.QuerySet):
    def delete(self):
        raise TypeError("Pictures are deleted by pictures.acts.delete: with their files.")

    delete.alters_data = True
    delete.queryset_only = True

    def there(self):
        """What was not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def newest_first(self):
        return self.order_by("-added_at", "-pk")


class Picture(models.Model):
    """One picture, in the sizes and formats in which it is shown.

    `renditions` is [{"width", "height", "files": {format: bytes}}, …], the narrowest first.
    """

    key = models.CharField(max_length=40, unique=True, default=new_key, editable=False)
    name = models.CharField(
        gettext_lazy("name"),
        max_length=200,
        blank=True,
        help_text=gettext_lazy("What you call it in here. Readers do not see it."),
    )
    master = models.CharField(max_length=100, blank=True, editable=False)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    has_alpha = models.BooleanField(default=False, editable=False)
    renditions = models.JSONField(default=list, editable=False)
    removed = models.JSONField(default=list, editable=False)
    was_animated = models.BooleanField(default=False, editable=False)

    consent = models.CharField(
        gettext_lazy("people in the picture"),
        max_length=10,
        choices=Consent,
        default=Consent.UNKNOWN,
    )
    agreed_on = models.DateField(gettext_lazy("when they agreed"), null=True, blank=True)
    agreed_for = models.TextField(
        gettext_lazy("what they agreed to"),
        blank=True,
        help_text=gettext_lazy("Such as: this site, this campaign. Write no names."),
    )
    faces_masked = models.BooleanField(default=False, editable=False)
    masks = models.JSONField(default=list, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PictureQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("picture")
        verbose_name_plural = gettext_lazy("pictures")
        indexes = [models.Index(fields=["-added_at", "-id"], name="picture_newest_first")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(consent=Consent.AGREED) | Q(agreed_on__isnull=False),
                name="picture_agreed_on_some_day",
                violation_error_message=gettext_lazy("Say when they agreed."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(master=""),
                name="picture_withdrawn_is_gone",
            ),
        ]

    def __str__(self):
        return self.name or _("Picture %(number)s") % {"number": self.pk}

    def clean(self):
        if self.consent != Consent.AGREED:
            self.agreed_on, self.agreed_for = None, ""
            return
        self.agreed_for = self.agreed_for.strip()
        errors = {}
        if self.agreed_on is None:
            errors["agreed_on"] = _("Say when they agreed.")
        elif self.agreed_on > timezone.localdate():
            errors["agreed_on"] = _("This day is still to come.")
        if not self.agreed_for:
            errors["agreed_for"] = _("Say what they agreed to. Write no names.")
        if errors:
            raise ValidationError(errors)

    def save(self, *, force_insert=False, update_fields=None, **options):
        """Written by `pictures.acts` alone: a stale object would bring back what was withdrawn."""
        if not self._state.adding and update_fields is None:
            raise TypeError("Pictures are changed by pictures.acts: its files follow it.")
        super().save(force_insert=force_insert, update_fields=update_fields, **options)

    def delete(self, *args, **kwargs):
        raise TypeError("Pictures are deleted by pictures.acts.delete: with their files.")

    # Whether readers may see it -----------------------------------------------------------------

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    @property
    def may_be_public(self) -> bool:
        """Whether the people in it allow it, or nobody can recognise them."""
        is_allowed = self.consent in (Consent.NOBODY, Consent.AGREED) or self.faces_masked
        return not self.is_withdrawn and is_allowed

    def why_not(self) -> str:
        """Why readers may not see it, in a sentence that says what to do; "" when they may."""
        if self.is_withdrawn:
            return _("This picture was withdrawn. Nobody sees it any more.")
        if self.may_be_public:
            return ""
        return _(
            "Nobody has said that the people in this picture agreed. Mask everybody who can be "
            "recognised, or ask them, and say so where the picture is kept."
        )

    # Its files ----------------------------------------------------------------------------------

    @property
    def formats(self) -> list[str]:
        """The formats in which it is there, the smallest files first: avif, webp, jpeg or png."""
        found = {format for rendition in self.renditions for format in rendition["files"]}
        return [format for format in EXTENSIONS if format in found]

    @property
    def fallback(self) -> str:
        """The format that every browser draws, "" where nothing is left of the picture."""
        return next(reversed(self.formats), "")

    @property
    def widths(self) -> list[int]:
        """Those in which the format that every browser draws is there, the narrowest first."""
        fallback = self.fallback
        return [r["width"] for r in self.renditions if fallback in r["files"]]

    @property
    def files(self) -> dict[str, int]:
        """The name of each rendition's file → its size in bytes."""
        return {
            file_name(self.key, rendition["width"], format): size
            for rendition in self.renditions
            for format, size in rendition["files"].items()
        }

    def address(self, width: int, format: str, *, is_private: bool = False) -> str:
        """Where a rendition is found: for readers, or for those who work here (`is_private`)."""
        return reverse(
            "pictures:private" if is_private else "pictures:public",
            kwargs={"key": self.key, "width": width, "extension": EXTENSIONS[format]},
        )

    def srcset(self, format: str, *, is_private: bool = False) -> str:
        """All widths of one format, as `srcset` wants them."""
        return ", ".join(
            f"{self.address(r['width'], format, is_private=is_private)} {r['width']}w"
            for r in self.renditions
            if format in r["files"]
        )


def file_name(key: str, width: int, format: str) -> str:
    return f"{key}-{width}.{EXTENSIONS[format]}"


class GoneKey(models.Model):
    """A key whose addresses answer 410 for ever."""

    key = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.key
