"""Runs the models that judge units on a table of cells, as a build does, without the rest of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import pyarrow as pa
from marts_sql import render

#: In the order of a build.
MODELLEN = (
    "int_spiegel_spreiding", "int_spiegel_afwijking", "int_spiegel_overdispersie",
    "int_spiegel_telkans", "int_spiegel_exact", "int_spiegel_oordeel", "int_spiegel_funnel",
)  # fmt: skip
TYPEN = {
    "definitie_id": "varchar", "eenheid": "varchar", "soort_meting": "varchar", "niveau": "varchar",
    "eenheid_id": "varchar", "n_personen": "bigint",
    "teller": "decimal(18,4)", "noemer": "decimal(18,4)", "verwacht": "decimal(38,12)",
    "teller_kwadraat": "decimal(38,8)", "teller_noemer": "decimal(38,8)",
    "noemer_kwadraat": "decimal(38,8)", "teller_kubus": "decimal(38,6)",
    "teller2_noemer": "decimal(38,6)", "teller_noemer2": "decimal(38,6)",
    "noemer_kubus": "decimal(38,6)",
}  # fmt: skip
VAST = {"niveau": "zorgaanbieder", "eenheid": ""}
_AFRONDING = re.compile(r",\s*6\s*\)\s*as decimal\(18, 6\)")


def unrounded(model: str) -> str:
    """SQL of a model whose formulas end in twelve decimals instead of the six of a mart.

    What a mart rounds cannot be compared to 1e-9; the formula under the rounding can.
    """
    return _AFRONDING.sub(", 12) as decimal(38, 12)", render(model))


@contextmanager
def beoordeeld(
    cellen: pa.Table, minimum_volume: int = 10, *, exact: bool = True, afgerond: bool = True
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database with ``int_spiegel_funnel`` and what comes before it.

    Every definition is one group of all its units, and has the number of that group.

    Args:
        cellen: at least definitie_id, soort_meting, eenheid_id, n_personen, teller, noemer and
            verwacht; what is left out is one level, breakdown and year, and sums are 0.
        minimum_volume: persons from which a unit is judged.
        exact: with exact limits of O/E, which are most of the work and no part of the judgement.
        afgerond: with the six decimals of the marts; else with twelve.
    """
    with duckdb.connect() as con:
        con.register("cellen", cellen)
        kolommen = ", ".join(
            f"cast({_kolom(naam, cellen.column_names)} as {soort}) as {naam}"
            for naam, soort in TYPEN.items()
        )
        con.execute(
            f"create table int_spiegel_cel as select {kolommen}, "
            "dense_rank() over (order by definitie_id) as groep_nr, groep_nr as definitie_nr "
            "from cellen"
        )
        con.execute(
            "create table int_spiegel_definitie as select distinct definitie_nr, definitie_id as "
            f"indicator_id, '1' as definitie_versie, eenheid, {minimum_volume} as minimum_volume "
            "from int_spiegel_cel"
        )
        con.execute(
            "create table int_spiegel_groep as select distinct groep_nr, definitie_nr, "
            "definitie_id, niveau, 'TOTAAL' as uitsplitsing, 'TOTAAL' as uitsplitsing_waarde, "
            "'jaar' as periode_type, '2025' as periode from int_spiegel_cel"
        )
        for model in MODELLEN:
            leeg = " limit 0" if model == "int_spiegel_exact" and not exact else ""
            sql = render(model) if afgerond else unrounded(model)
            con.execute(f"create table {model} as {sql}{leeg}")
        yield con


def _kolom(naam: str, aanwezig: list[str]) -> str:
    if naam in aanwezig:
        return naam
    return f"'{VAST[naam]}'" if naam in VAST else "0"
