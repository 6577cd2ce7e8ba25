"""From a broken rule to refusals: each element it names, on the record it stands in.

A rule is told only when every element it asks is in order by itself, so that one fault is told
once. An element of the record above is told on that record, one of the records below on each.
"""

from __future__ import annotations

import duckdb
import pyarrow as pa

from ingest.declaraties.rules.binding import Gebonden

_TABLES = """
create or replace table ei_gebroken (
    record_nr bigint, bericht_nr bigint, verzekerde_nr bigint, prestatie_nr bigint,
    regel_nr integer
);
"""

#: Where an element of a rule stands, seen from the record the rule belongs to.
_PLACED = """
create or replace temporary table ei_gebroken_op as
with plaatsen as (
    select
        gebroken.record_nr as van_nr,
        gebroken.regel_nr,
        genoemd.*,
        case
            when genoemd.record = genoemd.van then gebroken.record_nr
            when genoemd.record = '01' then gebroken.bericht_nr
            when genoemd.record = '02' then gebroken.verzekerde_nr
            when genoemd.record = '04' then gebroken.prestatie_nr
        end as op_nr
    from ei_gebroken as gebroken
    inner join ei_genoemd as genoemd using (regel_nr)
)

select van_nr, regel_nr, element, reden, tekst, noemt, op_nr
from plaatsen
where op_nr is not null
union all
select
    plaatsen.van_nr, plaatsen.regel_nr, plaatsen.element, plaatsen.reden, plaatsen.tekst,
    plaatsen.noemt, onder.record_nr
from plaatsen
inner join ei_regel as onder
    on plaatsen.van_nr = onder.prestatie_nr
    and onder.kenmerk = cast(plaatsen.record as integer)
where plaatsen.op_nr is null
"""

_TOLD = """
insert into afkeur
with al_fout as (
    select distinct op.van_nr, op.regel_nr
    from ei_gebroken_op as op
    inner join afkeur on op.op_nr = afkeur.record_nr and op.element = afkeur.element
)

select distinct op.op_nr, op.reden, op.element, op.tekst
from ei_gebroken_op as op
left join al_fout on op.van_nr = al_fout.van_nr and op.regel_nr = al_fout.regel_nr
where op.noemt and al_fout.van_nr is null
"""


def make_rules(con: duckdb.DuckDBPyConnection, rules: list[Gebonden]) -> list[int]:
    """``ei_genoemd``: what every rule asks and names, and an empty ``ei_gebroken``.

    Args:
        con: the connection of this delivery.
        rules: in any order.

    Returns:
        The number of each rule.
    """
    rows = [
        (nr, rule.record, element[:2], element, rule.regel.reden, rule.regel.tekst,
         element in rule.regel.noemt)
        for nr, rule in enumerate(rules)
        for element in dict.fromkeys((*rule.regel.noemt, *rule.gebruikt))
    ]  # fmt: skip
    names = ("regel_nr", "van", "record", "element", "reden", "tekst", "noemt")
    types = (pa.int32(), *[pa.string()] * 5, pa.bool_())
    schema = pa.schema(list(zip(names, types, strict=True)))
    columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in names]
    con.register("genoemd", pa.table(columns, schema=schema))
    con.execute("create or replace table ei_genoemd as select * from genoemd")
    con.unregister("genoemd")
    con.execute(_TABLES)
    return list(range(len(rules)))


def name_broken(con: duckdb.DuckDBPyConnection) -> None:
    """Put what ``ei_gebroken`` holds in ``afkeur``."""
    if not con.execute("select 1 from ei_gebroken limit 1").fetchall():
        return
    con.execute(_PLACED)
    con.execute(_TOLD)
