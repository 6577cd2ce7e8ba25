"""dbt in a process of its own: it keeps global state, so it never runs inside ours.

``python -m marts.dbt_process build`` parses, unless that was done before (``parsed``), then builds
and makes the catalogue of the same project; ``python -m marts.dbt_process dbt …`` is dbt itself.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from dbt.cli.main import cli, dbtRunner
from dbt.contracts.graph.manifest import Manifest

from ingest.parent import end_with_parent
from marts.parsed import keep, surroundings


def build(shared: list[str], build_only: list[str]) -> int:
    """Parse, build, and write dbt's catalogue of what was built.

    Args:
        shared: options that parsing, building and the catalogue all need: the variables.
        build_only: further options of ``dbt build``.

    Returns:
        0 done, 1 the build failed, 2 dbt could not start.
    """
    parsed_before = Path(os.environ["IZA_BUILD_PARSED"])
    with surroundings(parsed_before):
        parsed = dbtRunner().invoke(["parse", "--no-write-json", *shared])
    if not isinstance(parsed.result, Manifest):
        return _complain(parsed.exception)
    keep(Path(os.environ["DBT_TARGET_PATH"]), parsed_before)
    _leave_parsed_alone()
    runner = dbtRunner(manifest=parsed.result)
    built = runner.invoke(["build", *shared, *build_only])
    if not built.success:
        return 1 if built.exception is None else _complain(built.exception)
    catalogue = runner.invoke(["docs", "generate", "--no-compile", *shared])
    return 0 if catalogue.success else _complain(catalogue.exception)


def _leave_parsed_alone() -> None:
    """Look for garbage less often, and never in the parsed project: it is used to the end.

    The search, 3,040 times in a build of 20,000 persons, took a twentieth of its processor time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def _complain(exception: BaseException | None) -> int:
    sys.stdout.write(f"Encountered an error: {exception}\n")
    return 2


def main(args: Sequence[str]) -> int:
    """Do what the first argument says; what follows ``--`` is for ``dbt build`` alone."""
    end_with_parent()
    command, rest = args[0], list(args[1:])
    if command == "dbt":
        return int(cli.main(args=rest, prog_name="dbt", standalone_mode=True) or 0)
    split = rest.index("--")
    return build(rest[:split], rest[split + 1 :])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
