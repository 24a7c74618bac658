from __future__ import annotations

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from core import languages
from core.kept import RESTORE, RESTORED
from translations.models import Concept, Term


class ConceptForm(forms.ModelForm):
    def clean(self):
        cleaned = super().clean()
        if RESTORE in self.data:
            raise ValidationError(RESTORED, code="restored")
        return cleaned


class TermForm(forms.ModelForm):
    language = forms.ChoiceField(label=_("Language"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(code, languages.native_name(code)) for code in languages.codes()]
        self.fields["language"].choices = [("", "–"), *choices]


class TermInline(admin.TabularInline):
    model = Term
    form = TermForm
    fields = ["language", "text", "forbidden"]
    extra = 1
    min_num = 1

    def get_formset(self, request, obj=None, **kwargs):
        return super().get_formset(request, obj, validate_min=True, **kwargs)


@admin.register(Concept)
class ConceptAdmin(admin.ModelAdmin):
    """What the collective calls things, in each language."""

    form = ConceptForm
    fields = ["leave_as_is", "note"]
    inlines = [TermInline]
    list_display = ["__str__", "never", "is_left", "note"]
    list_filter = ["leave_as_is"]
    search_fields = ["terms__text", "note"]
    list_per_page = 50

    class Media:
        js = ["admin/document.js"]  # labels for the inputs of a table

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("terms")

    @admin.display(description=_("never"), empty_value="")
    def never(self, concept):
        """The forbidden words, each in its language."""
        words = ((t.language, t.text) for t in concept.terms.all() if t.forbidden)
        return format_html_join(", ", '<span lang="{}">{}</span>', words) or None

    @admin.display(description=_("leave as is"), ordering="leave_as_is", empty_value="")
    def is_left(self, concept):
        # No icon: a red cross says that something is wrong.
        return _("yes") if concept.leave_as_is else None
