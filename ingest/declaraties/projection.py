"""From accepted records to the raw tables ``decl_*``: one view ``proj_<tabel>`` each.

The layouts say by ``kolom`` which element feeds which column; what is composed of several elements
is composed here. A record kind that gives its detail number no ``kolom`` is checked, not loaded.
"""

from __future__ import annotations

import duckdb

from ingest.declaraties.kinds import RecordSoort
from schemas.tables import Kolom, kolommen

DETAIL_TABELLEN = {
    "decl_verzekerde": "02",
    "decl_prestatie": "04",
    "decl_tarief": "06",
    "decl_zorgactiviteit": "16",
    "decl_tijdsbesteding": "17",
}

_ACCEPTED = "bron.record_nr not in (select record_nr from afkeur)"

#: Columns that are composed, where the record kind has all the elements they are made of.
_COMPOSED = {
    "verzekerde_ref": (
        ("uzovi", "verzekerdennummer"),
        "bron.uzovi || '|' || bron.verzekerdennummer",
    ),
    "subtrajectnummer": (("subtrajectnummer",), "declarant_id || '|' || bron.subtrajectnummer"),
    "zorgtrajectnummer": (("zorgtrajectnummer",), "declarant_id || '|' || bron.zorgtrajectnummer"),
    # Only that it is filled is kept; what is in it is text of the pharmacy.
    "is_duur_geneesmiddel": (("duur_geneesmiddel",), "bron.duur_geneesmiddel is not null"),
    "referentie": (("referentie",), "declarant_id || '|' || bron.referentie"),
    "voorgaande_referentie": (
        ("voorgaande_referentie",),
        "declarant_id || '|' || bron.voorgaande_referentie",
    ),
}
_FIXED = {
    "bericht_sleutel": "kop.sleutel",
    "prestatie_identificatie": "prestatie.identificatie",
    "declarant_id": "kop.declarant_id",
    "standaard": "kop.standaard",
    "versie": "kop.versie",
    "ei_code": "kop.ei_code",
    "totaal_cent": "slot.totaal_cent",
}


def declarant_sql(kind: RecordSoort, source: str | None = None) -> str:
    """Who declares (COD833, element 0113: 04 instelling, 03 praktijk, 02 zorgverlener).

    With 01 the money goes to a servicebureau; the declarant is then the provider it works for.

    Args:
        kind: a record 01.
        source: where its records are; those of sound messages when left out.
    """
    return f"""
        select
            record_nr as bericht_nr,
            coalesce(
                case betaling_aan
                    when '04' then instelling when '03' then praktijk when '02' then zorgverlener
                end,
                instelling, praktijk, zorgverlener, servicebureau
            ) as declarant_id,
            {kind.is_retour} as is_retour
        from {source or kind.tabel}
    """


def make_declarants(con: duckdb.DuckDBPyConnection, kinds: list[RecordSoort]) -> None:
    """``ei_declarant``: the declarant of every message; a declaration without one is refused.

    Args:
        con: the connection of this delivery; its records have been sliced.
        kinds: the record kinds that occur.
    """
    selects = [declarant_sql(k) for k in kinds if k.record.code == "01"]
    con.execute(
        "create table ei_declarant (bericht_nr bigint, declarant_id varchar, is_retour bool)"
    )
    for select in selects:
        con.execute(f"insert into ei_declarant {select}")
    con.execute(
        """
        insert into afkeur
        select
            bericht_nr,
            'VERPLICHT-LEEG',
            '0112',
            'geen instelling, praktijk, zorgverlener of servicebureau gevuld'
        from ei_declarant
        where declarant_id is null and not is_retour
        """
    )


def _expression(kind: RecordSoort, kolom: str) -> str:
    if kolom in _FIXED:
        return _FIXED[kolom]
    if kolom in _COMPOSED:
        needed, sql = _COMPOSED[kolom]
        return sql if all(kind.met_kolom(name) for name in needed) else "null"
    if kind.met_kolom(kolom) is not None:
        return f"bron.{kolom}"
    # A standard without a number of prestaties (GZ321) declares one a record [from memory].
    return "1" if kolom == "aantal" else "null"


def _typed(columns: list[Kolom], kind: RecordSoort) -> str:
    return ",\n            ".join(
        f"cast({_expression(kind, k.naam)} as {k.duckdb_type}) as {k.naam}" for k in columns
    )


def _beside(kinds: list[RecordSoort], kind: RecordSoort, code: str) -> RecordSoort | None:
    return next((k for k in kinds if k.layout is kind.layout and k.record.code == code), None)


def _select(tabel: str, kind: RecordSoort, kinds: list[RecordSoort]) -> str:
    joins = ""
    if tabel in ("decl_tarief", "decl_zorgactiviteit", "decl_tijdsbesteding"):
        prestatie = _beside(kinds, kind, "04")
        assert prestatie is not None, f"{kind.naam} without 04"  # noqa: S101
        joins = (
            f"inner join {prestatie.tabel} as prestatie on bron.prestatie_nr = prestatie.record_nr"
        )
    if tabel == "decl_bericht":
        slot = _beside(kinds, kind, "99")
        assert slot is not None, f"{kind.naam} without 99"  # noqa: S101
        joins = f"inner join {slot.tabel} as slot on bron.bericht_nr = slot.bericht_nr"
    return f"""
        select
            bron.record_nr,
            {_typed(kolommen(tabel), kind)}
        from {kind.tabel} as bron
        inner join ei_kop as kop on bron.bericht_nr = kop.bericht_nr
        {joins}
        where {_ACCEPTED}
    """


def empty_projection(tabel: str) -> str:
    """A query with the columns of a raw table and no rows."""
    columns = ", ".join(f"cast(null as {k.duckdb_type}) as {k.naam}" for k in kolommen(tabel))
    return f"select cast(null as bigint) as record_nr, {columns} where false"


def project(con: duckdb.DuckDBPyConnection, kinds: list[RecordSoort]) -> tuple[str, ...]:
    """Make the ``proj_decl_*`` views over every record that was not refused.

    Args:
        con: the connection of this delivery; all checks have been made.
        kinds: the record kinds that occur.

    Returns:
        The raw tables they feed; one without rows has its view too.
    """
    con.execute(
        """
        create table ei_kop as
        select bericht_nr, sleutel, standaard, versie, ei_code, declarant_id
        from ei_bericht
        inner join ei_declarant using (bericht_nr)
        """
    )
    for tabel, code in {"decl_bericht": "01", **DETAIL_TABELLEN}.items():
        selects = [
            _select(tabel, kind, kinds)
            for kind in kinds
            if kind.record.code == code and (code == "01" or kind.met_kolom("identificatie"))
        ]
        con.execute(
            f"create view proj_{tabel} as {' union all '.join(selects) or empty_projection(tabel)}"
        )
    return ("decl_bericht", *DETAIL_TABELLEN)
