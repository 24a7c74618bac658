"""Segments in words, for pages that compare texts."""

from __future__ import annotations

from django import template

from translations import embeds

register = template.Library()
register.filter("in_words", embeds.in_words)
