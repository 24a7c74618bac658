"""The glossary as a page of the desk: read, searched, added to."""

from __future__ import annotations

from itertools import permutations

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from core import languages
from translations import glossary, glossary_edits
from translations.desk import people
from translations.desk.doors import guarded, refuse
from translations.desk.faulty_forms import point_out
from translations.desk.page import Language


class AboutForm(forms.Form):
    """What is said about an entry as a whole."""

    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Why, and when not."),
    )
    leave_as_is = forms.BooleanField(
        label=gettext_lazy("Leave it as it is: a name, a slogan"), required=False
    )


class TermForm(AboutForm):
    """One line of the glossary, from one language into another."""

    field_order = ("source_language", "target_language", "source_term", "target_term")

    source_language = forms.CharField(widget=forms.HiddenInput)
    target_language = forms.CharField(widget=forms.HiddenInput)
    source_term = forms.CharField(required=False)
    target_term = forms.CharField(required=False)
    forbidden = forms.BooleanField(
        label=gettext_lazy("Never translate it with this word"), required=False
    )

    def __init__(self, source: Language, target: Language, *args, **kwargs):
        initial = {"source_language": source.code, "target_language": target.code}
        super().__init__(*args, initial=initial, **kwargs)
        for name, language in (("source_term", source), ("target_term", target)):
            self.fields[name].label = language.name
            self.fields[name].widget.attrs |= {"lang": language.code, "dir": language.dir}

    def add(self, person) -> bool:
        """Add the line for `person`; False, with the reason in the form, where it cannot be."""
        if not self.is_valid():
            return False
        try:
            glossary.add(**self.cleaned_data, by=person)
        except ValidationError as error:
            for name, problems in error.message_dict.items():
                self.add_error(name if name in self.fields else None, problems)
            return False
        return True


@require_http_methods(["GET", "HEAD", "POST"])
@guarded
def page(request):
    """The words of one pair of languages. Whoever translates into the second may add one."""
    asked = request.POST if request.method == "POST" else request.GET
    names = ("source_language", "target_language") if request.method == "POST" else ("from", "to")
    source, target = pair_of(request.user, *(asked.get(name, "") for name in names))
    may_add = people.rights(request.user, target.code).write
    form = TermForm(source, target) if may_add else None
    told = []
    if request.method == "POST":
        if not may_add:
            return refuse(
                request, _("You may not write in %(language)s.") % {"language": target.name}
            )
        form = TermForm(source, target, request.POST)
        if form.add(request.user):
            messages.success(request, _("Added."))
            query = urlencode({"from": source.code, "to": target.code})
            return redirect(f"{request.path}?{query}")
        told = point_out(form)
    search = request.GET.get("q", "")[:100]
    entries = glossary.entries(source.code, target.code, search)
    context = {
        "source": source,
        "target": target,
        "pairs": _pairs(),
        "search": search,
        "entries": entries,
        "changeable": _changeable(request.user, entries),
        "form": form,
        "told": told,
    }
    return render(request, "desk/glossary.html", context, status=400 if told else 200)


def _changeable(person, entries: list[glossary.Entry]) -> set[int]:
    """The concepts of which `person` may change something."""
    looks_after = glossary_edits.looks_after(person)
    return {one.concept for one in entries if looks_after or person.pk in one.authors}


def _pairs() -> list[dict[str, Language]]:
    codes = permutations(languages.codes(), 2)
    return [{"source": Language.of(one), "target": Language.of(other)} for one, other in codes]


def pair_of(person, source: str, target: str) -> tuple[Language, Language]:
    """The languages asked for; else into the first one that this person translates into."""
    codes = languages.codes()
    if source in codes and target in codes and source != target:
        return Language.of(source), Language.of(target)
    mine = next((c for c in codes[::-1] if people.rights(person, c).write), codes[-1])
    return Language.of(next(code for code in codes if code != mine)), Language.of(mine)
