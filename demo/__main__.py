"""``python -m demo [run | up | down | airflow …]``: the chain under a real Airflow."""

from __future__ import annotations

import signal
import sys
from types import FrameType

from demo import commands
from demo.console import console
from ingest.errors import IzaError

_COMMANDS = {"run": commands.run, "up": commands.up, "down": commands.down}


def _on_terminate(number: int, _frame: FrameType | None) -> None:
    # As an exception, so that Airflow is stopped on the way out.
    raise SystemExit(128 + number)


def main(arguments: list[str]) -> int:
    """Run one command.

    Args:
        arguments: the name of the command; ``run`` when empty.

    Returns:
        Exit code: 0 done, 1 something failed, 2 wrong use, else the code of the fault.
    """
    name = arguments[0] if arguments else "run"
    if name == "airflow":
        return commands.airflow(arguments[1:])
    if name not in _COMMANDS or len(arguments) > 1:
        console.print(f"usage: python -m demo [{' | '.join(_COMMANDS)} | airflow …]", markup=False)
        return 2
    signal.signal(signal.SIGTERM, _on_terminate)
    signal.signal(signal.SIGHUP, _on_terminate)
    try:
        _COMMANDS[name]()
    except IzaError as error:
        console.print(f"FAILED: {error}", markup=False, style="bold red")
        return error.exit_code
    except KeyboardInterrupt:
        console.print("Stopped.")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
