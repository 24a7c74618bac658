from __future__ import annotations

from translations.registry import DocumentOptions


class FigureText(DocumentOptions):
    """The words of a picture in a document. Its heirs name their `parent`."""

    fields = ("alt", "caption", "credit")
    required = ("alt",)
    watched = ("picture", "position", "place", "is_decoration")

    def required_of(self, figure):
        # A picture that was withdrawn shows nothing, and needs no words for it.
        is_withdrawn = figure.picture_id and figure.picture.is_withdrawn
        return () if figure.is_decoration or is_withdrawn else self.required
