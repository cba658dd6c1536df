"""Uploads that are more than is ever kept, told by their length and passed over unread."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers

from sources.actions.captures.capture import MAX_SIZE

# Room for the other fields of a form and the marks between its parts.
FORM = 1024 * 1024


class Bounded(FileUploadHandler):
    """Stands before Django's own handlers: a request that is too long fills no memory and no disk.

    Its files arrive empty, with the length of the request as their size, so that whoever asks for
    the size says the sentence about files that are too large.
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
        return self.length > MAX_SIZE + FORM

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins; where it is not kept, no other handler hears of it."""
        super().new_file(*args, **kwargs)
        if self.is_too_long:
            raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Hand the bytes on, or drop them."""
        return None if self.is_too_long else raw_data

    def file_complete(self, file_size: int) -> "UploadedFile[bytes] | None":
        """The empty file of a request that is too long; else the next handler has it."""
        if not self.is_too_long:
            return None
        return UploadedFile(BytesIO(), self.file_name, self.content_type, size=self.length)
