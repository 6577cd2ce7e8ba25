"""What survives a kill: the address of the export, its manifest, and which files are in.

``<home>/ophalen/<bron>/`` holds ``lopend/`` (the export under way: ``stand.json``, ``levering/``,
``half/``, ``meldingen/``), ``apart/`` (files that were not as promised) and ``meldingen/`` (what
the server reported on exports that are done). Health data and signed addresses lie here, so only
the service can read it.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import BaseModel, SecretStr, ValidationError, field_serializer

from ingest.errors import LedgerError, StorageError
from ingest.ledger import ledger_of
from ingest.settings import Settings
from ingest.sources.bulk.manifest import Manifest


class FileIn(BaseModel):
    """A file that is in: its name, resources (lines), bytes and SHA-256."""

    naam: str
    regels: int
    bytes: int
    sha256: str


class Stand(BaseModel):
    """How far an export is.

    Attributes:
        vraag: identity of the question.
        sinds: ``_since`` that was asked, if any.
        status_url: where the server tells how far it is.
        manifest: once the server has completed the export.
        binnen: files that are in, by their place in the plan.
    """

    vraag: str
    sinds: str | None
    status_url: SecretStr
    manifest: Manifest | None = None
    binnen: dict[int, FileIn] = {}

    @field_serializer("status_url", when_used="json")
    def _kept(self, url: SecretStr) -> str:
        return url.get_secret_value()


class WorkRoom:
    """The folder of one source.

    Args:
        settings: says where ``home`` is.
        bron_id: the source.
    """

    def __init__(self, settings: Settings, bron_id: str) -> None:
        room = settings.room("ophalen")
        room.chmod(0o700)
        self.limits = settings.unpacking
        self.folder = room / bron_id
        self.current = self.folder / "lopend"
        self.delivery = self.current / "levering"
        self.halves = self.current / "half"
        self.reports = self.current / "meldingen"

    def prepare(self) -> None:
        """Make the folders of an export."""
        for folder in (self.delivery, self.halves, self.reports):
            folder.mkdir(parents=True, exist_ok=True)

    def load(self) -> Stand | None:
        """The export under way, or None.

        Raises:
            StorageError: there is one that cannot be read.
        """
        file = self.current / "stand.json"
        try:
            return Stand.model_validate_json(file.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValidationError):
            raise StorageError(
                f"{file} cannot be read. Remove {self.current} to start anew."
            ) from None

    def save(self, stand: Stand) -> None:
        """Write how far the export is, beside and renamed, readable by its owner alone."""
        self.prepare()
        write_private(self.current / "stand.json", stand.model_dump_json().encode())

    def clear(self) -> None:
        """Forget the export under way and remove its files."""
        # First the state, so that a kill halfway leaves nothing that counts as an export.
        (self.current / "stand.json").unlink(missing_ok=True)
        shutil.rmtree(self.current, ignore_errors=True)

    def forget_files(self) -> None:
        """Remove what was downloaded of the export under way; it goes on."""
        for folder in (self.delivery, self.halves, self.reports):
            shutil.rmtree(folder, ignore_errors=True)
        self.prepare()

    def set_aside(self, file: Path, name: str) -> Path:
        """Keep a file that is not as promised, outside the export."""
        folder = self.folder / "apart"
        folder.mkdir(parents=True, exist_ok=True)
        return file.replace(folder / name)

    def keep_reports(self, moment: str) -> Path | None:
        """Keep what the server reported, under the moment of the export; None without any."""
        if not self.reports.is_dir() or not any(self.reports.iterdir()):
            return None
        target = self.folder / "meldingen" / "".join(c for c in moment if c.isalnum())
        shutil.rmtree(target, ignore_errors=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(self.reports, target)
        return target


def write_private(target: Path, content: bytes) -> None:
    """Write a file beside and rename it; it outlives a power cut and only its owner reads it.

    Raises:
        StorageError: it cannot be written.
    """
    temporary = target.with_name(f".{target.name}.tmp")
    try:
        temporary.unlink(missing_ok=True)
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(target)
    except OSError as error:
        raise StorageError(f"{target} cannot be written: {error.strerror}") from error


@contextmanager
def only_one(settings: Settings, bron_id: str) -> Iterator[None]:
    """Hold the pull of a source for this process; a killed process lets go by itself.

    A lock file keeps other processes of this machine out, and a claim in the ledger those of other
    machines, where locks of a shared file system may mean nothing. From a machine that died the
    pull is taken over after the term of a claim.

    Raises:
        LedgerError: another process has it, here or elsewhere.
    """
    file = settings.room("locks") / f"ophalen-{bron_id}.lock"
    with file.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LedgerError(f"Another process is pulling {bron_id}; let it finish.") from None
        with ledger_of(settings).hold(f"ophalen-{bron_id}", settings, patient=False):
            yield
