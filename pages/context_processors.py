from __future__ import annotations

from pages.rendering import site_context

# The admin has a frame of its own; the login wears the readers' one.
FRAMELESS = ("/admin/",)


def site(request) -> dict:
    """The site's identity, menu and languages, for every page but the admin's."""
    if hasattr(request, "site_context"):
        return request.site_context
    if request.path.startswith(FRAMELESS) or not hasattr(request, "identity"):
        return {}
    return site_context(request)
