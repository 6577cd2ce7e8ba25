"""Damaged files of all families, through the whole of intake.

No traceback, every record accounted for, every refusal with a reason and kept.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from random import Random

import polars as pl
import pytest
from fuzz_deliveries import Made, Seed, make, seeds

from ingest.intake import ingest_path
from ingest.oordeel.rules import rules
from ingest.report import IntakeReport
from ingest.settings import Settings

_A_DELIVERY = 250
_SOORTEN = ("declaratie", "register", "fhir")
_EMPTY = re.compile(rb"[\r\n]*")


def load(settings: Settings, folder: Path, soort: str, files: list[Made]) -> IntakeReport:
    """Load the files as one delivery; tell which of them stops intake when one does."""
    folder.mkdir(parents=True)
    for file in files:
        (folder / file.name).write_bytes(file.raw)
    try:
        return ingest_path(folder, f"fuzz-{soort}", settings, soort=soort)  # type: ignore[arg-type]
    except Exception as error:
        found = []
        for file in files:
            try:
                ingest_path(folder / file.name, "fuzz-een", settings, soort=soort)  # type: ignore[arg-type]
            except Exception as one:
                found.append((file.number, repr(one)[:300]))
        raise AssertionError(f"as {soort} these stop intake: {found}; {error!r}") from error


def check(settings: Settings, report: IntakeReport, files: list[Made]) -> None:
    """Every record is accounted for, and every refused one is kept with a reason we know."""
    assert report.status in ("geaccepteerd", "deels", "geweigerd")
    for naam, t in report.tabellen.items():
        assert t.aangeleverd == t.geaccepteerd + t.quarantaine + t.dubbel, naam
    total = report.total()
    pattern = f"*/bron={report.bron_id}/periode=*/levering={report.levering_id}/*.parquet"
    kept = [
        pl.read_parquet(path, hive_partitioning=False).select(
            "naam", "bestand", "regel", "reden_code"
        )
        for path in (settings.home / "quarantaine").glob(pattern)
    ]
    refused = pl.concat(kept) if kept else None
    places = refused.select("naam", "bestand", "regel").n_unique() if refused is not None else 0
    assert (places > 0) == (total.quarantaine > 0)
    assert places <= total.quarantaine
    if refused is not None:
        assert set(refused["reden_code"]) <= set(rules())
        assert {r.code for r in report.redenen} == set(refused["reden_code"])
    if report.soort == "declaratie" and all(file.plain for file in files):
        whole = [f.raw for f in files if b"\0" not in f.raw]
        lines = sum(len([x for x in raw.split(b"\n") if x.strip(b"\r")]) for raw in whole)
        assert total.aangeleverd >= lines * 0.9
        assert total.aangeleverd <= lines + len(files)


def fuzz(settings: Settings, place: Path, of: list[Seed], first: int, number: int) -> Counter[str]:
    seen: Counter[str] = Counter()
    for start in range(first, first + number, _A_DELIVERY):
        made = [make(n, of) for n in range(start, min(start + _A_DELIVERY, first + number))]
        odd = Random(start).random() < 0.1  # noqa: S311 - repeatable on purpose
        for soort in ("declaratie", "register"):
            as_soort = Random(start).choice(_SOORTEN) if odd else soort  # noqa: S311
            for plain in (True, False):
                files = [f for f in made if f.soort == soort and f.plain is plain]
                if not files:
                    continue
                report = load(settings, place / f"{start}-{soort}-{plain}", as_soort, files)
                check(settings, report, files)
                total = report.total()
                seen += Counter(
                    files=len(files), leveringen=1, geaccepteerd=total.geaccepteerd,
                    quarantaine=total.quarantaine, dubbel=total.dubbel, **{soort: len(files)},
                )  # fmt: skip
    return seen


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> list[Seed]:
    found = seeds(tmp_path_factory.mktemp("gebied") / "regio")
    assert {seed.soort for seed in found} == {"declaratie", "register"}
    assert len(found) >= 14
    return found


def test_two_hundred_and_fifty_damaged_files(
    settings: Settings, tmp_path: Path, whole: list[Seed], record_property: pytest.Function
) -> None:
    seen = fuzz(settings, tmp_path, whole, 1, 250)
    record_property("printed", f"damaged declarations and registers: {dict(seen)}")  # type: ignore[operator]
    assert seen["files"] == 250
    assert min(seen["geaccepteerd"], seen["quarantaine"], seen["dubbel"]) > 50
    assert min(seen["declaratie"], seen["register"]) > 75


@pytest.mark.chaos
@pytest.mark.parametrize("block", range(10))
def test_fourteen_thousand_damaged_files(
    settings: Settings, tmp_path: Path, whole: list[Seed], block: int
) -> None:
    """With those of FHIR (``test_fhir_fuzz``) more than twenty thousand over three families."""
    assert fuzz(settings, tmp_path, whole, 1_000_000 + 1_400 * block, 1_400)["files"] == 1_400
