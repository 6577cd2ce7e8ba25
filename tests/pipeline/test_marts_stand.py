"""Marts as they were known then equal those that were built then, byte for byte."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import duckdb
import pytest
from marts_bouw import gebouwd, opname  # noqa: F401 - fixtures
from marts_levering import Levering, Record, deliver, shuffled
from marts_regio import region

from ingest.settings import Settings
from marts.as_of import AsOf
from marts.build import BuildResult, build
from marts.dbt_run import committed_index
from marts.export import file_hash
from publish.bouw import current_build
from tests.compiled_dbt import compiled_dbt

pytestmark = pytest.mark.slow

BRON = "fhir-ziekenhuizen"


def deletions() -> Levering:
    """What a source took back: contacts of the region, without a moment, so for good."""
    rows = [{"resource_sleutel": f"s-con-{nummer}-0"} for nummer in range(40)]
    records = [Record(BRON, "fhir", "2025", (("fhir_verwijdering", row),)) for row in rows]
    return Levering("verwijderd", tuple(records))


def moments() -> list[list[Levering]]:
    """Three moments. Versions, credits and messages sent again are strewn over all of them; what a
    third of the records say comes twice; the last moment takes contacts away."""
    batches = shuffled(region(90), Random(5))  # noqa: S311
    third = len(batches) // 3
    return [batches[:third], batches[third : 2 * third], [*batches[2 * third :], deletions()]]


def content(settings: Settings, moment: datetime) -> dict[str, list[str | None]]:
    """What a build of a moment reads: the content of its files, wherever they lie."""
    index = committed_index(settings, moment).bestanden
    return {tabel: sorted(map(str, map(file_hash, paths))) for tabel, paths in index.items()}


def test_what_was_known_then_is_built_again(tmp_path: Path, opname: Path) -> None:  # noqa: F811
    with compiled_dbt(opname):
        _check_what_was_known_then(tmp_path)


def _check_what_was_known_then(tmp_path: Path) -> None:
    first, second, third = moments()
    settings = Settings(home=tmp_path / "home", threads=2)
    built: list[tuple[datetime, BuildResult]] = []
    read = []
    for batch in (first, second):
        deliver(settings, batch)
        moment = datetime.now(UTC)
        built.append((moment, build(settings)))
        read.append((moment, content(settings, moment)))
    (t1, then), (t2, current) = built
    assert then.bouw_id != current.bouw_id
    serving = file_hash(settings.home / "serving.duckdb")

    deliver(settings, third)
    deliver(settings, [first[0], second[1]])  # loaded again, as with --again
    # A new home, filled much later in another order, with the real moments of receipt.
    other = Settings(home=tmp_path / "later", threads=1)
    for batch, received in ((third, None), (second, t2), (first, t1)):
        deliver(other, batch[::-1], received=received)
    for moment, files in read:
        assert content(settings, moment) == files
        assert content(other, moment) == files

    view = tmp_path / "toen.duckdb"
    again = build(settings, as_of=AsOf(t1, view))
    assert again.bouw_id == then.bouw_id
    assert not again.nieuw  # so it was compared with the files of then, byte by byte
    assert again.geweigerd == then.geweigerd
    assert again.leveringen == len(first)
    with duckdb.connect(view, read_only=True) as con:
        found = con.execute("select distinct bouw_id from spiegel_indicator").fetchall()
    assert found == [(then.bouw_id,)]

    # Nothing became current by it, so nothing can be published by it.
    pointer = settings.home / "marts/actueel.json"
    assert json.loads(pointer.read_text(encoding="utf-8")) == {"bouw_id": current.bouw_id}
    assert current_build(settings).bouw_id == current.bouw_id
    assert file_hash(settings.home / "serving.duckdb") == serving
    records = settings.home / "rapport/bouw"
    record = json.loads((records / f"{then.bouw_id}.json").read_text(encoding="utf-8"))
    assert record["stand"] is None
    (own,) = records.glob(f"stand-*/{then.bouw_id}.json")
    told = json.loads(own.read_text(encoding="utf-8"))
    assert told["stand"] == t1.isoformat()
    assert max(each["ontvangen_op"] for each in told["leveringen"]) <= t1.isoformat()


def _shown(result: BuildResult, mart: str) -> dict[str, str]:
    """Definitions in a mart, each with its acceptance; uses show what is accepted alone."""
    told = "akkoord" if mart == "spiegel_indicator" else "'geaccepteerd'"
    file = result.map / f"{mart}.parquet"
    rows = duckdb.sql(f"select distinct indicator_id, {told} from '{file}'").fetchall()
    return dict(rows)


def test_what_was_accepted_later_is_not_accepted_then(tmp_path: Path, opname: Path) -> None:  # noqa: F811
    """Other acceptance is another identity, though content and code are the same."""
    settings = Settings(home=tmp_path / "home", threads=2)
    batches = shuffled(region(60, seed=8), Random(3))  # noqa: S311
    deliver(settings, batches, received=datetime(2023, 1, 15, tzinfo=UTC))
    days = [datetime(2023, 6, 30, 21, tzinfo=UTC), datetime(2023, 6, 30, 22, tzinfo=UTC)]
    with compiled_dbt(opname):
        before, after = (build(settings, as_of=AsOf(day)) for day in days)  # midnight lies between
        now = build(settings)
        with pytest.MonkeyPatch.context() as patch:  # the day before the agreements begin
            patch.setattr("marts.build.dutch_day", lambda: date(2023, 6, 30))
            early = build(settings)
    assert early.bouw_id == before.bouw_id
    assert len({before.bouw_id, after.bouw_id, now.bouw_id}) == 3
    then, later = _shown(before, "spiegel_indicator"), _shown(after, "spiegel_indicator")
    assert then.keys() == later.keys()
    assert set(then.values()) == {"voorstel"}
    accepted = {name for name, akkoord in later.items() if akkoord == "geaccepteerd"}
    assert accepted
    for use in ("kwaliteit_spiegel", "inkoop_spiegel", "onderzoek_spiegel", "open_spiegel"):
        assert _shown(before, use) == {}
        assert _shown(after, use).keys() <= accepted
    assert _shown(after, "kwaliteit_spiegel")
    known = _shown(now, "kwaliteit_spiegel").keys()
    assert known > _shown(after, "kwaliteit_spiegel").keys()  # accepted a year later
