"""Whom a diagnosis is about and what it is called, however the source writes either."""

from __future__ import annotations

from typing import Any

import pytest
from marts_sql import run_model

SNOMED = "http://snomed.info/sct"
DIAGNOSE = (
    "bron_id varchar, levering_id varchar, bestand varchar, regel bigint, "
    "resource_sleutel varchar, beschikbaar_op timestamp, eerst_beschikbaar_op timestamp, "
    "geregistreerd_op timestamp, patient_sleutel varchar, "
    "patient_pseudo_id varchar, contact_sleutel varchar, klinische_status varchar, "
    "verificatie_status varchar, code_stelsel varchar, code varchar, begin_op timestamp"
)


def diagnosis(
    sleutel: str | None = None, genoemd: str | None = None, stelsel: str = SNOMED
) -> dict[str, Any]:
    row = (
        "a", "l", "b", 1, "d", None, None, None, sleutel, genoemd, None, None, None, stelsel,
        "84114007", None,
    )  # fmt: skip
    (found,) = run_model(
        "int_diagnose",
        seeds=("diagnose_concept", "codestelsel"),
        stg_fhir_diagnose=(DIAGNOSE, [row]),
        int_persoon_sleutel=(
            "bron_id varchar, patient_sleutel varchar, pseudo_id varchar",
            [("a", "s1", "p1"), ("b", "s2", "p2")],
        ),
        int_contact_aanbieder=(
            "bron_id varchar, contact_sleutel varchar, zorgaanbieder_id varchar", []
        ),
    )  # fmt: skip
    return found


@pytest.mark.parametrize(
    ("sleutel", "genoemd", "persoon", "reden"),
    [
        ("s1", None, "p1", None),
        ("s1", "p9", "p1", None),  # the Patient of the source decides
        (None, "p9", "p9", None),  # named by BSN alone
        ("onbekend", "p9", "p9", None),  # a reference that leads nowhere, and a BSN
        ("s2", None, None, "FHIR-PATIENT-ONBEKEND"),  # a patient of another source
        (None, None, None, "FHIR-PATIENT-ONBEKEND"),
    ],
)
def test_a_person_is_found_by_reference_or_by_bsn(
    sleutel: str | None, genoemd: str | None, persoon: str | None, reden: str | None
) -> None:
    found = diagnosis(sleutel, genoemd)
    assert (found["pseudo_id"], found["reden_code"]) == (persoon, reden)


@pytest.mark.parametrize(
    "stelsel", [SNOMED, "urn:oid:2.16.840.1.113883.6.96", f"{SNOMED}|2025", f"{SNOMED}/1/version/2"]
)
def test_a_code_has_its_group_in_every_spelling_of_its_system(stelsel: str) -> None:
    assert diagnosis("s1", stelsel=stelsel)["diagnosegroep"] == "hartfalen"


def test_a_code_of_another_system_has_no_group() -> None:
    assert diagnosis("s1", stelsel="urn:oid:1.2.3")["diagnosegroep"] is None
