"""Since when the platform knows a delivery, and which deliveries it knew at a moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import create_engine, text

from ingest.errors import BuildError, UsageError
from ingest.ledger import Ledger
from ingest.settings import Settings
from marts.as_of import known_at, read_as_of

OLD = datetime(2026, 11, 1, 12, tzinfo=UTC)


def ledger_in(folder: Path) -> Ledger:
    return Ledger(f"sqlite:///{folder / 'l.sqlite'}")


def load(ledger: Ledger, levering_id: str, received: datetime | None = None) -> None:
    ledger.claim(levering_id=levering_id, bron_id="b", soort="fhir", periode="2025", sleutel_id="k")
    ledger.commit(levering_id, {"status": "deels"}, {"fhir_patient": 1}, received=received)


def received_of(ledger: Ledger) -> dict[str, datetime | None]:
    return {d.levering_id: d.ontvangen_op for d in ledger.committed()}


@pytest.mark.parametrize("seed", range(6))
def test_what_was_known_then_is_what_is_found_later(tmp_path: Path, seed: int) -> None:
    """Snapshots while deliveries come, are repeated and reloaded; and a new home filled later."""
    random = Random(seed)  # noqa: S311
    ledger = ledger_in(tmp_path)
    snapshots: list[tuple[datetime, set[str]]] = []
    for _step in range(12):
        load(ledger, f"l{random.randrange(8)}")
        moment = datetime.now(UTC)
        snapshots.append((moment, {d.levering_id for d in ledger.committed()}))
    first = received_of(ledger)
    (tmp_path / "nieuw").mkdir()
    other = ledger_in(tmp_path / "nieuw")
    ids = [*first, *first]
    random.shuffle(ids)
    for levering_id in ids:
        load(other, levering_id, received=first[levering_id])
    for moment, known in snapshots:
        for found in (ledger, other):
            assert {d.levering_id for d in known_at(found.committed(), moment)} == known


def test_loading_again_and_repeating_do_not_move_the_moment(tmp_path: Path) -> None:
    ledger = ledger_in(tmp_path)
    load(ledger, "l1")
    before = received_of(ledger)
    load(ledger, "l1")
    assert received_of(ledger) == before


def test_the_earliest_told_moment_holds_until_it_is_corrected(tmp_path: Path) -> None:
    ledger = ledger_in(tmp_path)
    load(ledger, "l1")
    for days in (3, 5, 4):
        ledger.receive("l1", OLD - timedelta(days=days))
    assert received_of(ledger) == {"l1": OLD - timedelta(days=5)}
    ledger.receive("l1", OLD, correct=True)
    assert received_of(ledger) == {"l1": OLD}
    ledger.receive("l1", datetime.now(UTC) + timedelta(days=9), correct=True)
    (moment,) = received_of(ledger).values()
    assert moment is not None
    assert moment <= datetime.now(UTC)  # nothing is received before it is there


def test_a_ledger_of_before_tells_when_it_committed(tmp_path: Path) -> None:
    ledger = ledger_in(tmp_path)
    load(ledger, "l1")
    engine = create_engine(f"sqlite:///{tmp_path / 'l.sqlite'}")
    with engine.begin() as connection:
        connection.execute(text("drop table ontvangst"))
        connection.execute(text("update levering set afgerond_op = '2026-11-01 12:00:00.000000'"))
    assert received_of(ledger_in(tmp_path)) == {"l1": OLD}
    again = ledger_in(tmp_path)
    load(again, "l1")
    assert received_of(again) == {"l1": OLD}


def test_before_the_first_delivery_there_is_nothing_to_build(tmp_path: Path) -> None:
    ledger = ledger_in(tmp_path)
    with pytest.raises(BuildError, match="Nothing has been received yet"):
        known_at(ledger.committed(), OLD)
    load(ledger, "l1", received=OLD)
    assert len(known_at(ledger.committed(), OLD)) == 1
    with pytest.raises(BuildError, match="the first delivery came on 2026-11-01 13:00:00 CET"):
        known_at(ledger.committed(), OLD - timedelta(microseconds=1))


def test_the_file_for_analysts_takes_no_place_of_another(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    assert read_as_of("2025-01-01", settings, tmp_path / "toen.duckdb").serve
    (tmp_path / "bezet.txt").write_text("van iemand")
    for place, told in (
        (tmp_path / "bezet.txt", "exists"),
        (tmp_path / "serving.duckdb", "exists"),
        (tmp_path / "weg" / "toen.duckdb", "no folder"),
    ):
        with pytest.raises(UsageError, match=told):
            read_as_of("2025-01-01", settings, place)
