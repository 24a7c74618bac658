"""“Tomorrow” in a text that asks people to come: said to whoever saves it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import html, languages
from translations import registry
from translations.checks import relative
from translations.checks.base import quoted


def soon_wrong(document) -> dict[str, list[str]]:
    """Language → the words in that side of a document which are true only for a while.

    Empty for a document that asks nobody to come at some time (`dated_kinds`). Its children are
    not looked at: what they say is not where people look for the date.
    """
    options = registry.options(document)
    if not options.kind or getattr(document, options.kind) not in options.dated_kinds:
        return {}
    found = {code: relative.found(_words(document, code), code) for code in languages.codes()}
    return {code: words for code, words in found.items() if words}


def warning(found: dict[str, list[str]]) -> str:
    """What is said of the words that were `soon_wrong`."""
    named = [
        # Translators: words in quotation marks, and the language in which they stand.
        _("%(words)s (%(language)s)") % {"words": quoted(words), "language": languages.name(code)}
        for code, words in found.items()
    ]
    message = ngettext(
        "It is saved. But %(words)s will soon be wrong in a call-out: write the date.",
        "It is saved. But these words will soon be wrong in a call-out: %(words)s. Write the date.",
        sum(len(words) for words in found.values()),
    )
    return message % {"words": ", ".join(named)}


def _words(document, language: str) -> str:
    """All that a person wrote in one language, a line for each text. An address is not read."""
    names = [n for n in registry.written(document) if n not in registry.options(document).proposed]
    columns = [registry.column(name, language) for name in names]
    rich = registry.long_texts(type(document))
    return "\n".join(
        html.plain_text(text) if column in rich else text
        for column in columns
        if (text := getattr(document, column))
    )
