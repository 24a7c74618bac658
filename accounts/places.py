"""Where a person belongs: editors and administrators in the admin, translators at the desk."""

from __future__ import annotations

from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from translations.desk import people


def home(user) -> str:
    """The page that somebody lands on. Without any role it is the admin's, which says so."""
    return reverse("desk:board" if is_only_for_the_desk(user) else "admin:index")


def is_only_for_the_desk(user) -> bool:
    return not user.is_staff and people.may_read(user)


def landing(request, address: str) -> str:
    """`address` where it lies on this site and the person may enter there, else their home."""
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())
    return address if is_ours and _may_enter(request, address) else home(request.user)


def _may_enter(request, address: str) -> bool:
    """By room only: what lies behind its door asks for permissions of its own."""
    path = address.removeprefix(f"{request.scheme}://{request.get_host()}")
    if path.startswith(reverse("admin:index")):
        return request.user.is_staff
    return not path.startswith(reverse("desk:board")) or people.may_read(request.user)
