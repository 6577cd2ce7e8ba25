"""Care declared through both doors: candidates are counted, one line with one other at most."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from random import Random

import pytest
from marts_sql import run_model

DAG = date(2025, 3, 1)
NAMEN = (
    "kanaal", "bron_id", "sector", "verzekeraar_id", "pseudo_id", "zorgaanbieder_id",
    "prestatiecodelijst", "prestatiecode", "begindatum", "einddatum", "bedrag_eur", "telt_mee",
)  # fmt: skip
SOORTEN = {"begindatum": "date", "einddatum": "date", "bedrag_eur": "decimal(18,2)",
           "telt_mee": "boolean"}  # fmt: skip
KOLOMMEN = ", ".join(f"{naam} {SOORTEN.get(naam, 'text')}" for naam in NAMEN)


def regel(kanaal: str, **anders: object) -> dict[str, object]:
    bron = "fhir" if kanaal == "fhir" else "ei"
    vast = dict(zip(NAMEN, (
        kanaal, bron, "msz", "V1", "p1", "06000001", "041", "15A001", DAG, DAG, Decimal("12.50"),
        True,
    ), strict=True))  # fmt: skip
    return vast | anders


def candidates(*regels: dict[str, object]) -> list[dict]:
    rows = [tuple(r[naam] for naam in NAMEN) for r in regels]
    names = ("pseudo_id", "zorgaanbieder_id", "prestatiecodelijst", "prestatiecode", "begindatum",
             "einddatum", "bedrag_eur", "bron_ei", "bron_fhir", "sector", "n_ei", "n_fhir",
             "n_dubbel", "n_zonder_verzekeraar")  # fmt: skip
    inner = run_model("int_mogelijk_dubbel", fct_prestatie=(KOLOMMEN, rows))
    numeric = {"n_ei", "n_fhir", "n_dubbel", "n_zonder_verzekeraar"}
    columns = ", ".join(
        f"{n} {'integer' if n in numeric else SOORTEN.get(n, 'text')}" for n in names
    )
    return run_model(
        "mogelijk_dubbele_declaraties",
        int_mogelijk_dubbel=(columns, [tuple(r[n] for n in names) for r in inner]),
    )


def test_an_equal_line_through_both_doors_is_a_candidate() -> None:
    (row,) = candidates(regel("ei_direct"), regel("fhir", einddatum=None))
    assert row == {
        "bron_ei": "ei", "bron_fhir": "fhir", "sector": "msz", "periode": "2025", "n_regels": 1,
        "n_zonder_verzekeraar": 0, "n_personen": 1, "bedrag_eur": Decimal("12.50"),
    }  # fmt: skip


@pytest.mark.parametrize(
    "anders",
    [
        {"pseudo_id": "p2"},
        {"zorgaanbieder_id": "06000002"},
        {"prestatiecodelijst": "016"},
        {"prestatiecode": "15A002"},
        {"begindatum": date(2025, 2, 28)},
        {"einddatum": date(2025, 3, 2)},
        {"bedrag_eur": Decimal("12.51")},
        {"verzekeraar_id": "V2"},
        {"telt_mee": False},
    ],
    ids=lambda anders: next(iter(anders)),
)
def test_one_difference_is_enough_to_be_none(anders: dict[str, object]) -> None:
    assert candidates(regel("ei_direct"), regel("fhir", **anders)) == []


def test_equal_lines_through_one_door_are_none() -> None:
    """Two visits on a day at one price are two visits; so a match is never certain."""
    assert candidates(regel("ei_direct"), regel("ei_servicebureau")) == []
    assert candidates(regel("fhir"), regel("fhir")) == []


def test_who_has_no_bsn_is_never_joined_on() -> None:
    assert candidates(regel("ei_direct", pseudo_id="v1"), regel("fhir", pseudo_id="v1")) == []


def test_an_insurer_that_is_not_named_fits_any_and_is_told() -> None:
    (row,) = candidates(regel("ei_direct"), regel("fhir", verzekeraar_id="ONBEKEND"))
    assert (row["n_regels"], row["n_zonder_verzekeraar"]) == (1, 1)


def _most_pairs(ei: list[str], fhir: list[str]) -> int:
    """The greatest number of pairs by augmenting paths: insurers equal, or one not named."""
    partner: dict[int, int] = {}

    def augment(i: int, seen: set[int]) -> bool:
        for j, other in enumerate(fhir):
            fits = ei[i] == other or "ONBEKEND" in (ei[i], other)
            if fits and j not in seen:
                seen.add(j)
                if j not in partner or augment(partner[j], seen):
                    partner[j] = i
                    return True
        return False

    return sum(augment(i, set()) for i in range(len(ei)))


def test_lines_pair_one_to_one_in_any_mix() -> None:
    random = Random(6)  # noqa: S311
    regels, expected, kinds = [], defaultdict(int), ["V1", "V2", "V3", "ONBEKEND"]
    for nummer in range(300):
        deuren = {
            kanaal: [random.choice(kinds) for _ in range(random.randrange(5))]
            for kanaal in ("ei_direct", "fhir")
        }
        jaar = random.choice([2023, 2024])
        expected[str(jaar)] += _most_pairs(deuren["ei_direct"], deuren["fhir"])
        regels += [
            regel(kanaal, verzekeraar_id=v, pseudo_id=f"p{nummer}", begindatum=date(jaar, 1, 1))
            for kanaal, insurers in deuren.items()
            for v in insurers
        ]
    random.shuffle(regels)
    found = {r["periode"]: r["n_regels"] for r in candidates(*regels)}
    assert found == expected
    assert sum(expected.values()) > 200
