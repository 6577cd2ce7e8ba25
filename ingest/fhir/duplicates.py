"""Exact repetitions within a delivery: same type, id and content, however it is laid out."""

from __future__ import annotations

import hashlib
import json

import duckdb
import pyarrow as pa

_BATCH = 5_000

#: Records that share type, id and version; what is unique by its id is never looked at again.
_CANDIDATES_SQL = """
create temp table kandidaat as
with kop as (
    select record.record_nr, record.naam, fhir_kop.id
    from record
    inner join fhir_kop on record.record_nr = fhir_kop.record_nr
    where fhir_kop.id is not null
),
meermaals as (
    select kop.naam, kop.id from kop group by kop.naam, kop.id having count(*) > 1
),
versie as (
    select
        record.record_nr,
        record.naam || '/' || kop.id || '/' || coalesce(cast(try(json_extract(
            record.tekst, ['$.meta.versionId', '$.meta.lastUpdated']
        )) as varchar), '') as sleutel,
        record.tekst
    from kop
    inner join meermaals on kop.naam = meermaals.naam and kop.id = meermaals.id
    inner join record on kop.record_nr = record.record_nr
),
opnieuw as (
    select versie.sleutel from versie group by versie.sleutel having count(*) > 1
)
select versie.record_nr, versie.sleutel, md5(versie.tekst) as inhoud
from versie
inner join opnieuw on versie.sleutel = opnieuw.sleutel
"""
_REPETITIONS_SQL = """
insert into dubbel
with genummerd as (
    select
        kandidaat.record_nr,
        row_number() over (
            partition by kandidaat.sleutel, kandidaat.inhoud order by kandidaat.record_nr
        ) as volgnummer
    from kandidaat
    where kandidaat.record_nr not in (select dubbel.record_nr from dubbel)
)
select genummerd.record_nr from genummerd where genummerd.volgnummer > 1
"""
_STILL_ALIKE_SQL = """
with over_gebleven as (
    select kandidaat.record_nr, kandidaat.sleutel
    from kandidaat
    where kandidaat.record_nr not in (select dubbel.record_nr from dubbel)
),
meermaals as (
    select over_gebleven.sleutel from over_gebleven
    group by over_gebleven.sleutel having count(*) > 1
)
select over_gebleven.record_nr
from over_gebleven
inner join meermaals on over_gebleven.sleutel = meermaals.sleutel
order by over_gebleven.record_nr
"""


def canonical_hash(tekst: str) -> str:
    """Hash of a resource that does not depend on white space or the order of keys.

    Numbers count as written: 2.0 and 2.00 differ. What is nested too deep to parse is taken as it
    is.
    """
    try:
        content = json.loads(tekst, parse_float=lambda digits: f"\0{digits}")
        text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    except RecursionError:
        text = tekst
    return hashlib.sha256(text.encode()).hexdigest()


def _canonicalise(con: duckdb.DuckDBPyConnection, numbers: list[int]) -> None:
    """Put the canonical hash of these records in place of the hash of their text."""
    for start in range(0, len(numbers), _BATCH):
        rows = con.execute(
            "select record_nr, tekst from record where record_nr in (select unnest(?))",
            [numbers[start : start + _BATCH]],
        ).fetchall()
        hashes = pa.table(
            {"record_nr": [nr for nr, _ in rows], "hash": [canonical_hash(t) for _, t in rows]}
        )
        con.register("hashes", hashes)
        con.execute(
            "update kandidaat set inhoud = hashes.hash from hashes "
            "where kandidaat.record_nr = hashes.record_nr"
        )
        con.unregister("hashes")


def find_duplicates(con: duckdb.DuckDBPyConnection) -> None:
    """Fill ``dubbel``: of equal records all but the first, by file and line.

    Only records that share type, id and version without being equal letter by letter are parsed.

    Args:
        con: the connection of the delivery, with all records loaded.
    """
    con.execute(_CANDIDATES_SQL)
    con.execute(_REPETITIONS_SQL)
    numbers = [number for (number,) in con.execute(_STILL_ALIKE_SQL).fetchall()]
    if numbers:
        _canonicalise(con, numbers)
        con.execute(_REPETITIONS_SQL)
    con.execute("drop table kandidaat")
