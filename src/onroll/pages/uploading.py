"""Files on their way in: from people who are signed in, and onto the disk."""

from typing import Any

from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler


class OnlyFromPeople(TemporaryFileUploadHandler):
    """Takes no file from a stranger, whose disk it is not: every form is read before its view says no."""

    def new_file(self, *args: Any, **options: Any) -> None:
        user = getattr(self.request, "user", None)
        if user is None or not user.is_authenticated:
            # The rest is read and thrown away, so that whoever was signed out meanwhile is told so.
            raise StopUpload(connection_reset=False)
        super().new_file(*args, **options)
