"""Reading a delivery of EI declaration messages, level after level.

Standard and version first, then structure, fields, closing totals, relations between records, and
last what hangs under a refused record. A fault of the message, or of its records 01 and 99, refuses
the whole message, as the standards prescribe; a fault of a detail record refuses that record and
what hangs under it. Messages back from an insurer are read by the same steps (``retour``).
"""

from __future__ import annotations

import duckdb

from ingest.declaraties.fields import check_fields
from ingest.declaraties.kenmerken import tell_kenmerken
from ingest.declaraties.load import load
from ingest.declaraties.projection import make_declarants, project
from ingest.declaraties.refusal import add_places, refuse_empty, refuse_messages, refuse_rest, start
from ingest.declaraties.relations import check_relations, refuse_children
from ingest.declaraties.retour.answer import DeclaratieAntwoord
from ingest.declaraties.retour.checks import check_retour
from ingest.declaraties.retour.projection import project_retour
from ingest.declaraties.slicing import slice_records
from ingest.declaraties.structure import check_structure
from ingest.declaraties.texts import add_texts
from ingest.declaraties.totals import check_totals
from ingest.reading import Delivery, Reading
from ingest.settings import Settings

#: A test message is judged like any other, so that its sender learns all that is wrong with it.
_SET_TESTS_APART = """
create temp table ei_testbericht as
select bericht_nr, reden_code, element, toelichting
from ei_bericht
where reden_code = 'EI-TESTBERICHT' and not is_dubbel;

update ei_bericht
set reden_code = null, element = null, toelichting = null
where reden_code = 'EI-TESTBERICHT';
"""
_REFUSE_TESTS = """
insert into afkeur select * from ei_testbericht;

update ei_bericht
set reden_code = proef.reden_code, element = proef.element, toelichting = proef.toelichting
from ei_testbericht as proef
where ei_bericht.bericht_nr = proef.bericht_nr;
"""


#: An insured person has several prestaties, a prestatie several tariffs and activities.
HERHALEND = frozenset({"bsn", "verzekerde_ref", "begindatum", "einddatum"})


def read(con: duckdb.DuckDBPyConnection, delivery: Delivery, settings: Settings) -> Reading:
    """Read the messages of a delivery into the record tables.

    Args:
        con: connection of this delivery, with the empty record tables of ``ingest.reading``.
        delivery: files with one or more messages each.
        settings: not used; every family has the same signature.

    Returns:
        The raw tables that were projected, and how many messages there were.
    """
    return read_messages(con, delivery)


def read_messages(
    con: duckdb.DuckDBPyConnection, delivery: Delivery, *, allow_tests: bool = False
) -> Reading:
    """Read messages as ``read`` does.

    Args:
        con: connection of this delivery, with the empty record tables of ``ingest.reading``.
        delivery: files with one or more messages each.
        allow_tests: accept test messages (T) instead of refusing them; never when loading.

    Returns:
        The raw tables that were projected, and how many messages there were.
    """
    messages = load(con, delivery)
    con.execute(_SET_TESTS_APART)
    refuse_empty(con, delivery)
    start(con)
    check_structure(con)
    kinds = slice_records(con)
    heen, retour = [k for k in kinds if not k.is_retour], [k for k in kinds if k.is_retour]
    make_declarants(con, kinds)
    check_fields(con, kinds)
    check_totals(con, heen)
    check_retour(con, retour)
    check_relations(con, heen)
    if not allow_tests:
        con.execute(_REFUSE_TESTS)
    refuse_messages(con, frame_only=True)
    refused = refuse_rest(con)
    refuse_children(con)
    add_places(con)
    tabellen = project(con, heen) + project_retour(con, retour)
    return Reading(
        tabellen,
        {"berichten": messages, "berichten_geweigerd": refused},
        teksten=lambda: add_texts(con, delivery),
        antwoord=DeclaratieAntwoord(con, delivery),
        kenmerken=lambda: tell_kenmerken(con),
        herhalend=HERHALEND,
    )
