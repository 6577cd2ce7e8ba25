"""Thresholds: so many records refused by one rule that the delivery is refused as a whole.

What remains of a kind of record when most of it is refused for one reason is no fair picture of
the source, and the reason is one fault in how the delivery was made. The judgement depends on the
delivery alone, never on what came before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from ingest.errors import UsageError
from ingest.oordeel.rules import rules

LEVERING_DREMPEL = "LEVERING-DREMPEL"
GEWEIGERD, AANVAARD = "geweigerd", "aanvaard"

#: Records without a kind: their share is one of the whole delivery.
_ZONDER_SOORT = "onleesbaar"
_LONGEST = 300
_MAY_IDENTIFY = re.compile(r"\d{6,}|\d{4} ?[A-Za-z]{2}\b|@")

_HIT = """
    select afkeur.reden_code, record.naam, count(distinct afkeur.record_nr) as aantal
    from afkeur
    inner join record on afkeur.record_nr = record.record_nr
    where
        afkeur.record_nr not in (select record_nr from dubbel)
        and afkeur.reden_code in (select unnest(cast($1 as varchar[])))
    group by afkeur.reden_code, record.naam
    order by afkeur.reden_code, record.naam
"""
_DELIVERED = """
    select naam, count(*) as aantal
    from record
    where record_nr not in (select record_nr from dubbel)
    group by naam
"""
_REFUSE_ALL = """
    insert into afkeur
    select record_nr, $1, null, $2
    from record
    where record_nr not in (select record_nr from dubbel)
"""


@dataclass(frozen=True)
class Aanvaarding:
    """A data engineer's decision to take a delivery in although a threshold was passed.

    Attributes:
        codes: rules whose threshold is let pass.
        omdat: why, for the report; names nothing of a person.
    """

    codes: frozenset[str] = frozenset()
    omdat: str = ""

    @classmethod
    def of_report(cls, rapport: Mapping[str, Any]) -> Aanvaarding:
        """The decision that an earlier report of the delivery tells, if any."""
        taken = [d for d in rapport.get("drempels", []) if d["gevolg"] == AANVAARD]
        return cls(frozenset(d["code"] for d in taken), taken[0]["omdat"] if taken else "")


#: Nothing is let pass.
GEEN = Aanvaarding()


@dataclass(frozen=True)
class Overschrijding:
    """A threshold that was passed.

    Attributes:
        code: the rule.
        tabel: kind of record.
        aantal: records of this kind that the rule refused.
        van: records of this kind that were delivered, repetitions left out; of all kinds for
            lines that are no record.
        aandeel: the first over the second.
        drempel: share above which the delivery is refused.
        vanaf: number of records from which it is.
        gevolg: geweigerd, or aanvaard when it was let pass.
        omdat: why it was let pass, or None.
    """

    code: str
    tabel: str
    aantal: int
    van: int
    aandeel: float
    drempel: float
    vanaf: int
    gevolg: str
    omdat: str | None = None

    def sentence(self) -> str:
        """What was passed and by how much, in Dutch."""
        share, limit = (
            f"{100 * x:.1f}".replace(".", ",").removesuffix(",0")
            for x in (self.aandeel, self.drempel)
        )
        return (
            f"{self.code} weigert {self.aantal} van {self.van} records ({share}%) van "
            f"{self.tabel}; de drempel is {limit}% vanaf {self.vanaf} records"
        )


def acceptance(codes: list[str], omdat: str | None) -> Aanvaarding:
    """A decision as a user states it.

    Args:
        codes: rules whose threshold is let pass.
        omdat: why.

    Raises:
        UsageError: a rule without a threshold, no reason, or one that may identify a person.
    """
    if not codes:
        if omdat:
            raise UsageError("--because says why a threshold is let pass: name it too, with "
                             "--accept-despite CODE.")  # fmt: skip
        return GEEN
    for code in codes:
        if code not in rules() or rules()[code].drempel is None:
            raise UsageError(
                f"{code} has no threshold, so there is nothing to let pass; docs/regels.md lists "
                "the rules that have one."
            )
    reason = (omdat or "").strip()
    if not reason:
        raise UsageError("--accept-despite wants a reason for the report: add --because 'TEXT'.")
    if len(reason) > _LONGEST or _MAY_IDENTIFY.search(reason):
        raise UsageError(
            f"The reason may have {_LONGEST} characters, and no long numbers, postal codes or "
            "addresses: it stands in reports and must identify nobody."
        )
    return Aanvaarding(frozenset(codes), reason)


def passed_thresholds(
    con: duckdb.DuckDBPyConnection, aanvaard: Aanvaarding
) -> list[Overschrijding]:
    """The thresholds a delivery passes.

    Args:
        con: its connection; every record is judged.
        aanvaard: what is let pass.

    Returns:
        One a rule and kind of record, by code.
    """
    limits = {code: rule.drempel for code, rule in rules().items() if rule.drempel}
    hit = con.execute(_HIT, [list(limits)]).fetchall()
    if not any(aantal >= limits[code].vanaf for code, _, aantal in hit):
        return []
    delivered = dict(con.execute(_DELIVERED).fetchall())
    result = []
    for code, naam, aantal in hit:
        limit = limits[code]
        van = sum(delivered.values()) if naam == _ZONDER_SOORT else delivered[naam]
        if aantal >= limit.vanaf and aantal > limit.aandeel * van:
            taken = code in aanvaard.codes
            result.append(
                Overschrijding(
                    code,
                    naam,
                    aantal,
                    van,
                    round(aantal / van, 4),
                    limit.aandeel,
                    limit.vanaf,
                    AANVAARD if taken else GEWEIGERD,
                    aanvaard.omdat if taken else None,
                )
            )
    return result


def apply_thresholds(con: duckdb.DuckDBPyConnection, aanvaard: Aanvaarding) -> None:
    """Refuse every record of a delivery that passes a threshold; repetitions stay repetitions.

    Args:
        con: its connection; every record is judged.
        aanvaard: what is let pass.
    """
    found = [o for o in passed_thresholds(con, aanvaard) if o.gevolg == GEWEIGERD]
    if found:
        why = "; ".join(o.sentence() for o in found)
        con.execute(_REFUSE_ALL, [LEVERING_DREMPEL, why])
