"""From files to the cut records of one delivery, block after block, in bounded memory.

One thread reads, numbers and hashes lines; others cut the blocks before into columns, record kind
by record kind (``cutting``). What they give is kept in order (``store``) and read by SQL:

* ``ei_zh308_9_0_04_bron`` and so on: the records of a kind;
* ``ei_bericht``: one row a message: its key, its layout and why it is refused, if it is;
* ``ei_geteld``: one row a message: how many records of each kind it has;
* ``ei_regel``: one row a line of a message, whatever it is;
* ``ei_los``: lines that fit no record kind; ``ei_misplaatst``: lines in a wrong place;
  ``ei_ander``: records about another insured person than the 02 above them; ``ei_herhaling``:
  records that repeat another prestatie than the 04 above them; ``ei_commentaar``: comments with
  a wrong number; ``ei_bsn``: insured persons whose BSN fails the eleven test;
* ``ei_verwijst_dubbel``: kinds of which a message may have a reference twice;
* ``record``: one row a record; its text is there only where somebody has to look (``texts``).
"""

from __future__ import annotations

import duckdb

from ingest.declaraties.numbering import Seams
from ingest.declaraties.references import References
from ingest.declaraties.registering import keep, register
from ingest.declaraties.store import Store, memory_room, spill_folder
from ingest.declaraties.stream import Stream, cut_all
from ingest.reading import Delivery


def load(con: duckdb.DuckDBPyConnection, delivery: Delivery) -> int:
    """Read all files of a delivery.

    Args:
        con: connection of this delivery, with the record tables.
        delivery: its files, by name.

    Returns:
        The number of messages.
    """
    row = con.execute("select current_setting('threads')").fetchone()
    workers = max(1, int(row[0])) if row else 1
    stream = Stream(delivery.files, delivery.limits)
    store = Store(spill_folder(con), memory_room(con))
    seams, references = Seams(), References()
    for snede in cut_all(stream.lines(), workers):
        seams.check(snede)
        for soort_nr, grepen in snede.verwijzingen.items():
            references.add(soort_nr, grepen)
        keep(store, snede)
    register(con, store, stream, references.finish())
    return len(stream.cutter.berichten)
