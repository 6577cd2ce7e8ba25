"""Structural validation of a delivery, as fully as its size and the settings ask.

``full`` judges every resource. ``shape`` judges, of every distinct structure (keys, nesting, JSON
types) of a resource type, one representative and a fixed sample of one in a hundred; when one of
them fails, all resources of that structure are judged. ``auto`` is ``full`` up to
``fhir_full_limit`` resources. Which resources are sampled depends on type and id alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import duckdb

from ingest.fhir.judge import Item, Wrong, judge_all
from ingest.fhir.loading import insert_faults
from ingest.fhir.records import Fault
from ingest.settings import Settings

_CHUNK = 1_000
#: Starting workers costs about a second; below this many resources it does not pay.
_POOL_FROM = 30_000

_TO_JUDGE_SQL = """
create temp table te_keuren as
select record.record_nr
from record
where record.record_nr not in (select afkeur.record_nr from afkeur)
  and record.record_nr not in (select dubbel.record_nr from dubbel)
"""
_SHAPES_SQL = """
create temp table vorm as
select
    record.record_nr,
    md5(
        record.naam || coalesce(try(cast(json_structure(record.tekst) as varchar)), record.tekst)
    ) as vorm,
    md5(record.naam || '/' || coalesce(fhir_kop.id, '')) as lot
from record
inner join te_keuren on record.record_nr = te_keuren.record_nr
inner join fhir_kop on record.record_nr = fhir_kop.record_nr
"""
#: The first of each shape, and one in a hundred (655 of 65,536).
_SAMPLE_SQL = """
select vorm.record_nr from vorm where left(vorm.lot, 4) < '028f'
union
select min(vorm.record_nr) from vorm group by vorm.vorm
"""
_ALIKE_SQL = """
select vorm.record_nr
from vorm
where vorm.vorm in (
    select vorm.vorm from vorm inner join fout on vorm.record_nr = fout.record_nr
)
and vorm.record_nr not in (select gekeurd.record_nr from gekeurd)
"""


def _items(con: duckdb.DuckDBPyConnection, numbers_sql: str) -> Iterator[list[Item]]:
    """The resources with these numbers, in chunks, as a stream: nothing else may use ``con``."""
    con.execute(
        f"""
        select record.record_nr, record.naam, record.tekst
        from record
        inner join ({numbers_sql}) as gekozen on record.record_nr = gekozen.record_nr
        """
    )
    while rows := con.fetchmany(_CHUNK):
        yield [Item(*row) for row in rows]


def _judged(chunks: Iterable[list[Item]], number: int, settings: Settings) -> Iterator[list[Wrong]]:
    if settings.threads < 2 or number < _POOL_FROM:
        yield from map(judge_all, chunks)
        return
    with ProcessPoolExecutor(settings.threads, mp_context=get_context("spawn")) as pool:
        waiting = []
        for chunk in chunks:
            waiting.append(pool.submit(judge_all, chunk))
            if len(waiting) > 4 * settings.threads:  # bounds what is held in memory
                yield waiting.pop(0).result()
        for future in waiting:
            yield future.result()


def _judge(con: duckdb.DuckDBPyConnection, numbers_sql: str, settings: Settings) -> list[int]:
    """Judge the resources with these numbers; returns those that failed."""
    counted = con.execute(f"select count(*) from ({numbers_sql}) as gekozen").fetchone()
    number = counted[0] if counted else 0
    faults: list[Fault] = []
    for wrongs in _judged(_items(con, numbers_sql), number, settings):
        faults += [Fault(w.record_nr, "FHIR-STRUCTUUR", w.element, w.toelichting) for w in wrongs]
    insert_faults(con, faults)
    return sorted({fault.record_nr for fault in faults})


def check_structure(con: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Refuse resources that are no FHIR R4; records refused before are left alone.

    Args:
        con: the connection of the delivery, with all records loaded.
        settings: ``fhir_validation``, ``fhir_full_limit`` and ``threads``.
    """
    con.execute(_TO_JUDGE_SQL)
    counted = con.execute("select count(*) from te_keuren").fetchone()
    number = counted[0] if counted else 0
    mode = settings.fhir_validation
    if mode == "full" or (mode == "auto" and number <= settings.fhir_full_limit):
        _judge(con, "select record_nr from te_keuren", settings)
    else:
        _check_by_shape(con, settings)
    con.execute("drop table te_keuren")


def _check_by_shape(con: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    con.execute(_SHAPES_SQL)
    con.execute(f"create temp table gekeurd as {_SAMPLE_SQL}")
    failed = _judge(con, "select record_nr from gekeurd", settings)
    if failed:
        con.execute("create temp table fout as select unnest(?) as record_nr", [failed])
        _judge(con, _ALIKE_SQL, settings)
        con.execute("drop table fout")
    con.execute("drop table gekeurd")
    con.execute("drop table vorm")
