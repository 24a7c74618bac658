"""One entry of the glossary, changed at the desk by whoever added something to it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from translations import glossary_edits
from translations.desk.doors import guarded
from translations.desk.faulty_forms import point_out
from translations.desk.glossary_page import AboutForm, pair_of
from translations.desk.page import Language
from translations.glossary_edits import Wording
from translations.models import Concept, Term

_LARGEST_KEY = 2**63 - 1


class EntryForm(AboutForm):
    """The terms of one entry that a person may change; its note, too, where that is theirs."""

    def __init__(self, concept: Concept, person, terms: list[Term], *args, **kwargs):
        initial = {"note": concept.note, "leave_as_is": concept.leave_as_is}
        super().__init__(*args, initial=initial, **kwargs)
        self.concept, self.person, self.terms = concept, person, terms
        if not glossary_edits.may_change(person, concept):
            del self.fields["note"], self.fields["leave_as_is"]
        self._about = list(self.fields)
        for term in terms:
            self._add(term)
        # As they stand on the page, for whoever is told of an error first.
        self.order_fields([name for name in self.fields if name not in self._about])

    @property
    def lines(self) -> list[tuple[Term, list[forms.BoundField]]]:
        """Each term with its fields."""
        names = ("text", "forbidden", "out")
        return [(term, [self[f"{name}-{term.pk}"] for name in names]) for term in self.terms]

    @property
    def about(self) -> list[forms.BoundField]:
        """The fields of the entry as a whole."""
        return [self[name] for name in self._about]

    def _add(self, term: Term):
        language = Language.of(term.language)
        look = {"lang": language.code, "dir": language.dir}
        self.fields[f"text-{term.pk}"] = forms.CharField(
            label=language.name,
            initial=term.text,
            required=False,
            widget=forms.TextInput(attrs=look),
        )
        self.fields[f"forbidden-{term.pk}"] = forms.BooleanField(
            label=_("“%(term)s” is never to be used") % {"term": term.text},
            initial=term.forbidden,
            required=False,
        )
        self.fields[f"out-{term.pk}"] = forms.BooleanField(
            label=_("Take “%(term)s” out of the glossary") % {"term": term.text}, required=False
        )

    def save(self) -> bool:
        """Change the entry; False, with the reason in the form, where it cannot be."""
        if not self.is_valid():
            return False
        said = self.cleaned_data
        wordings = {
            term.pk: Wording(
                said[f"text-{term.pk}"], said[f"forbidden-{term.pk}"], said[f"out-{term.pk}"]
            )
            for term in self.terms
        }
        about = {name: said[name] for name in ("note", "leave_as_is") if name in said}
        try:
            glossary_edits.change(self.concept, self.person, wordings, **about)
        except ValidationError as error:
            for name, problems in error.message_dict.items():
                field = name if name in self.fields else f"text-{name}"
                self.add_error(field if field in self.fields else None, problems)
            return False
        return True


@require_http_methods(["GET", "HEAD", "POST"])
@guarded
def page(request, concept: int):
    """Change or take out what one has added to an entry."""
    found = Concept.objects.filter(pk=min(concept, _LARGEST_KEY)).prefetch_related("terms").first()
    if found is None:
        return _gone(request)
    asked = request.POST if request.method == "POST" else request.GET
    source, target = pair_of(request.user, asked.get("from", ""), asked.get("to", ""))
    terms = glossary_edits.own(found, request.user, source.code, target.code)
    if not terms and not glossary_edits.may_change(request.user, found):
        raise PermissionDenied(_("Somebody else has added this: only an editor may change it."))
    back = f"{resolve_url('desk:glossary')}?{urlencode({'from': source.code, 'to': target.code})}"
    form = EntryForm(found, request.user, terms)
    told = []
    if request.method == "POST":
        form = EntryForm(found, request.user, terms, request.POST)
        try:
            is_saved = form.save()
        except Concept.DoesNotExist:
            return _gone(request)
        if is_saved:
            messages.success(request, _("Saved."))
            return redirect(back)
        told = point_out(form)
    context = {"form": form, "told": told, "source": source, "target": target, "back": back}
    context["name"] = str(found)
    return render(request, "desk/glossary_entry.html", context, status=400 if told else 200)


def _gone(request):
    if request.method != "POST":
        raise Http404
    messages.warning(request, _("Somebody has taken this out of the glossary."))
    return redirect("desk:glossary")
