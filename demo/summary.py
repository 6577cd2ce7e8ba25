"""Where everything is, told at the end."""

from __future__ import annotations

import json
import shlex
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from demo.console import Durations, console
from demo.place import Place
from ingest.ledger import Ledger
from ingest.settings import Settings

_SHOWN_REASONS = 12


def _read(file: Path) -> dict:
    return dict(json.loads(file.read_text(encoding="utf-8"))) if file.exists() else {}


@dataclass(frozen=True)
class Refusals:
    """What intake refused, over all reports.

    Attributes:
        records: refused source records, each once.
        reasons: records per reason code; a record may have several reasons.
    """

    records: int
    reasons: Counter[str]


def refusals(reports: Iterable[dict]) -> Refusals:
    """Add up intake reports.

    Args:
        reports: as the ledger holds them.
    """
    records, reasons = 0, Counter[str]()
    for report in reports:
        records += sum(counts["quarantaine"] for counts in report["tabellen"].values())
        for reden in report["redenen"]:
            reasons[reden["code"]] += reden["aantal"]
    return Refusals(records, reasons)


def current_releases(home: Path) -> dict[str, str]:
    """The current version of every extract, as its pointer says."""
    pointers = sorted((home / "publicatie").glob("*/actueel.json"))
    return {file.parent.name: str(_read(file).get("versie", "?")) for file in pointers}


def release_lines(releases: dict[str, str]) -> list[str]:
    """One line an extract; a numbered series of the same version takes one line."""
    series: dict[tuple[str, str], list[str]] = {}
    for extract, versie in releases.items():
        series.setdefault((extract.rstrip("0123456789"), versie), []).append(extract)
    lines = []
    for (_, versie), names in series.items():
        more = f" and {len(names) - 1} more of its series" if len(names) > 1 else ""
        lines.append(f"{names[0]}{more}  {versie}")
    return lines


def _by_size(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_SHOWN_REASONS]


def tell(settings: Settings, durations: Durations) -> None:
    """Print marts, extracts, refusals, durations and what to do next."""
    home = settings.home
    out = console.print
    bouw = _read(home / "marts" / "actueel.json").get("bouw_id", "?")
    releases = current_releases(home)
    refused = refusals(d.rapport for d in Ledger(settings.ledger_address).committed())
    out("")
    out(f"Marts       {home / 'marts' / bouw}", markup=False)
    out(f"Query       {home / 'serving.duckdb'} (views over the current marts)", markup=False)
    out(f"Extracts    {home / 'publicatie'}: {len(releases)}", markup=False)
    for line in release_lines(releases):
        out(f"              {line}", markup=False)
    out(f"Refused     {refused.records:,} records in {home / 'quarantaine'}", markup=False)
    for code, aantal in _by_size(refused.reasons):
        out(f"              {aantal:>9,}  {code}", markup=False)
    at_build = Counter(_read(home / "rapport" / "bouw" / f"{bouw}.json").get("geweigerd", {}))
    out(
        f"            {at_build.total():,} rows left out at the build, which sees all sources",
        markup=False,
    )
    for code, aantal in _by_size(at_build):
        out(f"              {aantal:>9,}  {code}", markup=False)
    out(
        f"Answers     {home / 'terugkoppeling'} (a page for the sender of each delivery)",
        markup=False,
    )
    out(f"Planted     {home / 'waarheid'} (what was planted in the demo region)", markup=False)
    out(f"Airflow     {Place(home).airflow} (metadata database and logs)", markup=False)
    out("")
    total = sum(durations.seconds.values())
    parts = ", ".join(f"{name} {seconds:.0f}" for name, seconds in durations.seconds.items())
    out(f"Seconds     {total:.0f}: {parts}", markup=False)
    out("")
    elsewhere = home != Path("data").resolve()
    out(f"Next        export IZA_HOME={shlex.quote(str(home))}" if elsewhere else "Next")
    out("            .venv/bin/iza status                 what became of every delivery")
    out("            .venv/bin/iza verify DIR             check a release against its manifest")
    out("            make up                              leave Airflow running, with its pages")
