"""The feeds themselves, and the page that says which there are."""

from __future__ import annotations

from django.db.models import BigIntegerField
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from bulletins import atom, feed_filling, feeds
from bulletins.models import Bulletin, Kind
from core import languages
from pages.models import Topic
from pages.rendering import render_page


@require_safe
def everything(request):
    return _answer(request, feeds.everything())


@require_safe
def kind(request, word):
    if word not in feeds.KINDS:
        raise Http404
    return _answer(request, feeds.of_kind(feeds.KINDS[word]))


@require_safe
def topic(request, pk):
    return _answer(request, feeds.of_topic(get_object_or_404(Topic, pk=pk)))


@require_safe
def thread(request, pk):
    """What is live of the thread that began with the bulletin of key `pk`, itself live or not.

    Who followed a bulletin before it joined a thread is led to that; it may leave it again.
    """
    if pk > BigIntegerField.MAX_BIGINT:
        raise Http404
    rows = list(Bulletin.objects.light().in_thread(pk))
    joined = next((row.thread_id for row in rows if row.pk == pk and row.is_live), None)
    # Two people who save at the same moment might make a circle: each has joined the other.
    if joined and joined not in {row.pk for row in rows}:
        return HttpResponseRedirect(reverse("feeds:thread", args=[joined]))
    found = feeds.story_of(rows)
    if found is None:
        raise Http404
    return _answer(request, feeds.of_thread(*found))


@require_safe
def index(request):
    """Every feed, in the words of those who read it: the reader's language first."""
    topics = list(Bulletin.objects.published().topics().distinct())
    stories = feeds.stories()
    sections = []
    for code in sorted(languages.public(), key=lambda code: code != get_language()):
        with override(code):
            sections.append(_section(request, code, topics, stories))
    return render_page(
        request, "feeds/index.html", {"sections": sections, "feeds": sections[0]["kinds"]}
    )


def _section(request, language: str, topics: list, stories: list) -> dict:
    """The feeds of one language, which is active, each with its full address."""
    kinds = [feeds.of_kind(kind) for kind in Kind]
    about = sorted((feeds.of_topic(t) for t in topics), key=lambda scope: scope.name.casefold())
    told = [
        feeds.of_thread(root, story)
        for root, story in stories
        if any(bulletin.has_side(language) for bulletin in story.told)
    ]
    return {
        "lang": language,
        "dir": languages.direction(language),
        "name": languages.native_name(language),
        "main": [
            _listed(request, scope) | {"about": scope.about.words}
            for scope in (feeds.everything(), *kinds)
        ],
        "topics": [_listed(request, scope) for scope in about],
        "threads": [_listed(request, scope) for scope in told],
        "kinds": kinds,
    }


def _listed(request, scope: feeds.Scope) -> dict:
    return {"scope": scope, "address": request.build_absolute_uri(scope.url)}


def _answer(request, scope: feeds.Scope) -> HttpResponse:
    data = atom.write(feed_filling.filled(request, scope))
    # Without Last-Modified: a text that was taken back leaves a feed older than it was.
    return HttpResponse(data, content_type=f"{atom.MEDIA_TYPE}; charset=utf-8")
