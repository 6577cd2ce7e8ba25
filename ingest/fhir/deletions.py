"""Deletions: records of their own, told by an entry of a Bundle that asks for DELETE.

They come in history, transaction and batch Bundles, and so in the ``deleted`` files of a bulk
export. The build applies them (``docs/decisions/0012``).
"""

from __future__ import annotations

import duckdb

#: What a deletion is counted under.
DELETED = "verwijdering"
TABEL = "fhir_verwijdering"

# A pull from a server names a file of deletions after the moment they were true at, for those that
# tell none (ingest/sources/bulk/plan.py): deleted-20260210T080000456000Z-Bundle-0001.ndjson.
_NAMED = r"^deleted-(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\d)(\d{6}Z)-"
_MOMENT = r"\1-\2-\3:\4:\5.\6"

_SQL = f"""
update fhir_verwijderd
set verwijderd_op = regexp_replace(
    regexp_extract(fhir_verwijderd.bestand, '{_NAMED}'), '{_NAMED}', '{_MOMENT}'
)
where fhir_verwijderd.verwijderd_op is null
  and regexp_matches(fhir_verwijderd.bestand, '{_NAMED}');

insert into record
select
    fhir_verwijderd.record_nr, fhir_verwijderd.bestand, fhir_verwijderd.regel, '{DELETED}',
    fhir_verwijderd.tekst
from fhir_verwijderd;

insert into afkeur
select
    fhir_verwijderd.record_nr, 'FHIR-VERWIJDERING-ONBEKEND', 'request.url',
    'noemt niet één resource als Type/id'
from fhir_verwijderd
where fhir_verwijderd.resource_ref is null;

insert into dubbel
with genummerd as (
    select
        fhir_verwijderd.record_nr,
        row_number() over (
            partition by
                fhir_verwijderd.resource_ref, fhir_verwijderd.versie_id,
                fhir_verwijderd.verwijderd_op
            order by fhir_verwijderd.record_nr
        ) as volgnummer
    from fhir_verwijderd
    where fhir_verwijderd.resource_ref is not null
)
select genummerd.record_nr from genummerd where genummerd.volgnummer > 1;

create table proj_{TABEL} as
select
    fhir_verwijderd.record_nr, fhir_verwijderd.resource_ref, fhir_verwijderd.versie_id,
    fhir_verwijderd.verwijderd_op
from fhir_verwijderd;
"""


def add_deletions(con: duckdb.DuckDBPyConnection) -> None:
    """Put the deletions among the records and leave their projection, ``proj_fhir_verwijdering``.

    One that names no single resource is refused; one that says the same as another is a
    repetition.

    Args:
        con: the connection of the delivery, with the resources judged.
    """
    con.execute(_SQL)
