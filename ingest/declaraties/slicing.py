"""The records of sound messages: one view a record kind over what was cut while loading.

Such a view (``ei_zh308_9_0_04``) has the place of each record, whether it is in order (``klopt``),
and a column for every element that names a ``kolom``; amounts carry their sign.
"""

from __future__ import annotations

import duckdb

from ingest.declaraties.kinds import RecordSoort, record_kinds

_OUT = """
create table ei_uit as
select bericht_nr from ei_bericht where is_dubbel
union
select bericht_nr from ei_geweigerd
"""


def slice_records(con: duckdb.DuckDBPyConnection) -> list[RecordSoort]:
    """Make the view of every record kind that occurs in a message still standing.

    Args:
        con: the connection of this delivery; structure has been checked.

    Returns:
        The record kinds that occur.
    """
    con.execute(_OUT)
    views = con.execute("select view_name from duckdb_views()").fetchall()
    registered = {name for (name,) in views}
    some_out = con.execute("select 1 from ei_uit limit 1").fetchone() is not None
    which = "where bericht_nr not in (select bericht_nr from ei_uit)" if some_out else ""
    kinds = [kind for kind in record_kinds() if f"{kind.tabel}_bron" in registered]
    for kind in kinds:
        con.execute(f"create temp view {kind.tabel} as select * from {kind.tabel}_bron {which}")
    return [k for k in kinds if con.execute(f"select 1 from {k.tabel} limit 1").fetchone()]
