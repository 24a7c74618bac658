"""What stands beside one row: how it was translated before, and the collective's words for it."""

from __future__ import annotations

from core.segments import Segment
from translations import memory
from translations.glossary import Glossary, Hit


def row_help(segments: list[Segment], source_language: str, target_language: str, document) -> dict:
    """The context of `templates/desk/row_help.html` for the source segments of one row.

    `target_html` is the inner HTML of blocks as a cell takes it, links to our own pages unresolved;
    `target_text` its words. Both are to be inserted, and escaped where they are shown.
    """
    text = memory.BETWEEN.join(segment.text for segment in segments)
    if not text:
        return {"suggestions": [], "terms": []}
    found = memory.suggestions(text, source_language, target_language, but_not=document)
    glossary = Glossary.for_pair(source_language, target_language)
    return {
        "suggestions": [_shown(one) for one in found],
        "terms": terms(glossary.hits(text)),
    }


def _shown(suggestion: memory.Suggestion) -> dict:
    return {
        "likeness": suggestion.likeness,
        "source_words": suggestion.words,
        "target_html": suggestion.target_html,
        "target_text": suggestion.target_text,
        "where": suggestion.where,
    }


def terms(hits: list[Hit]) -> list[dict]:
    """The hits of a row as a list to read: what is said more than once is listed once."""
    listed = {}
    for hit in hits:
        shown = {
            "term": hit.term,
            "wanted": list(hit.wanted),
            "forbidden": list(hit.forbidden),
            "note": hit.note,
            "leave_as_is": hit.leave_as_is,
        }
        listed.setdefault((hit.wanted, hit.forbidden, hit.note, hit.leave_as_is), shown)
    return list(listed.values())
