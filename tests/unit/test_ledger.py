"""The ledger on both databases: what is committed is visible, what is not is not."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import create_engine, event, inspect

from ingest.errors import LedgerError, UsageError
from ingest.ledger import Ledger
from ingest.ledger.history import file_kind
from ingest.ledger.tables import METADATA

REPORT = {"status": "deels", "levering": "l1"}

#: The tables of a ledger as the first version of the platform made them, and a delivery in it.
EARLIER = [
    """
    create table levering (
        levering_id varchar(40) not null primary key, bron_id varchar(80) not null,
        soort varchar(20) not null, periode varchar(20) not null, status varchar(20) not null,
        sleutel_id varchar(16) not null, geclaimd_op timestamp not null,
        afgerond_op timestamp, rapport json
    )
    """,
    """
    create table levering_tabel (
        levering_id varchar(40) not null references levering (levering_id),
        tabel varchar(80) not null, rijen bigint not null, primary key (levering_id, tabel)
    )
    """,
    """
    insert into levering values ('l0', 'b', 'fhir', '2024', 'geaccepteerd', 'k',
        '2025-01-02 03:04:05', '2025-01-02 03:04:06', '{"status": "geaccepteerd"}')
    """,
    "insert into levering_tabel values ('l0', 'fhir_patient', 7)",
]


def claim(ledger: Ledger, levering_id: str = "l1") -> None:
    ledger.claim(levering_id=levering_id, bron_id="b", soort="fhir", periode="2025", sleutel_id="k")


def test_claim_is_invisible_until_committed(ledger_url: str) -> None:
    ledger = Ledger(ledger_url)
    claim(ledger)
    assert ledger.committed() == []
    assert ledger.find("l1") is None
    assert ledger.unfinished() == ["l1"]
    ledger.commit("l1", REPORT, {"fhir_patient": 3})
    (found,) = Ledger(ledger_url).committed()
    assert (found.status, found.tabellen, found.rapport) == ("deels", {"fhir_patient": 3}, REPORT)
    assert ledger.find("l1") == found
    assert ledger.unfinished() == []


def test_claim_and_commit_again_replace_and_stay_visible(ledger_url: str) -> None:
    ledger = Ledger(ledger_url)
    for rows in (3, 4):
        claim(ledger)
        ledger.commit("l1", REPORT, {"fhir_patient": rows})
    assert [d.tabellen for d in ledger.committed()] == [{"fhir_patient": 4}]
    claim(ledger)
    assert [d.tabellen for d in ledger.committed()] == [{"fhir_patient": 4}]


def test_a_reader_sees_one_state_while_another_commits(ledger_url: str) -> None:
    writer, reader = Ledger(ledger_url), Ledger(ledger_url)
    claim(writer)
    assert reader.committed() == []
    engine = reader._runner._engine
    done: list[str] = []

    @event.listens_for(engine, "before_cursor_execute")
    def commit_in_between(_c, _cursor, statement, *_rest) -> None:
        if "FROM levering \n" in statement and not done:
            done.append(statement)
            writer.commit("l1", REPORT, {"fhir_patient": 3})

    seen = reader.committed()
    assert done
    assert seen == []
    assert [d.tabellen for d in reader.committed()] == [{"fhir_patient": 3}]


def test_a_ledger_of_the_earlier_layout_goes_on(ledger_url: str) -> None:
    engine = create_engine(ledger_url)
    with engine.begin() as connection:
        for statement in EARLIER:
            connection.exec_driver_sql(statement)
    with ThreadPoolExecutor(4) as pool:  # several workers bring it up to date at once
        found = list(pool.map(lambda _n: Ledger(ledger_url).committed(), range(4)))
    assert [[d.tabellen for d in each] for each in found] == [[{"fhir_patient": 7}]] * 4
    ledger = Ledger(ledger_url)
    history = ledger.history("l0")
    assert history is not None
    assert [(s.stap, s.moment.isoformat()) for s in history.stappen] == [
        ("geclaimd", "2025-01-02T03:04:05+00:00"),
        ("vastgelegd", "2025-01-02T03:04:06+00:00"),
    ]
    assert history.versies["sleutel_id"] == "k"
    assert history.versies["code_hash"] is None
    claim(ledger)
    ledger.commit("l1", REPORT, {"fhir_patient": 1})
    assert len(ledger.committed()) == 2
    looked = inspect(create_engine(ledger_url))
    for table in METADATA.sorted_tables:
        assert {c["name"] for c in looked.get_columns(table.name)} == set(table.columns.keys())


def test_a_delivery_is_found_by_the_start_of_its_identity(ledger_url: str) -> None:
    ledger = Ledger(ledger_url)
    for name in ("l1a", "l1b", "l2"):
        claim(ledger, name)
    assert ledger.resolve("l2") == "l2"
    assert ledger.resolve("l1a") == "l1a"
    with pytest.raises(UsageError, match="begin with l1: l1a, l1b"):
        ledger.resolve("l1")
    for unknown in ("l3", "%", "l_"):
        with pytest.raises(UsageError, match="There is no delivery"):
            ledger.resolve(unknown)


def test_another_key_is_found_among_committed_deliveries_only(ledger_url: str) -> None:
    ledger = Ledger(ledger_url)
    claim(ledger)
    assert ledger.other_key("anders") is None
    ledger.commit("l1", REPORT, {})
    assert ledger.other_key("anders") == ("l1", "k")
    assert ledger.other_key("k") is None


def test_nothing_of_a_file_name_is_kept_but_a_known_extension() -> None:
    assert file_kind("map/Jansen 111222333.NDJSON.gz") == ".ndjson.gz"
    assert file_kind("dossier.111222333") == ""
    assert file_kind("patient.jansen.json") == ".json"


def test_unreachable_ledger_is_a_ledger_error() -> None:
    with pytest.raises(LedgerError, match="no folder /nonexistent/folder") as told:
        Ledger("sqlite:////nonexistent/folder/l.sqlite").committed()
    assert "IZA_HOME" in str(told.value)


@pytest.mark.parametrize("url", ["geen adres", "postgresql+geen://h/d"])
def test_a_wrong_address_is_a_ledger_error(url: str) -> None:
    with pytest.raises(LedgerError, match="cannot be opened"):
        Ledger(url).committed()


def test_a_ledger_that_is_no_database_says_so_without_links(tmp_path) -> None:
    (tmp_path / "l.sqlite").write_text("geen database, maar wel een heel lange tekst\n" * 100)
    with pytest.raises(LedgerError, match="cannot be opened: file is not a database") as told:
        Ledger(f"sqlite:///{tmp_path / 'l.sqlite'}").committed()
    assert "http" not in str(told.value)


def test_first_users_at_the_same_moment(ledger_url: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _n: Ledger(ledger_url).committed(), range(8)))
    assert found == [[]] * 8
