"""The ledger: committed deliveries are visible, unfinished ones are not."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from ingest.errors import LedgerError
from ingest.ledger import Ledger

REPORT = {"status": "deels", "levering": "l1"}


def claim(ledger: Ledger, levering_id: str = "l1") -> None:
    ledger.claim(levering_id=levering_id, bron_id="b", soort="fhir", periode="2025", sleutel_id="k")


def test_claim_is_invisible_until_committed(tmp_path) -> None:
    ledger = Ledger(f"sqlite:///{tmp_path / 'l.sqlite'}")
    claim(ledger)
    assert ledger.committed() == []
    assert ledger.unfinished() == ["l1"]
    ledger.commit("l1", REPORT, {"fhir_patient": 3})
    (found,) = Ledger(f"sqlite:///{tmp_path / 'l.sqlite'}").committed()
    assert (found.status, found.tabellen, found.rapport) == ("deels", {"fhir_patient": 3}, REPORT)
    assert ledger.unfinished() == []


def test_claim_and_commit_again_replace(tmp_path) -> None:
    ledger = Ledger(f"sqlite:///{tmp_path / 'l.sqlite'}")
    for rows in (3, 4):
        claim(ledger)
        ledger.commit("l1", REPORT, {"fhir_patient": rows})
    assert [d.tabellen for d in ledger.committed()] == [{"fhir_patient": 4}]


def test_unreachable_ledger_is_a_ledger_error() -> None:
    with pytest.raises(LedgerError, match="no folder /nonexistent/folder") as told:
        Ledger("sqlite:////nonexistent/folder/l.sqlite").committed()
    assert "IZA_HOME" in str(told.value)


def test_a_ledger_that_is_no_database_says_so_without_links(tmp_path) -> None:
    (tmp_path / "l.sqlite").write_text("geen database, maar wel een heel lange tekst\n" * 100)
    with pytest.raises(LedgerError, match="cannot be opened: file is not a database") as told:
        Ledger(f"sqlite:///{tmp_path / 'l.sqlite'}").committed()
    assert "http" not in str(told.value)


def test_first_users_at_the_same_moment(tmp_path) -> None:
    url = f"sqlite:///{tmp_path / 'l.sqlite'}"
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _n: Ledger(url).committed(), range(8)))
    assert found == [[]] * 8
