"""Writing: accepted rows to ``raw/``, refused records to ``quarantaine/``, beside and then renamed.

Everything of a delivery is first written under ``werk/<levering>.…/`` in the same file system,
then brought to disk and renamed into place, folder by folder. A kill in between leaves folders that
no reader sees, because the ledger does not know the delivery yet; the next run replaces them.
"""

from __future__ import annotations

import filecmp
import hashlib
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from uuid import uuid4

import duckdb

from ingest.durable import make_folder, place_folder, restrict, sync
from ingest.filenames import place_numbers
from ingest.reading import Delivery
from ingest.report import IntakeReport
from ingest.settings import Settings
from ingest.treatment import repeated_values, treated_columns

_QUARANTINE_QUERY = """
    select cast(? as varchar) as bron_id, cast(? as varchar) as periode,
           cast(? as varchar) as levering_id, bestand, regel, naam, reden_code, element,
           toelichting, tekst
    from record join (select distinct * from afkeur) using (record_nr)
    where naam = ?
    order by bestand, regel, reden_code, element
"""

#: Records whose rows are joined, treated and put in order at once. What that takes of memory is
#: bounded so; with all records of a large delivery the engine cannot spill enough of it.
AT_ONCE = 1_000_000

_ACCEPTED = """
    record_nr not in (select record_nr from afkeur)
    and record_nr not in (select record_nr from dubbel)
"""


def partition(delivery: Delivery) -> str:
    """The folder of a delivery below a table: ``bron=…/periode=…/levering=…``."""
    return f"bron={delivery.bron_id}/periode={delivery.periode}/levering={delivery.levering_id}"


def file_name(naam: str) -> str:
    """A record name as a folder name: ``ZH308/04`` becomes ``ZH308-04``."""
    return re.sub(r"[^A-Za-z0-9_.-]", "-", naam)


def feedback_folder(home: Path, delivery: Delivery) -> Path:
    """Where the answer for the sender of a delivery is; nobody else has a part in it."""
    return home / "terugkoppeling" / delivery.bron_id / delivery.levering_id


def replace_folder(written: Path, target: Path) -> None:
    """Put a folder in its place by rename; the room it is in is for the service alone."""
    make_folder(target.parent)
    target.parents[1].chmod(0o700)
    place_folder(written, target)


