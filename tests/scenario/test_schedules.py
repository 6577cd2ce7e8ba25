"""Promise 2: order, repetition and batches of the same records change no byte of a mart.

The records are those of a demo region: corrections, replaced messages, retour messages, versions
and planted faults among them. Every schedule goes through intake as deliveries do; dbt builds the
first, and its own statements build the others (``compiled_build``).
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from ingest.intake import ingest_path
from ingest.ledger import ledger_of
from ingest.pseudonym import write_key
from ingest.retention import withdraw
from ingest.settings import Settings
from marts.build import BuildResult, build
from marts.export import file_hash
from synthetic.region import write_region
from tests.compiled_build import CompiledBuild
from tests.schedules import Sending, read_sendings, schedule

# One worker makes the reference for all of them.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("rooster")]

WANTED = {
    "fhir-ziekenhuizen": ("2024", "2025"),
    "declaraties-msz": ("2024", "2025"),
    "declaraties-ggz": ("2025",),
    "declaraties-huisartsen": ("2025",),
    "retour-verzekeraars": ("2025",),
    "register-zorgaanbieders": ("2024", "2025"),
    "register-bevolking": ("2025",),
    "register-contracten": ("2025",),
    "register-ggz-wachttijden": ("2025",),
}


@dataclass(frozen=True)
class Reference:
    """The plain way: every delivery once, in order, built by dbt."""

    sendings: list[Sending]
    settings: Settings
    bouw: BuildResult
    compiled: CompiledBuild


def _take_in(home: Path, sendings: list[Sending]) -> Settings:
    settings = Settings(home=home, threads=1)
    write_key(settings, demo=True)
    for number, sending in enumerate(sendings):
        folder = sending.write(home / "onderweg" / str(number))
        ingest_path(folder, sending.bron, settings, periode=sending.periode)
    return settings


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    root = tmp_path_factory.mktemp("rooster")
    write_region(200, 4, root / "inbox", progress=lambda _line: None)
    sendings = read_sendings(root / "inbox", WANTED)
    settings = _take_in(root / "home", sendings)
    database = root / "bouw.duckdb"
    bouw = build(settings, keep_database=database)
    return Reference(sendings, settings, bouw, CompiledBuild(bouw.map, database))


def _hashes(folder: Path) -> dict[str, str | None]:
    return {path.name: file_hash(path) for path in sorted(folder.glob("*.parquet"))}


def _check(reference: Reference, sendings: list[Sending], place: Path) -> None:
    _check_home(reference, _take_in(place / "home", sendings), place)


def _check_home(reference: Reference, settings: Settings, place: Path) -> None:
    marts = place / "marts"
    marts.mkdir()
    assert reference.compiled.write(settings, marts) == reference.bouw.bouw_id
    assert _hashes(marts) == _hashes(reference.bouw.map)
    shutil.rmtree(place)


def _drawn(reference: Reference, seed: int) -> list[Sending]:
    return schedule(reference.sendings, Random(seed))  # noqa: S311 - repeatable on purpose


def test_the_statements_of_dbt_build_what_dbt_builds(reference: Reference, tmp_path: Path) -> None:
    assert reference.bouw.modellen["spiegel_indicator"] > 100
    place = tmp_path / "gewoon"
    place.mkdir()
    _check_home(reference, reference.settings, place)


def test_a_record_less_is_seen(reference: Reference, tmp_path: Path) -> None:
    place = tmp_path / "minder"
    left_out = shutil.ignore_patterns("onderweg", "marts")
    home = shutil.copytree(reference.settings.home, place / "home", ignore=left_out)
    settings = Settings(home=home, threads=1)
    deliveries = ledger_of(settings).committed()
    one = next(each for each in deliveries if each.bron_id == "fhir-ziekenhuizen")
    withdraw(one.levering_id, "To see that it is missed.", settings)
    with pytest.raises(AssertionError):
        _check_home(reference, settings, place)


@pytest.mark.parametrize("seed", range(2))
def test_a_schedule_changes_no_byte(reference: Reference, tmp_path: Path, seed: int) -> None:
    _check(reference, _drawn(reference, seed), tmp_path / "rooster")


@pytest.mark.chaos
@pytest.mark.parametrize("block", range(10))
def test_two_hundred_schedules_change_no_byte(
    reference: Reference, tmp_path: Path, block: int
) -> None:
    for seed in range(100 + 20 * block, 120 + 20 * block):
        place = tmp_path / f"rooster-{seed}"
        _check(reference, _drawn(reference, seed), place)
