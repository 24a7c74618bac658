from __future__ import annotations

from itertools import chain, groupby

from django.http import Http404
from django.utils.translation import get_language, pgettext

from links import countries, languages, naming
from links.models import Group
from pages.rendering import render_page

FILTERS = {"language": languages.NAMES, "country": countries.NAMES}


def links(request):
    """The directory: sections with their groups, by language spoken and country."""
    chosen = _chosen(request)
    listed = Group.objects.listed()
    offered = list(listed.values_list("languages", "country").order_by().distinct())
    groups = listed.by_section()
    if "language" in chosen:
        groups = groups.speaking(chosen["language"])
    if "country" in chosen:
        groups = groups.in_country(chosen["country"])
    spoken = chain.from_iterable(codes for codes, _country in offered)
    return render_page(
        request,
        "links/links.html",
        {
            "sections": as_read(groups),
            "languages": _options(chosen, "language", spoken),
            "countries": _options(chosen, "country", (country for _codes, country in offered)),
            "filtered": bool(chosen),
        },
    )


def as_read(groups) -> list[dict]:
    """Groups as this reader gets them, under their sections; a section without any is left out."""
    language = get_language()
    return [
        {
            "text": section.side(language),
            "groups": [{"text": group.side(language)} for group in found],
        }
        for section, found in groupby(groups, key=lambda group: group.section)
    ]


def _chosen(request) -> dict[str, str]:
    """The filters of this address. Raises Http404 for a code that is in no list of ours.

    Not the unfiltered page: it would tell whoever asked for groups that speak their language that
    all of these do. A code that no listed group has (any more) finds none, and the page says so.
    """
    chosen = {name: request.GET[name] for name in FILTERS if request.GET.get(name)}
    if any(value not in FILTERS[name] for name, value in chosen.items()):
        raise Http404
    return chosen


def _options(chosen: dict, name: str, values) -> list[dict]:
    """What can be chosen: all, what some listed group has, and what is chosen already."""
    current = chosen.get(name, "")
    codes = {*values, current} - {""}
    # French asks for the gender of what there is all of.
    every = {"language": pgettext("languages", "All"), "country": pgettext("countries", "All")}
    options = [("", every[name]), *naming.choices(FILTERS[name], codes)]
    return [
        {"value": value, "label": label, "current": value == current} for value, label in options
    ]