class Workplace:
    """The private folder of one delivery, and the renames that end it.

    Every attempt has a folder of its own: one that was given up and goes on all the same cannot
    write into that of its successor. What earlier attempts left is removed.

    Args:
        delivery: the delivery that is being loaded; this process has claimed it.
        settings: says where ``home`` is.
    """

    def __init__(self, delivery: Delivery, settings: Settings) -> None:
        self._delivery = delivery
        self._home = settings.home
        room = settings.room("werk")
        for rest in room.glob(f"{delivery.levering_id}*"):
            shutil.rmtree(rest, ignore_errors=True)
        self.folder = room / f"{delivery.levering_id}.{uuid4().hex[:8]}"
        self.folder.mkdir(mode=0o700)
        self._last: int | None = None
        self._numbered = False

    @property
    def feedback(self) -> Path:
        """Where the answer for the sender is written before it is put in its place."""
        folder = self.folder / "terugkoppeling"
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder

    def _target(self, room: str, name: str) -> Path:
        folder = self.folder / room / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder / "deel-0.parquet"

    def write_raw(
        self, con: duckdb.DuckDBPyConnection, tabel: str, herhalend: frozenset[str] = frozenset()
    ) -> int:
        """Write the accepted rows of one raw table, in the order of the delivery.

        Args:
            con: the connection of the delivery, with ``proj_<tabel>``.
            tabel: the raw table.
            herhalend: columns whose values repeat; each distinct value is treated once.

        Returns:
            Rows written.
        """
        return self._write_rows(con, tabel, _ACCEPTED, herhalend)

    def write_judgements(self, con: duckdb.DuckDBPyConnection) -> int:
        """Write what intake found against records, without their content (``oordeel.kept``).

        Returns:
            Rows written.
        """
        return self._write_rows(con, "dq_oordeel", "true")

    def _write_rows(
        self,
        con: duckdb.DuckDBPyConnection,
        tabel: str,
        which: str,
        herhalend: frozenset[str] = frozenset(),
    ) -> int:
        d = self._delivery
        values, joins = repeated_values(tabel, herhalend)
        query = f"""
            {values}
            select cast(? as varchar) as bron_id, cast(? as varchar) as periode,
                   cast(? as varchar) as levering_id, bestand_nr as bestand, regel,
                {treated_columns(tabel, herhalend)}
            from proj_{tabel}
            join (select record_nr, bestand, regel from record) as plaats using (record_nr)
            join bestand_nummer using (bestand)
            {joins}
            where {which} {{slice}}
            order by record_nr
        """
        self._number_files(con)
        given, target = [d.bron_id, d.periode, d.levering_id], self._target("raw", tabel)
        last = self._last_record(con)
        if last <= AT_ONCE:
            return self._copy(con, query.format(slice=""), given, target)
        parts = self.folder / "delen" / tabel
        parts.mkdir(parents=True)
        for first in range(1, last + 1, AT_ONCE):
            slice_ = f"and proj_{tabel}.record_nr between {first} and {first + AT_ONCE - 1}"
            part = parts / f"{first:012d}.parquet"
            self._copy(con, query.format(slice=slice_), given, part)
        rows = self._copy(con, "select * from read_parquet(?)", [str(parts / "*.parquet")], target)
        shutil.rmtree(parts)
        return rows

    def _number_files(self, con: duckdb.DuckDBPyConnection) -> None:
        """Make ``bestand_nummer``: what stands in ``raw/`` for each file, once."""
        if self._numbered:
            return
        self._numbered = True
        places = [row[0] for row in con.execute("select distinct bestand from record").fetchall()]
        numbers = place_numbers(places, [file.name for file in self._delivery.files])
        con.execute("create temp table bestand_nummer (bestand varchar, bestand_nr varchar)")
        con.execute(
            "insert into bestand_nummer select unnest(?), unnest(?)",
            [list(numbers), list(numbers.values())],
        )

    def _last_record(self, con: duckdb.DuckDBPyConnection) -> int:
        """The number of the last record of the delivery; asked once."""
        if self._last is None:
            row = con.execute("select coalesce(max(record_nr), 0) from record").fetchone()
            self._last = int(row[0]) if row else 0
        return self._last

    def write_quarantine(self, con: duckdb.DuckDBPyConnection) -> None:
        """Write the refused records with their reasons and raw text, one folder a record name."""
        d = self._delivery
        names = con.execute(
            "select distinct naam from record join afkeur using (record_nr) order by naam"
        ).fetchall()
        for (naam,) in names:
            target = self._target("quarantaine", file_name(naam))
            self._copy(con, _QUARANTINE_QUERY, [d.bron_id, d.periode, d.levering_id, naam], target)

    def _copy(
        self, con: duckdb.DuckDBPyConnection, query: str, values: list[str], target: Path
    ) -> int:
        path = str(target).replace("'", "''")
        copied = con.execute(
            f"copy ({query}) to '{path}' (format parquet, compression zstd)", values
        ).fetchone()
        return int(copied[0]) if copied else 0

    def publish(self) -> dict[str, str]:
        """Move everything into place, brought to disk.

        A raw file that is there is never changed: other rows of a delivery that is read again come
        beside it, under a name of their content, and count when the ledger names them.

        Returns:
            The name of the file of every raw table.

        Raises:
            OSError: a rename failed.
        """
        names = {}
        for room in ("raw", "quarantaine"):
            if (self.folder / room).exists():
                make_folder(self._home / room)
            if room == "quarantaine" and (self._home / room).exists():
                (self._home / room).chmod(0o700)
            for written in sorted((self.folder / room).glob("*")):
                target = self._home / room / written.name / partition(self._delivery)
                if room == "raw":
                    names[written.name] = _place_raw(written, target)
                else:
                    restrict(written)
                    make_folder(target.parent, mode=0o700)
                    place_folder(written, target)
        replace_folder(self.feedback, feedback_folder(self._home, self._delivery))
        shutil.rmtree(self.folder, ignore_errors=True)
        return names

    def clear_replaced(self, report: IntakeReport, names: Mapping[str, str]) -> None:
        """Remove what an earlier attempt put in place and this one did not.

        Args:
            report: what this one made of the delivery.
            names: the file of every raw table, from ``publish``.
        """
        d = self._delivery
        kept = {
            "raw": set(names),
            "quarantaine": {file_name(n) for n, t in report.tabellen.items() if t.quarantaine},
        }
        for room, tables in kept.items():
            pattern = f"*/bron={d.bron_id}/periode=*/levering={d.levering_id}"
            for folder in sorted((self._home / room).glob(pattern)):
                table = folder.relative_to(self._home / room).parts[0]
                if table not in tables or not folder.match(f"*/{partition(d)}"):
                    shutil.rmtree(folder)
                elif room == "raw":
                    for file in folder.iterdir():
                        if file.name != names[table]:
                            file.unlink()

    def abandon(self) -> None:
        """Remove the private folder: it holds identifiers and nothing was put in place."""
        shutil.rmtree(self.folder, ignore_errors=True)


def _place_raw(written: Path, target: Path) -> str:
    """Put the one file of a raw table in its place, beside what is there; its name."""
    (file,) = written.iterdir()
    if not target.exists():
        place_folder(written, target)
        return file.name
    for present in sorted(target.glob("*.parquet")):
        if filecmp.cmp(present, file, shallow=False):
            return present.name
    sync(file)
    with file.open("rb") as handle:
        name = f"deel-{hashlib.file_digest(handle, 'sha256').hexdigest()[:16]}.parquet"
    file.rename(target / name)
    sync(target)
    return name
