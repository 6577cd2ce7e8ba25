"""Treatment: from projected columns to raw columns, as one SQL expression a column.

This is the door of promise 3: after it no direct identifier, exact birth date or full postal code
exists any more. What is done to a column is said in its Pandera model, nowhere else.
"""

from __future__ import annotations

from schemas.tables import Kolom, kolommen

#: Keys in these domains mean something within one source only.
SOURCE_BOUND = {"resource", "wachtregistratie"}

#: Treatments that can fail to read a value that has the right pattern (30 February).
PARSED = ("tijdstip", "datum", "datum_ei", "getal", "maand")

TREATMENT_MACROS_SQL = """
create or replace macro lees_tijdstip(x) as make_timestamp(epoch_us(try_cast(
    case length(x) when 4 then x || '-01-01T00:00:00Z' when 7 then x || '-01T00:00:00Z'
        when 10 then x || 'T00:00:00Z'
        else regexp_replace(x, ':60(\\.|Z|[+-]|$)', ':59\\1') end
    as timestamptz)));
create or replace macro lees_datum(x) as try_cast(
    case length(x) when 4 then x || '-01-01' when 7 then x || '-01' else left(x, 10) end as date);
create or replace macro lees_maand(x) as date_trunc('month', lees_datum(x));
create or replace macro lees_datum_ei(x) as
    cast(try_strptime(nullif(x, '00000000'), '%Y%m%d') as date);
create or replace macro lees_getal(x) as try_cast(x as decimal(18, 6));
create or replace macro lees_pc4(x) as case
    when regexp_full_match(trim(x), '[1-9][0-9]{3} ?([A-Za-z]{2})?') then left(trim(x), 4) end;
create or replace macro lees_eenheid(x) as case
    when length(trim(x)) between 1 and 40 and not regexp_matches(x, '[0-9]{5}|[@\\r\\n;]')
    then trim(x) end;
"""

_EXPRESSION = {
    "geen": '"{k}"',
    "tijdstip": 'lees_tijdstip("{k}")',
    "datum": 'lees_datum("{k}")',
    "datum_ei": 'lees_datum_ei("{k}")',
    "getal": 'lees_getal("{k}")',
    "bsn": 'case when bsn_geldig("{k}") then pseudoniem(\'persoon\', "{k}") end',
    "sleutel": "pseudoniem('{d}', \"{k}\")",
    "sleutel_bron": "pseudoniem('{d}', getvariable('iza_bron') || '|' || \"{k}\")",
    "geboortejaar": 'try_cast(left("{k}", 4) as integer)',
    "geboortejaar_ei": "try_cast(left(nullif(\"{k}\", '00000000'), 4) as integer)",
    "pc4": 'lees_pc4("{k}")',
    "maand": 'lees_maand("{k}")',
    "eenheid": 'lees_eenheid("{k}")',
}


def _expression(kolom: Kolom) -> str:
    kind = kolom.bewerking
    if kind == "sleutel" and kolom.domein in SOURCE_BOUND:
        kind = "sleutel_bron"
    return _EXPRESSION[kind].format(k=kolom.naam, d=kolom.domein)


def treated_columns(tabel: str, herhalend: frozenset[str] = frozenset()) -> str:
    """The select list that turns ``proj_<tabel>`` into ``raw/<tabel>``, typed and named.

    Args:
        tabel: the raw table.
        herhalend: columns that ``repeated_values`` has treated already.
    """
    return ",\n        ".join(
        f'cast({_treated(k, herhalend)} as {k.raw_type}) as "{k.raw_naam}"' for k in kolommen(tabel)
    )


def _treated(kolom: Kolom, herhalend: frozenset[str]) -> str:
    return f'"waarde_{kolom.naam}"' if kolom.naam in herhalend else _expression(kolom)


def repeated_values(tabel: str, herhalend: frozenset[str]) -> tuple[str, str]:
    """Each distinct value of some columns treated once: a pseudonym is two hashes.

    Args:
        tabel: the raw table.
        herhalend: columns of which many rows have the same value.

    Returns:
        A ``with`` clause, and the joins by which ``proj_<tabel>`` finds the treated values in
        columns ``waarde_<kolom>``; both empty when the table has none of the columns. Null finds
        nothing and stays null, as it does in every treatment.
    """
    columns = [k for k in kolommen(tabel) if k.naam in herhalend]
    queries = [
        f"""waarden_{k.naam} as materialized (
            select "{k.naam}" as "ruw_{k.naam}", {_expression(k)} as "waarde_{k.naam}"
            from (select distinct "{k.naam}" from proj_{tabel})
        )"""
        for k in columns
    ]
    joins = [
        f'left join waarden_{k.naam} on proj_{tabel}."{k.naam}" = waarden_{k.naam}."ruw_{k.naam}"'
        for k in columns
    ]
    return "with " + ",\n".join(queries) if queries else "", "\n".join(joins)


def unreadable_sql(tabel: str) -> list[tuple[str, str, str]]:
    """Conditions on ``proj_<tabel>`` under which a value was lost in treatment.

    Returns:
        (column, reason code, SQL condition) for every column that is parsed or is a BSN.
    """
    conditions = []
    for k in kolommen(tabel):
        if k.bewerking in PARSED:
            empty = " and \"{k}\" <> '00000000'" if k.bewerking == "datum_ei" else ""
            lost = f'"{k.naam}" is not null and {_expression(k)} is null' + empty.format(k=k.naam)
            conditions.append((k.naam, "FORMAAT-ONJUIST", lost))
        elif k.bewerking == "bsn":
            # 999999999 means "no BSN" in declarations (ZH308, element 0203); elsewhere it is wrong.
            dummy = " and \"{k}\" <> '999999999'" if tabel.startswith("decl_") else ""
            wrong = f'"{k.naam}" is not null and not bsn_geldig("{k.naam}")'
            conditions.append((k.naam, "BSN-ONGELDIG", wrong + dummy.format(k=k.naam)))
    return conditions
