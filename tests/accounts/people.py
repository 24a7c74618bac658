"""People for tests, and how they log in."""

from __future__ import annotations

from django.contrib.auth.models import Group

from accounts.groups import ADMINISTRATORS, EDITORS, OPENS_THE_ADMIN, translators
from accounts.models import User

PASSWORD = "quiet river stone"


def person(username: str = "robin", *roles: str, **fields) -> User:
    """Somebody with a password; whoever has a role that opens the admin may enter it."""
    is_staff = any(role in OPENS_THE_ADMIN for role in roles)
    fields = {"is_staff": is_staff, "language": "en", **fields}
    user = User.objects.create_user(username, "", PASSWORD, **fields)
    user.groups.set(Group.objects.filter(name__in=roles))
    return user


def editor(username: str = "edith", **fields) -> User:
    return person(username, EDITORS, **fields)


def translator(into: str = "fr", username: str = "tariq", **fields) -> User:
    return person(username, translators(into), **fields)


def administrator(username: str = "ada", **fields) -> User:
    return person(username, ADMINISTRATORS, **fields)


def superuser(username: str = "root", **fields) -> User:
    return person(username, is_superuser=True, **{"is_staff": True, **fields})


# Every kind of visitor there is, for tables of who may do what.
VISITORS = {
    "stranger": lambda: None,
    "person": person,
    "staff without a role": lambda: person("stan", is_staff=True),
    "translator into French": translator,
    "translator into English": lambda: translator("en", "tess"),
    "editor": editor,
    "administrator": administrator,
    "superuser": superuser,
}


def log_in(client, username: str, password: str = PASSWORD, **extra):
    """Post the login form, as a browser does."""
    return client.post("/accounts/login/", {"login": username, "password": password, **extra})
