"""Pictures for tests: made by the acts, with a pipeline that draws nothing."""

from __future__ import annotations

import io
import itertools
from datetime import date

from bulletins.models import Bulletin, BulletinFigure
from core import images
from pages.models import PageFigure
from pictures import acts
from pictures.models import Consent, Picture

FACE = {"shape": "ellipse", "x": 0.4, "y": 0.2, "width": 0.1, "height": 0.2}

_numbers = itertools.count(1)


def processed(width: int = 1000, *, removed=(), alpha: bool = False) -> images.Processed:
    """What the pipeline gives for a picture of this width: each file says what it is."""
    number = next(_numbers)
    last = "png" if alpha else "jpeg"
    widths = [w for w in (480, 960, 1600) if w <= width] or [width]
    return images.Processed(
        master=f"master {number}".encode(),
        master_format="png",
        width=width,
        height=width // 2,
        has_alpha=alpha,
        removed=list(removed),
        renditions=[
            images.Rendition(w, w // 2, format, f"{number} {w} {format}".encode())
            for w in widths
            for format in ("avif", "webp", last)
        ],
    )


def upload(name: str = "march.jpg", content: bytes = b"pixels"):
    file = io.BytesIO(content)
    file.name = name
    return file


def picture(consent: str = Consent.NOBODY, **given) -> Picture:
    """A picture in which nobody can be recognised, unless `consent` says otherwise."""
    made = acts.add(upload(), **given)
    if consent == Consent.AGREED:
        return acts.set_consent(
            made.pk, consent, agreed_on=date(2026, 3, 8), agreed_for="this site"
        )
    return made if consent == Consent.UNKNOWN else acts.set_consent(made.pk, consent)


def figure(document, shown: Picture, **fields):
    """`shown` below the text of `document`, with a description in English and French."""
    words = {"alt_en": "People on a bridge.", "alt_fr": "Des gens sur un pont."}
    if document.source_language == "en" and not document.has_side("fr"):
        del words["alt_fr"]
    kind, parent = (
        (BulletinFigure, "bulletin") if isinstance(document, Bulletin) else (PageFigure, "page")
    )
    return kind.objects.create(**{parent: document, "picture": shown, **words, **fields})


def in_text(shown: Picture) -> str:
    """How canonical HTML refers to a picture."""
    return f'<img src="ref:pictures.picture/{shown.pk}">'
