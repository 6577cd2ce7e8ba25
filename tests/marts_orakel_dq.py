"""The score of data quality in plain Python, from the written rules alone (decision 0028)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from marts_levering import Record, Row

FEIT = {
    "fhir_diagnose": "fct_diagnose", "fhir_meting": "fct_meting",
    "decl_prestatie": "fct_prestatie", "decl_zorgactiviteit": "fct_zorgactiviteit",
    "reg_ggz_wachttijd": "fct_wachttijd", "fhir_behandelaanwijzing": "fct_behandelaanwijzing",
    "fhir_vragenlijst": "fct_vragenlijst", "fhir_zorgplan": "fct_zorgplan",
    "reg_wlz_indicatie": "fct_wlz_indicatie", "reg_wlz_wachtlijst": "fct_wlz_wachtlijst",
}  # fmt: skip

#: Facts that the register names for an indicator.
BRON = {
    "ggz_aanmeldwachttijd_treeknorm": ["fct_wachttijd"],
    "ggz_behandelwachttijd_treeknorm": ["fct_wachttijd"],
    "hartfalen_acute_opname": ["fct_contact", "fct_diagnose"],
    "kerngegevens_binnen_24_uur": ["fct_diagnose", "fct_meting", "fct_medicatie"],
    "kosten_per_patient": ["fct_prestatie"],
    "vervolgconsult_digitaal": ["fct_zorgactiviteit"],
}

Verlies = tuple[int, Decimal]


@dataclass
class Gegeven:
    """A source record: for which fact, whose, of which year, and how much of it is lost."""

    feit: str
    bron: str
    agb: str
    jaar: str
    verlies: Decimal
    sleutel: Any = None
    versie: datetime | None = None
    periode: str = ""


def add_judgements(
    records: list[Record],
    gegevens: list[Gegeven],
    gewichten: dict[str, Row],
    aanbieders: set[str],
    contacten: dict[tuple[str, str], str | None],
) -> None:
    """Let what intake found weigh: on accepted records, and as records of their own."""
    rows: dict[tuple[Any, ...], tuple[str, Row, list[str]]] = {}
    for record in records:
        for tabel, row in record.rijen:
            if tabel == "dq_oordeel":
                key = (record.bron_id, *sorted(row.items(), key=str))
                rows.setdefault(key, (record.bron_id, row, []))[2].append(record.periode)
    accepted = {(g.feit, g.bron, g.sleutel): g for g in gegevens if g.sleutel is not None}
    again = _Again(records)
    refused: dict[tuple[Any, ...], list[tuple[str, str, Decimal]]] = defaultdict(list)
    for bron, row, perioden in rows.values():
        regel = gewichten[row["reden_code"]]
        feit = FEIT.get(row.get("tabel") or "", "onleesbaar")
        known = feit != "onleesbaar" or row["naam"] == "onleesbaar"
        if regel["telt"] != "ja" or not known or row.get("bericht_sleutel") in again.proef:
            continue
        weight = Decimal(regel["gewicht"])
        own = row.get("resource_sleutel") or (
            (row["wachtregistratie_sleutel"], row["fase"]) if row.get("fase") else None
        )
        found = accepted.get((feit, bron, own))
        if found:
            if _holds(row, found, perioden):
                found.verlies = max(found.verlies, weight)
        elif row["soort"] == "geweigerd" and not again.came(row):
            ref = row.get("referentie_sleutel") if feit == "fct_prestatie" else None
            agb = row.get("zorgaanbieder_id") or contacten.get((bron, row.get("contact_sleutel")))
            jaar = str(row.get("jaar") or min(perioden)[:4])
            name = (feit, bron, own or ref or row["inhoud_sleutel"])
            refused[name].append((agb if agb in aanbieders else "ONBEKEND", jaar, weight))
    for (feit, bron, _), judged in refused.items():
        agb, jaar = max(j[0] for j in judged), min(j[1] for j in judged)
        gegevens.append(Gegeven(feit, bron, agb, jaar, max(j[2] for j in judged)))


def _holds(row: Row, found: Gegeven, perioden: list[str]) -> bool:
    if row["soort"] == "waarschuwing":
        return row.get("beschikbaar_op") == found.versie
    if row.get("fase"):
        return max(perioden) > found.periode
    moment = row.get("beschikbaar_op")
    return moment is not None and found.versie is not None and moment > found.versie


class _Again:
    """Which refused declarations came again and were accepted, and which messages are tests."""

    def __init__(self, records: list[Record]) -> None:
        self.proef: set[str] = set()
        self.facturen: dict[tuple[str, str], Any] = {}
        self.referenties: set[str] = set()
        for record in records:
            for tabel, row in record.rijen:
                if tabel == "dq_oordeel" and row["reden_code"] == "EI-TESTBERICHT":
                    self.proef.add(row["bericht_sleutel"])
                elif tabel == "decl_bericht" and row["factuur_sleutel"]:
                    key = (row["declarant_id"], row["factuur_sleutel"])
                    latest = self.facturen.get(key, row["dagtekening"])
                    self.facturen[key] = max(latest, row["dagtekening"])
                elif tabel == "decl_prestatie":
                    self.referenties.add(row["referentie_sleutel"])

    def came(self, row: Row) -> bool:
        """Whether the message or the prestatie was accepted later, or the prestatie elsewhere."""
        latest = self.facturen.get((row.get("zorgaanbieder_id"), row.get("factuur_sleutel")))
        if latest and row["dagtekening"] <= latest:
            return True
        return row.get("referentie_sleutel") in self.referenties


def per_provider(gegevens: list[Gegeven], indicator: str) -> dict[tuple[str, str], Verlies]:
    """Of a provider and year the records an indicator rests on, and how much of them is lost."""
    found: dict[tuple[str, str], Verlies] = defaultdict(lambda: (0, Decimal(0)))
    for gegeven in gegevens:
        if gegeven.feit in BRON[indicator]:
            n, verlies = found[gegeven.agb, gegeven.jaar]
            found[gegeven.agb, gegeven.jaar] = (n + 1, verlies + gegeven.verlies)
    return found
