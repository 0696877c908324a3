"""What an upload may weigh. A file over the limit is read past and kept nowhere, so that its sender gets an
answer in words instead of a broken connection, and the disk stays as it was."""

from dataclasses import dataclass

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from sakip.evidence.kinds import RefusedError, too_large

# Of one request: files, and their weight as a multiple of one file's limit.
MOST_FILES = 20
TOGETHER = 5


@dataclass(frozen=True, slots=True)
class RefusedUpload:
    """A file that was not taken, under the name it was sent with."""

    name: str
    reason: RefusedError


class LimitedUploads(FileUploadHandler):
    """Stands before Django's own handlers, in FILE_UPLOAD_HANDLERS; what it drops is in `refused_uploads`."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.files = self.kept = 0
        self.refused: list[RefusedUpload] = []
        if request is not None:
            request._refused_uploads = self.refused  # type: ignore[attr-defined]

    def new_file(self, *args, **kwargs) -> None:
        super().new_file(*args, **kwargs)
        self.files += 1

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Refusing waits for the file's first bytes: before them, the handlers behind this one still hold the
        file that came before, and Django would close that."""
        self.kept += len(raw_data)
        if start + len(raw_data) > settings.UPLOAD_LIMIT:
            self._drop(too_large(settings.UPLOAD_LIMIT), start + len(raw_data))
        if self.files > MOST_FILES:
            self._drop(
                RefusedError(f"Lebih dari {MOST_FILES} berkas sekaligus.", "Kirim sisanya sesudah ini.")
            )
        if self.kept > settings.UPLOAD_LIMIT * TOGETHER:
            self._drop(
                RefusedError("Kiriman ini terlalu besar bila digabung.", "Kirim berkasnya bergiliran."),
                start + len(raw_data),
            )
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None

    def _drop(self, reason: RefusedError, dropped: int = 0) -> None:
        self.kept -= dropped
        self.refused.append(RefusedUpload(self.file_name or "", reason))
        raise SkipFile


def refused_uploads(request: HttpRequest) -> list[RefusedUpload]:
    """The files that were left out while the request's body was read."""
    request.FILES  # noqa: B018 - reading the body is what fills the list
    return getattr(request, "_refused_uploads", [])
