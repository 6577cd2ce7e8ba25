"""The files of an answer: ``rapport.json``, ``rapport.html`` and, when asked for, ``retour/``."""

from __future__ import annotations

import json
import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

from ingest.reading import Antwoord
from ingest.report import IntakeReport
from ingest.terugkoppeling.content import sender_report
from ingest.terugkoppeling.page import page

RAPPORT_JSON, RAPPORT_HTML, RETOUR = "rapport.json", "rapport.html", "retour"


def today(moment: datetime | None = None) -> date:
    """The day in the Netherlands, now or at a moment in UTC."""
    return (moment or datetime.now(UTC)).astimezone(ZoneInfo("Europe/Amsterdam")).date()


def _retour(antwoord: Antwoord | None, folder: Path, dagtekening: date | None) -> list[str]:
    if antwoord is None or dagtekening is None:
        return []
    place = folder / RETOUR
    place.mkdir(mode=0o700)
    return [f"{RETOUR}/{name}" for name in antwoord.write_retour(place, dagtekening)]


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def write_feedback(
    con: duckdb.DuckDBPyConnection,
    report: IntakeReport,
    antwoord: Antwoord | None,
    folder: Path,
    dagtekening: date | None,
) -> dict[str, Any]:
    """Write the answer for the sender of one delivery; equal deliveries give equal bytes.

    Args:
        con: the connection of the delivery; all is judged, refused records have their text.
        report: what became of it.
        antwoord: what its family adds, if anything.
        folder: an empty folder that no reader sees yet.
        dagtekening: day of the retour messages; None to write none.

    Returns:
        The report as it was written.
    """
    retour = _retour(antwoord, folder, dagtekening)
    content = sender_report(con, report, antwoord) | {"retourbestanden": retour}
    text = json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True)
    _write(folder / RAPPORT_JSON, text + "\n")
    _write(folder / RAPPORT_HTML, page(content))
    return content
