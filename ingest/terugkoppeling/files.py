"""The files of an answer: ``rapport.json``, ``rapport.html`` and, when asked for, ``retour/``."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from ingest.reading import Antwoord
from ingest.report import IntakeReport
from ingest.terugkoppeling.content import SCHEMA_VERSIE, Omgeving, sender_report
from ingest.terugkoppeling.page import page

RAPPORT_JSON, RAPPORT_HTML, RETOUR = "rapport.json", "rapport.html", "retour"


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
    omgeving: Omgeving,
    folder: Path,
    dagtekening: date | None,
) -> dict[str, Any]:
    """Write the answer for the sender of one delivery; equal deliveries give equal bytes.

    Args:
        con: the connection of the delivery; all is judged, refused records have their text.
        report: what became of it.
        antwoord: what its family adds, if anything.
        omgeving: what is told beside the delivery itself.
        folder: an empty folder that no reader sees yet.
        dagtekening: day of the retour messages; None to write none.

    Returns:
        The report as it was written.
    """
    retour = _retour(antwoord, folder, dagtekening)
    content = sender_report(con, report, antwoord, omgeving) | {"retourbestanden": retour}
    _write(folder / RAPPORT_JSON, as_json(content))
    _write(folder / RAPPORT_HTML, page(content))
    return content


def as_json(content: dict[str, Any]) -> str:
    """A report as the text of its file; equal reports give equal text."""
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def feedback_page(home: Path, bron_id: str, levering_id: str) -> Path:
    """Where the page for the sender of a delivery is."""
    return home / "terugkoppeling" / bron_id / levering_id / RAPPORT_HTML


def read_content(folder: Path) -> dict[str, Any] | None:
    """The report in a folder; None when there is none, or one of another make."""
    file = folder / RAPPORT_JSON
    if not file.is_file():
        return None
    content: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return content if content.get("schema_versie") == SCHEMA_VERSIE else None


def kept_of_build(folder: Path) -> dict[str, Any]:
    """What a build wrote in an answer: ``spiegel`` and ``bouw``, None where no build did yet."""
    content = read_content(folder) or {}
    done = content.get("bouw") is not None
    return {"spiegel": content["spiegel"] if done else None, "bouw": content.get("bouw")}
