"""The QR code that fills in a SEPA credit transfer in a banking app (EPC069-12).

Made here, never by another service: nobody learns who looks at a donation page. No amount: the
giver chooses.
"""

from __future__ import annotations

import io

import segno
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from donations import banking, wording

PAYLOAD_MAX_BYTES = 331  # EPC069-12: what QR version 13 holds at error correction level M
QUIET_ZONE_MODULES = 4  # ISO/IEC 18004


def epc_payload(*, holder: str, iban: str, bic: str = "", reference: str = "") -> str:
    """Return the text of the code: EPC069-12 version 002, UTF-8, SCT, without an amount.

    The parts are cleaned as ``donations.banking`` and ``donations.wording`` do, with their errors.
    Besides them raises ``ValidationError`` with code payload_length (more than 331 bytes).
    """
    holder = wording.clean_holder(holder)
    iban = banking.clean_iban(iban)
    bic = banking.clean_bic_for(iban, bic)
    reference = wording.clean_reference(reference, max_length=wording.EURO_REFERENCE_MAX)
    lines = ["BCD", "002", "1", "SCT", bic, holder, iban]
    if reference:
        # Empty: amount, purpose, structured reference. Nothing may follow the last filled line,
        # so without a reference these three are left out too.
        lines += ["", "", "", reference]
    payload = "\n".join(lines)
    _check_size(payload)
    return payload


def epc_png(payload: str, *, scale: int = 6) -> bytes:
    """Return the code as PNG, ``scale`` pixels to a module; the same bytes for the same payload.

    Error correction M, at most version 13, as EPC069-12 says. Black on opaque white whatever the
    page's colours are: many banking apps cannot read a light code on dark. Raises
    ``ValidationError`` with code payload_length for more than 331 bytes, ``ValueError`` for a
    scale that is not a whole number of at least 1.
    """
    if not isinstance(scale, int) or scale < 1:
        # A fractional scale would draw modules of unequal width.
        raise ValueError("scale must be a whole number of at least 1")
    _check_size(payload)
    # boost_error would raise the level where there is room: the standard fixes M. No ECI header:
    # the payload names its own character set, and not every banking app skips the header.
    code = segno.make_qr(
        payload, error="m", boost_error=False, mode="byte", encoding="utf-8", eci=False
    )
    out = io.BytesIO()
    code.save(
        out, kind="png", scale=scale, border=QUIET_ZONE_MODULES, dark="#000000", light="#ffffff"
    )
    return out.getvalue()


def _check_size(payload: str) -> None:
    size = len(payload.encode())
    if size > PAYLOAD_MAX_BYTES:
        raise ValidationError(
            _("Name and reference together are too long for a QR code: shorten one of them."),
            code="payload_length",
            params={"limit": PAYLOAD_MAX_BYTES, "found": size},
        )
