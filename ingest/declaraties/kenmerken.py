"""What can be told of records of declarations that were refused, for the score of data quality.

Told of are prestaties (04) and care activities (16), which facts are made of, also those of a
message that is refused as a whole. A line that fits no record kind tells its message and, by its
first two digits, what it was meant to be.
"""

from __future__ import annotations

import duckdb

from ingest.declaraties.kinds import RecordSoort, record_kinds
from ingest.declaraties.projection import declarant_sql
from ingest.oordeel.kept import judged_sql
from schemas.ei import layouts
from schemas.tables.patronen import AGB

TABELLEN = {"04": "decl_prestatie", "16": "decl_zorgactiviteit"}

_HEADERS = """
create or replace temp table kenmerk_kop (
    bericht_nr bigint, declarant_id varchar, factuurnummer varchar, dagtekening varchar
)
"""
_HEADER = """
insert into kenmerk_kop
select
    wie.bericht_nr,
    case when regexp_full_match(wie.declarant_id, '{agb}') then wie.declarant_id end,
    {factuurnummer},
    {dagtekening}
from ({declarant}) as wie
inner join {tabel}_bron as kop on wie.bericht_nr = kop.record_nr
"""
#: Of the first record, what says that the whole message is none (a test).
_MESSAGE = """
insert into kenmerk by name
select kop.bericht_nr as record_nr, bericht.sleutel as bericht_sleutel
from kenmerk_kop as kop
inner join ei_bericht as bericht on kop.bericht_nr = bericht.bericht_nr
where kop.bericht_nr in (select beoordeeld.record_nr from beoordeeld)
"""
_RECORD = """
insert into kenmerk by name
select
    bron.record_nr,
    '{tabel}' as tabel,
    bericht.sleutel as bericht_sleutel,
    case
        when regexp_full_match(bron.identificatie, '[0-9]{{1,12}}') then bron.identificatie
    end as identificatie,
    kop.declarant_id || '|' || {referentie} as referentie,
    kop.factuurnummer,
    kop.dagtekening,
    kop.declarant_id as zorgaanbieder_id,
    case
        when year(lees_datum_ei({begindatum})) between 1900 and 2100
            then cast(year(lees_datum_ei({begindatum})) as bigint)
    end as jaar
from {kind}_bron as bron
inner join ei_bericht as bericht on bron.bericht_nr = bericht.bericht_nr
left join kenmerk_kop as kop on bron.bericht_nr = kop.bericht_nr
{prestatie}
where bron.record_nr in (select beoordeeld.record_nr from beoordeeld)
"""
_LOOSE = """
insert into kenmerk by name
select
    regel.record_nr,
    case regel.kenmerk when 4 then 'decl_prestatie' else 'decl_zorgactiviteit' end as tabel,
    bericht.sleutel as bericht_sleutel,
    kop.factuurnummer,
    kop.dagtekening,
    kop.declarant_id as zorgaanbieder_id
from ei_los as regel
inner join ei_bericht as bericht on regel.bericht_nr = bericht.bericht_nr
left join kenmerk_kop as kop on regel.bericht_nr = kop.bericht_nr
where
    regel.kenmerk in (4, 16)
    and (bericht.standaard is null or bericht.standaard in ({heen}))
    and regel.record_nr in (select beoordeeld.record_nr from beoordeeld)
"""


def _cut(con: duckdb.DuckDBPyConnection) -> list[RecordSoort]:
    """The record kinds of messages to an insurer that occur, sound or not."""
    views = con.execute("select view_name from duckdb_views()").fetchall()
    names = {name for (name,) in views}
    return [k for k in record_kinds() if not k.is_retour and f"{k.tabel}_bron" in names]


def _element(kind: RecordSoort, kolom: str, relation: str) -> str:
    return f"{relation}.{kolom}" if kind.met_kolom(kolom) else "cast(null as varchar)"


def _tell_headers(con: duckdb.DuckDBPyConnection, kinds: list[RecordSoort]) -> None:
    con.execute(_HEADERS)
    for kind in kinds:
        con.execute(
            _HEADER.format(
                agb=AGB,
                tabel=kind.tabel,
                declarant=declarant_sql(kind, f"{kind.tabel}_bron"),
                factuurnummer=_element(kind, "factuurnummer", "kop"),
                dagtekening=_element(kind, "dagtekening", "kop"),
            )
        )


def _tell_records(
    con: duckdb.DuckDBPyConnection, kind: RecordSoort, prestatie: RecordSoort | None
) -> None:
    """Tell of the records of a kind; a care activity has the reference of its prestatie."""
    join = (
        f"left join {prestatie.tabel}_bron as prestatie on bron.prestatie_nr = prestatie.record_nr"
        if prestatie
        else ""
    )
    holder, alias = (prestatie, "prestatie") if prestatie else (kind, "bron")
    con.execute(
        _RECORD.format(
            tabel=TABELLEN[kind.record.code],
            kind=kind.tabel,
            prestatie=join,
            referentie=_element(holder, "referentie", alias),
            begindatum=_element(kind, "begindatum", "bron"),
        )
    )


def tell_kenmerken(con: duckdb.DuckDBPyConnection) -> None:
    """Fill ``kenmerk`` for the records that facts are made of.

    Args:
        con: the connection of the delivery; all is judged.
    """
    con.execute(f"create or replace temp table beoordeeld as {judged_sql()}")
    kinds = _cut(con)
    _tell_headers(con, [k for k in kinds if k.record.code == "01"])
    con.execute(_MESSAGE)
    for kind in kinds:
        if kind.record.code not in TABELLEN or not kind.met_kolom("identificatie"):
            continue
        above = [k for k in kinds if k.layout is kind.layout and k.record.code == "04"]
        _tell_records(con, kind, above[0] if above and kind.record.code == "16" else None)
    heen = ", ".join(f"'{layout.standaard}'" for layout in layouts().values())
    con.execute(_LOOSE.format(heen=heen))
    con.execute("drop table beoordeeld")
