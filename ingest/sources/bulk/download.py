"""One file of an export, streamed to disk beside its place and renamed once it is whole.

The bytes are kept as they come over the line, compressed or not, so that a half file can be gone on
with by a range request. That is done only when the server gave a strong validator (``ETag`` or
``Last-Modified``) and confirms it; every other half file is fetched anew.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass

import httpx

from ingest.errors import RemoteError, RemoteRefusedError, StorageError
from ingest.sources.bulk.authorisation import Server
from ingest.sources.bulk.complete import CutOffError, Inspected, count_entries, inspect, unpack
from ingest.sources.bulk.plan import PlannedFile
from ingest.sources.bulk.state import FileIn, WorkRoom, write_private
from ingest.unpacking import TooMuchError

_EXPIRED = {401, 403, 404, 410}
_RANGE = re.compile(r"bytes (?:(\d+)-\d+|\*)/(\d+)")
_MISCOUNTS = 2  # a short file is fetched again once; a count that stays wrong is a fault


class LinkExpiredError(Exception):
    """The address of a file is no longer good.

    Attributes:
        status: what the server answered.
    """

    def __init__(self, status: int) -> None:
        super().__init__(f"status {status}")
        self.status = status


@dataclass(frozen=True)
class _Failure:
    """An attempt that may go better later."""

    fault: RemoteError
    response: httpx.Response | None = None


class Download:
    """The download of one file.

    Args:
        server: where it is.
        room: the folders of the export.
        file: which file.
        progress: told of retries.
    """

    def __init__(
        self, server: Server, room: WorkRoom, file: PlannedFile, progress: Callable[[str], None]
    ) -> None:
        self._server = server
        self._room = room
        self._file = file
        self._progress = progress
        self._part = room.halves / f"{file.name}.part"
        self._validator = room.halves / f"{file.name}.validator"
        folder = room.reports if file.kind == "error" else room.delivery
        self._target = folder / file.name

    def run(self) -> FileIn:
        """Fetch the file.

        Returns:
            What came in; the file lies in its place.

        Raises:
            LinkExpiredError: its address is no longer good.
            RemoteRefusedError: another number of resources than promised; the file is kept apart.
            RemoteError: no whole file in the allowed number of attempts.
            StorageError: it cannot be written.
        """
        try:
            return self._until_whole()
        except OSError as error:
            raise StorageError(
                f"{self._file.name} cannot be written: {error.strerror or error}"
            ) from error

    def _until_whole(self) -> FileIn:
        failed = miscounted = 0
        while True:
            reached = self._size()
            failure = self._attempt()
            if failure is None:
                found = self._inspect()
                if found is not None and self._is_as_promised(found):
                    return self._put(found)
                if found is not None and found.whole:
                    miscounted += 1
                    if miscounted == _MISCOUNTS:
                        raise self._miscount(found)
                failure = _Failure(self._cut_off())
                self._discard()
            failed = 1 if self._size() > reached else failed + 1
            self._server.transport.retry(failure.fault, failure.response, failed)

    def _cut_off(self) -> RemoteError:
        return RemoteError(
            f"{self._file.name} comes in cut off, time and again. Run the same command again; ask "
            "the holder of the server when it stays so."
        )

    def _is_as_promised(self, found: Inspected) -> bool:
        if self._file.count is None or self._file.kind == "error":
            return found.whole
        # The right number of lines is a whole file, also when its last line is no JSON: that is
        # for intake to refuse with a reason.
        # The standard does not say whether deletions are counted by Bundle or by entry.
        return self._file.count in (found.lines, self._entries())

    def _entries(self) -> int | None:
        return count_entries(self._part) if self._file.kind == "deleted" else None

    def _miscount(self, found: Inspected) -> RemoteRefusedError:
        kept = self._room.set_aside(self._part, self._file.name)
        self._discard()
        return RemoteRefusedError(
            f"{self._file.name} holds {found.lines} resources and the manifest promises "
            f"{self._file.count}. It is kept as {kept}; nothing of this export is loaded. Run the "
            "same command again to fetch it once more, or with --cancel to drop this export."
        )

    def _size(self) -> int:
        return self._part.stat().st_size if self._part.exists() else 0

    def _discard(self) -> None:
        self._part.unlink(missing_ok=True)
        self._validator.unlink(missing_ok=True)

    def _inspect(self) -> Inspected | None:
        self._validator.unlink(missing_ok=True)  # from here on the bytes are no longer the server's
        try:
            unpack(self._part, self._room.limits)
        except CutOffError:
            return None
        except TooMuchError as error:
            self._discard()
            raise RemoteRefusedError(
                f"{self._file.name} is refused: {error}. Nothing of this export is loaded. When "
                "this is what the server is to send, raise the limit; see docs/settings.md."
            ) from error
        return inspect(self._part)

    def _put(self, found: Inspected) -> FileIn:
        with self._part.open("rb") as stream:
            os.fsync(stream.fileno())
        self._part.replace(self._target)
        self._discard()
        return FileIn(
            naam=self._file.name, regels=found.lines, bytes=found.size, sha256=found.sha256
        )

    def _request(self) -> httpx.Request:
        headers = {
            "Accept": "application/fhir+ndjson",
            "Accept-Encoding": "gzip" if self._server.source.gzip else "identity",
        }
        if self._size() and self._validator.exists():
            headers["Range"] = f"bytes={self._size()}-"
            headers["If-Range"] = self._validator.read_text(encoding="ascii")
        else:
            self._discard()
        if self._file.with_token:  # never otherwise: a signed address and a token exclude another
            headers |= self._server.tokens.headers()
        return self._server.transport.build("GET", self._file.url, headers=headers)

    def _attempt(self) -> _Failure | None:
        request = self._request()
        try:
            with self._server.transport.stream(request) as response:
                return self._take(response)
        except httpx.HTTPError as error:
            return _Failure(self._server.transport.fault(error, request))

    def _take(self, response: httpx.Response) -> _Failure | None:
        status = response.status_code
        if status in _EXPIRED:
            raise LinkExpiredError(status)
        if status in (httpx.codes.OK, httpx.codes.PARTIAL_CONTENT):
            return self._store(response)
        if status == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE and self._size():
            found = _RANGE.fullmatch(response.headers.get("Content-Range", ""))
            if found and int(found[2]) == self._size():
                return None  # all of it was in already
            self._discard()
        elif status < httpx.codes.INTERNAL_SERVER_ERROR and status != httpx.codes.TOO_MANY_REQUESTS:
            raise RemoteRefusedError(
                f"The server does not give {self._file.name} (status {status})."
            )
        return _Failure(
            RemoteError(
                f"The server does not give {self._file.name} (status {status}). Run the same "
                "command again to go on."
            ),
            response,
        )

    def _store(self, response: httpx.Response) -> _Failure | None:
        begin, total = self._place(response)
        if begin is None:
            self._discard()
            return _Failure(RemoteError(f"The server sends another part of {self._file.name}."))
        if begin == 0:
            self._keep_validator(response)
        with self._part.open("ab" if begin else "wb") as part:
            for chunk in response.iter_raw():  # of no fixed size: that would hold bytes back
                part.write(chunk)
                part.flush()
        if total is not None and self._size() != total:
            return _Failure(self._cut_off())
        return None

    def _place(self, response: httpx.Response) -> tuple[int | None, int | None]:
        """Where the body begins (None: not where we are) and the size of the whole, if told."""
        if response.status_code == httpx.codes.OK:
            length = response.headers.get("Content-Length", "")
            return 0, int(length) if length.isdigit() else None
        found = _RANGE.fullmatch(response.headers.get("Content-Range", ""))
        if not found or found[1] is None or int(found[1]) != self._size():
            return None, None
        return int(found[1]), int(found[2])

    def _keep_validator(self, response: httpx.Response) -> None:
        etag = response.headers.get("ETag", "")
        strong = etag if etag and not etag.startswith("W/") else ""
        validator = strong or response.headers.get("Last-Modified", "")
        if validator and response.headers.get("Accept-Ranges", "").lower() != "none":
            write_private(self._validator, validator.encode("ascii", "ignore"))
        else:
            self._validator.unlink(missing_ok=True)
