"""Why a file was refused, in words that say what to do instead."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.imaging.terms import Unfit

MESSAGES = {
    "empty": _("This file is empty. Choose the picture again."),
    "file_size": _(
        "This file is larger than %(megabytes)d MB. Save the picture smaller, and add it again."
    ),
    "request_size": _(
        "These files are larger than %(megabytes)d MB together. Add fewer pictures at a time."
    ),
    "login": _("You are not logged in any more. Log in, and add the picture again."),
    "svg": _(
        "SVG drawings are not taken: such a file can hold a program that runs in the reader’s "
        "browser. Save the drawing as PNG, and add that."
    ),
    "page": _("This file is a web page, not a picture. Save the picture itself, and add that."),
    "document": _("This file is a PDF, not a picture. Save its page as PNG, and add that."),
    "video": _("This file is a video, not a picture. Save one moment of it as a picture."),
    "unknown": _(
        "This file is not a picture that can be read here. "
        "JPEG, PNG, WebP, AVIF, GIF and HEIC pictures can."
    ),
    "heic": _(
        "HEIC photos cannot be read here. Save the photo as JPEG, and add that. (On an iPhone: "
        "Settings, Camera, Formats, Most Compatible. Who runs this site can add HEIC: "
        "requirements-heic.txt.)"
    ),
    "broken": _("This picture is damaged or incomplete. Open it, save it anew, and add that file."),
    "pixels": _(
        "This picture has more than %(millions)d million pixels. Save it smaller: 4000 pixels on "
        "its longer side are plenty."
    ),
    "side": _("This picture is more than %(side)d pixels long. Cut or shrink it."),
    "frames": _(
        "This animation has more than %(frames)d pictures. Only the first would be kept: save that "
        "one, and add it."
    ),
    "memory": _(
        "This picture needs too much memory. Save it smaller: 4000 pixels on its longer side are "
        "plenty."
    ),
    "slow": _("This picture took too long. Save it smaller, as JPEG or PNG, and add that file."),
    "busy": _("Other pictures are being prepared. Try again in a minute."),
    "mask": _("This picture could not be masked. Nothing was changed."),
}


class Refused(Exception):
    """A file that is not taken. `code` is a key of MESSAGES, `message` a sentence for the editor
    in the language that is active when it is read.
    """

    def __init__(self, code: str, **facts: int | str):
        super().__init__(code)
        self.code, self._facts = code, facts

    @classmethod
    def because(cls, unfit: Unfit) -> Refused:
        return cls(unfit.code, **unfit.facts)

    @property
    def message(self) -> str:
        try:
            return MESSAGES[self.code] % self._facts
        except (KeyError, TypeError, ValueError):
            # A child process that was taken over may give any reason.
            return str(MESSAGES["broken"])

    def __str__(self) -> str:
        return self.message
