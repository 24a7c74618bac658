"""The scripts and styles of pages with pictures."""

from __future__ import annotations

from js_asset import ImportMap, Media, Script

from translations.admin.layout import MODULES

NAMES = ("picture_known", "picture_picker", "picture_rows", "picture_upload", "mask_shape")
# By name, because files are served under hashed names. What each does is said at its head.
OURS = MODULES | ImportMap({f"tract/{name}": f"admin/{name}.js" for name in NAMES})
STYLES = ["admin/pictures.css", "admin/picture_form.css"]


def scripts(name: str) -> Media:
    """One of our modules, and those that it imports."""
    return Media(importmap=OURS, js=[Script(f"admin/{name}.js", type="module")])


def of_rows() -> Media:
    """What the pictures in a document's form need."""
    return Media(css={"all": STYLES}) + scripts("picture_inline")


def with_modules(request, name: str) -> Media:
    """The same for a page that is not a form of the admin: its import map needs the nonce."""
    return scripts(name).with_nonce(str(request.csp_nonce))
