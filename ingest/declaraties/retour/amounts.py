"""What was declared, accepted and refused, in eurocents, by message.

Accepted amounts are those that go to the raw tables; refused ones are read from the text of the
refused records. An amount that cannot be read is counted apart and adds nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from typing import Any

import duckdb

from ingest.declaraties.kinds import RecordSoort, record_kinds

_ACCEPTED = """
    with regels as (
        select bericht_sleutel, bedrag_cent from proj_decl_prestatie where bedrag_cent is not null
        union all
        select bericht_sleutel, bedrag_cent from proj_decl_tarief
    )

    select bericht.bericht_nr, cast(sum(regels.bedrag_cent) as bigint)
    from regels
    inner join ei_bericht as bericht on regels.bericht_sleutel = bericht.sleutel
    where not bericht.is_dubbel
    group by bericht.bericht_nr
"""
_REFUSED = """
    select
        regel.bericht_nr,
        cast(coalesce(sum({amount}), 0) as bigint),
        count(*) - count({amount})
    from ei_regel as regel
    inner join record on regel.record_nr = record.record_nr
    where
        regel.soort_nr = {soort_nr}
        and regel.record_nr in (select record_nr from afkeur)
        and regel.record_nr not in (select record_nr from dubbel)
    group by regel.bericht_nr
"""


@dataclass(frozen=True)
class Bedragen:
    """Amounts in eurocents.

    Attributes:
        geaccepteerd: of accepted records.
        geweigerd: of refused records, as far as they can be read.
        onleesbaar: refused records whose amount cannot be read.
    """

    geaccepteerd: int = 0
    geweigerd: int = 0
    onleesbaar: int = 0

    def __add__(self, other: Bedragen) -> Bedragen:
        """The sums."""
        return Bedragen(
            self.geaccepteerd + other.geaccepteerd,
            self.geweigerd + other.geweigerd,
            self.onleesbaar + other.onleesbaar,
        )

    def as_dict(self) -> dict[str, Any]:
        """In euro, as text with two decimals; ``ingediend`` is the sum of both."""
        return {
            "ingediend_eur": euro(self.geaccepteerd + self.geweigerd),
            "geaccepteerd_eur": euro(self.geaccepteerd),
            "geweigerd_eur": euro(self.geweigerd),
            "onleesbaar": self.onleesbaar,
        }


@dataclass(frozen=True)
class BedragenPerBericht:
    """Amounts by ``bericht_nr``."""

    per_bericht: dict[int, Bedragen]

    def of(self, bericht_nr: int) -> Bedragen:
        """The amounts of one message; zero when it has none."""
        return self.per_bericht.get(bericht_nr, Bedragen())

    def total(self) -> Bedragen:
        """The amounts of all messages."""
        return reduce(Bedragen.__add__, self.per_bericht.values(), Bedragen())


def euro(cent: int) -> str:
    """Eurocents as euros, such as ``92.00``."""
    return str((Decimal(cent) / 100).quantize(Decimal("0.01")))


def money_records() -> list[RecordSoort]:
    """The record kinds of declarations that carry the declaratiebedrag: 06, else 04."""
    return [
        kind
        for kind in record_kinds()
        if not kind.is_retour
        and kind.record.code == ("06" if "06" in kind.layout.records else "04")
    ]


def declared(kind: RecordSoort, tekst: str = "tekst") -> str:
    """SQL for the declared amount of a record in eurocents, from its text; a blank sign is D."""
    bedrag, teken = kind.met_kolom("bedrag_cent"), kind.met_kolom("debet_credit")
    assert bedrag is not None, f"{kind.naam} has no amount"  # noqa: S101
    assert teken is not None, f"{kind.naam} has no sign"  # noqa: S101
    sign = f"case substring({tekst}, {teken.begin}, 1) when 'C' then -1 else 1 end"
    digits = f"substring({tekst}, {bedrag.begin}, {bedrag.lengte})"
    readable = f"regexp_full_match({digits}, '[0-9]{{{bedrag.lengte}}}')"
    return f"case when {readable} then {sign} * cast({digits} as bigint) end"


def amounts(con: duckdb.DuckDBPyConnection) -> BedragenPerBericht:
    """The amounts of every message of a delivery; repeated messages and retours have none.

    Args:
        con: the connection of this delivery; all is judged and refused records have their text.

    Returns:
        The amounts by message.
    """
    found = {nr: Bedragen(geaccepteerd=cent) for nr, cent in con.execute(_ACCEPTED).fetchall()}
    present = {nr for (nr,) in con.execute("select distinct soort_nr from ei_regel").fetchall()}
    for kind in money_records():
        if kind.nr not in present:
            continue
        query = _REFUSED.format(amount=declared(kind, "record.tekst"), soort_nr=kind.nr)
        for nr, cent, unread in con.execute(query).fetchall():
            found[nr] = found.get(nr, Bedragen()) + Bedragen(geweigerd=cent, onleesbaar=unread)
    return BedragenPerBericht(found)
