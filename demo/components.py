"""Scheduler, dag-processor and api-server as one: what stops one stops them all.

Run as ``python -m demo.components`` in a session of its own, with the lock of this Airflow home
open on the file descriptor named as its argument. All processes inherit that descriptor, so the
lock is free exactly when none of them lives.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from types import FrameType

_COMPONENTS = (
    ("scheduler", "--skip-serve-logs"),
    ("dag-processor",),
    ("api-server",),
)
_GRACE_SECONDS = 8.0


def _start(command: tuple[str, ...], lock_descriptor: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "airflow", *command],
        stdin=subprocess.DEVNULL,
        pass_fds=(lock_descriptor,),
    )


def _stop(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + _GRACE_SECONDS
    for process in processes:
        try:
            process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()


def _on_terminate(_number: int, _frame: FrameType | None) -> None:
    sys.exit(0)


def main(lock_descriptor: int) -> int:
    """Start the components and stay until told to stop or until one of them stops.

    Args:
        lock_descriptor: open file that carries the lock.

    Returns:
        Exit code: 1 when a component stopped by itself.
    """
    signal.signal(signal.SIGTERM, _on_terminate)
    processes = [_start(command, lock_descriptor) for command in _COMPONENTS]
    try:
        while all(process.poll() is None for process in processes):
            time.sleep(0.5)
        for command, process in zip(_COMPONENTS, processes, strict=True):
            if process.poll() is not None:
                sys.stderr.write(f"{command[0]} stopped with exit code {process.returncode}\n")
        return 1
    finally:
        _stop(processes)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
