"""Keeps an endless upload off the disk."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler

from community.products.pictures import LARGEST_FILE


class CappedUploadHandler(FileUploadHandler):
    """Lets a little more than `largest` bytes through and drops the rest: enough to be refused as too large."""

    largest = LARGEST_FILE

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start <= self.largest else None

    def file_complete(self, file_size: int) -> Any:
        """The handlers after this one make the file."""
        return
