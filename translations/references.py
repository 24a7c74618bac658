"""Links to our own pages.

Stored as `ref:<app>.<model>/<pk>` (a document) or `ref:view.<namespace>/<name>` (a page that is
no document), with an optional `#fragment`. So a link survives every new slug, and is shown at the
address of the reader's side. A link to what is gone renders as its words.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils.translation import override

from core import html, languages
from translations import registry

REFERENCE = re.compile(r"ref:(?P<where>[a-z_]+\.[a-z_]+)/(?P<what>[\w-]+)(?P<fragment>#.*)?")
VIEW = "view."


def reference(document, fragment: str = "") -> str:
    """The stored form of a link to `document`."""
    return f"ref:{document._meta.label_lower}/{document.pk}" + (f"#{fragment}" if fragment else "")


def view_reference(view_name: str) -> str:
    """The stored form of a link to a page that is no document: `donations:donate`, `home`."""
    namespace, _colon, name = view_name.rpartition(":")
    return f"ref:{VIEW}{namespace or 'site'}/{name}"


def to_reference(href: str) -> str:
    """`href` as it is stored: an address of this site as a reference, any other unchanged."""
    parts = urlsplit(href)
    if parts.query or not _is_ours(parts):
        return href
    try:
        with override(_language_of(parts.path)):
            match = resolve(parts.path)
    except Resolver404:
        return href
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    if not match.kwargs:
        return view_reference(match.view_name) + fragment if _language_of(parts.path) else href
    model = _models_by_view().get(match.view_name)
    document = model and model.objects.at(match.kwargs.get("slug", "")).first()
    return reference(document, parts.fragment) if document else href


class References:
    """The addresses behind the references of some texts, for a reader of `language`.

    `learn` asks for them together: one query per model that is linked to, none where no text has a
    reference. While `editing`, links to drafts have an address too.
    """

    def __init__(self, language: str, *, editing: bool = False):
        self.language = language
        self.editing = editing
        self.known: dict[tuple[str, str], str | None] = {}

    def learn(self, *texts: str):
        wanted: dict[str, set[str]] = {}
        for href in (href for text in texts for href in html.links(text)):
            match = REFERENCE.fullmatch(href)
            if match and (match["where"], match["what"]) not in self.known:
                wanted.setdefault(match["where"], set()).add(match["what"])
        for where, whats in wanted.items():
            found = self._addresses(where, whats)
            self.known |= {(where, what): found.get(what) for what in whats}

    def show(self, text: str) -> str:
        """Canonical HTML with addresses for its references.

        A reference to what is not live, or no more, leaves its words; while `editing`, it stays.
        """
        self.learn(text)
        return html.rewrite_links(text, self._shown)

    def _shown(self, href: str) -> str | None:
        match = REFERENCE.fullmatch(href)
        if not match:
            return href
        address = self.known[match["where"], match["what"]]
        if address is None:
            return href if self.editing else None
        return address + (match["fragment"] or "")

    def _addresses(self, where: str, whats: set[str]) -> dict[str, str]:
        if where.startswith(VIEW):
            prefix = where.removeprefix(VIEW).replace("site", "") + ":"
            views = {
                name: _view_address((prefix + name).lstrip(":"), self.language) for name in whats
            }
            return {name: path for name, path in views.items() if path}
        try:
            documents = apps.get_model(where).objects.light()
        except (LookupError, AttributeError):
            return {}
        if not self.editing:
            documents = documents.published()
        found = documents.filter(pk__in=[int(what) for what in whats if what.isdigit()])
        pairs = ((str(document.pk), document.address(self.language)) for document in found)
        return {pk: address for pk, address in pairs if address}


def _view_address(name: str, language: str) -> str | None:
    try:
        with override(language):
            return reverse(name)
    except NoReverseMatch:
        return None


def _is_ours(parts) -> bool:
    if not parts.netloc:
        return not parts.scheme and parts.path.startswith("/")
    return parts.scheme in ("http", "https") and parts.hostname in settings.ALLOWED_HOSTS


def _language_of(path: str) -> str | None:
    first = path.lstrip("/").split("/", 1)[0]
    return first if first in languages.codes() else None


def _models_by_view() -> dict:
    return {
        registry.options(model).view_name: model
        for model in registry.documents()
        if registry.options(model).view_name
    }
