"""A file on its way in: larger than a photo may be, kept on disk outside of what is served."""

from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler
from django.http import HttpRequest

LARGEST_UPLOAD = 200 * 1024 * 1024


class _Cap(FileUploadHandler):
    """Lets a little more than the limit through and drops the rest: enough to be refused as too large."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start <= LARGEST_UPLOAD else None

    def file_complete(self, file_size: int) -> Any:
        """The handler after this one makes the file."""
        return


def take_large_files(request: HttpRequest) -> None:
    """Call before anything reads the request's body."""
    request.upload_handlers = [_Cap(request), TemporaryFileUploadHandler(request)]


def keep(upload: UploadedFile) -> Path:
    """Copy to VAR_DIR/imports, where the worker finds it, under a name of ours."""
    folder = Path(settings.VAR_DIR) / "imports"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"upload-{uuid4().hex}"
    with file.open("wb") as kept:
        for chunk in upload.chunks(1024 * 1024):
            kept.write(chunk)
    return file
