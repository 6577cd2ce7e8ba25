"""Which source is announced for which period."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

DAGS = str(Path(__file__).parents[2] / "dags")
if DAGS not in sys.path:
    sys.path.append(DAGS)

from _aankondiging import Stand, announce, missing_sources, newest_period  # noqa: E402
from _overzicht import digest  # noqa: E402


def report(bron_id: str, periode: str, status: str = "deels") -> dict:
    counts = {"aangeleverd": 10, "geaccepteerd": 7, "quarantaine": 2, "dubbel": 1}
    return {"bron_id": bron_id, "periode": periode, "status": status, **counts}


def test_a_history_is_announced_once_for_its_newest_period() -> None:
    found = announce("a", [report("a", "2023"), report("a", "2025"), report("a", "2024")], [])
    assert found is not None
    assert found.periode == "2025"
    assert found.extra == {
        "leveringen": 3, "aangeleverd": 30, "geaccepteerd": 21, "quarantaine": 6, "dubbel": 3,
    }  # fmt: skip


def test_a_source_that_did_not_deliver_is_announced_when_it_is_in_already() -> None:
    ledger = [Stand("b", "2025", "geaccepteerd"), Stand("c", "2024", "geaccepteerd")]
    assert announce("b", [report("a", "2025")], ledger).periode == "2025"
    assert announce("c", [report("a", "2025")], ledger) is None


@pytest.mark.parametrize("status", ["geweigerd", "bezig"])
def test_what_was_not_accepted_is_not_announced(status: str) -> None:
    ledger = [Stand("a", "2025", status)]
    assert announce("a", [report("a", "2025", "geweigerd")], ledger) is None
    assert announce("a", [report("b", "2025")], ledger) is None


def test_a_refused_newest_delivery_leaves_the_period_before_it() -> None:
    reports = [report("a", "2024"), report("a", "2025", "geweigerd")]
    assert announce("a", reports, []).periode == "2024"


def test_an_unknown_period_is_never_announced() -> None:
    assert announce("a", [report("a", "onbekend")], []) is None
    assert announce("a", [report("a", "onbekend"), report("a", "2023")], []).periode == "2023"


def test_nothing_delivered_announces_nothing() -> None:
    assert announce("a", [], [Stand("a", "2025", "deels")]) is None


def test_missing_sources_keep_their_order_and_count_only_what_was_accepted() -> None:
    ledger = [
        Stand("b", "2025", "deels"),
        Stand("a", "2024", "deels"),
        Stand("c", "2025", "geweigerd"),
    ]
    assert missing_sources(["a", "b", "c"], "2025", ledger) == ("a", "c")
    assert missing_sources(["b"], "2025", ledger) == ()


def test_newest_period_of_the_ledger() -> None:
    assert newest_period([]) is None
    ledger = [Stand("a", "2024", "deels"), Stand("a", "2025", "geweigerd"),
              Stand("a", "onbekend", "deels")]  # fmt: skip
    assert newest_period(ledger) == "2024"


def test_digest_counts_per_source_and_reason_largest_first() -> None:
    reports = [
        {"bron": "a", "redenen": [{"code": "X", "aantal": 1}, {"code": "Y", "aantal": 5}]},
        {"bron": "a", "redenen": [{"code": "X", "aantal": 2}]},
        {"bron": "b", "redenen": [{"code": "X", "aantal": 3}]},
    ]
    assert [(r["bron_id"], r["reden_code"], r["aantal"]) for r in digest(reports)] == [
        ("a", "Y", 5), ("a", "X", 3), ("b", "X", 3),
    ]  # fmt: skip
