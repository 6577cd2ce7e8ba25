"""The Wlz part of the demo region through the SQL of its models, at any scale, without dbt.

Rows go in as the sources deliver them, a BSN where a pseudonym would be; the models are rendered
from the project and run in their order.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb
from marts_sql import PROJECT, render

from synthetic.leveringen import Leveringen
from synthetic.wereld import make_world
from synthetic.wlz.gebied import WlzGebied, make_wlz

CODES = PROJECT.parent / "schemas" / "codes"
MODELLEN = (
    "int_wlz_indicatie", "int_wlz_wachtlijst", "int_wlz_schaduwlijst", "fct_wlz_indicatie",
    "fct_wlz_wachtlijst", "fct_wlz_schaduwlijst", "fct_wlz_bevinding", "fct_rechtmatigheid",
    "int_wlz_geindiceerd", "int_wlz_stand", "wlz_wachtlijst", "wlz_rechtmatigheid",
)  # fmt: skip
_DATUMS = frozenset(
    {"peildatum", "begin", "begin_status", "begin_registratie", "laatst_contact", "afgiftedatum",
     "ingangsdatum", "einddatum"}
)  # fmt: skip
#: Table of staging by source, and the columns of the file that have another name in it.
_STAGING = {
    "register-wlz-indicaties": "stg_reg_wlz_indicatie",
    "register-wlz-wachtlijst": "stg_reg_wlz_wachtlijst",
    "register-wlz-schaduwlijsten": "stg_reg_wlz_schaduwlijst",
    "register-wlz-rechtmatigheid": "stg_reg_wlz_rechtmatigheid",
}
_NAMEN = {
    "wlz_indicatie_id": "wlz_indicatie_sleutel",
    "bsn": "pseudo_id",
    "begin": "begindatum",
    "bedrag_euro": "bedrag_cent",
}


def _column(name: str) -> str:
    value = f"cast({name} as date)" if name in _DATUMS else name
    if name == "bedrag_euro":
        value = "cast(cast(bedrag_euro as decimal(18, 2)) * 100 as bigint)"
    return f"{value} as {_NAMEN.get(name, name)}"


def _stage(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Read the deliveries as staging does: of a decision the newest delivery counts."""
    for bron, table in _STAGING.items():
        read = f"read_csv('{folder}/{bron}/*/*.csv', all_varchar = true, filename = true)"
        names = [d[0] for d in con.execute(f"from {read} limit 0").description]
        columns = ", ".join(_column(name) for name in names if name != "filename")
        newest = "qualify row_number() over (partition by bsn order by filename desc) = 1"
        con.execute(
            f"""
            create table {table} as
            select 'demo' as bron_id, 'l' as levering_id, 'b' as bestand, 0 as regel, {columns}
            from {read} {newest if table.endswith("indicatie") else ""}
            """
        )


@dataclass
class WlzKeten:
    """A database with the models of the Wlz, and what the generator says must be in it."""

    gebied: WlzGebied
    con: duckdb.DuckDBPyConnection

    def rows(self, query: str) -> list[tuple]:
        """Rows of a query."""
        return self.con.execute(query).fetchall()

    def run(self, modellen: tuple[str, ...] = MODELLEN) -> None:
        """Run models, each in the place of an earlier run of it."""
        for model in modellen:
            self.con.execute(f"create or replace table {model} as {render(model)}")


def make_chain(personen: int, seed: int, folder: Path) -> WlzKeten:
    """Write the deliveries, read them as staging does, and run the models.

    Args:
        personen: inhabitants of the region; they decide the scale.
        seed: seed of the region.
        folder: where the deliveries go.

    Returns:
        The chain.
    """
    wereld = make_world(seed)
    gebied = make_wlz(personen, wereld)
    gebied.write(Leveringen(folder))
    con = duckdb.connect()
    con.execute("set threads = 2")
    _stage(con, folder)
    for name in ("wlz_zorgprofiel", "wlz_zorgkantoor"):
        con.execute(f"create table {name} as from read_csv('{CODES / name}.csv', all_varchar=true)")
    norm = PROJECT / "seeds" / "ref_streefnorm.csv"
    con.execute(f"create table ref_streefnorm as from read_csv('{norm}', all_varchar=true)")
    con.execute(
        "create table dim_zorgaanbieder (zorgaanbieder_id text, zorgkantoorregio_code text)"
    )
    codes = wereld.plaatsen.regio_code
    a = gebied.aanbieders
    con.executemany(
        "insert into dim_zorgaanbieder values (?, ?)",
        [(agb, codes[r]) for agb, r in zip(a.agb, a.regio, strict=True)],
    )
    keten = WlzKeten(gebied, con)
    keten.run()
    return keten
