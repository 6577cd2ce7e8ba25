"""Intake of one delivery, from landing to the ledger; what CLI and DAG both call."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

import duckdb

from ingest.errors import LedgerError, UsageError
from ingest.family import reader, recognise
from ingest.judging import judge_table
from ingest.landing import Landed, delivery_lock, land
from ingest.ledger import CommittedDelivery, Ledger
from ingest.oordeel.sender import check_sender, remarks
from ingest.oordeel.thresholds import GEEN, Aanvaarding, apply_thresholds, passed_thresholds
from ingest.pseudonym import BSN_VALID_SQL, PseudonymKey, load_key, register_hmac
from ingest.reading import RECORD_TABLES_SQL, Delivery, Reading, Soort
from ingest.report import IntakeReport, collect_reasons, collect_warnings, count_records, status_of
from ingest.settings import Settings
from ingest.terugkoppeling.files import today, write_feedback
from ingest.treatment import TREATMENT_MACROS_SQL
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


def _check_key(key: PseudonymKey, committed: list[CommittedDelivery]) -> None:
    for earlier in committed:
        if earlier.sleutel_id != key.key_id:
            raise LedgerError(
                f"Delivery {earlier.levering_id} was loaded with pseudonym key "
                f"{earlier.sleutel_id}, this run has key {key.key_id}. One person would get two "
                "pseudonyms. Use the earlier key, or start a new IZA_HOME."
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
    check_sender(con, delivery.bron_id, settings)
    apply_thresholds(con, aanvaard)
    reading.teksten()
    return reading


def _load(
    delivery: Delivery,
    landed: Landed,
    key: PseudonymKey,
    settings: Settings,
    bijzonder: Mapping[str, int],
    aanvaard: Aanvaarding,
) -> IntakeReport:
    place = Workplace(delivery, settings)
    con = connect(place.folder, settings)
    try:
        register_hmac(con, key)
        reading = read_and_judge(con, delivery, settings, aanvaard)
        counts = count_records(con)
        rows = {tabel: place.write_raw(con, tabel) for tabel in reading.tabellen}
        place.write_quarantine(con)
        special = reading.bijzonder | (
            {"verborgen_bestanden": landed.hidden} if landed.hidden else {}
        )
        report = IntakeReport(
            levering_id=delivery.levering_id,
            bron_id=delivery.bron_id,
            soort=delivery.soort,
            periode=delivery.periode,
            status=status_of(counts),
            tabellen=counts,
            redenen=collect_reasons(con),
            rijen=rows,
            bijzonder=special | dict(bijzonder),
            waarschuwingen=collect_warnings(con),
            drempels=passed_thresholds(con, aanvaard),
            opmerkingen=remarks(delivery.bron_id, settings),
        )
        day = today() if settings.retour else None
        write_feedback(con, report, reading.antwoord, place.feedback, day)
    except BaseException:
        con.close()
        place.abandon()
        raise
    con.close()
    place.publish()
    return report


def _write_report(report: IntakeReport, settings: Settings) -> None:
    folder = settings.room("rapport") / report.bron_id
    folder.mkdir(exist_ok=True)
    target = folder / f"{report.levering_id}.json"
    temporary = target.with_suffix(".tmp")
    text = json.dumps(report.as_dict(), ensure_ascii=False, indent=2, sort_keys=True)
    temporary.write_text(text + "\n", encoding="utf-8")
    temporary.replace(target)


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

    Returns:
        The report. Loading the same delivery twice gives the first report, marked ``herhaling``.

    Raises:
        UsageError: wrong path, source or period.
        SettingsError: no pseudonym key.
        LedgerError: ledger out of reach, or another key than before.
        StorageError: a file cannot be read or written.
    """
    periode = periode or "onbekend"
    check_names(bron_id, periode)
    key = load_key(settings)
    ledger = Ledger(settings.ledger_address)
    landed = land(Path(path), bron_id, settings)
    with delivery_lock(landed.levering_id, settings):
        committed = ledger.committed()
        earlier = next((d for d in committed if d.levering_id == landed.levering_id), None)
        if earlier and received:
            ledger.receive(landed.levering_id, received, correct=again)
        if earlier and not again and not aanvaard.codes:
            return IntakeReport.from_dict(earlier.rapport, herhaling=True)
        _check_key(key, committed)
        delivery = Delivery(
            bron_id=bron_id,
            soort=soort or recognise(bron_id, landed.files),
            periode=earlier.periode if earlier else periode,
            levering_id=landed.levering_id,
            files=landed.files,
        )
        ledger.claim(
            levering_id=delivery.levering_id,
            bron_id=bron_id,
            soort=delivery.soort,
            periode=delivery.periode,
            sleutel_id=key.key_id,
        )
        if earlier and not aanvaard.codes:
            aanvaard = Aanvaarding.of_report(earlier.rapport)
        report = _load(delivery, landed, key, settings, bijzonder, aanvaard)
        _write_report(report, settings)
        ledger.commit(report.levering_id, report.as_dict(), report.rijen, received=received)
    return replace(report, herhaling=False)
