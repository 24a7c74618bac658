"""What the admin's templates need to draw pictures and regions."""

from __future__ import annotations

import json

from django import template
from django.utils.html import format_html_join

from pictures.models import Picture

register = template.Library()


@register.simple_tag
def private_address(picture: Picture) -> str:
    """The widest rendition, in the format that every browser draws."""
    return picture.address(picture.renditions[-1]["width"], picture.fallback, is_private=True)


@register.simple_tag
def private_srcset(picture: Picture) -> str:
    """All widths, in a format that is small and that whoever works here can draw."""
    format = "webp" if "webp" in picture.formats else picture.fallback
    return picture.srcset(format, is_private=True)


@register.filter
def as_json(value) -> str:
    return json.dumps(value)


@register.filter
def percent(value: float) -> str:
    """A number as an SVG attribute says a share: “12.5%”."""
    return f"{value:g}%"


@register.filter
def as_ellipse(region: dict):
    """The attributes of the ellipse that fills a region's box."""
    half = region["width"] / 2, region["height"] / 2
    numbers = (region["x"] + half[0], region["y"] + half[1], *half)
    pairs = zip(("cx", "cy", "rx", "ry"), map(percent, numbers), strict=True)
    return format_html_join("", ' {}="{}"', pairs)
