"""The raw text of refused records, read again from the delivered files.

While loading, only the text of records that must be looked at is kept. What is refused for another
reason (its message, the record above it, a rule over several records) gets its text here.
"""

from __future__ import annotations

import duckdb
import numpy as np
import pyarrow as pa

from ingest.declaraties.snede import TEKST
from ingest.declaraties.stream import numbered_blocks
from ingest.reading import Delivery

_REFUSED = "select record_nr from afkeur"
_MISSING = """
select distinct record_nr
from ({which})
where record_nr not in (select record_nr from ei_tekst)
order by record_nr
"""


def add_texts(con: duckdb.DuckDBPyConnection, delivery: Delivery, which: str = _REFUSED) -> None:
    """Give every refused record its text, for quarantine.

    Args:
        con: the connection of this delivery; all checks have been made.
        delivery: its files; they are read again as far as needed.
        which: the records that are to have a text, as a query for ``record_nr``.
    """
    query = _MISSING.format(which=which)
    missing = np.array(con.execute(query).fetchnumpy()["record_nr"], dtype=np.int64)
    if not len(missing):
        return
    for first, block in numbered_blocks(delivery):
        if first > missing[-1]:
            break
        wanted = slice(*np.searchsorted(missing, [first, first + len(block.regels)]))
        numbers = missing[wanted]
        if len(numbers):
            texts = pa.table([numbers, block.strings_at(numbers - first)], schema=TEKST)
            con.register("ei_nalezing", texts)
            con.execute("insert into ei_tekst select * from ei_nalezing")
            con.unregister("ei_nalezing")
