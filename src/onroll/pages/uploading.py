"""Files on their way in: from people who are signed in, onto the disk, and no larger than we take."""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest

from onroll.actions.incoming import Incoming

_TOO_LARGE = "onroll.file_too_large"
_MEGABYTE = 1024 * 1024


class OnlyFromPeople(FileUploadHandler):
    """Takes no file from a stranger, whose disk it is not: every form is read before its view says no.

    A file is encrypted as it comes, so that no letter lies readable on the disk. One larger than
    settings.ONROLL_MAX_UPLOAD is dropped; `was_too_large` tells the form.
    """

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._size = 0

    def new_file(self, *args: Any, **options: Any) -> None:
        user = getattr(self.request, "user", None)
        if user is None or not user.is_authenticated:
            # The rest is read and thrown away, so that whoever was signed out meanwhile is told so.
            raise StopUpload(connection_reset=False)
        super().new_file(*args, **options)
        self._size = 0
        self.file = Incoming()  # Django closes what is called `file` when a request breaks off

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._size += len(raw_data)
        if self._size > settings.ONROLL_MAX_UPLOAD:
            self.file.close()
            if self.request is not None:
                self.request.META[_TOO_LARGE] = True
            raise SkipFile
        self.file.write(raw_data)

    def file_complete(self, file_size: int) -> "UploadedFile[bytes]":
        return UploadedFile(
            file=self.file.reader(),
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )

    def upload_interrupted(self) -> None:
        if hasattr(self, "file"):
            self.file.close()


def was_too_large(request: HttpRequest) -> bool:
    """Whether the request brought a file that was dropped for its size."""
    return bool(request.META.get(_TOO_LARGE))


def too_large_words() -> str:
    """What a form says of such a file."""
    most = settings.ONROLL_MAX_UPLOAD // _MEGABYTE
    return f"The file is larger than {most} MB. Export it in parts, one school year or one term at a time"
