"""What the board shows of all there is: a form without a script."""

from __future__ import annotations

from django import forms
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import languages
from translations import registry
from translations.models import Side
from translations.status import Public, Work


class Filters(forms.Form):
    """Which documents the board shows. What is not understood is said, and filters nothing."""

    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("What readers have"), required=False)
    work = forms.ChoiceField(label=gettext_lazy("The work"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("What it is"), required=False)
    app = forms.ChoiceField(label=gettext_lazy("Where it stands"), required=False)
    mine = forms.BooleanField(label=gettext_lazy("Only what I am on"), required=False)

    def __init__(self, data, viewer):
        super().__init__(data, auto_id="filter-%s")
        self.viewer = viewer
        everything = ("", _("Everything"))
        choices = {
            "language": [("", self._own_languages()), *_languages()],
            "state": [everything, *_capitals(Public.choices)],
            "work": [everything, *_capitals(Work.choices)],
            "kind": [everything, *_kinds()],
            "app": [everything, *_apps()],
        }
        for name, found in choices.items():
            self.fields[name].choices = found
        self.is_valid()

    @property
    def chosen(self) -> dict:
        """What was asked for and understood: name → value."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def codes(self) -> list[str]:
        """The languages that have a column."""
        language = self.chosen.get("language")
        return [language] if language else languages.codes()

    def sides(self):
        """The sides that were asked for, of documents with something to translate."""
        chosen = self.chosen
        sides = Side.objects.exclude(source_fingerprint="")
        sides = sides.filter(language__in=self._asked_languages())
        if "language" in chosen and chosen.get("state") != Public.SOURCE:
            # Who asks for French asks for what is or was to be translated into French.
            sides = sides.translations()
        if "state" in chosen:
            sides = sides.public(Public(chosen["state"]))
        if "work" in chosen:
            # “Nobody has begun” asks for what somebody might begin.
            asked = sides.wanting() if chosen["work"] == Work.NONE else sides.translations()
            sides = asked.work(Work(chosen["work"]))
        if "kind" in chosen:
            label, _colon, kind = chosen["kind"].partition(":")
            sides = sides.filter(content_type=_content_type(label), kind=kind)
        if "app" in chosen:
            sides = sides.filter(content_type__in=_content_types(chosen["app"]))
        return sides.of_person(self.viewer.person) if "mine" in chosen else sides

    def _asked_languages(self) -> list[str]:
        # Whoever translates into one language is shown what is to be done in that one first.
        if language := self.chosen.get("language"):
            return [language]
        return self.viewer.writes or languages.codes()

    def _own_languages(self) -> str:
        own = self.viewer.writes
        return _("All languages") if own == languages.codes() else _("My languages")


def _languages() -> list[tuple[str, str]]:
    return [(code, capfirst(languages.name(code))) for code in languages.codes()]


def _capitals(choices) -> list[tuple[str, str]]:
    return [(value, capfirst(str(label))) for value, label in choices]


def _kinds() -> list[tuple[str, str]]:
    """Kinds of documents: "bulletins.bulletin:callout" is “Call-out”, "pages.page:" is “Page”."""
    found = []
    for model in registry.documents():
        field = registry.options(model).kind
        kinds = model._meta.get_field(field).flatchoices if field else [("", None)]
        found += [
            (f"{model._meta.label_lower}:{kind}", capfirst(str(label or model._meta.verbose_name)))
            for kind, label in kinds
        ]
    return sorted(found, key=lambda choice: choice[1].casefold())


def _apps() -> list[tuple[str, str]]:
    labels = {model._meta.app_label for model in registry.documents()}
    return [(label, str(apps.get_app_config(label).verbose_name)) for label in sorted(labels)]


def _content_type(label: str) -> ContentType:
    return ContentType.objects.get_for_model(apps.get_model(label))


def _content_types(app: str) -> list[ContentType]:
    models = [model for model in registry.documents() if model._meta.app_label == app]
    return list(ContentType.objects.get_for_models(*models).values())
