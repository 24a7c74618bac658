"""People for tests, and how they log in."""

from __future__ import annotations

from django.contrib.auth.models import Group

from accounts.groups import ADMINISTRATORS, EDITORS
from accounts.models import User

PASSWORD = "quiet river stone"


def person(username: str = "robin", *roles: str, **fields) -> User:
    """Somebody with a password; whoever has a role may enter the admin."""
    fields = {"is_staff": bool(roles), "language": "en", **fields}
    user = User.objects.create_user(username, "", PASSWORD, **fields)
    user.groups.set(Group.objects.filter(name__in=roles))
    return user


def editor(username: str = "edith", **fields) -> User:
    return person(username, EDITORS, **fields)


def administrator(username: str = "ada", **fields) -> User:
    return person(username, ADMINISTRATORS, **fields)


def superuser(username: str = "root", **fields) -> User:
    return person(username, is_superuser=True, **{"is_staff": True, **fields})


def log_in(client, username: str, password: str = PASSWORD, **extra):
    """Post the login form, as a browser does."""
    return client.post("/accounts/login/", {"login": username, "password": password, **extra})
