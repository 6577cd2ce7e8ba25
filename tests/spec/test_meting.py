"""Measurements: which count, whose they are, and under which unit they can be compared."""

from __future__ import annotations

from typing import Any

import pytest
from marts_sql import run_model

UCUM = "http://unitsofmeasure.org"
KOLOMMEN = (
    "bron_id text, levering_id text, bestand text, regel bigint, resource_sleutel text, "
    "patient_sleutel text, patient_pseudo_id text, contact_sleutel text, zorgaanbieder_id text, "
    "uitvoerder_sleutel text, status text, categorie text, code_stelsel text, code text, "
    "comparator text, waarde decimal(18, 6), eenheid text, eenheid_code text, eenheid_tekst text, "
    "waarde_stelsel text, waarde_code text, afgenomen_op timestamp, geregistreerd_op timestamp, "
    "beschikbaar_op timestamp, eerst_beschikbaar_op timestamp"
)
NAMEN = [kolom.split()[0] for kolom in KOLOMMEN.replace("(18, 6)", "").split(", ")]


def metingen(*rows: dict[str, Any]) -> list[dict[str, Any]]:
    basis = {"bron_id": "b", "patient_sleutel": "pat", "status": "final", "code": "1"}
    filled = [
        tuple((basis | {"resource_sleutel": f"m{nummer}"} | row).get(naam) for naam in NAMEN)
        for nummer, row in enumerate(rows)
    ]
    contact = [("b", "con", "01000001")]
    uitvoerder = [("b", "org", "06000002")]
    found = run_model(
        "int_meting",
        seeds=("eenheid_ucum",),
        stg_fhir_meting=(KOLOMMEN, filled),
        int_meting_onderdeel=(KOLOMMEN, []),
        int_persoon_sleutel=(
            "bron_id text, patient_sleutel text, pseudo_id text", [("b", "pat", "p")],
        ),
        int_contact_aanbieder=(
            "bron_id text, contact_sleutel text, zorgaanbieder_id text", contact,
        ),
        int_uitvoerder=(
            "bron_id text, uitvoerder_sleutel text, zorgaanbieder_id text", uitvoerder,
        ),
        dim_zorgaanbieder=("zorgaanbieder_id text", [("06000001",), ("06000002",)]),
    )  # fmt: skip
    return sorted(found, key=lambda row: str(row["resource_sleutel"]))


@pytest.mark.parametrize(
    ("code", "tekst", "eenheid"),
    [
        ("mmol/l", "mmol/l", "mmol/L"),
        ("mmol/L", None, "mmol/L"),
        ("mm[Hg]", "mmHg", "mm[Hg]"),
        (None, "mmHg", "mm[Hg]"),
        (None, "mmol/l", "mmol/L"),
        (None, "MMOL/L", None),  # a text that is not in the list is not guessed at
        (None, "potten", None),
        ("{score}", "punten", "{score}"),  # a UCUM code stands for itself
        ("Mmol/L", None, "Mmol/L"),  # megamole: UCUM is case sensitive
        (None, None, None),
    ],
)
def test_units_are_compared_under_one_spelling(
    code: str | None, tekst: str | None, eenheid: str | None
) -> None:
    (row,) = metingen({"eenheid": code, "eenheid_code": code, "eenheid_tekst": tekst})
    assert row["eenheid"] == eenheid
    assert row["eenheid_bron"] == (code or tekst)


def test_final_amended_and_corrected_results_count() -> None:
    statuses = [
        "final", "amended", "corrected", "preliminary", "registered", "cancelled",
        "entered-in-error", "unknown", None,
    ]  # fmt: skip
    rows = metingen(*({"status": status} for status in statuses))
    assert [row["telt_mee"] for row in rows] == [True] * 3 + [False] * 6
    assert {row["reden_code"] for row in rows} == {None}  # and none is held against its source


def test_care_provider_by_number_by_reference_or_by_contact() -> None:
    rows = metingen(
        {"zorgaanbieder_id": "06000001", "uitvoerder_sleutel": "org", "contact_sleutel": "con"},
        {"uitvoerder_sleutel": "org", "contact_sleutel": "con"},
        {"uitvoerder_sleutel": "onbekend", "contact_sleutel": "con"},
        {},
    )
    found = [row["zorgaanbieder_id"] for row in rows]
    assert found == ["06000001", "06000002", "01000001", None]
