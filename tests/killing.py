"""Kill any ``iza`` command with SIGKILL, at a moment in time or just before a change on disk.

A server process imports what commands need and forks a child for every run, so that a run costs
what it does and not two seconds of starting up. A child leads a process group of its own; the kill
takes the group, so a process it started (dbt) dies with it.

    with Killing(environment) as iza:
        whole = iza.run("ingest", "levering", "--bron", "b")   # Ran(code, steps, seconds, ...)
        iza.run("ingest", ..., at_step=whole.steps // 2)        # killed before its change
        iza.run("ingest", ..., after=0.1)                       # killed after a tenth of a second
        iza.run("build", at_path="actueel.json")                # killed before it writes that

A build can be given the outcome of an earlier run of dbt (``recorded_dbt``) in place of dbt, so
that a kill of what follows dbt costs seconds.
"""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

KILLED = -signal.SIGKILL

#: What changes something on disk, as Python tells its audit hooks; a file opened to write too.
_CHANGES = frozenset(
    {"os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.chmod", "shutil.rmtree",
     "sqlite3.connect", "subprocess.Popen"}
)  # fmt: skip
#: What asks for room on the disk.
_WANTS_ROOM = frozenset({"open", "os.mkdir", "os.rename"})
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


@dataclass(frozen=True)
class Ran:
    """A run that ended or was killed.

    Attributes:
        code: exit code; ``KILLED`` when it was killed.
        steps: changes on disk it came to.
        seconds: how long it took.
        output: what it wrote on standard output.
        messages: what it wrote on standard error.
    """

    code: int
    steps: int
    seconds: float
    output: str
    messages: str


class Killing:
    """Runs ``iza`` commands in one environment.

    Args:
        environment: variables of the commands; the path and Python's are added.
        folder: an existing folder for their output.
        recording: outcome of dbt that builds get in its place; dbt itself runs when left out.
    """

    def __init__(
        self, environment: Mapping[str, str], folder: Path, recording: Path | None = None
    ) -> None:
        self._recording = str(recording) if recording else None
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("IZA_", "AIRFLOW"))}
        root = str(Path(__file__).parents[1])
        self._environment = kept | {"PYTHONPATH": root} | dict(environment)
        self._folder = folder

    def __enter__(self) -> Killing:
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.killing"],
            env=self._environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        assert self._server.stdin is not None
        self._server.stdin.close()
        self._server.wait(30)
        assert self._server.stdout is not None
        self._server.stdout.close()

    def run(
        self,
        *words: str,
        at_step: int | None = None,
        after: float | None = None,
        full_at: int | None = None,
        at_path: str | None = None,
        alone: bool = False,
        **variables: str,
    ) -> Ran:
        """Run one command.

        Args:
            words: of the command, without ``iza``.
            at_step: kill it before this change on disk, counted from 1.
            after: kill it so many seconds after its start.
            full_at: from this change on disk on nothing more can be written (ENOSPC).
            at_path: kill it before the first change on disk that names a path with this in it.
            alone: a kill after seconds spares the processes it started.
            variables: of the environment, for this run.
        """
        asked = {
            "words": words, "at_step": at_step, "after": after, "full_at": full_at,
            "at_path": at_path, "alone": alone, "variables": variables, "folder": str(self._folder),
            "recording": self._recording,
        }  # fmt: skip
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        self._server.stdin.write(json.dumps(asked) + "\n")
        self._server.stdin.flush()
        answer = json.loads(self._server.stdout.readline())
        output, messages = ((self._folder / n).read_text() for n in ("output", "messages"))
        return Ran(**answer, output=output, messages=messages)


def _count_changes(asked: dict, counter: Path) -> None:
    at_step, full_at, at_path = (asked[name] for name in ("at_step", "full_at", "at_path"))
    steps = 0
    handle = os.open(counter, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)

    def hook(event: str, args: tuple[object, ...]) -> None:
        nonlocal steps
        if event == "open":
            flags = args[2]
            if not (isinstance(flags, int) and flags & _WRITES) or args[0] == os.devnull:
                return
        elif event not in _CHANGES:
            return
        steps += 1
        os.pwrite(handle, f"{steps:8}".encode(), 0)
        named = at_path is not None and any(at_path in str(arg) for arg in args[:2])
        if named or steps == at_step:
            os.killpg(0, signal.SIGKILL)
        if full_at is not None and steps >= full_at and event in _WANTS_ROOM:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    sys.addaudithook(hook)


def _child(asked: dict) -> None:
    os.setsid()
    folder = Path(asked["folder"])
    for number, name in ((1, "output"), (2, "messages")):
        handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(handle, number)
    os.environ.update(asked["variables"])
    sys.argv = ["iza", *asked["words"]]
    if asked["recording"] is not None:
        import marts.dbt_run

        stand_in = (sys.executable, "-m", "tests.recorded_dbt", asked["recording"])
        marts.dbt_run._PROCESS = stand_in  # type: ignore[assignment]
    _count_changes(asked, folder / "steps")
    from ingest.cli import main

    code = 70
    try:
        main()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(bool(end.code))
    except BaseException:
        sys.excepthook(*sys.exc_info())  # a traceback that reached the user, for the test to find
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _watch(pid: int, after: float | None, alone: bool) -> tuple[int, float]:
    begin = time.monotonic()
    while True:
        ended, status = os.waitpid(pid, os.WNOHANG)
        passed = time.monotonic() - begin
        if ended:
            return os.waitstatus_to_exitcode(status), passed
        if after is not None and passed >= after:
            try:
                (os.kill if alone else os.killpg)(pid, signal.SIGKILL)
            except ProcessLookupError:  # it leads no group yet
                os.kill(pid, signal.SIGKILL)
            after = None
        time.sleep(0.001)


def _serve() -> None:
    # Imported, not used: nothing here may start a thread, or a fork would lose it. The first ones
    # are imported at their first use, so by every child again; that of pandera brings hypothesis.
    import numpy.ma  # noqa: F401
    import pandera.backends.polars.builtin_checks  # noqa: F401
    import sqlalchemy.dialects.sqlite  # noqa: F401

    import ingest.cli
    import ingest.intake
    import ingest.registers.intake  # noqa: F401

    for line in sys.stdin:
        asked = json.loads(line)
        folder = Path(asked["folder"])
        (folder / "steps").unlink(missing_ok=True)
        pid = os.fork()
        if pid == 0:
            _child(asked)
        code, seconds = _watch(pid, asked["after"], asked["alone"])
        steps = int((folder / "steps").read_text() or 0) if (folder / "steps").exists() else 0
        sys.stdout.write(json.dumps({"code": code, "steps": steps, "seconds": seconds}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve()
