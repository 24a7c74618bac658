"""A thread told from its beginning, on one page."""

from __future__ import annotations

from django.http import HttpResponsePermanentRedirect, HttpResponseRedirect
from django.utils.translation import get_language

from bulletins import threads
from bulletins.models import Bulletin
from bulletins.stories import story_of
from core import languages
from pages.finding import found
from pages.rendering import render_page


def thread(request, slug):
    """The whole story to which the bulletin at `slug` belongs.

    It stands at the slug of its beginning; from any other of its bulletins, 301. A bulletin that is
    alone in it, or is by now, is the whole story itself: there leads a redirect that may end.
    """
    document, elsewhere = found(request, Bulletin.objects.light(), slug)
    if elsewhere:
        return elsewhere
    story = story_of(document)
    if not story.goes_on:
        return HttpResponseRedirect(document.address(get_language()))
    address = story.address(get_language())
    if address != request.path:
        return HttpResponsePermanentRedirect(address)
    return render_page(
        request,
        "bulletins/thread.html",
        {
            "root": threads.root_of(document),
            "beginning": story.beginning.side(get_language()),
            "texts": [bulletin.side(get_language()) for bulletin in story.told],
        },
        addresses={code: story.address(code) for code in languages.public()},
    )
