"""What the admin's front page says of links."""

from __future__ import annotations

from django import template

from links.checking.outcomes import Verdict
from links.models import CheckedLink

register = template.Library()


@register.inclusion_tag("admin/links/block.html", takes_context=True)
def links_block(context):
    """How many links are broken, for whoever may look at them; nothing where all is well."""
    if not context["request"].user.has_perm("links.view_checkedlink"):
        return {}
    broken = CheckedLink.objects.standing().filter(verdict=Verdict.BROKEN)
    least = CheckedLink.FAILURES_TO_ACT_ON
    failures = list(broken.values_list("failures", flat=True))
    return {"broken": len(failures), "lasting": sum(count >= least for count in failures)}
