"""A build by hand: just the marts that the answer to a sender reads."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import duckdb

_COLUMNS = """
    indicator_id varchar, niveau varchar, eenheid_id varchar, eenheid_naam varchar,
    uitsplitsing varchar, periode_type varchar, periode varchar, teller decimal(18, 4),
    noemer decimal(18, 4), waarde decimal(18, 6), n_personen bigint, ci_laag decimal(18, 6),
    ci_hoog decimal(18, 6), status varchar, verwacht decimal(18, 4), funnel_klasse varchar,
    referentie_landelijk decimal(18, 6), percentiel decimal(18, 1),
    referentie_peer decimal(18, 6), peergroep varchar, doelwaarde decimal(18, 6), doeldatum date
"""


@dataclass(frozen=True)
class Cijfer:
    """A figure of a care provider, and how many of its records came from which source."""

    aanbieder: str
    naam: str
    teller: int
    noemer: int
    personen: int
    bronnen: dict[str, int]
    peergroep: str = "ggz"
    periode: str = "2025"
    indicator: str = "ggz_aanmeldwachttijd_treeknorm"
    tabel: str = "fct_wachttijd"


def _figure(c: Cijfer) -> tuple[object, ...]:
    value = c.teller / c.noemer
    return (
        c.indicator, "zorgaanbieder", c.aanbieder, c.naam, "TOTAAL", "jaar", c.periode, c.teller,
        c.noemer, value, c.personen, max(0.0, value - 0.05), min(1.0, value + 0.05), "definitief",
        c.noemer * 0.4321, "binnen", 0.454545, 50.0, 0.474747, c.peergroep, 0.8, "2025-12-31",
    )  # fmt: skip


def write_build(home: Path, bouw_id: str, cijfers: list[Cijfer]) -> None:
    """Write the marts of a build and make it the current one."""
    folder = home / "marts" / bouw_id
    folder.mkdir(parents=True)
    with duckdb.connect() as con:
        con.execute(f"create table spiegel ({_COLUMNS})")
        con.execute(
            "create table dq (bron_id varchar, zorgaanbieder_id varchar, tabel varchar, "
            "periode varchar, n_totaal bigint)"
        )
        for c in cijfers:
            marks = ", ".join("?" * len(_figure(c)))
            con.execute(f"insert into spiegel values ({marks})", _figure(c))
            for bron, number in c.bronnen.items():
                row = [bron, c.aanbieder, c.tabel, c.periode, number]
                con.execute("insert into dq values (?, ?, ?, ?, ?)", row)
        for table, name in (("spiegel", "spiegel_indicator"), ("dq", "dq_score")):
            con.execute(f"copy {table} to '{folder / name}.parquet' (format parquet)")
    pointer = home / "marts" / "actueel.json"
    pointer.write_text(json.dumps({"bouw_id": bouw_id}), encoding="utf-8")


def write_record(home: Path, bouw_id: str, leveringen: list[str]) -> None:
    """Write down which deliveries a build read."""
    folder = home / "rapport" / "bouw"
    folder.mkdir(parents=True, exist_ok=True)
    content = {"leveringen": [{"levering_id": each} for each in leveringen]}
    (folder / f"{bouw_id}.json").write_text(json.dumps(content), encoding="utf-8")
