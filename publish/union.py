"""All cells of a release together: what disclosure control decides on.

One table for all extracts, because two extracts can be laid side by side.
"""

from __future__ import annotations

import duckdb

from ingest.errors import PublicationError
from publish.disclosure.rules import Rules
from publish.rows import Rows

#: Where a cell belongs; null when a model does not say.
_CONTEXT = ("eenheid_regio_code", "peergroep")

#: What the members of a peer group share.
_PEERS = (
    "indicator_id, definitie_versie, niveau, uitsplitsing, uitsplitsing_waarde, periode_type, "
    "periode, peergroep"
)


def unite(con: duckdb.DuckDBPyConnection, all_rows: list[Rows], rules: Rules) -> None:
    """Make table ``cel``: every cell that any extract shows, once, numbered in key order.

    Table ``leden`` beside it has the size of every peer group, for ``judge_references``.

    Args:
        con: the release connection.
        all_rows: the rows of all exposures.
        rules: names the key and the measures.

    Raises:
        PublicationError: two extracts give one cell different figures.
    """
    keys = ", ".join(rules.sleutel)
    measures = ", ".join(f"cast({m} as double) as {m}" for m in rules.nodig)
    selects = []
    for rows in all_rows:
        context = ", ".join(
            f"cast({c if c in rows.kolommen else 'null'} as varchar) as {c}" for c in _CONTEXT
        )
        selects.append(f"select {keys}, {measures}, {context} from {rows.judged}")
    con.execute(f"create table voorkomen as {' union '.join(selects)}")
    _check_one_value(con, keys, rules)
    merged = ", ".join(f"max({c}) as {c}" for c in (*rules.nodig, *_CONTEXT))
    con.execute(
        f"""
        create table cel as
        with een as (select {keys}, {merged} from voorkomen group by {keys})
        select row_number() over (order by {keys}) - 1 as cel_id, een.* from een order by cel_id
        """
    )
    con.execute(
        f"create table leden as select {_PEERS}, count(*) as leden from cel group by {_PEERS}"
    )


def _check_one_value(con: duckdb.DuckDBPyConnection, keys: str, rules: Rules) -> None:
    """One definition, one value: a cell may not differ between extracts."""
    figures = ", ".join(f"coalesce(cast({m} as varchar), '')" for m in rules.nodig)
    double = con.execute(
        f"""
        select {keys} from voorkomen group by {keys}
        having count(distinct ({figures})) > 1 order by {keys} limit 1
        """
    ).fetchone()
    if double:
        raise PublicationError(
            f"Two extracts give one figure different values: {', '.join(map(str, double))}."
        )


def judge_references(con: duckdb.DuckDBPyConnection) -> None:
    """Make table ``verwijzing``: which references a row may show.

    A reference is another cell's figure in disguise. The national one is shown when the national
    cell is. That of the peer group is an average over its members, so it gives away a member when
    it is the only one that is not shown, or says much about two when they are the whole group. A
    change against the year before gives that year's figure, and is shown when the latter is.

    Args:
        con: the release connection, with ``cel``, ``leden`` and ``besluit``.
    """
    same = " and ".join(f"l.{naam} is not distinct from g.{naam}" for naam in _PEERS.split(", "))
    con.execute(
        f"""
        create table verwijzing as
        with staat as (
            select c.*, b.reden is not null as verborgen
            from cel as c
            left join besluit as b on b.cel_id = c.cel_id
        ),
        landelijk as (
            select * from staat where niveau = 'landelijk'
        ),
        getoond as (
            select {_PEERS}, count(*) filter (where not verborgen) as leden
            from staat
            group by {_PEERS}
        ),
        peer as (
            select l.*, l.leden - g.leden as verborgen_leden
            from leden as l
            inner join getoond as g on {same}
        )
        select s.cel_id,
            coalesce(l.verborgen, true) as referentie_landelijk_verborgen,
            p.verborgen_leden = 1 or (p.verborgen_leden = p.leden and p.leden < 3)
                as referentie_peer_verborgen,
            coalesce(v.verborgen, true) as vorige_verborgen
        from staat as s
        left join staat as v on
            v.indicator_id = s.indicator_id and v.definitie_versie = s.definitie_versie
            and v.niveau = s.niveau and v.eenheid_id = s.eenheid_id
            and v.uitsplitsing = s.uitsplitsing
            and v.uitsplitsing_waarde = s.uitsplitsing_waarde
            and v.periode_type = s.periode_type
            and v.periode = cast(cast(left(s.periode, 4) as integer) - 1 as varchar)
                || substr(s.periode, 5)
        left join landelijk as l on
            l.indicator_id = s.indicator_id and l.definitie_versie = s.definitie_versie
            and l.uitsplitsing = s.uitsplitsing
            and l.uitsplitsing_waarde = s.uitsplitsing_waarde
            and l.periode_type = s.periode_type and l.periode = s.periode
        inner join peer as p on
            p.indicator_id = s.indicator_id and p.definitie_versie = s.definitie_versie
            and p.niveau = s.niveau and p.uitsplitsing = s.uitsplitsing
            and p.uitsplitsing_waarde = s.uitsplitsing_waarde
            and p.periode_type = s.periode_type and p.periode = s.periode
            and p.peergroep is not distinct from s.peergroep
        order by s.cel_id
        """
    )
