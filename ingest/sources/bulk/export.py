"""One export from kick-off to a complete folder, going on where an earlier process stopped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from ingest.errors import RemoteError, RemoteRefusedError
from ingest.sources.bulk.authorisation import Server
from ingest.sources.bulk.download import Download, LinkExpiredError
from ingest.sources.bulk.kickoff import Question, kick_off
from ingest.sources.bulk.manifest import Manifest
from ingest.sources.bulk.plan import PlannedFile, plan
from ingest.sources.bulk.polling import (
    ExportFailedError,
    ExportGoneError,
    await_manifest,
    take_leave,
)
from ingest.sources.bulk.state import FileIn, Stand, WorkRoom

_MOST_EXPORTS = 2  # the server lost one: start one more, not a row of them
_MOST_LINKS = 3  # addresses asked for one file


@dataclass(frozen=True)
class Exported:
    """An export of which every file is in.

    Attributes:
        since: ``_since`` that was asked, if any.
        moment: ``transactionTime`` of the server, as it wrote it.
        files: the files, by their name.
        folder: where the data and the deletions lie.
    """

    since: str | None
    moment: str
    files: tuple[FileIn, ...]
    folder: Path


class Export:
    """The export of one source.

    Args:
        server: the server.
        room: the folders of the source.
        asked: what to ask for when there is nothing to go on with.
        progress: told how far it is.
    """

    def __init__(
        self, server: Server, room: WorkRoom, asked: Question, progress: Callable[[str], None]
    ) -> None:
        self._server = server
        self._room = room
        self._asked = asked
        self._progress = progress
        self._restarts = 0

    def run(self) -> Exported:
        """Go on with the export under way, or start one, until every file is in.

        Returns:
            What came in.

        Raises:
            RemoteError: no answer, or not in time; what was reached is kept.
            RemoteRefusedError: the server refuses, or does not keep to the standard.
            StorageError: a file cannot be written.
        """
        told = ""
        for _ in range(_MOST_EXPORTS):
            stand = self._under_way() or self._start()
            try:
                return self._complete(stand)
            except ExportGoneError as error:
                told = str(error)
                self._progress(f"  the server no longer gives this export ({told})")
                self._leave(stand)
        raise RemoteError(
            f"The server does not give the files of an export it completed ({told}), nor those of "
            "a new one. Try again later; with status 401 or 403, check the scope of this client."
        )

    def _leave(self, stand: Stand) -> None:
        take_leave(self._server, stand.status_url.get_secret_value())
        self._room.clear()

    def _under_way(self) -> Stand | None:
        stand = self._room.load()
        if stand is None:
            return None
        whole_is_asked = self._asked.since is None and stand.sinds is not None
        if stand.vraag != self._asked.identity or whole_is_asked:
            self._progress("  another question than before: the export under way is cancelled")
            self._leave(stand)
            return None
        self._progress(f"  going on with the export under way, {len(stand.binnen)} files are in")
        self._room.prepare()
        return stand

    def _start(self) -> Stand:
        self._room.clear()
        since = self._asked.since
        self._progress(f"  asking for {'what changed since ' + since if since else 'everything'}")
        status_url = kick_off(self._server, self._asked)
        stand = Stand(vraag=self._asked.identity, sinds=since, status_url=SecretStr(status_url))
        self._room.save(stand)
        return stand

    def _manifest(self, stand: Stand) -> Manifest:
        try:
            return await_manifest(self._server, stand.status_url.get_secret_value(), self._progress)
        except ExportFailedError as error:
            self._leave(stand)
            raise RemoteRefusedError(str(error)) from None

    def _complete(self, stand: Stand) -> Exported:
        if stand.manifest is None:
            stand = stand.model_copy(update={"manifest": self._manifest(stand)})
            self._room.save(stand)
        stand = self._fetch_all(stand)
        manifest = stand.manifest
        assert manifest is not None  # noqa: S101 (for the type checker)
        files = tuple(file for _, file in sorted(stand.binnen.items()))
        return Exported(stand.sinds, manifest.transactionTime, files, self._room.delivery)

    def _fetch_all(self, stand: Stand) -> Stand:
        tries = place = 0
        while True:
            assert stand.manifest is not None  # noqa: S101 (for the type checker)
            files = plan(stand.manifest)
            if place >= len(files):
                return stand
            if not self._is_in(stand, place, files[place]):
                try:
                    stand = self._fetch(stand, place, files)
                except LinkExpiredError as error:
                    tries += 1
                    stand, place = self._new_links(stand, place, files, tries, error.status)
                    continue
            place, tries = place + 1, 0

    def _is_in(self, stand: Stand, place: int, file: PlannedFile) -> bool:
        found = stand.binnen.get(place)
        folder = self._room.reports if file.kind == "error" else self._room.delivery
        target = folder / file.name
        return found is not None and target.is_file() and target.stat().st_size == found.bytes

    def _fetch(self, stand: Stand, place: int, files: list[PlannedFile]) -> Stand:
        self._server.transport.pace.wait(0)  # not when the deadline has passed
        found = Download(self._server, self._room, files[place], self._progress).run()
        self._progress(
            f"  {place + 1}/{len(files)} {found.naam}: {found.regels:,} lines, "
            f"{found.bytes / 1e6:,.1f} MB"
        )
        stand = stand.model_copy(update={"binnen": stand.binnen | {place: found}})
        self._room.save(stand)
        return stand

    def _new_links(
        self, stand: Stand, place: int, files: list[PlannedFile], tries: int, status: int
    ) -> tuple[Stand, int]:
        """First a new token, then new addresses of the same export, then a new export."""
        if tries > _MOST_LINKS:
            raise ExportGoneError(f"{files[place].name}: status {status}")
        if status == 401 and tries == 1 and files[place].with_token and self._server.tokens.wanted:
            self._server.tokens.renew()
            return stand, place
        self._progress(f"  an address has expired (status {status}); asking for a new one")
        manifest = self._manifest(stand)
        same = [f.promise for f in plan(manifest)] == [f.promise for f in files]
        if same and stand.manifest and stand.manifest.transactionTime == manifest.transactionTime:
            stand = stand.model_copy(update={"manifest": manifest})
        else:
            self._restarts += 1
            if self._restarts > _MOST_LINKS:
                raise ExportGoneError("its manifest keeps changing")
            self._room.forget_files()
            stand, place = stand.model_copy(update={"manifest": manifest, "binnen": {}}), 0
        self._room.save(stand)
        return stand, place
