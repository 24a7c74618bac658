"""The roles, and what each may do. Some of them open the admin; the desk is open to all."""

from __future__ import annotations

from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core import languages

EDITORS = "Editors"
ADMINISTRATORS = "Administrators"
# Whoever is in one of these may enter the admin. Translators have no business there.
OPENS_THE_ADMIN = (EDITORS, ADMINISTRATORS)
ACTS = ("view", "add", "change", "delete")


def translators(language: str) -> str:
    """The name of the group that translates into a language: “Translators (French)”."""
    return f"Translators ({languages.english_name(language)})"


def may(act: str, language: str) -> str:
    """The permission to "translate" into a language, or to "publish" its sides.

    The names are those of `translations.models.sides.permissions`.
    """
    return f"translations.{act}_{language.replace('-', '_')}"


EDITORS_MAY = [
    *(
        f"bulletins.{act}_{model}"
        for act in ACTS
        for model in ("bulletin", "faqentry", "bulletinfigure")
    ),
    # To change one is to send it after all, or to drop it. Where mail goes is not theirs to change.
    *(f"bulletins.{act}_announcement" for act in ("view", "change")),
    *(f"pages.{act}_{model}" for act in ACTS for model in ("page", "topic", "pagefigure")),
    # To mask and to withdraw a picture is to change it.
    *(f"pictures.{act}_picture" for act in ACTS),
    *(f"links.{act}_{model}" for act in ACTS for model in ("group", "section")),
    # They are written by the visits alone; whoever changes a text may replace its links.
    "links.view_checkedlink",
    *(f"translations.{act}_{model}" for act in ACTS for model in ("concept", "term")),
    *(may(act, code) for code in languages.codes() for act in ("translate", "publish")),
    "donations.view_bankaccount",
]
ADMINISTRATORS_MAY = [
    *EDITORS_MAY,
    *(f"accounts.{act}_user" for act in ACTS),
    *(f"bulletins.{act}_mailinglist" for act in ACTS),
    *(f"pages.{act}_identity" for act in ("view", "add", "change")),
    *(f"pages.{act}_menuentry" for act in ACTS),
    *(f"donations.{act}_bankaccount" for act in ("add", "change", "delete")),
]

# In the order of the form of a person: from the one who may least.
ROLES = {
    # A term for the glossary is added at the desk, which asks for this permission and no other.
    **{translators(code): [may("translate", code)] for code in languages.codes()},
    EDITORS: EDITORS_MAY,
    ADMINISTRATORS: ADMINISTRATORS_MAY,
}

# What the form of a person says beside each role.
DESCRIPTIONS = {
    **{
        translators(code): format_lazy(
            _("They put texts into {language} at the desk. An editor publishes what they wrote."),
            language=name,
        )
        for code, name in settings.LANGUAGES
    },
    EDITORS: _(
        "Editors write, publish and take back bulletins, pages, topics, links and pictures. They "
        "translate into every language, and publish translations."
    ),
    ADMINISTRATORS: _(
        "Administrators do all that, and look after people, bank details, mailing lists and the "
        "site's identity."
    ),
}
NAMES = {
    **{
        translators(code): format_lazy(_("Translators ({language})"), language=name)
        for code, name in settings.LANGUAGES
    },
    EDITORS: _("Editors"),
    ADMINISTRATORS: _("Administrators"),
}


def make_groups(sender=None, using="default", **kwargs):
    """Give every role exactly the permissions listed here."""
    from django.apps import apps
    from django.contrib.auth.management import create_permissions
    from django.contrib.auth.models import Group, Permission

    # post_migrate runs app by app: make sure that every permission is there to be given.
    for config in apps.get_app_configs():
        create_permissions(config, verbosity=0, using=using)
    by_label = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.using(using).select_related("content_type")
    }
    for name, labels in ROLES.items():
        group, _created = Group.objects.using(using).get_or_create(name=name)
        # A half-migrated database does not know them all yet; the last app's turn completes it.
        group.permissions.set([by_label[label] for label in labels if label in by_label])
