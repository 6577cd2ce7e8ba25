"""A page for each care provider of a source that answers for several: its own figures alone.

A source that delivers for many sees the figures of all of them. What it hands on to one of them
must hold nothing of the others, also not what can be reckoned from a value of all: for one care
provider those that deliver through the same source are others.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

from ingest.durable import make_folder, write_file
from ingest.terugkoppeling.document import document
from ingest.terugkoppeling.files import as_json
from ingest.terugkoppeling.html import Html, listing
from ingest.terugkoppeling.mirror import cards, rules_told

Json = dict[str, Any]

ZORGAANBIEDER = "zorgaanbieder"
_SAFE = re.compile(r"[0-9A-Za-z_-]{1,40}")


def single_report(content: Json, zorgaanbieder_id: str, rows: list[Json]) -> Json:
    """The report for one care provider; the JSON Schema has it as ``zorgaanbieder``.

    Args:
        content: the report of the source.
        zorgaanbieder_id: the care provider.
        rows: its figures, of ``spiegel.by_provider``.
    """
    return {
        "schema_versie": content["schema_versie"],
        "levering": content["levering"],
        "bron": content["bron"],
        "periode": content["periode"],
        "zorgaanbieder_id": zorgaanbieder_id,
        "zorgaanbieder": rows[0]["zorgaanbieder"],
        "bouw_voor": content["spiegel"]["bouw_voor"],
        "bouw_na": content["spiegel"]["bouw_na"],
        "regels": content["spiegel"]["regels"],
        "cijfers": rows,
    }


def single_page(report: Json) -> str:
    """The page for one care provider; a whole document in Dutch."""
    words = (
        f"Uw cijfers van vóór en na bouw {report['bouw_na']}, die voor het eerst de levering van "
        f"{report['bron']} over {report['periode']} las. Ook leveringen van anderen en andere "
        "definities kunnen een cijfer veranderen."
    )
    body = Html(
        "main",
        Html("h1", f"Spiegelcijfers van {report['zorgaanbieder']}"),
        Html("p", words),
        listing({"AGB-code": report["zorgaanbieder_id"], "Levering": report["levering"]}),
        *cards(report["cijfers"], report["periode"]),
        rules_told(report["regels"]),
    )
    return document(f"Spiegelcijfers {report['zorgaanbieder_id']}", body)


def write_singles(folder: Path, content: Json, rows: dict[str, list[Json]]) -> None:
    """Write ``zorgaanbieder/<AGB>.html`` and ``.json``; those of before are replaced.

    Args:
        folder: the answer of the source.
        content: its report.
        rows: figures by care provider; none for a source of one.
    """
    place = folder / ZORGAANBIEDER
    shutil.rmtree(place, ignore_errors=True)
    if rows:
        make_folder(place, mode=0o700)
    for who, figures in rows.items():
        if _SAFE.fullmatch(who):
            report = single_report(content, who, figures)
            write_file(place / f"{who}.json", as_json(report).encode())
            write_file(place / f"{who}.html", single_page(report).encode())
