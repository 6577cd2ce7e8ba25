"""Nothing is published of a definition that the parties did not accept.

Mirror information is drawn up by the parties together (ZN-visie, lines 1092-1094). The models under
``gebruik`` leave out what is not accepted; this gate stops a release when one forgets to.
"""

from __future__ import annotations

import duckdb

from ingest.errors import PublicationError
from publish.definitions import Definitions
from publish.rows import Rows


def check_acceptance(con: duckdb.DuckDBPyConnection, rows: Rows, definitions: Definitions) -> None:
    """See that every definition an exposure shows is accepted.

    Args:
        con: the release connection.
        rows: the rows of the exposure.
        definitions: who still has to agree with each definition.

    Raises:
        PublicationError: a definition is not accepted, or not in the register at all.
    """
    shown = con.execute(
        f"select distinct indicator_id, definitie_versie from {rows.judged} order by all"
    ).fetchall()
    for indicator, versie in shown:
        missing = definitions.ontbrekend.get((indicator, str(versie)))
        if missing:
            raise PublicationError(
                f"Exposure {rows.exposure.naam} is not published: version {versie} of indicator "
                f"{indicator} is not accepted by {missing.replace(';', ', ')}. Leave rows out of "
                "its model where akkoord is not 'geaccepteerd'."
            )
        if missing is None:
            raise PublicationError(
                f"Exposure {rows.exposure.naam} is not published: version {versie} of indicator "
                f"{indicator} is not in the register."
            )
