"""A delivery beside earlier ones of its source, in the numbers that the pictures show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ingest.oordeel.comparing import Afwijking, Paar
from ingest.oordeel.parameters import AANTAL, VERDELING, VULLING
from ingest.oordeel.periods import read_period
from ingest.oordeel.profile import MAAND, Verdeling
from ingest.report import IntakeReport
from schemas.tables import kolommen

Json = dict[str, Any]

#: A delivery has at most so many places in a distribution that are told, by the largest difference.
CODES = 400

VORIG_JAAR, VORIGE_PERIODE = "vorig jaar", "vorige periode"


def _role(pair: Paar, periode: str) -> str:
    now, then = read_period(periode), read_period(pair.periode)
    same = now and then and (then.jaar, then.deel) == (now.jaar - 1, now.deel)
    return VORIG_JAAR if same else VORIGE_PERIODE


class _Opvallend:
    """What stands out, by what it is about."""

    def __init__(self, found: Iterable[Afwijking]) -> None:
        self._found = {(a.code, a.tabel, a.element, a.periode) for a in found}

    def of(self, code: str, tabel: str, element: str | None, pairs: list[Paar]) -> list[bool]:
        """For each period whether it stands out beside it."""
        return [(code, tabel, element, pair.periode) in self._found for pair in pairs]


def _counts(pairs: list[Paar], out: _Opvallend) -> list[Json]:
    now, alone = pairs[0].nu.profiel.records, pairs[0].levering.records
    names = sorted({*now, *(naam for pair in pairs for naam in pair.toen.profiel.records)})
    return [
        {
            "record": naam,
            "nu": now.get(naam, 0),
            "deze_levering": alone.get(naam, 0),
            "toen": [pair.toen.profiel.records.get(naam, 0) for pair in pairs],
            "valt_op": out.of(AANTAL, naam, None, pairs),
        }
        for naam in names
    ]


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 6) if whole else None


def label_of(tabel: str, column: str) -> str:
    """What a column of a raw table is called in Dutch."""
    return next((k.label for k in kolommen(tabel) if k.raw_naam == column), column)


def _filled(pairs: list[Paar], out: _Opvallend) -> list[Json]:
    result = []
    for tabel, now in sorted(pairs[0].levering.tabellen.items()):
        then = [pair.toen.profiel.tabellen.get(tabel) for pair in pairs]
        for column, count in now.gevuld.items():
            before = [_share(t.gevuld.get(column, 0), t.rijen) if t else None for t in then]
            if not count and not any(before):
                continue
            result.append(
                {
                    "tabel": tabel,
                    "kolom": column,
                    "label": label_of(tabel, column),
                    "gevuld": count,
                    "rijen": now.rijen,
                    "nu": _share(count, now.rijen),
                    "toen": before,
                    "valt_op": out.of(VULLING, tabel, column, pairs),
                }
            )
    return result


def _known(spread: Verdeling | None, code: str, whole: int) -> float | None:
    """The share of a code; None where codes of few records are not told apart."""
    if spread is None:
        return None
    low, high = spread.of(code)
    return _share(low, whole) if low or high == 0 else None


def _codes(pairs: list[Paar], out: _Opvallend) -> list[Json]:
    result = []
    for tabel, now in sorted(pairs[0].levering.tabellen.items()):
        then = [pair.toen.profiel.tabellen.get(tabel) for pair in pairs]
        for name, spread in now.verdeling.items():
            column = name.removeprefix(MAAND)
            if column != name and not pairs[0].is_year:
                continue
            before = [(t.verdeling.get(name), t.gevuld.get(column, 0)) if t else (None, 0)
                      for t in then]  # fmt: skip
            codes = sorted({*spread.codes, *(c for v, _ in before if v for c in v.codes)})
            for code in codes:
                result.append(
                    {
                        "tabel": tabel,
                        "kolom": column,
                        "label": label_of(tabel, column),
                        "maand": column != name,
                        "code": code,
                        "gevuld": now.gevuld[column],
                        "nu": _known(spread, code, now.gevuld[column]),
                        "toen": [_known(v, code, n) for v, n in before],
                        "valt_op": out.of(VERDELING, tabel, f"{name}={code}", pairs),
                    }
                )
    return sorted(result, key=_weight)[:CODES]


def moved(row: Json) -> float:
    """The largest difference between now and a period then; what is not known counts as nothing."""
    now = row["nu"] or 0.0
    return max((abs(now - (then or 0.0)) for then in row["toen"]), default=0.0)


def _weight(row: Json) -> tuple[Any, ...]:
    """What stands out first; then by difference, which says less the fewer there are."""
    name = (row["tabel"], row["kolom"], row.get("code", ""))
    return (not any(row["valt_op"]), -moved(row) * row["gevuld"] ** 0.5, *name)


def _why_not(report: IntakeReport) -> str:
    if not report.total().geaccepteerd:
        return "Er is niets geaccepteerd, dus er is niets om te vergelijken."
    if read_period(report.periode) is None:
        return "Bij deze levering is geen periode genoemd, dus er is niets om mee te vergelijken."
    return (
        "Er is geen eerdere levering van deze bron om mee te vergelijken. Bij de volgende periode "
        "staat hier hoe die zich verhoudt tot deze."
    )


def beside(pairs: list[Paar], report: IntakeReport) -> Json:
    """The numbers of a delivery beside those of earlier periods.

    Shares are those of this delivery; numbers of records those of all deliveries of its period so
    far. Codes of few records are in no profile and have no share here.

    Args:
        pairs: of ``compared_with``.
        report: what became of the delivery, with what stands out.

    Returns:
        ``perioden``, ``aantallen``, ``vulling`` and ``verdeling``; in the last two what stands out
        comes first, then by difference. Without any pair ``reden`` says why.
    """
    if not pairs:
        return {"perioden": [], "reden": _why_not(report), "leveringen": 0, "aantallen": [],
                "vulling": [], "verdeling": []}  # fmt: skip
    out = _Opvallend(report.analyse.afwijkingen)
    return {
        "perioden": [
            {
                "periode": pair.periode,
                "rol": _role(pair, report.periode),
                "leveringen": pair.toen.leveringen,
            }
            for pair in pairs
        ],
        "reden": None,
        "leveringen": pairs[0].nu.leveringen,
        "aantallen": _counts(pairs, out),
        "vulling": sorted(_filled(pairs, out), key=_weight),
        "verdeling": _codes(pairs, out),
    }
