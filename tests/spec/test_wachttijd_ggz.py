"""The regional waiting list of mental health care: nobody waits twice."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from marts_sql import run_model

WACHT = "pseudo_id text, fase text, begindatum date, einddatum date"
MEI = date(2025, 5, 31)


def mart(
    *waits: tuple[Any, ...], norm: list[tuple[Any, ...]] | None = None
) -> dict[tuple[str, str, str], dict[str, Any]]:
    """Rows of the mart by day, region and phase.

    Args:
        waits: person (``<region>-<name>``), phase, days since the begin on 31 May, and days until
            the end; none when it is still running.
        norm: rows of ``ref_treeknorm``; four and ten weeks when left out.
    """
    rows = [
        (who, fase, MEI - timedelta(days=since), None if end is None else MEI + timedelta(days=end))
        for who, fase, since, end in waits
    ]
    # One wait that ended long ago: from its month on the list is whole.
    rows.append(("ZK09-oud", "aanmelding", date(2025, 3, 1), date(2025, 3, 20)))
    usual = [("ggz", "aanmelding", "4", None, None), ("ggz", "behandeling", "10", None, None)]
    people = sorted({row[0] for row in rows})
    found = run_model(
        "wachttijd_ggz",
        fct_wachttijd=(WACHT, rows),
        dim_persoon=("pseudo_id text, zorgkantoorregio_code text", [(p, p[:4]) for p in people]),
        ref_treeknorm=(
            "sector text, fase text, weken text, geldig_van date, geldig_tot date",
            usual if norm is None else norm,
        ),
    )
    keyed = {(str(r["peildatum"]), r["zorgkantoorregio_code"], r["fase"]): r for r in found}
    assert len(keyed) == len(found)
    return keyed


def test_the_same_person_on_two_lists_waits_once_since_the_first_day() -> None:
    found = mart(
        ("ZK01-a", "aanmelding", 40, None),
        ("ZK01-a", "aanmelding", 10, 5),
        ("ZK01-b", "aanmelding", 10, None),
    )
    row = found["2025-05-31", "ZK01", "aanmelding"]
    assert (row["n_registraties"], row["n_wachtend"]) == (3, 2)
    assert (row["n_op_meer_lijsten"], row["n_dubbel"]) == (1, 1)
    assert row["n_boven_norm"] == 1  # six weeks since the first day, not two since the second
    assert row["gemiddelde_weken"] == Decimal("4.0")  # 40 days are 6 weeks, 10 days are 2


def test_exactly_the_norm_is_in_time_and_a_day_more_is_not() -> None:
    found = mart(
        ("ZK01-a", "aanmelding", 28, None),
        ("ZK01-b", "aanmelding", 29, None),
        ("ZK01-c", "behandeling", 70, None),
        ("ZK01-d", "behandeling", 71, None),
    )
    for fase, weeks in (("aanmelding", 4), ("behandeling", 10)):
        row = found["2025-05-31", "ZK01", fase]
        assert (row["treeknorm_weken"], row["n_wachtend"], row["n_boven_norm"]) == (weeks, 2, 1)
        assert row["aandeel_boven_norm"] == Decimal("0.5")


def test_who_is_helped_on_the_day_waits_no_more() -> None:
    found = mart(
        ("ZK01-a", "aanmelding", 10, 0), ("ZK01-b", "aanmelding", 10, 1),
        ("ZK01-c", "aanmelding", 0, None),
    )  # fmt: skip
    assert found["2025-05-31", "ZK01", "aanmelding"]["n_wachtend"] == 2


def test_phases_apart_and_regions_add_up_to_the_country() -> None:
    found = mart(
        ("ZK01-a", "aanmelding", 10, None),
        ("ZK01-a", "behandeling", 10, None),
        ("ZK02-b", "aanmelding", 10, None),
        ("ZK02-b", "aanmelding", 20, None),
    )
    total = found["2025-05-31", "TOTAAL", "aanmelding"]
    assert (total["n_wachtend"], total["n_registraties"], total["n_dubbel"]) == (2, 3, 1)
    assert found["2025-05-31", "TOTAAL", "behandeling"]["n_wachtend"] == 1


def test_days_begin_where_the_first_end_is_known() -> None:
    found = mart(("ZK01-a", "aanmelding", 120, 5), ("ZK01-b", "aanmelding", 70, None))
    # A wait began in January; what else waited then and ended before March, nobody told.
    ends = {"2025-03-31", "2025-04-30", "2025-05-31", "2025-06-30"}
    assert {day for day, _, _ in found} == ends


def test_a_norm_holds_on_its_days_only() -> None:
    norm = [("ggz", "aanmelding", "1", date(2025, 6, 1), None)]
    row = mart(("ZK01-a", "aanmelding", 10, None), norm=norm)["2025-05-31", "ZK01", "aanmelding"]
    assert (row["treeknorm_weken"], row["n_boven_norm"], row["aandeel_boven_norm"]) == (None,) * 3
