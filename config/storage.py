from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Static files under names that change with their content.

    A page without its looks is better than no page: where a file was not collected, its plain name
    is given instead of an error, or the page that tells of an error would fail like all others.
    """

    manifest_strict = False

    def stored_name(self, name):
        try:
            return super().stored_name(name)
        except ValueError:
            return name
