"""Which part of a retour record is the answer: the rest repeats what was declared, faults included.

A retour record is the record as it was sent, a reserve, and then appended elements, which the
layouts number from 81 on (official layouts AP305 v7.2, MZ302
v1.3 and EP302 v1.2).
What is repeated was refused for what it holds, so it is not judged again; the sluitrecord is the
insurer's own and is judged in full.
"""

from __future__ import annotations

from dataclasses import replace

from schemas.ei import Layout, Record
from schemas.ei.regels import Vorm
from schemas.ei.retour import is_echo


def judged_record(layout: Layout, record: Record) -> Record:
    """The record as its fields are judged.

    Args:
        layout: the standard and version it belongs to, in either direction.
        record: a record of it.

    Returns:
        The record itself; of a retour message one whose repeated elements may hold anything.
    """
    if layout.richting == "heen":
        return record
    free = Vorm(vrij=True)
    elements = (replace(e, vorm=free) if is_echo(record, e) else e for e in record.elementen)
    return replace(record, elementen=tuple(elements))
