"""A picture's use in a document."""

from __future__ import annotations

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from translations import registry, rules
from translations.documents import Child
from translations.fields import Line, Text
from translations.querysets import TranslatedQuerySet


class Place(models.TextChoices):
    LEAD = "lead", gettext_lazy("Above the text")
    TEXT = "text", gettext_lazy("In the text")
    GALLERY = "gallery", gettext_lazy("Below the text")


class FigureQuerySet(TranslatedQuerySet):
    def delete(self):
        """Delete figures; pictures that nobody shows any more leave public storage."""
        from pictures import publicity

        with transaction.atomic():
            pictures = set(self.order_by().values_list("picture", flat=True))
            deleted = super().delete()
            publicity.sync(pictures)
        return deleted

    delete.alters_data = True
    delete.queryset_only = True


class FigureManager(models.Manager.from_queryset(FigureQuerySet)):
    """Each figure comes with its picture: nothing can be said of it without."""

    def get_queryset(self):
        return super().get_queryset().select_related("picture")


class Figure(Child):
    """A picture's use in one document, with the words that go with it there."""

    picture = models.ForeignKey(
        "pictures.Picture", models.PROTECT, related_name="+", verbose_name=gettext_lazy("picture")
    )
    position = models.PositiveSmallIntegerField(gettext_lazy("position"), default=0)
    place = models.CharField(
        gettext_lazy("where it stands"), max_length=10, choices=Place, default=Place.GALLERY
    )
    is_decoration = models.BooleanField(
        gettext_lazy("decoration"),
        default=False,
        help_text=gettext_lazy("It says nothing that is not in the text: no description needed."),
    )
    show_on_card = models.BooleanField(
        gettext_lazy("on the social card"),
        default=False,
        help_text=gettext_lazy("Other sites may show it where somebody links to this."),
    )
    alt = Line(
        gettext_lazy("description"),
        max_length=300,
        help_text=gettext_lazy("For whoever does not see the picture: what does it show?"),
    )
    caption = Text(gettext_lazy("caption"))
    credit = Line(gettext_lazy("credit"))

    objects = FigureManager()

    class Meta(Child.Meta):
        abstract = True
        ordering = ["position", "pk"]
        verbose_name = gettext_lazy("picture")
        verbose_name_plural = gettext_lazy("pictures")

    def __str__(self):
        return str(self.picture) if self.picture_id else ""

    def further_problems(self) -> dict[str, str]:
        if self.picture_id is None or self.picture.is_withdrawn or self.picture.may_be_public:
            # What was withdrawn keeps nothing back: there is nothing to be seen of it.
            return {}
        return {"picture": self.picture.why_not()}

    @property
    def may_be_shown(self) -> bool:
        """Whether readers of its document, once that is live, may see it."""
        return self.picture.may_be_public and not rules.missing(self, self.source_language)

    def has_side(self, language: str) -> bool:
        if self.is_decoration:
            # No description marks its sides: whatever is written does.
            return not rules.is_empty(self, language)
        return super().has_side(language)

    def prepare(self, before: dict):
        super().prepare(before)
        if before.get("picture_id") != self.picture_id:
            self._take_picture()
        if self.is_decoration:
            for name in registry.columns(["alt"]):
                setattr(self, name, None)

    # Whether it is saved though readers may not see it yet: see `bring_along`.
    _waits = False

    def bring_along(self):
        """Save this in whatever state it is, for a document that stood elsewhere with it.

        In what is public already, nobody here adds a picture that may not be shown, or that nobody
        described. One that came with the text waits in its place, unseen (`may_be_shown`), until an
        editor has settled both.
        """
        self._waits = True
        try:
            self.save()
        finally:
            self._waits = False

    def require_whole_sides(self, before: dict):
        if not self._waits:
            super().require_whole_sides(before)

    def _take_picture(self):
        """Read the picture anew. Raises ValidationError where it is gone, or here already."""
        # The document is locked: nobody else adds it at the same moment.
        pictures = self._meta.get_field("picture").related_model.objects
        picture = pictures.filter(pk=self.picture_id).first()
        if picture is None:
            raise ValidationError({"picture": _("Somebody has deleted this picture meanwhile.")})
        self.picture = picture
        parent = registry.options(self).parent
        same = type(self).objects.filter(**{parent: self.document}, picture=picture)
        if same.exclude(pk=self.pk).exists():
            raise ValidationError({"picture": _("This picture stands here already.")})

    def after_save(self, before: dict):
        from pictures import publicity

        super().after_save(before)
        if before and before["picture_id"] != self.picture_id:
            publicity.sync([before["picture_id"]])

    def delete(self, *args, **kwargs):
        from pictures import publicity

        with transaction.atomic():
            deleted = super().delete(*args, **kwargs)
            publicity.sync([self.picture_id])
        return deleted


def figure_models() -> list[type[Figure]]:
    """Every kind of figure, in a stable order: one per kind of document that has pictures."""
    found = [model for model in apps.get_models() if issubclass(model, Figure)]
    return sorted(found, key=lambda model: model._meta.label)
