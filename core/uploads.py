"""Uploads that are never on a disk: each file is kept in memory without a name until its request
ends.

The only upload handler of the site (`FILE_UPLOAD_HANDLERS`), so that no form can be made that
writes a camera's file into a temporary folder.
"""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from core.imaging.runner import unnamed_file
from core.imaging.terms import Limits, Unfit

FILE_LIMIT = Limits().file_size
REQUEST_LIMIT = 4 * FILE_LIMIT
# A request beyond this is not even read: it is answered as one without any fields.
HOPELESS = 10 * REQUEST_LIMIT


class UnnamedFile(UploadedFile):
    """An uploaded file with a number (`fileno()`) and no place on a disk.

    One that was not taken is empty, and `unfit` says why: `core.images.process` raises it as
    Refused, and Django's own file fields refuse what is empty.
    """

    def __init__(self, *args, unfit: Unfit | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.unfit = unfit


class UnnamedUploadHandler(FileUploadHandler):
    """Streams each file into memory that no name leads to, within limits for one and for all.

    Beyond a limit the rest is read and dropped, so that the form's other fields arrive, and with
    them the answer. Where nobody is logged in nothing is kept: memory is not for strangers to fill.
    """

    def __init__(self, request=None):
        super().__init__(request)
        self.file, self.unfit, self.total = None, None, 0

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        if content_length > HOPELESS:
            return QueryDict(encoding=encoding), MultiValueDict()
        return None

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.file, self.unfit = unnamed_file(), None
        if not self._is_of_somebody():
            self._drop(Unfit("login"))

    def receive_data_chunk(self, raw_data, start):
        self.total += len(raw_data)
        if self.unfit:
            return
        if start + len(raw_data) > FILE_LIMIT:
            self._drop(Unfit("file_size", megabytes=FILE_LIMIT // 1_000_000))
        elif self.total > REQUEST_LIMIT:
            self._drop(Unfit("request_size", megabytes=REQUEST_LIMIT // 1_000_000))
        else:
            self.file.write(raw_data)

    def file_complete(self, file_size):
        file, self.file = self.file, None
        file.seek(0)
        return UnnamedFile(
            file,
            self.file_name,
            self.content_type,
            0 if self.unfit else file_size,
            self.charset,
            self.content_type_extra,
            unfit=self.unfit,
        )

    def upload_interrupted(self):
        if self.file:
            self.file.close()

    def _drop(self, unfit: Unfit):
        self.unfit = unfit
        self.file.seek(0)
        self.file.truncate()

    def _is_of_somebody(self) -> bool:
        user = getattr(self.request, "user", None)
        return user is None or user.is_authenticated
