"""The reader's pages: which bulletins, and which template."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.http import Http404
from django.urls import reverse
from django.utils.translation import get_language, pgettext

from bulletins import feeds, places, structured
from bulletins.models import Bulletin, Kind
from bulletins.stories import story_of
from core import languages
from pages.cards import show_card
from pages.finding import found_or_elsewhere
from pages.rendering import contact_url, render_page
from pages.structured import website
from pages.topics import in_order, with_slug
from pictures import showing

PINNED, COMING, LATEST = 3, 6, 8
PER_PAGE = 20
# How much of what came later a bulletin names itself; the rest is on the page of the thread.
LATER = 5


def home(request):
    """Pinned, what is coming, and the latest."""
    live = Bulletin.objects.published().light()
    newest = list(live.pinned_first()[: PINNED + COMING + LATEST])
    pinned = [b for b in newest if b.pinned][:PINNED]
    coming = [b for b in live.upcoming()[: COMING + PINNED] if b not in pinned][:COMING]
    latest = [b for b in newest if b not in pinned and b not in coming][:LATEST]
    prefetch_related_objects([*pinned, *coming, *latest], "topics")
    prefetch_related_objects([*pinned, *latest], showing.leads(Bulletin))
    return render_page(
        request,
        "bulletins/home.html",
        {
            "pinned": [as_listed(b) for b in pinned],
            "upcoming": [as_read(b) for b in coming],
            "latest": [as_listed(b) for b in latest],
        },
        structured=website(request),
    )


def bulletin_list(request):
    """Every live bulletin, whatever language it is in, filtered by kind and topic."""
    chosen = {name: request.GET[name] for name in ("kind", "topic") if request.GET.get(name)}
    topics = list(Bulletin.objects.published().topics().distinct())
    bulletins = Bulletin.objects.published().light().latest_first()
    bulletins = bulletins.prefetch_related("topics", showing.leads(Bulletin))
    if "kind" in chosen:
        bulletins = bulletins.filter(kind=chosen["kind"])
    if chosen.get("kind") == Kind.CALLOUT:
        bulletins = bulletins.coming_first()
    topic = with_slug(topics, chosen["topic"]) if "topic" in chosen else None
    if topic:
        bulletins = bulletins.about(topic)
    page = Paginator(bulletins, PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = [as_listed(bulletin) for bulletin in page.object_list]
    return render_page(
        request,
        "bulletins/bulletin_list.html",
        {
            "page_obj": page,
            "kinds": _kind_filter(chosen),
            "topics": _topic_filter(topics, chosen),
            "topic": topic and topic.side(get_language()),
            "feeds": feeds.of_choice(chosen.get("kind"), topic),
            "filtered": bool(chosen),
            "previous_url": page.has_previous() and _address(chosen, page=page.number - 1),
            "next_url": page.has_next() and _address(chosen, page=page.number + 1),
        },
    )


def bulletin(request, slug):
    """One bulletin, in the reader's language or in the next best one."""
    document, elsewhere = found_or_elsewhere(request, Bulletin.objects, slug)
    return elsewhere or show_bulletin(request, document)


def card(request, slug, extension):
    """What other sites show where somebody links to a bulletin."""
    return show_card(request, Bulletin.objects, slug, extension)


def show_bulletin(request, document, *, is_preview=False):
    """A bulletin's page; as a preview it shows what is not public yet."""
    language = get_language()
    text = as_read(document, is_preview=is_preview)
    here = "" if is_preview else text.url
    entries = read_entries(document, here, is_preview=is_preview)
    others = [code for code in document.sides() if code != language]
    context = {
        "text": text,
        "entries": entries,
        "thread": read_thread(document),
        "map_url": places.map_url(text.place),
        "event_url": None if is_preview else document.event_address(language),
        "is_preview": is_preview,
        "lead": showing.lead(document, language, around=text.lang, is_preview=is_preview),
        "gallery": showing.gallery(document, language, around=text.lang, is_preview=is_preview),
        "other_sides": [
            {"lang": code, "name": languages.native_name(code), "url": document.address(code)}
            for code in others
        ],
        "translate_url": contact_url(request),
    }
    return render_page(
        request,
        "bulletins/bulletin_detail.html",
        context,
        document=document,
        texts=[text, *entries],
        structured=structured.of(request, text, entries),
    )


def faq(request):
    """All live questions and answers on one page, each at its anchor."""
    documents = (
        Bulletin.objects.published()
        .faqs()
        .latest_first()
        .with_outdated(get_language())
        .prefetch_related("entries", "figures")
    )
    here = request.path
    faqs = [
        {"text": document.side(get_language()), "entries": read_entries(document, here)}
        for document in documents
    ]
    texts = [text for faq in faqs for text in (faq["text"], *faq["entries"])]
    return render_page(request, "bulletins/faq.html", {"faqs": faqs}, texts=texts)


def as_listed(document):
    """A bulletin as a list shows it to this reader, with its lead picture."""
    text = as_read(document)
    text.picture = showing.on_card(document, get_language())
    return text


def as_read(document, *, is_preview=False):
    """A bulletin as this reader gets it, with its topics likewise."""
    text = document.side(get_language())
    text.is_preview = is_preview
    text.topics = []
    for topic in document.topics.all():
        text.topics.append(topic.side(get_language()))
    return text


def read_thread(document) -> dict | None:
    """What stands on a bulletin's page of its thread, for this reader: `earlier`, `beginning`
    (where that is another), `later`, `total`, and `url` of the whole; None where it is alone."""
    language = get_language()
    story = story_of(document)
    if not story.goes_on:
        return None
    earlier, beginning, later = story.earlier(document), story.beginning, story.later(document)
    return {
        "earlier": earlier and earlier.side(language),
        "beginning": beginning.side(language) if beginning not in (document, earlier) else None,
        "later": [bulletin.side(language) for bulletin in later[:LATER]],
        "total": len(story.told),
        "url": story.address(language),
    }


def read_entries(document, page: str, *, is_preview=False) -> list:
    """An FAQ's entries as this reader gets them; one without any whole side is not shown.

    `page` is the path on which they stand: `link` is the whole way to one of them.
    """
    texts = document.questions(get_language())
    for text in texts:
        text.anchor = text.document.anchor
        text.link = f"{page}#{text.anchor}"
        text.is_preview = is_preview
    return texts


def _address(chosen: dict, **more) -> str:
    query = urlencode(chosen | more)
    return reverse("bulletins:list") + (f"?{query}" if query else "")


def _kind_filter(chosen: dict) -> list[dict]:
    if chosen.get("kind", Kind.UPDATE) not in Kind.values:
        raise Http404
    every = ("", pgettext("kinds of bulletins", "All"))
    choices = [every, *((kind.value, kind.plural) for kind in Kind)]
    return [_choice(chosen, "kind", value, label) for value, label in choices]


def _topic_filter(topics, chosen: dict) -> list[dict]:
    return [
        _choice(chosen, "topic", text.slug, text.name)
        | {"lang": text.lang if text.is_fallback else None}
        for text in in_order(topics)
    ]


def _choice(chosen: dict, name: str, value: str, label: str) -> dict:
    current = chosen.get(name, "") == value
    others = {n: v for n, v in chosen.items() if n != name}
    # A topic that is chosen already leads back to all of them.
    url = _address(others if current or not value else others | {name: value})
    return {"value": value, "label": label, "url": url, "current": current}
