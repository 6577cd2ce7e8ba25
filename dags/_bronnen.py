"""The sources as Assets, read from ``schemas/bronnen.csv``.

The only reading at parse time. The rows are sorted, so that every parse gives the same result and
no new version of what is defined from them. Asset names and addresses carry no identifying value;
Airflow keeps them in clear text.
"""

from __future__ import annotations

import csv
from pathlib import Path

from airflow.sdk import Asset

_REGISTER = Path(__file__).resolve().parent.parent / "schemas" / "bronnen.csv"


def _read_register() -> list[dict[str, str]]:
    with _REGISTER.open(encoding="utf-8", newline="") as file:
        return sorted(csv.DictReader(file), key=lambda row: row["bron_id"])


def _asset(row: dict[str, str]) -> Asset:
    return Asset(
        name=f"bron {row['bron_id']}",
        uri=f"x-iza://bron/{row['bron_id']}",
        group="bron",
        extra={"naam": row["naam"], "soort": row["soort"]},
    )


_ROWS = _read_register()

#: Every registered source, by ``bron_id``, in alphabetical order.
BRON_ASSETS: dict[str, Asset] = {row["bron_id"]: _asset(row) for row in _ROWS}

#: Those that deliver FHIR, and so can have a server to pull from.
FHIR_ASSETS: dict[str, Asset] = {
    row["bron_id"]: BRON_ASSETS[row["bron_id"]] for row in _ROWS if row["soort"] == "fhir"
}

#: The sources a period needs before it is built. Others have a rhythm of their own, such as a list
#: per month or a yearly statement: a build takes what is there of them.
VEREIST: tuple[str, ...] = tuple(row["bron_id"] for row in _ROWS if row["bouw_wacht"] == "ja")

#: The shared marts, partitioned on the period.
SPIEGEL = Asset(name="spiegel", uri="x-iza://marts/spiegel", group="marts")

#: The published extracts, verified, partitioned on the period.
PUBLICATIE = Asset(name="publicatie", uri="x-iza://publicatie", group="publicatie")
