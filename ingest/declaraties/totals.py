"""Level 5, closing totals: does record 99 count and add up to what the message holds?

Counts of every record kind and of all detail records (retour codes 0151 to 0158), and the sum of
the declaratiebedragen with their sign (0150). A net of zero is written as zeros with D.
"""

from __future__ import annotations

import duckdb

from ingest.declaraties.kinds import RecordSoort
from ingest.declaraties.messages import GETELD
from schemas.ei import Layout

_COUNTS = """
create table ei_telling as
select geteld.*
from ei_geteld as geteld
inner join ei_staand using (bericht_nr)
"""


def _money_kind(layout: Layout, kinds: list[RecordSoort]) -> RecordSoort | None:
    """The record kind that carries the declaratiebedrag: 06 where the standard has one, else 04."""
    code = "06" if "06" in layout.records else "04"
    return next((k for k in kinds if k.layout is layout and k.record.code == code), None)


def _check_counts(con: duckdb.DuckDBPyConnection, sluit: RecordSoort) -> None:
    for kolom in [f"aantal_{code}" for code in GETELD] + ["aantal_detail"]:
        element = sluit.met_kolom(kolom)
        if element is not None:
            con.execute(
                f"""
                insert into afkeur
                select
                    sluit.record_nr,
                    'EI-AANTAL',
                    '{element.element}',
                    '{element.naam}: het bericht bevat er ' || telling.{kolom}
                from {sluit.tabel} as sluit
                inner join ei_telling as telling using (bericht_nr)
                where sluit.{kolom} <> telling.{kolom}
                """
            )


def _check_total(
    con: duckdb.DuckDBPyConnection, sluit: RecordSoort, money: RecordSoort | None
) -> None:
    element = sluit.met_kolom("totaal_cent")
    teken = sluit.met_kolom("debet_credit")
    if element is None or teken is None:
        return
    amounts = f"select bericht_nr, bedrag_cent from {money.tabel}" if money else (
        "select cast(null as bigint) as bericht_nr, cast(null as bigint) as bedrag_cent"
    )  # fmt: skip
    con.execute(
        f"""
        insert into afkeur
        with bedragen as ({amounts}),

        sommen as (
            select
                bericht_nr,
                sum(bedrag_cent) as totaal_cent,
                count(*) - count(bedrag_cent) as onleesbaar
            from bedragen
            group by bericht_nr
        )

        select
            sluit.record_nr,
            'EI-TOTAAL',
            case
                when abs(sluit.totaal_cent) = abs(coalesce(sommen.totaal_cent, 0))
                    then '{teken.element}'
                else '{element.element}'
            end,
            '{element.naam}: is niet de som van de declaratiebedragen met hun teken'
        from {sluit.tabel} as sluit
        inner join ei_telling using (bericht_nr)
        left join sommen using (bericht_nr)
        where
            coalesce(sommen.onleesbaar, 0) = 0
            and sluit.totaal_cent <> coalesce(sommen.totaal_cent, 0)
        """
    )


def check_totals(con: duckdb.DuckDBPyConnection, kinds: list[RecordSoort]) -> None:
    """Put a sluitrecord that does not agree with its message in ``afkeur``.

    The total is judged only where every amount can be read: an unreadable amount is told as such.

    Args:
        con: the connection of this delivery; the fields of 01 and 99 are in order.
        kinds: the record kinds that occur.
    """
    con.execute(_COUNTS)
    for sluit in (k for k in kinds if k.record.code == "99"):
        _check_counts(con, sluit)
        _check_total(con, sluit, _money_kind(sluit.layout, kinds))
