"""The conditions of the region as arrays: codes from ``schemas/codes``, the rest from this room."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from synthetic.gegevens import codes, table
from synthetic.regels import column

SNOMED = "http://snomed.info/sct"
ICPC = "http://hl7.org/fhir/sid/icpc-1-nl"
ATC = "http://www.whocc.no/atc"


@dataclass(frozen=True)
class Aandoeningen:
    """The conditions (diagnosegroepen) in file order; elsewhere one is a position here.

    Attributes:
        naam: diagnosegroep.
        chronisch: whether persons have it for good.
        gewicht: relative chance per age band, shape (5, k).
        geslacht: ``m``, ``v`` or empty for both.
        ziekenhuis: whether hospitals treat it.
        zbc: whether a clinic can do it.
        umc: whether a UMC attracts it.
        prijs: mean price of a care path in euros before scaling.
        opname: chance of an admission in a care path.
        acuut: chance that an admission is acute.
        ligdagen: mean length of stay in days.
        snomed: SNOMED CT code.
        icpc: ICPC-1-NL code.
        specialisme: specialism of the declaration, zeros when hospitals do not treat it.
        diagnosecode: diagnosis code within the specialism.
        atc: medicine prescribed, empty for none.
        verrichting: SNOMED CT code of the procedure, empty for none.
        verrichting_kans: chance of the procedure in a care path.
        hartfalen: position of heart failure.
    """

    naam: tuple[str, ...]
    chronisch: NDArray[np.bool_]
    gewicht: NDArray[np.float64]
    geslacht: tuple[str, ...]
    ziekenhuis: NDArray[np.bool_]
    zbc: NDArray[np.bool_]
    umc: NDArray[np.bool_]
    prijs: NDArray[np.float64]
    opname: NDArray[np.float64]
    acuut: NDArray[np.float64]
    ligdagen: NDArray[np.float64]
    snomed: NDArray[np.bytes_]
    icpc: NDArray[np.bytes_]
    specialisme: NDArray[np.bytes_]
    diagnosecode: NDArray[np.bytes_]
    atc: NDArray[np.bytes_]
    verrichting: NDArray[np.bytes_]
    verrichting_kans: NDArray[np.float64]
    hartfalen: int


def _concepts(stelsel: str) -> dict[str, str]:
    """First code per diagnosegroep in one code system."""
    rows = [row for row in codes("diagnose_concept") if row["stelsel"] == stelsel]
    return {row["diagnosegroep"]: row["code"] for row in reversed(rows)}


def _declared() -> dict[str, tuple[str, str]]:
    """Last (specialisme, diagnosecode) per diagnosegroep: the chronic form of heart failure."""
    return {
        row["diagnosegroep"]: (row["specialisme"], row["diagnosecode"])
        for row in codes("diagnosegroep")
    }


@cache
def load_aandoeningen() -> Aandoeningen:
    """Read the conditions."""
    rows = table("aandoeningen")
    names = [row["diagnosegroep"] for row in rows]
    snomed, icpc, declared = _concepts(SNOMED), _concepts(ICPC), _declared()

    def numeric(naam: str) -> NDArray[np.float64]:
        return np.array([float(row[naam]) for row in rows])

    def flag(naam: str) -> NDArray[np.bool_]:
        return np.array([row[naam] == "1" for row in rows])

    pairs = [declared.get(name, ("0000", "")) for name in names]
    return Aandoeningen(
        naam=tuple(names),
        chronisch=flag("chronisch"),
        gewicht=np.stack([numeric(g) for g in ("g0", "g18", "g45", "g65", "g75")]),
        geslacht=tuple(row["geslacht"] for row in rows),
        ziekenhuis=flag("ziekenhuis"),
        zbc=flag("zbc"),
        umc=flag("umc"),
        prijs=numeric("prijs"),
        opname=numeric("opname"),
        acuut=numeric("acuut"),
        ligdagen=numeric("ligdagen"),
        snomed=column([snomed[name] for name in names]),
        icpc=column([icpc[name] for name in names]),
        specialisme=column([pair[0] for pair in pairs]),
        diagnosecode=column([pair[1] for pair in pairs]),
        atc=column([row["atc"] for row in rows]),
        verrichting=column([row["verrichting"] for row in rows]),
        verrichting_kans=numeric("verrichting_kans"),
        hartfalen=names.index("hartfalen"),
    )
