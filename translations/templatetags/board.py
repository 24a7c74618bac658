"""A block of the board for other pages."""

from __future__ import annotations

from django import template

from translations.desk import overview
from translations.desk.entries import Viewer

register = template.Library()


@register.inclusion_tag("desk/admin_block.html", takes_context=True)
def translations_block(context):
    """How the translations stand, for whoever translates or publishes; nothing for others."""
    viewer = Viewer(context["request"].user)
    if not viewer.writes:
        return {}
    standings = [one for one in overview.standings() if one.language.code in viewer.writes]
    ready = [one for one in standings if one.language.code in viewer.publishes and one.submitted]
    return {"standings": standings, "ready": sum(one.submitted for one in ready)}
