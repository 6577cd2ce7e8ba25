"""``make bench``: measure the families named (all without a name), print and write ratios."""

from __future__ import annotations

import sys
from importlib import import_module

from benchmarks.result import messages, show, write

#: Name on the command line and the module that measures it; every import waits for its turn.
FAMILIES = {
    "views": "benchmarks.views",
    "intake": "benchmarks.intake",
    "declaraties": "benchmarks.declaraties",
    "validation": "benchmarks.validation",
    "build": "benchmarks.build",
}


def main(names: list[str]) -> int:
    """Measure, show and write; 2 when a name is unknown."""
    unknown = set(names) - set(FAMILIES)
    if unknown:
        messages.print(f"no such benchmark: {', '.join(unknown)}; there are {', '.join(FAMILIES)}")
        return 2
    families = []
    for name in names or list(FAMILIES):
        families.append(import_module(FAMILIES[name]).measure(messages.print))
        show(families[-1])
    write(families)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
