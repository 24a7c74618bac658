"""Run inside a served site: a front page with six photos, each as noisy as one can be.

Noise as fine as the smallest rendition: what is finer than that is gone once a photo is scaled
down to it, and what is coarser is easier to compress. See `world.py` for how this is read.
"""

from __future__ import annotations

import io
import json
import random
from datetime import timedelta

from django.utils import timezone
from PIL import Image

from bulletins.models import Bulletin, BulletinFigure
from pictures import acts
from pictures.models import Consent

PHOTOS = 6
BulletinFigure.objects.all().delete()
for bulletin in Bulletin.objects.filter(pinned=True):
    bulletin.pinned = False
    bulletin.save()
chance = random.Random(4)
for number in range(PHOTOS):
    small = Image.frombytes("RGB", (480, 320), chance.randbytes(480 * 320 * 3))
    photo = io.BytesIO()
    small.resize((1920, 1280), Image.Resampling.NEAREST).save(photo, "JPEG", quality=92)
    photo.seek(0)
    picture = acts.add(photo, name=f"Noise {number}")
    acts.set_consent(picture.pk, Consent.NOBODY)
    document = Bulletin.objects.create(
        source_language="en",
        title_en=f"Noise, and what it costs, no. {number}",
        body_en="<p>A summary of about the length that people write above their texts.</p>",
    )
    BulletinFigure.objects.create(
        bulletin=document, picture=picture, place="lead", alt_en="Nothing but noise."
    )
    document.published_at = timezone.now() - timedelta(minutes=number + 1)
    document.pinned = number == 0
    document.save()

print()
print(json.dumps({"pages": {"home": {"en": "/en/"}}}))
