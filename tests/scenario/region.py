"""One demo region through the whole chain without Airflow, shared by the scenario tests."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from ingest.filenames import named_place
from ingest.intake import ingest_path
from ingest.landing import landed_names
from ingest.pseudonym import write_key
from ingest.report import IntakeReport
from ingest.settings import Settings
from ingest.sources.folder import find_waiting
from marts.build import BuildResult, build
from publish.release import publish
from synthetic.region import write_region

PERSONEN = 8_000


@dataclass(frozen=True)
class Region:
    """A home in which the whole chain has run, and what was planted in it."""

    settings: Settings
    reports: dict[tuple[str, str], IntakeReport]
    bouw: BuildResult
    database: Path

    def truth(self, name: str) -> pl.DataFrame:
        """A table of the planted truth, all columns as text."""
        file = self.settings.home / "waarheid" / f"{name}.csv"
        return pl.read_csv(file, infer_schema=False).fill_null("")

    def mart(self, name: str) -> pl.DataFrame:
        """A mart of the build."""
        return pl.read_parquet(self.bouw.map / f"{name}.parquet")

    def fact(self, query: str) -> pl.DataFrame:
        """Rows of the database that the build kept for inspection."""
        with duckdb.connect(self.database, read_only=True) as con:
            return pl.DataFrame(con.sql(query).to_arrow_table())

    def refused_by_build(self) -> pl.DataFrame:
        """All rows refused by the build, with the names their files have in ``landing/``."""
        file = self.settings.home / "rapport" / "bouw" / f"{self.bouw.bouw_id}.parquet"
        rows = pl.read_parquet(file)
        names = {
            levering: landed_names(bron, levering, self.settings)
            for bron, levering in rows.select("bron_id", "levering_id").unique().iter_rows()
        }
        named = [
            named_place(place, names[levering])
            for place, levering in rows.select("bestand", "levering_id").iter_rows()
        ]
        return rows.with_columns(pl.Series("bestand", named, dtype=pl.String))

    def quarantine(self) -> pl.DataFrame:
        """All rows refused at intake."""
        files = sorted((self.settings.home / "quarantaine").rglob("*.parquet"))
        return pl.concat(pl.read_parquet(file, hive_partitioning=False) for file in files)


def run_chain(home: Path) -> Region:
    """Write the region, load everything, build and publish."""
    settings = Settings(home=home.resolve(), threads=2)
    write_key(settings, demo=True)
    write_region(PERSONEN, 1, settings.inbox_dir, progress=lambda _line: None)
    shutil.move(settings.inbox_dir / "waarheid", home / "waarheid")
    reports = {
        (w.bron_id, w.periode): ingest_path(w.path, w.bron_id, settings, periode=w.periode)
        for w in find_waiting(settings)
    }
    database = home / "inspectie.duckdb"
    bouw = build(settings, keep_database=database)
    publish(settings)
    return Region(settings, reports, bouw, database)
