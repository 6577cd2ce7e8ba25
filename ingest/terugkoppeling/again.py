"""Writing an answer once more, from the files in ``landing/``; nothing else is changed."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from ingest.durable import storage_faults
from ingest.errors import UsageError
from ingest.intake import connect, read_and_judge
from ingest.landing import landed_files
from ingest.ledger import CommittedDelivery, Ledger, ledger_of
from ingest.moments import dutch_day
from ingest.oordeel.analysis import analyse, compared_with
from ingest.oordeel.comparing import Paar
from ingest.oordeel.profile import profile_file, read_profile
from ingest.oordeel.thresholds import Aanvaarding
from ingest.reading import Delivery
from ingest.report import IntakeReport, count_records
from ingest.settings import Settings
from ingest.terugkoppeling.content import Omgeving
from ingest.terugkoppeling.files import RETOUR, kept_of_build, write_feedback
from ingest.terugkoppeling.single import ZORGAANBIEDER
from ingest.terugkoppeling.spiegel import expected_of
from ingest.writing import feedback_folder, replace_folder


@dataclass(frozen=True)
class Answered:
    """An answer that was written.

    Attributes:
        folder: where it is.
        content: its report.
    """

    folder: Path
    content: dict[str, Any]


def _delivery(found: CommittedDelivery, settings: Settings) -> Delivery:
    files = landed_files(found.bron_id, found.levering_id, settings)
    return Delivery(
        found.bron_id,
        found.soort,  # type: ignore[arg-type]
        found.periode,
        found.levering_id,
        files,
        settings.unpacking,
    )


def _write(
    delivery: Delivery,
    report: IntakeReport,
    beside: Omgeving,
    folder: Path,
    day: date | None,
    settings: Settings,
) -> dict[str, Any]:
    con = connect(folder.parent, settings)
    try:
        reading = read_and_judge(con, delivery, settings, Aanvaarding.of_report(report.as_dict()))
        if count_records(con) != report.tabellen:
            raise UsageError(
                f"Delivery {delivery.levering_id} is judged otherwise now than when it was loaded: "
                "views, layouts or rules have changed since. Load it again first, with "
                "'iza ingest … --again'."
            )
        return write_feedback(con, report, reading.antwoord, beside, folder, day)
    finally:
        con.close()


def _pairs(delivery: Delivery, ledger: Ledger, settings: Settings) -> list[Paar]:
    """The delivery held beside what the ledger knows of its source by now."""
    profiel = read_profile(profile_file(settings.home, delivery.bron_id, delivery.levering_id))
    return compared_with(delivery, profiel, ledger, settings.home) if profiel else []


def answer_again(
    levering_id: str, settings: Settings, *, retour: bool, out: Path | None = None
) -> Answered:
    """Write the report for the sender of a delivery again, and its retour messages when asked for.

    The delivery is held beside what the ledger knows of its source by now. The retour messages bear
    the day on which the delivery was loaded, so that writing them again gives the same bytes.

    Args:
        levering_id: a loaded delivery.
        settings: says where everything is.
        retour: write retour messages, also when the answer had none; else only when it had.
        out: a folder to write to in its place; made when it is missing.

    Returns:
        Where it is and what it says.

    Raises:
        UsageError: no such delivery, its files are gone, or it would be judged otherwise now.
        StorageError: a file cannot be read or written.
    """
    ledger = ledger_of(settings)
    found = ledger.find(levering_id)
    if found is None:
        raise UsageError(f"There is no delivery {levering_id}; 'iza status' lists them.")
    report = IntakeReport.from_dict(found.rapport, herhaling=False)
    with (
        ledger.hold(levering_id, settings),
        storage_faults(f"The answer for {levering_id} cannot be written"),
    ):
        delivery = _delivery(found, settings)
        target = feedback_folder(settings.home, delivery)
        pairs = _pairs(delivery, ledger, settings)
        report = replace(report, analyse=analyse(pairs, delivery.bron_id))
        kept = kept_of_build(target)
        beside = Omgeving(pairs, kept["spiegel"] or expected_of(report, settings), kept["bouw"])
        wanted = retour or (target / RETOUR).is_dir()
        day = dutch_day(ledger.finished_at(levering_id)) if wanted else None
        work = settings.room("werk") / f"{levering_id}-antwoord"
        shutil.rmtree(work, ignore_errors=True)
        folder = work / "terugkoppeling"
        folder.mkdir(parents=True, mode=0o700)
        try:
            content = _write(delivery, report, beside, folder, day, settings)
            if kept["bouw"] and (target / ZORGAANBIEDER).is_dir():
                shutil.copytree(target / ZORGAANBIEDER, folder / ZORGAANBIEDER)
            if out is None:
                replace_folder(folder, target)
            else:
                shutil.copytree(folder, out, dirs_exist_ok=True)
        finally:
            shutil.rmtree(work, ignore_errors=True)
    return Answered(out or target, content)
