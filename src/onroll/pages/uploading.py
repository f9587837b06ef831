"""Files on their way in: from people who are signed in, onto the disk, and no larger than we take."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import SkipFile, StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest

_TOO_LARGE = "onroll.file_too_large"
_MEGABYTE = 1024 * 1024


class OnlyFromPeople(TemporaryFileUploadHandler):
    """Takes no file from a stranger, whose disk it is not: every form is read before its view says no.

    A file larger than settings.ONROLL_MAX_UPLOAD is dropped as it comes; `was_too_large` tells the form.
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

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._size += len(raw_data)
        if self._size > settings.ONROLL_MAX_UPLOAD:
            self.file.close()
            if self.request is not None:
                self.request.META[_TOO_LARGE] = True
            raise SkipFile
        super().receive_data_chunk(raw_data, start)


def was_too_large(request: HttpRequest) -> bool:
    """Whether the request brought a file that was dropped for its size."""
    return bool(request.META.get(_TOO_LARGE))


def too_large_words() -> str:
    """What a form says of such a file."""
    most = settings.ONROLL_MAX_UPLOAD // _MEGABYTE
    return f"The file is larger than {most} MB. Export it in parts, one school year or one term at a time"
