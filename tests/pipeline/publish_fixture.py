"""A home with a small finished build, made by hand: marts and dbt manifest, no dbt run.

The region is counted from atoms (zorgaanbieder x regio x geslacht x kwartaal), so that every level
adds up as it does in a real mart.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

BOUW = "b0123456789abcdef"
SLEUTEL = (
    "indicator_id",
    "definitie_versie",
    "niveau",
    "eenheid_id",
    "uitsplitsing",
    "uitsplitsing_waarde",
    "periode_type",
    "periode",
)
REGIO_VAN = {"06000001": "ZK01", "06000002": "ZK01", "06000003": "ZK02", "06000004": "ZK03"}
TYPES = {
    "teller": pa.decimal128(18, 4),
    "noemer": pa.decimal128(18, 4),
    "waarde": pa.decimal128(18, 6),
    "n_personen": pa.int64(),
    "n_zorgaanbieders": pa.int64(),
    "verwacht": pa.decimal128(18, 4),
    "doeldatum": pa.date32(),
}
KOLOMMEN = (
    *SLEUTEL,
    "eenheid_naam",
    "eenheid_regio_code",
    "teller",
    "noemer",
    "waarde",
    "n_personen",
    "n_zorgaanbieders",
    "verwacht",
    "referentie_landelijk",
    "referentie_peer",
    "peergroep",
    "funnel_klasse",
    "waarde_vorige",
    "verschil",
    "trend",
    "norm_id",
    "doeldatum",
    "status",
    "bouw_id",
)
ALLE_DOELEN = [
    "leren_verbeteren",
    "zorginkoop",
    "onderzoek",
    "spiegelinformatie",
    "keuze_informatie",
]


def _atoms(jaren: Iterable[int]) -> Iterable[dict[str, Any]]:
    """Persons by provider, sex and quarter; one provider is small, one sex at another too."""
    sizes = {"06000001": 60, "06000002": 45, "06000003": 80, "06000004": 3}
    for jaar in jaren:
        for aanbieder, size in sizes.items():
            for geslacht in ("man", "vrouw"):
                for kwartaal in range(1, 5):
                    personen = size + kwartaal + (jaar - 2024) + (10 if geslacht == "vrouw" else 0)
                    if aanbieder == "06000002" and geslacht == "man" and kwartaal == 2:
                        personen = 4
                    yield {
                        "aanbieder": aanbieder,
                        "geslacht": geslacht,
                        "jaar": str(jaar),
                        "kwartaal": f"{jaar}Q{kwartaal}",
                        "personen": personen,
                        "teller": personen // 2,
                        "bedrag": personen * 120.25,
                    }


def spiegel_rows(jaren: Iterable[int] = (2024, 2025), bouw_id: str = BOUW) -> list[dict[str, Any]]:
    """All rows of the mirror: two indicators, four levels, two breakdowns, years and quarters."""
    cells: dict[tuple[str, ...], dict[str, Any]] = defaultdict(
        lambda: {"teller": 0.0, "noemer": 0, "n": 0, "aanbieders": set()}
    )
    for atom in _atoms(jaren):
        regio = REGIO_VAN[atom["aanbieder"]]
        units = (
            ("landelijk", "NL"),
            ("zorgkantoorregio", regio),
            ("zorgaanbieder", atom["aanbieder"]),
        )
        breakdowns = (("TOTAAL", "TOTAAL"), ("geslacht", atom["geslacht"]))
        periods = (("jaar", atom["jaar"]), ("kwartaal", atom["kwartaal"]))
        for indicator, teller in (
            ("hartfalen_acute_opname", float(atom["teller"])),
            ("kosten_per_patient", atom["bedrag"]),
        ):
            for unit in units:
                for breakdown in breakdowns:
                    for period in periods:
                        cell = cells[(indicator, "1", *unit, *breakdown, *period)]
                        cell["teller"] += teller
                        cell["noemer"] += atom["personen"]
                        cell["n"] += atom["personen"]
                        cell["aanbieders"].add(atom["aanbieder"])
    return [_row(key, cell, cells, bouw_id) for key, cell in sorted(cells.items())]


def _row(
    key: tuple[str, ...], cell: dict[str, Any], cells: dict[Any, Any], bouw_id: str
) -> dict[str, Any]:
    niveau, eenheid = key[2], key[3]
    land = cells[(*key[:2], "landelijk", "NL", *key[4:])]
    return dict(zip(SLEUTEL, key, strict=True)) | {
        "eenheid_naam": f"Eenheid {eenheid}",
        "eenheid_regio_code": {"landelijk": "NL", "zorgkantoorregio": eenheid}.get(
            niveau, REGIO_VAN.get(eenheid)
        ),
        "teller": round(cell["teller"], 4),
        "noemer": cell["noemer"],
        "waarde": round(cell["teller"] / cell["noemer"], 6),
        "n_personen": cell["n"],
        "n_zorgaanbieders": len(cell["aanbieders"]),
        "verwacht": round(cell["teller"] * 0.9, 4),
        "referentie_landelijk": round(land["teller"] / land["noemer"], 6),
        "referentie_peer": round(land["teller"] / land["noemer"], 6),
        "peergroep": niveau,
        "funnel_klasse": "binnen",
        "norm_id": "iza-i14" if key[0].startswith("hart") else None,
        "doeldatum": date(2025, 12, 31) if key[0].startswith("hart") else None,
        "status": "definitief",
        "bouw_id": bouw_id,
    }


def table(rows: list[dict[str, Any]]) -> pa.Table:
    """Rows as Arrow, with the types of a real mart."""
    columns = {}
    for naam in rows[0]:
        values = [row[naam] for row in rows]
        kind = TYPES.get(naam)
        if kind is not None and pa.types.is_decimal(kind):
            columns[naam] = pa.array(values, pa.float64()).cast(kind)
        else:
            columns[naam] = pa.array(values, kind)
    return pa.table(columns)


def exposure(extract: str, model: str, **changes: Any) -> dict[str, Any]:
    """One exposure as dbt writes it; ``changes`` replace or, with None, remove meta."""
    meta = {
        "extract": extract,
        "titel": f"Spiegel {extract}",
        "omschrijving": "Cijfers om van te leren.",
        "doelen": ["spiegelinformatie"],
        "grondslag": "Integraal Zorgakkoord; geaggregeerde cijfers",
        "ontvangers": ["regionale partners"],
        "bewaartermijn": "tien jaar",
        "niveaus": ["landelijk", "zorgkantoorregio", "zorgaanbieder"],
        "vertrouwelijkheid": "beperkt",
    } | changes
    return {
        "name": f"extract_{extract}",
        "depends_on": {"nodes": [f"model.iza.{model}"]},
        "config": {"meta": {key: value for key, value in meta.items() if value is not None}},
    }


def dbt_manifest(exposures: list[dict[str, Any]]) -> dict[str, Any]:
    """A dbt manifest with one chain: source → staging → spiegel → gebruik → exposures."""
    described = {naam: {"description": f"Wat {naam} betekent"} for naam in KOLOMMEN}
    models = {
        "stg_fhir_contact": (["source.iza.raw.fhir_contact"], {}),
        "stg_decl_prestatie": (["source.iza.raw.decl_prestatie"], {}),
        "spiegel_indicator": (
            [
                "model.iza.stg_fhir_contact",
                "model.iza.stg_decl_prestatie",
                "seed.iza.ref_indicator",
            ],
            described,
        ),
        "open_spiegel": (["model.iza.spiegel_indicator"], {}),
        "kwaliteit_spiegel": (["model.iza.spiegel_indicator"], {}),
    }
    nodes = {
        f"model.iza.{naam}": {
            "name": naam,
            "resource_type": "model",
            "depends_on": {"nodes": above},
            "columns": columns,
            "config": {"meta": {"doelen": ALLE_DOELEN}},
        }
        for naam, (above, columns) in models.items()
    }
    nodes["seed.iza.ref_indicator"] = {
        "name": "ref_indicator",
        "depends_on": {},
        "config": {"meta": {}},
    }
    return {
        "metadata": {"generated_at": "never the same", "invocation_id": "nor this"},
        "nodes": nodes,
        "sources": {
            f"source.iza.raw.{naam}": {"name": naam} for naam in ("fhir_contact", "decl_prestatie")
        },
        "exposures": {f"exposure.iza.{e['name']}": e for e in exposures},
    }


def default_exposures() -> list[dict[str, Any]]:
    """An open extract, one for quality with providers, one per region."""
    return [
        exposure(
            "open",
            "open_spiegel",
            vertrouwelijkheid="openbaar",
            niveaus=["landelijk", "zorgkantoorregio"],
        ),
        exposure("kwaliteit", "kwaliteit_spiegel"),
        exposure(
            "regio",
            "kwaliteit_spiegel",
            niveaus=["zorgkantoorregio", "zorgaanbieder"],
            splits_op="eenheid_regio_code",
        ),
    ]


def write_build(
    home: Path,
    rows: list[dict[str, Any]] | None = None,
    exposures: list[dict[str, Any]] | None = None,
    bouw_id: str = BOUW,
) -> Path:
    """Write a finished build and make it the current one.

    Returns:
        Its folder.
    """
    folder = home / "marts" / bouw_id
    folder.mkdir(parents=True, exist_ok=True)
    rows = spiegel_rows(bouw_id=bouw_id) if rows is None else rows
    for model in ("open_spiegel", "kwaliteit_spiegel"):
        pq.write_table(table(rows), folder / f"{model}.parquet")
    registers = {
        "ref_indicator": [
            {"indicator_id": naam, "definitie_versie": "1", "naam": naam.replace("_", " ")}
            for naam in ("hartfalen_acute_opname", "kosten_per_patient", "ongebruikt")
        ],
        "indicator_akkoord": [
            {
                "indicator_id": naam,
                "definitie_versie": "1",
                "geldig_van": date(1, 1, 1),
                "geldig_tot": date(9999, 12, 31),
                "akkoord": "geaccepteerd",
                "ontbrekend": "",
            }
            for naam in ("hartfalen_acute_opname", "kosten_per_patient", "ongebruikt")
        ],
        "ref_norm": [
            {"norm_id": "iza-i14", "indicator_id": "hartfalen_acute_opname", "doel": "0.10"}
        ],
    }
    for naam, content in registers.items():
        pq.write_table(pa.Table.from_pylist(content), folder / f"{naam}.parquet")
    manifest = dbt_manifest(default_exposures() if exposures is None else exposures)
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    pointer = home / "marts" / "actueel.json"
    pointer.write_text(json.dumps({"bouw_id": bouw_id}), encoding="utf-8")
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }
