from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import languages


class Concept(models.Model):
    """One thing that the collective always calls by the same names."""

    note = models.TextField(_("note"), blank=True, help_text=_("For translators: why, when not."))
    leave_as_is = models.BooleanField(
        _("leave as is"), default=False, help_text=_("It is not translated: a name, a slogan.")
    )
    # Whoever added it at the desk may mend it there.
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = _("glossary entry")
        verbose_name_plural = _("glossary entries")

    def __str__(self):
        return " / ".join(self._names() or [self.note or str(_("without a term"))])

    def _names(self) -> list[str]:
        if self.pk is None:
            return []
        order = {code: place for place, code in enumerate(languages.codes())}
        wanted = [term for term in self.terms.all() if not term.forbidden]
        wanted.sort(key=lambda term: order.get(term.language, len(order)))
        return [term.text for term in wanted]


class Term(models.Model):
    """A concept's name in one language, or a word for it that is never to be used."""

    MAX_LENGTH = 120

    concept = models.ForeignKey(Concept, models.CASCADE, related_name="terms")
    language = models.CharField(_("language"), max_length=12)
    text = models.CharField(_("term"), max_length=MAX_LENGTH)
    forbidden = models.BooleanField(
        _("forbidden"), default=False, help_text=_("Never use this word for it.")
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["language", "forbidden", "text"]
        constraints = [
            models.UniqueConstraint(
                fields=["concept", "language", "text"],
                name="term_once_per_concept",
                violation_error_message=_("This term is there already."),
            )
        ]

    def __str__(self):
        return self.text

    def clean(self):
        self.text = " ".join(self.text.split())
        if self.text and not any(character.isalnum() for character in self.text):
            raise ValidationError({"text": _("Write a word.")})
