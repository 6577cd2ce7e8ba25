"""Intake of one delivery, from landing to the ledger; what CLI and DAG both call."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb

from ingest.durable import make_folder, storage_faults, write_file
from ingest.errors import LedgerError, UsageError
from ingest.family import reader, recognise, sources
from ingest.filenames import named, numbered
from ingest.judging import judge_table
from ingest.landing import land
from ingest.ledger import Attempt, Claim, Ledger, ledger_of
from ingest.ledger.history import FileKept, file_kind
from ingest.moments import dutch_day
from ingest.oordeel.analysis import analyse, compared_with
from ingest.oordeel.contents import check_contents
from ingest.oordeel.kept import project_judgements
from ingest.oordeel.parameters import parameters
from ingest.oordeel.profile import Profiel, make_profile, profile_file, write_profile
from ingest.oordeel.sender import check_sender, remarks
from ingest.oordeel.thresholds import GEEN, Aanvaarding, apply_thresholds, passed_thresholds
from ingest.pseudonym import BSN_VALID_SQL, PseudonymKey, load_key, register_hmac
from ingest.reading import RECORD_TABLES_SQL, DeliveredFile, Delivery, Reading, Soort
from ingest.report import (
    IntakeReport,
    collect_reasons,
    collect_warnings,
    count_records,
    earlier_outcomes,
    status_of,
)
from ingest.retention.barring import settled
from ingest.settings import Settings
from ingest.terugkoppeling.content import Omgeving
from ingest.terugkoppeling.files import write_feedback
from ingest.terugkoppeling.spiegel import expected_of
from ingest.treatment import TREATMENT_MACROS_SQL
from ingest.versions import Versions, versions
from ingest.writing import Workplace

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")
_PERIOD = re.compile(r"\d{4}(Q[1-4]|-(0[1-9]|1[0-2]))?|onbekend")


def connect(folder: Path, settings: Settings) -> duckdb.DuckDBPyConnection:
    """A connection for one delivery, with empty record tables; it spills into ``folder``."""
    # In memory with a place to spill: a database file would compress every line while loading.
    con = duckdb.connect()
    con.execute("set threads = ?", [settings.threads])
    con.execute("set memory_limit = ?", [settings.memory_limit])
    con.execute("set temp_directory = ?", [str(folder / "spill")])
    con.execute("set timezone = 'UTC'")
    con.execute("set enable_progress_bar = false")
    con.execute(RECORD_TABLES_SQL)
    con.execute(TREATMENT_MACROS_SQL)
    con.execute(BSN_VALID_SQL)
    return con


def check_names(bron_id: str, periode: str) -> None:
    """Check the names of a delivery.

    Raises:
        UsageError: no name of a source, or no period.
    """
    if not _NAME.fullmatch(bron_id):
        raise UsageError(
            f"'{bron_id}' is no source name: use lower-case letters, digits, '-' and '_'."
        )
    if not _PERIOD.fullmatch(periode):
        raise UsageError(f"'{periode}' is no period: write 2025, 2025Q1 or 2025-01.")


def _check_key(key: PseudonymKey, ledger: Ledger) -> None:
    other = ledger.other_key(key.key_id)
    if other is not None:
        raise LedgerError(
            f"Delivery {other[0]} was loaded with pseudonym key {other[1]}, this run has key "
            f"{key.key_id}. One person would get two pseudonyms. Use the earlier key, or start a "
            "new IZA_HOME."
        )


def read_and_judge(
    con: duckdb.DuckDBPyConnection,
    delivery: Delivery,
    settings: Settings,
    aanvaard: Aanvaarding = GEEN,
) -> Reading:
    """Read a delivery into the record tables of its connection and judge every record.

    Args:
        con: a connection of ``connect``.
        delivery: as it lies in ``landing/``.
        settings: says where everything is.
        aanvaard: thresholds that are let pass.

    Returns:
        What its family read.
    """
    con.execute("set variable iza_bron = ?", [delivery.bron_id])
    reading = reader(delivery.soort)(con, delivery, settings)
    for tabel in reading.tabellen:
        judge_table(con, tabel)
    check_contents(con)
    check_sender(con, delivery.bron_id, settings)
    apply_thresholds(con, aanvaard)
    reading.teksten()
    return reading


@dataclass(frozen=True)
class _Attempt:
    """One attempt to load a delivery, by the worker that holds it."""

    delivery: Delivery
    ledger: Ledger
    claim: Claim
    key: PseudonymKey
    settings: Settings
    aanvaard: Aanvaarding
    visible: bool  # whether builds see an earlier load of it
    vorige: IntakeReport | None  # of the load this one takes the place of
    herspeling: bool  # it is read again for its refused records

    def note(self, stap: str) -> None:
        self.ledger.note(self.delivery.levering_id, self.claim.houder, stap)


def _write(
    attempt: _Attempt, place: Workplace, bijzonder: Mapping[str, int]
) -> tuple[IntakeReport, Profiel]:
    """Read, judge and write a delivery in its private folder."""
    delivery, settings = attempt.delivery, attempt.settings
    con = connect(place.folder, settings)
    try:
        register_hmac(con, attempt.key)
        reading = read_and_judge(con, delivery, settings, attempt.aanvaard)
        counts = count_records(con)
        attempt.note("gelezen")
        rows = {tabel: place.write_raw(con, tabel, reading.herhalend) for tabel in reading.tabellen}
        records = {naam: t.aangeleverd - t.dubbel for naam, t in counts.items()}
        profiel = make_profile(con, place.folder / "raw", rows, records, parameters())
        # A source without purposes would stop every build, also one it delivered nothing sound to.
        if delivery.bron_id in sources() and project_judgements(con, reading.kenmerken):
            rows["dq_oordeel"] = place.write_judgements(con)
        place.write_quarantine(con)
        pairs = compared_with(delivery, profiel, attempt.ledger, settings.home)
        report = IntakeReport(
            levering_id=delivery.levering_id,
            bron_id=delivery.bron_id,
            soort=delivery.soort,
            periode=delivery.periode,
            status=status_of(counts),
            tabellen=counts,
            redenen=collect_reasons(con),
            rijen=rows,
            bijzonder=reading.bijzonder | dict(bijzonder),
            waarschuwingen=collect_warnings(con),
            drempels=passed_thresholds(con, attempt.aanvaard),
            opmerkingen=remarks(delivery.bron_id, settings),
            analyse=analyse(pairs, delivery.bron_id),
            eerder=earlier_outcomes(attempt.vorige, counts, replayed=attempt.herspeling),
        )
        day = dutch_day() if settings.retour else None
        beside = Omgeving(pairs, expected_of(report, settings))
        write_feedback(con, report, reading.antwoord, beside, place.feedback, day)
    finally:
        con.close()
    return report, profiel


def _load(
    attempt: _Attempt,
    versies: Versions,
    bijzonder: Mapping[str, int],
    received: datetime | None,
) -> IntakeReport:
    """Load a claimed delivery; it is visible when this returns, or not at all."""
    levering_id = attempt.delivery.levering_id
    with storage_faults(f"Delivery {levering_id} cannot be loaded"):
        place = Workplace(attempt.delivery, attempt.settings)
        try:
            report, profiel = _write(attempt, place, bijzonder)
            attempt.claim.check()
            names = place.publish()
        except BaseException:
            place.abandon()
            raise
        kept = _write_report(report, attempt.delivery, attempt.settings)
        file = profile_file(attempt.settings.home, report.bron_id, levering_id)
        write_profile(file, profiel)
        attempt.note("geschreven")
        if not attempt.visible:
            place.clear_replaced(report, names)
        attempt.ledger.commit(
            levering_id,
            kept,
            report.rijen,
            bestanden=names,
            received=received,
            claim=attempt.claim,
            versies=versies,
        )
        if attempt.visible:  # until now builds went by what the ledger said of the earlier load
            place.clear_replaced(report, names)
    return report


def _write_report(report: IntakeReport, delivery: Delivery, settings: Settings) -> dict[str, Any]:
    """Write the report as it is kept, which is without file names, and return it."""
    kept = numbered(report.as_dict(), [file.name for file in delivery.files])
    folder = make_folder(settings.room("rapport") / report.bron_id)
    text = json.dumps(kept, ensure_ascii=False, indent=2, sort_keys=True)
    write_file(folder / f"{report.levering_id}.json", text.encode() + b"\n")
    return kept


def _kept(files: tuple[DeliveredFile, ...]) -> tuple[FileKept, ...]:
    return tuple(
        FileKept(number, file_kind(file.name), file.sha256, file.size)
        for number, file in enumerate(sorted(files, key=lambda f: f.name), start=1)
    )


def ingest_path(
    path: Path,
    bron_id: str,
    settings: Settings,
    *,
    soort: Soort | None = None,
    periode: str | None = None,
    again: bool = False,
    received: datetime | None = None,
    bijzonder: Mapping[str, int] = MappingProxyType({}),
    aanvaard: Aanvaarding = GEEN,
    herspeling: bool = False,
) -> IntakeReport:
    """Claim and load one delivery.

    Args:
        path: a file or a folder; it is copied, never changed.
        bron_id: the source that delivers.
        settings: says where everything is.
        soort: family of readers; recognised when left out.
        periode: ``2025``, ``2025Q1`` or ``2025-01``; ``onbekend`` when left out.
        again: read a delivery that was loaded before once more, after a view or layout changed.
        received: when it was received, if that was before now; with ``again`` it takes the place of
            what was told before, else the earliest moment holds.
        bijzonder: further counts for the report, of what is no record.
        aanvaard: thresholds that are let pass; a delivery that was refused for them is read again.
            Reading it again later keeps to the decision.
        herspeling: read it again for its refused records: the report keeps the outcome of before,
            and the term of retention does not begin anew; goes with ``again``.

    Returns:
        The report. Loading the same delivery twice gives the first report, marked ``herhaling``.

    Raises:
        UsageError: wrong path, source or period.
        WithdrawnError: it was withdrawn, and not asked for with ``again``.
        SettingsError: no pseudonym key.
        LedgerError: ledger out of reach, or another key than before.
        StorageError: a file cannot be read or written.
    """
    periode = periode or "onbekend"
    check_names(bron_id, periode)
    key = load_key(settings)
    ledger = ledger_of(settings)
    landed = land(Path(path), bron_id, settings)
    repeat = not again and not aanvaard.codes
    with ExitStack() as stack:
        earlier = ledger.find(landed.levering_id)
        if not (earlier and repeat):
            claim = stack.enter_context(ledger.hold(landed.levering_id, settings))
            landed = settled(landed, Path(path), bron_id, ledger, settings, again=again)
            earlier = ledger.find(landed.levering_id)  # another worker may have had it until now
        if earlier and received:
            ledger.receive(landed.levering_id, received, correct=again)
        if earlier and repeat:
            rapport = named(earlier.rapport, [file.name for file in landed.files])
            return IntakeReport.from_dict(rapport, herhaling=True)
        _check_key(key, ledger)
        delivery = Delivery(
            bron_id=bron_id,
            soort=soort or recognise(bron_id, landed.files, settings.unpacking),
            periode=earlier.periode if earlier else periode,
            levering_id=landed.levering_id,
            files=landed.files,
            limits=settings.unpacking,
        )
        versies = versions(delivery.soort, key.key_id)
        ledger.claim(
            levering_id=delivery.levering_id,
            bron_id=bron_id,
            soort=delivery.soort,
            periode=delivery.periode,
            sleutel_id=key.key_id,
            attempt=Attempt(claim, landed.ontvangen_op, _kept(landed.files), versies),
        )
        if earlier and not aanvaard.codes:
            aanvaard = Aanvaarding.of_report(earlier.rapport)
        before = IntakeReport.from_dict(earlier.rapport, herhaling=False) if earlier else None
        if herspeling:
            ledger.note(delivery.levering_id, claim.houder, "herspeeld")
        attempt = _Attempt(
            delivery,
            ledger,
            claim,
            key,
            settings,
            aanvaard,
            earlier is not None,
            before,
            herspeling,
        )
        special = {"verborgen_bestanden": landed.hidden} if landed.hidden else {}
        try:
            report = _load(attempt, versies, special | dict(bijzonder), received)
        except BaseException as error:
            ledger.note_failure(delivery.levering_id, claim, error)
            raise
    return replace(report, herhaling=False)
