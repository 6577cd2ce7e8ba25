"""What was delivered: nothing with a file in it that is none, or one that is made to fill a disk.

Such a thing does not come by chance: either it is an attempt to have this machine read for the
sender or run full, or the program of the sender went wrong. What else lies beside it, or came out
of the file before the limit, is no sample to rely on. So the delivery is refused as a whole.
"""

from __future__ import annotations

import duckdb

from ingest.delivered import BESTAND_GEEN_BESTAND
from ingest.unpacking import BESTAND_TE_GROOT

#: The reason code of a delivery, by that of a file in it.
GEVOLG = {BESTAND_GEEN_BESTAND: "LEVERING-GEEN-BESTAND", BESTAND_TE_GROOT: "LEVERING-TE-GROOT"}

_FOUND = "select distinct reden_code from afkeur where reden_code in (select unnest(?))"
_REFUSE_ALL = """
    insert into afkeur
    select record_nr, ?, null, null
    from record
    where record_nr not in (select record_nr from dubbel)
"""


def check_contents(con: duckdb.DuckDBPyConnection) -> None:
    """Refuse every record of a delivery with something in it that nobody sends by chance.

    Args:
        con: the connection of the delivery; every record is judged.
    """
    for (code,) in con.execute(_FOUND, [list(GEVOLG)]).fetchall():
        con.execute(_REFUSE_ALL, [GEVOLG[code]])
