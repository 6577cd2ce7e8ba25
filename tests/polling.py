"""A reader of ``serving.duckdb`` who opens it again and again while builds replace it.

``python -m tests.polling SERVING ANSWERS STOP`` asks the same question until the file STOP is
there, and appends every answer to ANSWERS as a line of JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

#: Two marts in one question: which builds their rows are of, and how many rows there are.
_QUESTION = """
    select list(distinct bouw_id order by bouw_id), count(*) from spiegel_indicator
    union all
    select list(distinct bouw_id order by bouw_id), count(*) from open_spiegel
"""


@dataclass(frozen=True)
class Answer:
    """What one opening of the file gave.

    Attributes:
        bouwen: builds that rows of the two marts name; one when all is well.
        rijen: rows of each of the two.
        fout: the error, when it could not be read.
    """

    bouwen: tuple[str, ...]
    rijen: tuple[int, ...]
    fout: str | None = None


def read_once(serving: Path) -> Answer:
    """Open the file, ask, close it."""
    try:
        with duckdb.connect(serving, read_only=True) as con:
            return ask(con)
    except Exception as error:  # whatever a reader would see
        return Answer((), (), f"{type(error).__name__}: {error}")


def ask(con: duckdb.DuckDBPyConnection) -> Answer:
    """Ask a connection that is open."""
    parts = con.execute(_QUESTION).fetchall()
    bouwen = {bouw_id for found, _count in parts for bouw_id in found or ()}
    return Answer(tuple(sorted(bouwen)), tuple(sorted(count for _found, count in parts)))


class Reader:
    """The reader's process, seen from the test."""

    def __init__(self, answers: Path, process: subprocess.Popen[bytes]) -> None:
        self._file = answers
        self._process = process

    def answers(self) -> list[Answer]:
        """All answers so far."""
        whole = self._file.read_text(encoding="utf-8").rpartition("\n")[0]
        found = [json.loads(line) for line in whole.splitlines()]
        return [Answer(tuple(bouwen), tuple(rijen), fout) for bouwen, rijen, fout in found]

    def wait_for_more(self, number: int) -> None:
        """Wait until so many more answers are there."""
        wanted = len(self.answers()) + number
        while len(self.answers()) < wanted:
            assert self._process.poll() is None, "the reader stopped"
            time.sleep(0.005)


@contextmanager
def polling(serving: Path, folder: Path) -> Iterator[Reader]:
    """Let a reader poll the file while the block runs.

    Args:
        serving: the file.
        folder: an existing folder for the answers.
    """
    answers, stop = folder / "answers", folder / "stop"
    answers.touch()
    words = [sys.executable, "-m", "tests.polling", str(serving), str(answers), str(stop)]
    process = subprocess.Popen(words, cwd=Path(__file__).parents[1])
    try:
        yield Reader(answers, process)
    finally:
        stop.touch()
        process.wait(30)


def _poll(serving: Path, answers: Path, stop: Path) -> None:
    with answers.open("a", encoding="utf-8") as file:
        while not stop.exists():
            found = read_once(serving)
            file.write(json.dumps([found.bouwen, found.rijen, found.fout]) + "\n")
            file.flush()


if __name__ == "__main__":
    _poll(*(Path(word) for word in sys.argv[1:]))
