"""``python -m synthetic --personen N --seed S --out DIR``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from synthetic.region import write_region


def main(arguments: list[str] | None = None) -> int:
    """Write the demo region; progress goes to standard error.

    Args:
        arguments: command line; the process's own when left out.

    Returns:
        Exit code: 0 done, 2 wrong use.
    """
    parser = argparse.ArgumentParser(prog="python -m synthetic", description=__doc__)
    parser.add_argument("--personen", type=int, default=20_000, help="number of inhabitants")
    parser.add_argument("--seed", type=int, default=1, help="seed, 0 or more")
    parser.add_argument("--out", type=Path, required=True, help="folder for the deliveries")
    given = parser.parse_args(arguments)
    try:
        write_region(
            given.personen,
            given.seed,
            given.out,
            progress=lambda line: print(line, file=sys.stderr, flush=True),  # noqa: T201
        )
    except (ValueError, FileExistsError) as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
