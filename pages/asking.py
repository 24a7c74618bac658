"""What a reader asks the search for, as it stands in the address of a page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import reverse

# What nobody types by hand; a longer one is cut off by the field of the form, too.
LONGEST = 200
FILTERS = ("kind", "topic", "year")
# What somebody puts around words that are to stand side by side.
QUOTED = re.compile(r"[\"“”„«»]\s*(.*[^\s].*?)\s*[\"“”«»]")
# Characters that are no text: PostgreSQL refuses to be asked for a NUL.
NOT_TEXT = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffd]+")
# The words of an address that somebody may have meant: no numbers, no file endings.
ADDRESS_WORDS = re.compile(r"[^\W\d_]{3,}")
ENDINGS = ("html", "htm", "php", "aspx", "pdf", "xml", "txt", "jpg", "png", "index")


@dataclass(frozen=True)
class Asked:
    """The words that a reader looks for, and by what they narrow it down: name → value."""

    query: str = ""
    chosen: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, parameters) -> Asked:
        """From the parameters of a request; filters mean nothing where no words are looked for."""
        query = " ".join(NOT_TEXT.sub(" ", parameters.get("q", "")).split())
        chosen = {name: parameters[name] for name in FILTERS if parameters.get(name)}
        return cls(query, chosen if query else {})

    @property
    def is_too_long(self) -> bool:
        return len(self.query) > LONGEST

    @property
    def said(self) -> str:
        """The words as they stand in quotation marks, without those that they have already."""
        words = self.query[:LONGEST]
        quoted = QUOTED.fullmatch(words)
        return quoted[1] if quoted else words

    @property
    def parameters(self) -> str:
        """As it stands in an address, from the question mark on; "" where nothing is asked for."""
        return self._parameters()

    def url(self, **more) -> str:
        """Where the answer stands; `more` are further parameters."""
        return reverse("search") + self._parameters(**more)

    def but(self, name: str, value: str) -> Asked:
        """The same words with one filter set, or taken away where `value` is empty."""
        chosen = {n: v for n, v in self.chosen.items() if n != name}
        return Asked(self.query, chosen | ({name: value} if value else {}))

    def _parameters(self, **more) -> str:
        if not self.query:
            return ""
        return "?" + urlencode({"q": self.query[:LONGEST]} | self.chosen | more, safe=":")


def words_of(path: str) -> str:
    """The words of an address at which there is nothing: what its reader may be looking for."""
    last = path.rstrip("/").rpartition("/")[2]
    words = [word for word in ADDRESS_WORDS.findall(last) if word.lower() not in ENDINGS]
    return " ".join(words) if len(last) <= LONGEST else ""
