"""The fields that hold text in several languages.

Each knows its normal form and takes it on every way into the database, not only through forms:
an import, a command and a desk write what a form would have written. An empty text is NULL,
so that "this side is missing" can be asked in one way.
"""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorField
from modeltranslation.fields import TranslationField

from core import html
from core.addresses import SCHEMES
from translations import embeds, references

LINE_LENGTH = 200

# What an editor can make is what `core.html` lets through: one list, held by a test.
EDITOR = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": list(html.HEADING_LEVELS)},
    "BulletList": True,
    "OrderedList": {"enableListAttributes": False},
    "ListItem": True,
    "Blockquote": True,
    "HorizontalRule": True,
    "HardBreak": True,
    "Link": {"protocols": list(SCHEMES)},
    "Phrase": True,
    "Picture": True,
    "Toolbar": True,
    "Menu": False,
    "NoSpellCheck": False,
}


class Translatable:
    """Shared by our fields: the normal form at the edge, and a base column that stays empty."""

    def __init__(self, *args, **kwargs):
        kwargs["null"] = kwargs["blank"] = True
        super().__init__(*args, **kwargs)

    def normalise(self, value):
        """The form in which `value` is stored, or None for a text that says nothing."""
        return value

    def pre_save(self, instance, add):
        # modeltranslation keeps the un-suffixed column and would fill it with whichever language
        # is active. A withdrawn text must not live on there: the column stays NULL.
        if not isinstance(self, TranslationField):
            return None
        return super().pre_save(instance, add)

    def get_db_prep_save(self, value, connection):
        if not hasattr(value, "as_sql"):
            value = self.normalise(value)
        return super().get_db_prep_save(value, connection)


class Line(Translatable, models.CharField):
    """One line of plain text."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", LINE_LENGTH)
        super().__init__(*args, **kwargs)

    def normalise(self, value):
        """`value` without control characters, white space at its ends and line breaks.

        Raises ValidationError when it is too long: SQLite would take it, PostgreSQL would not.
        """
        if value is None:
            return None
        text = re.sub(r"[ \t\r\n\f\v\u2028\u2029]+", " ", printable(str(value))).strip()
        if len(text) > self.max_length:
            raise ValidationError(
                _("“%(start)s…” is too long: %(length)d characters, %(max)d fit."),
                code="max_length",
                params={"start": text[:40], "length": len(text), "max": self.max_length},
            )
        return text or None

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class Text(Translatable, models.TextField):
    """Plain text of several lines."""

    def normalise(self, value):
        if value is None:
            return None
        lines = printable(str(value)).replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return "\n".join(line.rstrip(" \t") for line in lines).strip() or None

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs


class Body(Translatable, ProseEditorField):
    """Canonical block HTML (`core.html`), written in the rich-text editor."""

    is_long = True

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("extensions", dict(EDITOR))
        kwargs["sanitize"] = self.sanitised
        super().__init__(*args, **kwargs)

    @staticmethod
    def sanitised(text: str) -> str:
        """Canonical HTML from an editor, from a text area without one, or from anywhere."""
        return embeds.from_markers(html.canonical(html.from_plain(text)))

    def normalise(self, value):
        if not value:
            return None
        text = html.canonical(html.from_plain(value), resolve_link=references.to_reference)
        return embeds.from_markers(text) or None


class Count(Translatable, models.PositiveIntegerField):
    """A number derived from the text of a side."""

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.PositiveIntegerField", args, kwargs


def printable(text: str) -> str:
    """`text` in NFC without control characters and lone surrogates, which PostgreSQL refuses."""
    kept = (c for c in text if c in "\t\n\r" or unicodedata.category(c) not in ("Cc", "Cs"))
    return unicodedata.normalize("NFC", "".join(kept))
