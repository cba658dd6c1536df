"""An upload handler that drops the files of a request larger than the limit."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers

from sources.actions.captures.capture import MAX_SIZE

# Room for the other fields of a form and the marks between its parts.
FORM_ALLOWANCE = 1024 * 1024


class SizeLimitHandler(FileUploadHandler):
    """Runs before Django's own handlers: a request that is too long fills no memory and no disk.

    Its files arrive empty, with the length of the request as their size, so that the check of
    the size refuses them with its message.
    """

    length = 0

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 - the name is Django's
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> None:
        """Take the length of the request; the server reads no further than it."""
        self.length = content_length

    @property
    def is_too_long(self) -> bool:
        """Whether the request holds more than the largest file."""
        return self.length > MAX_SIZE + FORM_ALLOWANCE

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file; where it is dropped, no later handler is called."""
        super().new_file(*args, **kwargs)
        if self.is_too_long:
            raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Hand the bytes on, or drop them."""
        return None if self.is_too_long else raw_data

    def file_complete(self, file_size: int) -> "UploadedFile[bytes] | None":
        """Return the empty file of a request that is too long; else None, for the next handler."""
        if not self.is_too_long:
            return None
        return UploadedFile(BytesIO(), self.file_name, self.content_type, size=self.length)
