"""Pictures for the sample content: linocuts of our own, drawn when they are loaded.

They go the way of every picture, through `core.images`; only nobody has to be asked, because
nobody is in them.
"""

from __future__ import annotations

import io

from pictures import acts
from pictures.models import Consent, Picture
from pictures.sample.drawings import DRAWINGS


def load() -> dict[str, Picture]:
    """The pictures by their names."""
    return {name: _added(name) for name in DRAWINGS}


def _added(name: str) -> Picture:
    picture = acts.add(io.BytesIO(DRAWINGS[name]()), name=name.capitalize())
    return acts.set_consent(picture.pk, Consent.NOBODY)
