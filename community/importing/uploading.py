"""A file on its way in: larger than a photo may be, kept on disk outside of what is served."""

from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest

from community.products.uploading import CappedUploadHandler

LARGEST_UPLOAD = 200 * 1024 * 1024


class _Cap(CappedUploadHandler):
    largest = LARGEST_UPLOAD


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
