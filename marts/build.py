"""One build: raw files of committed deliveries in, marts of one ``bouw_id`` out."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.moments import dutch_day
from ingest.settings import Settings
from ingest.terugkoppeling.cijfers import current_build
from marts.answers import renew_answers
from marts.as_of import AsOf
from marts.dbt_run import PROJECT, DbtRun, committed_index
from marts.export import Mart, find_marts, place_marts, read_build_id, write_json, write_marts
from marts.lock import build_lock
from marts.purpose import check_purposes
from marts.raw_index import RawIndex
from marts.record import BuildResult, report_room, write_record, write_refused
from marts.replaced import find_replaced
from marts.run_results import check_run, count_by_kind, read_results
from marts.serving import write_serving
from marts.too_small import too_small

Progress = Callable[[str], None]


def build(
    settings: Settings,
    *,
    progress: Progress | None = None,
    unit_tests: bool = False,
    keep_database: Path | None = None,
    as_of: AsOf | None = None,
    project: Path = PROJECT,
) -> BuildResult:
    """Build the marts of all committed deliveries and make them the current ones.

    With ``as_of`` the marts are those of the deliveries received by a moment. They lie under their
    own identity and the current build stays what it was, also for readers and for publication.

    Readers see the old marts until the last step and the new ones after it. A build that fails or
    is killed changes nothing they see; what it left behind is removed by the next one.

    Args:
        settings: ``home``, threads and memory.
        progress: told what is being done, one line at a time.
        unit_tests: also run dbt's unit tests of the formulas.
        keep_database: copy the build database here, facts about persons included, for inspection
            by who may see them; without it the database is gone when the build is done.
        as_of: build what was known at a moment, beside the current build.
        project: the dbt project.

    Returns:
        What was built.

    Raises:
        BuildError: dbt failed (the message lists models and tests), a purpose is not allowed, or
            another build is running.
        LedgerError: the ledger cannot be read.
    """
    tell = progress or (lambda _line: None)
    settings = settings.model_copy(update={"home": settings.home.resolve()})
    room = settings.room("bouw")
    with build_lock(room), _private_folder(room) as folder:
        index = committed_index(settings, as_of.moment if as_of else None)
        tell(f"{len(index.leveringen)} deliveries, {index.rijen} rows in raw/")
        day = as_of.day if as_of else dutch_day()
        run = DbtRun(folder, index.write(folder), settings, project, day, index.rijen)
        tell("dbt builds and tests the models")
        stappen = _run(run, unit_tests=unit_tests)
        check_purposes(run.target, index.bronnen)
        tell("writing the marts")
        result, marts = _export(run, settings, as_of, stappen, index)
        if keep_database is not None:
            shutil.copyfile(run.database, keep_database)
        if as_of is None:
            vorige = current_build(settings.home)
            _make_current(settings, result, marts)
            tell(f"{result.bouw_id} is the current build")
            renew_answers(settings, result.bouw_id, vorige, index, tell)
        elif as_of.serve is not None:
            write_serving(as_of.serve, result.map, marts)
    return result


@contextmanager
def _private_folder(room: Path) -> Iterator[Path]:
    # Under the lock nobody else has a folder here: what is found was left by a killed build.
    for rest in room.glob("run-*"):
        shutil.rmtree(rest, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix="run-", dir=room))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(run: DbtRun, *, unit_tests: bool) -> dict[str, int]:
    process = run.build([] if unit_tests else ["--exclude-resource-type", "unit_test"])
    results = read_results(run.target)
    said = [result.melding for result in results if result.failed]
    said += [process.stdout or "", process.stderr or ""] if not said else []
    remedy = too_small(said, run.settings, run.folder.parent, process.returncode)
    check_run(process, results, remedy)
    return count_by_kind(results)


def _export(
    run: DbtRun, settings: Settings, as_of: AsOf | None, stappen: dict[str, int], index: RawIndex
) -> tuple[BuildResult, list[Mart]]:
    marts = find_marts(run.target)
    written = run.folder / "marts"
    written.mkdir()
    reports = report_room(settings, as_of)
    _clear_half_written(reports)
    with run.read() as con:
        bouw_id = read_build_id(con)
        modellen = write_marts(con, marts, written)
        geweigerd = write_refused(con, reports, bouw_id)
        vervangen = find_replaced(con, index)
    destination = settings.room("marts") / bouw_id
    nieuw = place_marts(written, run.target, destination)
    result = BuildResult(
        bouw_id=bouw_id,
        map=destination,
        nieuw=nieuw,
        modellen=modellen,
        tests=stappen.get("test", 0),
        stappen=stappen,
        geweigerd=geweigerd,
        leveringen=len(index.leveringen),
    )
    write_record(reports, result, index, as_of, vervangen)
    return result, marts


def _clear_half_written(reports: Path) -> None:
    # A killed build of other deliveries left them under the name of a build that may never come.
    for rest in reports.glob(".*.nieuw"):
        rest.unlink()


def _make_current(settings: Settings, result: BuildResult, marts: list[Mart]) -> None:
    write_serving(settings.home / "serving.duckdb", result.map, marts)
    write_json(settings.room("marts") / "actueel.json", {"bouw_id": result.bouw_id})
