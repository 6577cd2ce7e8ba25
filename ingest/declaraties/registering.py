"""What was cut, put in order and registered with the engine."""

from __future__ import annotations

import duckdb
import numpy as np
import pyarrow as pa

from ingest.declaraties.kinds import ONLEESBAAR, RecordSoort, record_kinds
from ingest.declaraties.messages import GETELD, Bericht
from ingest.declaraties.snede import (
    ANDER,
    BSN,
    COMMENTAAR,
    HERHALING,
    LOS,
    MISPLAATST,
    NUMMER,
    TEKST,
    Snede,
)
from ingest.declaraties.store import Store
from ingest.declaraties.stream import Fault, Stream

_HEADER = pa.schema(
    [
        ("bericht_nr", pa.int64()), ("laatste_nr", pa.int64()), ("bestand", pa.string()),
        ("hoogste", pa.int16()), ("sleutel", pa.string()), ("standaard", pa.string()),
        ("versie", pa.string()), ("ei_code", pa.string()), ("reden_code", pa.string()),
        ("element", pa.string()), ("toelichting", pa.string()),
    ]
)  # fmt: skip
_MESSAGES = """
create table ei_bericht as
select
    *,
    row_number() over (partition by sleutel order by bericht_nr) > 1 as is_dubbel
from ei_koppen
"""
_TEXTS = """
create table ei_tekst as
select * from ei_teksten
union all
select record_nr, tekst from ei_los
union all
select record_nr, '' from ei_bestandsfout
"""
_FAULTS = "create table ei_bestandsfout (record_nr bigint, eerste bigint, bestand varchar)"


def keep(store: Store, snede: Snede) -> None:
    """Put what a block gave behind what the blocks before gave."""
    for nr, batch in snede.soorten.items():
        store.add(f"{record_kinds()[nr - 1].tabel}_bron", batch)
    odd = {"los": snede.los, "misplaatst": snede.misplaatst, "ander": snede.ander}
    odd |= {"herhaling": snede.herhaling, "commentaar": snede.commentaar}
    more = {"nummer": snede.nummer, "teksten": snede.teksten, "bsn": snede.bsn}
    for name, batches in {**odd, **more}.items():
        for batch in batches:
            store.add(f"ei_{name}", batch)


def _header(bericht: Bericht) -> tuple[object, ...]:
    h = bericht.herkenning
    layout = (h.layout.standaard, h.layout.versie, h.ei_code) if h.layout else (None,) * 3
    place = (bericht.nr, bericht.laatste_nr, bericht.bestand, bericht.hoogste)
    return (*place, bericht.sleutel, *layout, h.reden, h.element, h.toelichting)


def _store_messages(con: duckdb.DuckDBPyConnection, berichten: list[Bericht]) -> None:
    columns = list(zip(*map(_header, berichten), strict=True)) or [()] * len(_HEADER)
    con.register("ei_koppen", pa.table(list(map(list, columns)), schema=_HEADER))
    con.execute(_MESSAGES)
    con.unregister("ei_koppen")
    counts = np.array([bericht.aantallen for bericht in berichten], dtype=np.int64)
    counts = counts.reshape(len(berichten), len(GETELD) + 1)
    numbers = pa.array([bericht.nr for bericht in berichten], type=pa.int64())
    names = ["bericht_nr", *(f"aantal_{code}" for code in GETELD), "aantal_detail"]
    con.register("ei_geteld", pa.table([numbers, *counts.T], names=names))


def _refuse_files(con: duckdb.DuckDBPyConnection, faults: list[Fault]) -> None:
    """Put one refused record in the place of all a file gave before it failed."""
    con.execute(_FAULTS)
    for fault in faults:
        con.execute(
            "insert into ei_bestandsfout values (?, ?, ?)", [fault.nr, fault.eerste, fault.bestand]
        )
        con.execute(
            "insert into afkeur values (?, ?, null, ?)", [fault.nr, fault.code, fault.reden]
        )


def _without_void(con: duckdb.DuckDBPyConnection, store: Store, faults: list[Fault]) -> None:
    """Register the tables, without the lines of files that could not be read to their end."""
    odd = {"los": LOS, "misplaatst": MISPLAATST, "ander": ANDER}
    odd |= {"herhaling": HERHALING, "commentaar": COMMENTAAR, "nummer": NUMMER}
    odd |= {"teksten": TEKST, "bsn": BSN}
    for name, schema in odd.items():
        store.ensure(f"ei_{name}", schema)
    if not faults:
        store.register(con)
        return
    store.register(con, "_alles")
    void = " or ".join(f"record_nr between {f.eerste} and {f.nr}" for f in faults)
    for name in store.tables:
        con.execute(f"create temp view {name} as select * from {name}_alles where not ({void})")


def _describe(con: duckdb.DuckDBPyConnection, kinds: list[RecordSoort], namen: list[str]) -> None:
    """Make ``ei_regel`` and ``record`` over the tables that were registered."""
    lengths = {k.nr: k.layout.recordlengte for k in record_kinds()}
    con.register(
        "ei_lengte", pa.table({"soort_nr": list(lengths), "recordlengte": list(lengths.values())})
    )
    con.register("ei_naam", pa.table({"naam_nr": list(range(len(namen))), "naam": namen}))
    place = "record_nr, bericht_nr, verzekerde_nr, prestatie_nr"
    lines = [f"select {place}, kenmerk, soort_nr, lengte from ei_los"]
    records = [
        "select record_nr, bericht_nr, regel, naam from ei_los inner join ei_naam using (naam_nr)"
    ]
    for kind in kinds:
        lines.append(
            f"select {place}, cast({int(kind.record.code)} as smallint) as kenmerk,"
            f" cast({kind.nr} as smallint) as soort_nr,"
            f" cast({kind.layout.recordlengte} as integer) as lengte from {kind.tabel}_bron"
        )
        records.append(
            f"select record_nr, bericht_nr, regel, '{kind.naam}' as naam from {kind.tabel}_bron"
        )
    con.execute(f"create temp view ei_regel as {' union all '.join(lines)}")
    con.execute(
        f"""
        create temp view record as
        with plaats as ({" union all ".join(records)}),

        alles as (
            select plaats.record_nr, bericht.bestand, plaats.regel, plaats.naam
            from plaats
            inner join ei_bericht as bericht using (bericht_nr)
            union all
            select record_nr, bestand, 1 as regel, '{ONLEESBAAR}' as naam from ei_bestandsfout
        )

        select alles.*, ei_tekst.tekst
        from alles
        left join ei_tekst using (record_nr)
        """
    )


def register(
    con: duckdb.DuckDBPyConnection, store: Store, stream: Stream, dubbel: set[int]
) -> None:
    """Let the engine read all that was cut, under the names ``load`` tells of.

    Args:
        con: connection of this delivery, with the record tables.
        store: what was cut.
        stream: the lines, read to the end.
        dubbel: kinds of which a message may have a reference twice.
    """
    con.execute("drop table record")
    _store_messages(con, stream.cutter.berichten)
    _refuse_files(con, stream.faults)
    _without_void(con, store, stream.faults)
    con.execute(_TEXTS)
    con.register("ei_verwijst_dubbel", pa.table({"soort_nr": pa.array(dubbel, type=pa.int64())}))
    present = [kind for kind in record_kinds() if f"{kind.tabel}_bron" in store.tables]
    _describe(con, present, stream.cutter.namen.namen)
