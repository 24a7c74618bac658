"""The roles, and what each may do. Whoever is in one of them may enter the admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

EDITORS = "Editors"
ADMINISTRATORS = "Administrators"

EDITORS_MAY = [
    *(
        f"bulletins.{act}_{model}"
        for act in ("view", "add", "change", "delete")
        for model in ("bulletin", "faqentry")
    ),
    *(
        f"pages.{act}_{model}"
        for act in ("view", "add", "change", "delete")
        for model in ("page", "topic")
    ),
    *(
        f"links.{act}_{model}"
        for act in ("view", "add", "change", "delete")
        for model in ("group", "section")
    ),
    "donations.view_bankaccount",
]
ADMINISTRATORS_MAY = [
    *EDITORS_MAY,
    *(f"accounts.{act}_user" for act in ("view", "add", "change", "delete")),
    *(f"pages.{act}_identity" for act in ("view", "add", "change")),
    *(f"pages.{act}_menuentry" for act in ("view", "add", "change", "delete")),
    *(f"donations.{act}_bankaccount" for act in ("add", "change", "delete")),
]

ROLES = {
    EDITORS: EDITORS_MAY,
    ADMINISTRATORS: ADMINISTRATORS_MAY,
}

# What the form of a person says beside each role.
DESCRIPTIONS = {
    EDITORS: _("Editors write, publish and take back bulletins, pages, topics and links."),
    ADMINISTRATORS: _(
        "Administrators do all that, and look after people, bank details and the site's identity."
    ),
}
NAMES = {EDITORS: _("Editors"), ADMINISTRATORS: _("Administrators")}


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
