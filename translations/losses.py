"""The words for what a text cannot hold (`core.html.losses`)."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy, ngettext

NAMES = {
    "audio": gettext_lazy("audio"),
    "embed": gettext_lazy("an embedded page"),
    "form": gettext_lazy("a form"),
    "formula": gettext_lazy("a formula"),
    "image": gettext_lazy("a picture"),
    "link": gettext_lazy("a link that leads nowhere"),
    "numbering": gettext_lazy("the numbering of a list"),
    "script": gettext_lazy("a script"),
    "strikethrough": gettext_lazy("words struck through"),
    "table": gettext_lazy("a table"),
    "video": gettext_lazy("a video"),
}


def named(lost: Iterable[str]) -> str:
    """“a table, a picture”."""
    return ", ".join(str(NAMES[name]) for name in lost)


def message(lost: list[str]) -> str:
    """What a person is told who put these things into a text."""
    return ngettext(
        "The text had something that it cannot hold, which is now plain words or gone: %(what)s.",
        "The text had things that it cannot hold, which are now plain words or gone: %(what)s.",
        len(lost),
    ) % {"what": named(lost)}
