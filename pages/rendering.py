"""How a reader's page is put together: the site's words, the menu, the way to the other side."""

from __future__ import annotations

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse, translate_url
from django.utils.translation import get_language, override

from core import languages
from pages import cards, json_ld
from pages.models import MenuEntry
from translations.reading import share_references


def render_page(
    request,
    template: str,
    context: dict,
    *,
    document=None,
    addresses=None,
    keep="",
    texts=(),
    structured=None,
    status=200,
):
    """Render a reader's page.

    `document` is what the page shows, where it shows one: the switcher then leads to its sides,
    and search engines are told only of those that exist. `addresses` (language → path) is where
    another page stands whose address is not the same in every language. `keep` is what follows the
    path (“?q=…”) and goes along to the other language. `texts` are the sides whose bodies it shows:
    their links are looked up together. `structured` is what the page says of itself to machines
    (`pages.structured`), where it stands for itself.
    """
    request.page_addresses = addresses or {}
    request.kept_parameters = keep
    request.site_context = site_context(
        request, document, is_there=status == 200, page=context.get("page_obj")
    )
    if status == 200 and request.path.startswith(f"/{get_language()}/"):
        card = _card(request, document)
        context = {"card": card} | context
        if structured and request.site_context["alternates"]:
            image = {"image": [card["url"]]} if card else {}
            context["structured_data"] = json_ld.block(structured | image)
    share_references([request.site_context["site"], *texts])
    return render(request, template, context, status=status)


def site_context(request, document=None, *, is_there=True, page=None) -> dict:
    """What every reader's page needs, whatever it shows, and if there is nothing to show.

    `page` is which page of a long list it is, where it is one.
    """
    language = get_language()
    return {
        "site": request.identity.side(language),
        "menu": _menu(request, language),
        "language_dir": languages.direction(language),
        **(_addresses(request, document, page) if is_there else _nowhere()),
    }


def contact_url(request) -> str | None:
    """Where a reader who offers a translation can write: the page that the menu calls contact."""
    email = request.identity.email
    return f"mailto:{email}" if email else None


def absolute(request, path: str) -> str:
    """`path` on the site's public address."""
    return f"{settings.SITE_URL}{path}" if settings.SITE_URL else request.build_absolute_uri(path)


def _card(request, document) -> dict | None:
    """The social card of the page, for its head, with what is said beside it."""
    here = get_language()
    card = cards.head(request.identity, document, here)
    if card is None:
        return None
    shown, sides = (document.language_for(here), document.sides()) if document else (here, [])
    others = [code for code in sides or languages.public() if code != shown]
    return card | {
        "url": absolute(request, card["path"]),
        "locale": languages.locale(shown),
        "other_locales": [found for code in others if (found := languages.locale(code))],
        "published": getattr(document, "public_since", None),
        "modified": getattr(document, "changed_at", None),
    }


def _nowhere() -> dict:
    """An error page has no other side: the switcher leads home."""
    here = get_language()
    homes = [_choice(code, f"/{code}/", here, missing=False) for code in languages.public()]
    return {"switcher": homes, "canonical_url": None, "alternates": [], "x_default": None}


def _choice(code: str, url: str, here: str, *, missing: bool) -> dict:
    name = languages.native_name(code)
    return {"code": code, "name": name, "url": url, "current": code == here, "missing": missing}


def _addresses(request, document, page) -> dict:
    here = get_language()
    paths = {code: _path(request, document, code) for code in languages.public()}
    sides = languages.public() if document is None else document.sides()
    shown = here if document is None else document.language_for(here)
    kept = getattr(request, "kept_parameters", "")
    switcher = [
        _choice(code, path + kept, here, missing=code not in sides) for code, path in paths.items()
    ]
    # A filtered list is another look at the whole one, a further page of it is none.
    is_further = page and page.number > 1 and request.GET.keys() == {"page"}
    further = f"?page={page.number}" if is_further else ""
    urls = {code: absolute(request, path + further) for code, path in paths.items()}
    canonical = urls.get(shown, absolute(request, request.path))
    # What stands for another address names no alternates: they would not name it back.
    is_itself = shown == here and canonical == absolute(request, request.get_full_path())
    alternates = [code for code in urls if code in sides and is_itself]
    born = (document or request.identity).source_language
    return {
        "switcher": switcher,
        "canonical_url": canonical,
        "alternates": [{"lang": code, "url": urls[code]} for code in alternates],
        # For whoever speaks none of them: the one in which it was born.
        "x_default": urls[born if born in alternates else alternates[0]] if alternates else None,
    }


def _path(request, document, language: str) -> str:
    if language in getattr(request, "page_addresses", {}):
        return request.page_addresses[language]
    if document is not None:
        return document.address(language) or f"/{language}/"
    if request.path.startswith(f"/{get_language()}/"):
        return translate_url(request.path, language)
    # The login has one address for all languages; what else it was asked for stays.
    query = request.GET.copy()
    query["language"] = language
    return f"{request.path}?{query.urlencode()}"


def _menu(request, language: str) -> list[dict]:
    # A site that has not chosen its menu shows all its parts.
    chosen = request.identity.entries or [MenuEntry(part=part) for part in MenuEntry.Part]
    entries = [found for entry in chosen if (found := _menu_entry(entry, language))]
    return [entry | {"current": request.path == entry["url"]} for entry in entries]


def _menu_entry(entry, language: str) -> dict | None:
    if entry.part:
        with override(language):
            return {"label": entry.get_part_display(), "url": reverse(entry.part), "lang": None}
    if not entry.page.is_live:
        return None
    text = entry.page.side(language)
    return {"label": text.title, "url": text.url, "lang": text.lang if text.is_fallback else None}
