"""Declaration messages in memory, and the models of the fact run over them without dbt.

A message is a header with lines; its raw rows can be dealt out over deliveries in any way. What
stands apart from declarations (persons, address book, FHIR) is given as small tables.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from random import Random
from typing import Any

import duckdb
import polars as pl
import yaml
from marts_sql import PROJECT, model_file, render_with, seed_file

from schemas.tables import raw_kolommen

Row = dict[str, Any]


@dataclass(frozen=True)
class Regel:
    """A declaration line as sent; ``velden`` are further columns of the raw table."""

    ident: str
    soort: str
    referentie: str
    cent: int | None
    voorgaande: str | None = None
    velden: Row = field(default_factory=dict)


@dataclass(frozen=True)
class Bericht:
    """A message as sent; ``kop`` are further columns of the raw table."""

    sleutel: str
    declarant: str
    dag: date
    regels: tuple[Regel, ...]
    factuur: str | None = None
    uzovi: str | None = "9901"
    kop: Row = field(default_factory=dict)


@dataclass(frozen=True)
class Antwoord:
    """A retour message: the invoice it answers, and returned lines with what is granted of each.

    ``totaal`` is what is declared and what is granted in all; only that of a message without
    returned lines matters.
    """

    sleutel: str
    declarant: str
    dag: date
    factuur: str
    terug: tuple[tuple[str, int, int], ...] = ()
    totaal: tuple[int, int] = (1, 1)
    uzovi: str | None = "9901"
    retourcode: str | None = None


def grant_rows(
    antwoorden: Iterable[Antwoord], random: Random | None = None
) -> dict[str, list[Row]]:
    """Rows of ``decl_retour`` and ``decl_toekenning``; arguments as of ``raw_rows``."""
    antwoorden = list(antwoorden)
    if random:
        antwoorden += [a for a in antwoorden if random.random() < 1 / 3]
        random.shuffle(antwoorden)
    tabellen: dict[str, list[Row]] = {"decl_retour": [], "decl_toekenning": []}
    for nummer, antwoord in enumerate(antwoorden):
        herkomst = {
            "bron_id": "retour",
            "periode": "2025",
            "levering_id": f"r{random.randrange(4) if random else 0}",
            "bestand": "r.txt",
            "regel": nummer,
            "bericht_sleutel": antwoord.sleutel,
        }
        ingediend, toegekend = antwoord.totaal
        tabellen["decl_retour"].append(
            herkomst
            | {"standaard": "HA305", "ei_code": "113", "heen_standaard": "HA304",
               "uzovi": antwoord.uzovi, "declarant_id": antwoord.declarant,
               "factuur_sleutel": antwoord.factuur, "dagtekening": antwoord.dag,
               "ingediend_cent": ingediend, "toegekend_cent": toegekend,
               "retourcode_1": antwoord.retourcode}
        )  # fmt: skip
        tabellen["decl_toekenning"] += [
            herkomst
            | {"record": "04", "identificatie": str(i), "referentie_sleutel": referentie,
               "prestatie_referentie_sleutel": referentie, "ingediend_cent": declared,
               "toegekend_cent": granted}
            for i, (referentie, declared, granted) in enumerate(antwoord.terug)
        ]  # fmt: skip
    return tabellen


def raw_rows(berichten: Iterable[Bericht], random: Random | None = None) -> dict[str, list[Row]]:
    """Rows of ``decl_bericht`` and ``decl_prestatie``.

    Args:
        berichten: what was sent.
        random: when given, messages come in any order, in several deliveries, some of them twice.
    """
    berichten = list(berichten)
    if random:
        berichten += [b for b in berichten if random.random() < 1 / 3]
        random.shuffle(berichten)
    tabellen: dict[str, list[Row]] = {"decl_bericht": [], "decl_prestatie": []}
    for nummer, bericht in enumerate(berichten):
        herkomst = {
            "bron_id": "bron",
            "periode": "2025",
            "levering_id": f"l{random.randrange(4) if random else 0}",
            "bestand": "a.txt",
            "regel": nummer,
            "bericht_sleutel": bericht.sleutel,
        }
        tabellen["decl_bericht"].append(
            herkomst
            | {"standaard": "HA304", "ei_code": "112", "uzovi": bericht.uzovi,
               "declarant_id": bericht.declarant, "dagtekening": bericht.dag,
               "factuur_sleutel": bericht.factuur, "betaling_aan": "03"}
            | bericht.kop
        )  # fmt: skip
        tabellen["decl_prestatie"] += [
            herkomst
            | {"identificatie": r.ident, "pseudo_id": "p1", "uzovi": bericht.uzovi or "9901",
               "prestatiecodelijst": "008", "prestatiecode": "12000", "begindatum": bericht.dag,
               "aantal": 1, "bedrag_cent": r.cent, "debet_credit": r.soort,
               "referentie_sleutel": r.referentie, "voorgaande_referentie_sleutel": r.voorgaande}
            | r.velden
            for r in bericht.regels
        ]  # fmt: skip
    return tabellen


class Feit:
    """The models of declarations over raw rows; a model is run when it is asked for."""

    def __init__(
        self,
        tabellen: dict[str, list[Row]],
        aanbieders: Iterable[str],
        personen: dict[str, int | None] | None = None,
    ) -> None:
        self._raw = tabellen
        self._con = duckdb.connect()
        self._made = {"dim_zorgaanbieder", "dim_persoon", "int_prestatie_fhir"}
        self._con.execute("create table dim_zorgaanbieder (zorgaanbieder_id varchar)")
        self._insert("dim_zorgaanbieder", [{"zorgaanbieder_id": a} for a in set(aanbieders)])
        self._con.execute("create table dim_persoon (pseudo_id varchar, geboortejaar integer)")
        known = {"p1": 1960} if personen is None else personen
        self._insert("dim_persoon", [{"pseudo_id": p, "geboortejaar": j} for p, j in known.items()])
        columns = ", ".join(f"{n} {t}" for n, t in contract("int_prestatie_fhir").items())
        self._con.execute(f"create table int_prestatie_fhir ({columns})")

    def rows(self, model: str) -> list[Row]:
        """Rows of a model."""
        return self.query(f"from {self._ref(model)}")

    def query(self, sql: str) -> list[Row]:
        """Rows of a query over models that were run."""
        result = self._con.execute(sql)
        names = [column[0] for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def _insert(self, name: str, rows: list[Row]) -> None:
        if rows:
            columns = list(rows[0])
            frame = pl.DataFrame(rows, infer_schema_length=None)
            self._con.register("frame", frame.to_arrow())
            self._con.execute(f"insert into {name} by name select {', '.join(columns)} from frame")
            self._con.unregister("frame")

    def _ref(self, name: str) -> str:
        if name not in self._made:
            self._made.add(name)
            found = model_file(name)
            sql = (
                render_with(found.read_text(encoding="utf-8"), self._ref, self._source)
                if found
                else _seed(name)
            )
            self._con.execute(f"create table {name} as {sql}")
        return name

    def _source(self, _schema: str, name: str) -> str:
        raw = f"raw_{name}"
        if raw not in self._made:
            self._made.add(raw)
            columns = raw_kolommen(name)
            self._con.execute(
                f"create table {raw} ({', '.join(f'{k} {t}' for k, t in columns.items())})"
            )
            self._insert(raw, [dict.fromkeys(columns) | row for row in self._raw.get(name, [])])
        return raw


@cache
def _properties() -> dict[str, Row]:
    found: dict[str, Row] = {}
    for path in sorted(PROJECT.rglob("*.yml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        for item in [*content.get("models", []), *content.get("seeds", [])]:
            if isinstance(item, dict):
                found[item["name"]] = item
    return found


def contract(model: str) -> dict[str, str]:
    """Columns of a model and their types, as its contract says."""
    return {c["name"]: c["data_type"] for c in _properties()[model]["columns"]}


def _seed(name: str) -> str:
    path = seed_file(name)
    assert path is not None, name
    types = _properties()[name].get("config", {}).get("column_types", {})
    listed = ", ".join(f"'{k}': '{v}'" for k, v in types.items())
    return f"select * from read_csv('{path}', header = true, types = {{{listed}}})"
