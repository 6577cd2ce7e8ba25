"""Pull a source: export what is new at its server and hand it to intake as a delivery."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ingest.intake import check_names, ingest_path
from ingest.ledger import Ledger
from ingest.pseudonym import load_key
from ingest.report import IntakeReport
from ingest.settings import Settings
from ingest.sources.bulk.authorisation import Server
from ingest.sources.bulk.clock import Clock, Pace, SystemClock
from ingest.sources.bulk.export import Export, Exported
from ingest.sources.bulk.kickoff import Question, question
from ingest.sources.bulk.manifest import instant
from ingest.sources.bulk.messages import Messages, read_messages
from ingest.sources.bulk.polling import take_leave
from ingest.sources.bulk.register import BulkSource, bulk_source
from ingest.sources.bulk.state import WorkRoom, only_one
from ingest.sources.bulk.transport import Transport

Progress = Callable[[str], None]
_ZONE = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True)
class Fetched:
    """What a pull brought.

    Attributes:
        bron_id: the source.
        sinds: the moment asked from; None for everything.
        moment: the moment of the server that the export is true for.
        bestanden: files of data and deletions that hold anything.
        regels: resources and Bundles of deletions in them.
        bytes: their size.
        meldingen: what the server reported.
        meldingen_map: where its messages are kept, if there are any.
        bijgewerkt: whether the next pull asks from this moment.
        rapport: what intake made of it; None when nothing came.
    """

    bron_id: str
    sinds: str | None
    moment: str
    bestanden: int
    regels: int
    bytes: int
    meldingen: Messages
    meldingen_map: Path | None
    bijgewerkt: bool
    rapport: IntakeReport | None

    def as_dict(self) -> dict[str, Any]:
        """The pull as JSON object, apart from the intake report."""
        return {
            "bron": self.bron_id,
            "sinds": self.sinds,
            "moment": self.moment,
            "bestanden": self.bestanden,
            "regels": self.regels,
            "bytes": self.bytes,
            "meldingen": self.meldingen.counts,
            "meldingen_onleesbaar": self.meldingen.unreadable,
            "meldingen_map": str(self.meldingen_map) if self.meldingen_map else None,
            "bijgewerkt": self.bijgewerkt,
        }


@contextmanager
def _server(source: BulkSource, clock: Clock, progress: Progress) -> Iterator[Server]:
    limits = source.limits
    pace = Pace(
        clock,
        first=limits.first_wait_seconds,
        longest=limits.longest_wait_seconds,
        deadline=limits.deadline_hours * 3600,
        seed=f"{source.bron_id}|{source.url}",
    )
    transport = Transport(source, pace, progress)
    try:
        yield Server(source, transport)
    finally:
        transport.close()


def period_of(moment: str, period: str) -> str:
    """The Dutch year, quarter or month of an instant: ``2025``, ``2025Q1``, ``2025-01``."""
    local = instant(moment).astimezone(_ZONE)
    if period == "month":
        return f"{local:%Y-%m}"
    return f"{local:%Y}" + (f"Q{(local.month + 2) // 3}" if period == "quarter" else "")


def _load(
    source: BulkSource, exported: Exported, found: Messages, periode: str | None, settings: Settings
) -> IntakeReport | None:
    if not any(f.regels for f in exported.files if (exported.folder / f.naam).is_file()):
        return None
    return ingest_path(
        exported.folder,
        source.bron_id,
        settings,
        soort="fhir",
        periode=periode or period_of(exported.moment, source.period),
        bijzonder={"meldingen_van_de_bron": found.total} if found.total else {},
    )


def _finish(
    server: Server, room: WorkRoom, asked: Question, exported: Exported, ledger: Ledger,
    found: Messages, report: IntakeReport | None,
) -> Fetched:  # fmt: skip
    """Note the moment, keep the messages, tell the server, clear up: each can be done again."""
    kept = room.keep_reports(exported.moment)
    complete = not found.serious or server.source.accept_errors
    renewed = report is not None and report.status != "geweigerd" and complete
    bron_id = server.source.bron_id
    if report is not None and renewed:
        ledger.record_export(bron_id, asked.identity, exported.moment, report.levering_id)
    data = [f for f in exported.files if (exported.folder / f.naam).is_file() and f.regels]
    stand = room.load()
    if stand is not None:
        take_leave(server, stand.status_url.get_secret_value())
    room.clear()
    return Fetched(
        bron_id=bron_id,
        sinds=exported.since,
        moment=exported.moment,
        bestanden=len(data),
        regels=sum(f.regels for f in data),
        bytes=sum(f.bytes for f in data),
        meldingen=found,
        meldingen_map=kept,
        bijgewerkt=renewed,
        rapport=report,
    )


def fetch(
    settings: Settings,
    bron_id: str,
    *,
    periode: str | None = None,
    full: bool = False,
    progress: Progress = lambda _: None,
    clock: Clock | None = None,
) -> Fetched:
    """Export a source from its FHIR server and load the result; an interrupted pull goes on.

    The first pull asks for everything. Each next one asks for what changed since the moment of the
    last export of which the ledger has committed the delivery and the server reported no error.

    Args:
        settings: says where everything is.
        bron_id: a source with a file in the folder of servers.
        periode: period of the delivery; the one the server's moment lies in when left out.
        full: ask for everything again.
        progress: told in words how far it is.
        clock: the time; that of this machine when left out.

    Returns:
        What came and what became of it.

    Raises:
        SettingsError: no server for this source, or its file, key or the pseudonym key is wrong.
        UsageError: a wrong period.
        LedgerError: ledger out of reach, or another process pulls this source.
        RemoteError: the server cannot be reached or is not ready in time; run again to go on.
        RemoteRefusedError: the server refuses us, or does not keep to the standard.
        StorageError: a file cannot be written.
    """
    source = bulk_source(settings, bron_id)
    check_names(bron_id, periode or "onbekend")
    load_key(settings)  # better now than after hours of waiting
    with (
        only_one(settings, bron_id),
        _server(source, clock or SystemClock(), progress) as server,
    ):
        ledger = Ledger(settings.ledger_address)
        identity = question(source, None).identity
        asked = question(source, None if full else ledger.last_export(bron_id, identity))
        room = WorkRoom(settings, bron_id)
        progress(f"{bron_id}: {source.level} export")
        exported = Export(server, room, asked, progress).run()
        found = read_messages(room.reports)
        report = _load(source, exported, found, periode, settings)
        return _finish(server, room, asked, exported, ledger, found, report)


def cancel(
    settings: Settings, bron_id: str, *, progress: Progress = lambda _: None,
    clock: Clock | None = None,
) -> bool:  # fmt: skip
    """Drop the export under way, here and at the server.

    Returns:
        Whether there was one.

    Raises:
        SettingsError: no server for this source.
        LedgerError: another process pulls this source.
    """
    source = bulk_source(settings, bron_id)
    room = WorkRoom(settings, bron_id)
    with (
        only_one(settings, bron_id),
        _server(source, clock or SystemClock(), progress) as server,
    ):
        stand = room.load()
        if stand is None:
            return False
        if not take_leave(server, stand.status_url.get_secret_value()):
            progress("  the server did not confirm; it will drop the export by itself")
        room.clear()
        return True
