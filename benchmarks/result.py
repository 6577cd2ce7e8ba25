"""What a family of measurements hands back, and how it is shown and kept."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

RESULT = Path(__file__).parent / "result.json"

#: Tells how far the work is.
Progress = Callable[[str], None]
Row = dict[str, float | int | str]

messages = Console(stderr=True, highlight=False, soft_wrap=True)
output = Console(highlight=False, width=None if os.isatty(1) else 160)


@dataclass
class Section:
    """One table: a title, what its numbers are, and rows with the same keys."""

    title: str
    about: str
    rows: Sequence[Row]


@dataclass
class Family:
    """The measurements of one family.

    Attributes:
        name: its name on the command line and in the result.
        sections: its tables.
        skipped: what was not measured, and why.
    """

    name: str
    sections: list[Section] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)


def _shown(value: float | int | str) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
    return f"{value:,}" if isinstance(value, int) else value


def show(family: Family) -> None:
    """Print the tables of a family, and what it skipped."""
    for section in family.sections:
        output.print(Text(f"\n{family.name}: {section.title}", style="bold"))
        output.print(Text(section.about))
        shown = Table(header_style="bold")
        for key, value in (section.rows[0] if section.rows else {}).items():
            shown.add_column(key, justify="left" if isinstance(value, str) else "right")
        for row in section.rows:
            shown.add_row(*(_shown(value) for value in row.values()))
        output.print(shown)
    for reason in family.skipped:
        output.print(f"SKIPPED: {reason}")


def write(families: Sequence[Family]) -> None:
    """Write ``result.json``: the machine, and the tables of every family.

    A family that was measured before and is not among them stays as it was.
    """
    before = json.loads(RESULT.read_text(encoding="utf-8")) if RESULT.is_file() else {}
    content = {
        "machine": {
            "processors": os.cpu_count(),
            "architecture": platform.machine(),
            "python": platform.python_version(),
        },
        "families": before.get("families", {})
        | {
            family.name: {
                "sections": [vars(section) for section in family.sections],
                "skipped": family.skipped,
            }
            for family in families
        },
    }
    RESULT.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    output.print(f"\nwritten to {RESULT}")
