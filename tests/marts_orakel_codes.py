"""Code lists and local days, read the plain way for the independent computation."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

CODES = Path(__file__).parents[1] / "schemas" / "codes"


@cache
def code_list(naam: str) -> list[dict[str, str]]:
    with (CODES / f"{naam}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def diagnosis_group(stelsel: str | None, code: str | None) -> str | None:
    for row in code_list("diagnose_concept"):
        if (row["stelsel"], row["code"]) == (stelsel, code):
            return row["diagnosegroep"]
    return None


@cache
def claim_group(specialisme: str | None, code: str | None) -> str:
    for row in code_list("diagnosegroep"):
        if (row["specialisme"], row["diagnosecode"]) == (specialisme, code):
            return row["diagnosegroep"]
    return "overig"


def local_day(moment: datetime) -> date:
    return moment.replace(tzinfo=UTC).astimezone(ZoneInfo("Europe/Amsterdam")).date()
