"""A large site comes as several files."""

from __future__ import annotations

from dataclasses import replace

from bulletins.wordpress.redirects import site_key
from bulletins.wordpress.wxr import Export, NotAnExport, Post


def join(exports: list[Export]) -> Export:
    """Several files of one site as one export; of posts that are in two files the first counts.

    Raises NotAnExport for files of two sites.
    """
    first, *others = exports
    for other in others:
        if site_key(other) != site_key(first):
            raise NotAnExport(
                f"These files come from two sites, {first.base_url} and {other.base_url}. Import "
                "them one after the other."
            )
    posts: dict[int, Post] = {}
    for export in exports:
        for post in export.posts:
            posts.setdefault(post.id, post)
    return replace(
        first,
        posts=tuple(posts.values()),
        terms=tuple(dict.fromkeys(term for export in exports for term in export.terms)),
        unreadable=tuple(one for export in exports for one in export.unreadable),
        other_taxonomies=tuple(sorted({t for export in exports for t in export.other_taxonomies})),
        control_characters=sum(export.control_characters for export in exports),
    )
