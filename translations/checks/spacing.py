"""French spaces around ; : ! ? « »."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from translations.checks.base import Check, Pair, Problem, base, once, quoted, text_of

# `core.typography` sets the space before ; : ! ? » and after « for the reader, whether somebody
# typed an ordinary one, a no-break one or none. So “Bonjour!” and “«oui»” are no problem: nobody
# will ever see them. What it must leave alone, because it may be code, a name or a face, is a mark
# with a letter right behind it (“Non:oui”, “Non :oui”), and it does not part what is glued to the
# outside of a quotation. Only that is said here.
_GLUED = re.compile(
    r"""(?<!\w)(?:
        [^\W\d_]{2,}[ \u00a0\u202f]?[;:!?]+[^\W\d_]{2,}  # Non:oui, Non :oui
      | [^\W\d_]{2,}«\s?\w+ | \w+\s?»[^\W\d_]+           # mot« oui », « oui »mot
      | \w+(?:\ [\u00a0\u202f]|[\u00a0\u202f]\ )[;:!?»]  # two spaces, of two kinds
    )""",
    re.VERBOSE,
)
_MARK = re.compile(r"\s*([;:!?]+|[«»])\s*")
# Addresses and what is written like one; “citoyen:ne:s”, which is inclusive writing.
_CODE = re.compile(
    r"(?<!\S)\S*(?:://|www\.|@|::|\.\w{2,}/)\S*|(?<!\w)\w+:(?:es|nes|les|\w+:s)\b", re.IGNORECASE
)
_FOREIGN = re.compile(r'<span lang="(?!fr\b)[^"]*"[^>]*>.*?</span>', re.DOTALL)


class FrenchSpacing(Check):
    id = "spacing"
    title = gettext_lazy("French spaces")

    def problems(self, pair: Pair) -> Iterator[Problem]:
        if base(pair.target_language) != "fr" or not _GLUED.search(pair.target):
            return
        text = text_of(_FOREIGN.sub("", pair.target_html), is_rich=pair.is_rich)
        glued = [
            match[0]
            for match in _GLUED.finditer(_CODE.sub(" ", text))
            if match[0] not in pair.source  # a name: re:publica
        ]
        if glued:
            words = list(once(glued))
            message = _("Spaces around the punctuation: write %(right)s and not %(words)s.")
            right = quoted(_MARK.sub(_spaced, word) for word in words)
            yield self.problem(message % {"words": quoted(words), "right": right}, words)


def _spaced(match: re.Match[str]) -> str:
    before, after = ("" if match.start() == 0 else " "), ("" if _at_end(match) else " ")
    return f"{before}{match[1]}{after}"


def _at_end(match: re.Match[str]) -> bool:
    return match.end() == len(match.string)
