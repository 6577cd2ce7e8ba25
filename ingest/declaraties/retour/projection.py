"""From retour messages to ``decl_retour`` (a message) and ``decl_toekenning`` (a returned record).

Declared is not paid: what was granted is only known from here. What an insurer returns are the
records it does not grant as declared; a message of 01 and 99 with 8001 grants all of it.
"""

from __future__ import annotations

import duckdb

from ingest.declaraties.kinds import RecordSoort
from ingest.declaraties.projection import empty_projection
from ingest.declaraties.retour.checks import beside, granted
from schemas.ei.retour import declared_by
from schemas.tables import kolommen
from schemas.tables.patronen import AGB, UZOVI

RETOUR_TABELLEN = ("decl_retour", "decl_toekenning")

_ACCEPTED = "bron.record_nr not in (select record_nr from afkeur)"
_CODES = ("retourcode_1", "retourcode_2", "retourcode_3")


def _codes(kind: RecordSoort) -> dict[str, str]:
    return {code: f"bron.{code}" if kind.met_kolom(code) else "null" for code in _CODES}


def _only(sql: str, pattern: str) -> str:
    """The value when it has its pattern: what is repeated may be what was wrong."""
    return f"case when regexp_full_match({sql}, '{pattern}') then {sql} end"


def _message(kind: RecordSoort, kinds: list[RecordSoort]) -> str:
    slot = beside(kinds, kind, "99")
    assert slot is not None, f"{kind.naam} without 99"  # noqa: S101
    columns = _codes(kind) | {
        "bericht_sleutel": "kop.sleutel",
        "standaard": "kop.standaard",
        "versie": "kop.versie",
        "ei_code": "kop.ei_code",
        "heen_standaard": f"'{declared_by(kind.layout)}'",
        "uzovi": _only("bron.uzovi", UZOVI),
        "declarant_id": _only("kop.declarant_id", AGB),
        "factuurnummer": "bron.factuurnummer",
        "dagtekening": "bron.dagtekening_retour",
        "ingediend_cent": "slot.totaal_cent",
        "toegekend_cent": granted("slot"),
    }
    joins = f"inner join {slot.tabel} as slot on bron.bericht_nr = slot.bericht_nr"
    return _select("decl_retour", kind, columns, joins)


def _record(kind: RecordSoort, kinds: list[RecordSoort]) -> str:
    columns = _codes(kind) | {
        "bericht_sleutel": "kop.sleutel",
        "record": f"'{kind.record.code}'",
        "identificatie": "bron.identificatie",
        "referentie": "kop.declarant_id || '|' || bron.referentie",
        "prestatie_referentie": "kop.declarant_id || '|' || bron.referentie",
        "ingediend_cent": "bron.bedrag_cent" if kind.met_kolom("bedrag_cent") else "null",
        "toegekend_cent": granted("bron") if kind.met_kolom("toegekend_cent") else "null",
        "debet_credit": "case when bron.debet_credit in ('D', 'C') then bron.debet_credit end",
    }
    prestatie, joins = beside(kinds, kind, "04"), ""
    if kind.record.code == "06" and prestatie is not None:
        joins = (
            f"left join {prestatie.tabel} as prestatie on bron.prestatie_nr = prestatie.record_nr"
        )
        columns["prestatie_referentie"] = "kop.declarant_id || '|' || prestatie.referentie"
    return _select("decl_toekenning", kind, columns, joins)


def _select(tabel: str, kind: RecordSoort, columns: dict[str, str], joins: str) -> str:
    typed = ",\n            ".join(
        f"cast({columns[k.naam]} as {k.duckdb_type}) as {k.naam}" for k in kolommen(tabel)
    )
    return f"""
        select
            bron.record_nr,
            {typed}
        from {kind.tabel} as bron
        inner join ei_kop as kop on bron.bericht_nr = kop.bericht_nr
        {joins}
        where {_ACCEPTED}
    """


def project_retour(con: duckdb.DuckDBPyConnection, kinds: list[RecordSoort]) -> tuple[str, ...]:
    """Make the views ``proj_decl_retour`` and ``proj_decl_toekenning``.

    Args:
        con: the connection of this delivery, with ``ei_kop``; all checks have been made.
        kinds: the record kinds of retour messages that occur.

    Returns:
        The raw tables they feed; none when the delivery holds no retour message.
    """
    selects = {
        "decl_retour": [_message(k, kinds) for k in kinds if k.record.code == "01"],
        "decl_toekenning": [_record(k, kinds) for k in kinds if k.record.code in ("04", "06")],
    }
    for tabel in RETOUR_TABELLEN:
        query = " union all ".join(selects[tabel]) or empty_projection(tabel)
        con.execute(f"create view proj_{tabel} as {query}")
    return RETOUR_TABELLEN if kinds else ()
